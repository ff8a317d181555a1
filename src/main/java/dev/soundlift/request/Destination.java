package dev.soundlift.request;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the output goes.
 *
 * @param output a file, a folder, or a template such as <code>{dir}/{name}.{lang}.{ext}</code>; nothing: beside the input
 */
public record Destination(Optional<String> output, OnExists onExists) {
    /** The input's folder and name with another extension; an existing file is not touched. */
    public static final Destination BESIDE_THE_INPUT = new Destination(Optional.empty(), OnExists.FAIL);

    /** Endings of media that we do not write: what is in such a file would surprise. */
    private static final Set<String> NOT_WRITTEN =
            Set.of("mp4 m4v mov mkv webm avi wmv flv ts mpg mpeg 3gp aiff aif aifc wma ac3 eac3 dts caf amr mp2 ape"
                    .split(" "));

    private static final Set<String> WRITTEN = Set.of("mp3 m4a m4b aac flac wav wave pcm opus ogg oga mka".split(" "));

    /** What stands for something of the input or the track: {@code {name}}. */
    public static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    /** Whether it is a name for each of many, in folders that may have to be made. */
    public boolean isTemplate() {
        return output.filter(name -> PLACEHOLDER.matcher(name).find()).isPresent();
    }

    /** The format that the output's extension names, if any. */
    public Optional<AudioFormat> formatOfName() {
        return extension().flatMap(AudioFormat::ofExtension);
    }

    /** The output's extension, where it names another format than the one that is written. */
    public Optional<String> misleadingExtension(AudioFormat written) {
        return extension().filter(extension -> {
            Optional<AudioFormat> named = AudioFormat.ofExtension(extension);
            if (named.isEmpty()) return NOT_WRITTEN.contains(extension) || isMisspelt(extension);
            boolean sameContainer = named.get().container().equals(written.container());
            return named.get() != written && written != AudioFormat.SAME && !sameContainer;
        });
    }

    /** One letter away from an ending that we write: too few, too many, or another. */
    private static boolean isMisspelt(String extension) {
        return WRITTEN.stream().anyMatch(right -> differByOne(extension, right));
    }

    private static boolean differByOne(String one, String other) {
        if (one.length() > other.length()) return differByOne(other, one);
        if (other.length() - one.length() > 1) return false;
        int same = 0;
        while (same < one.length() && one.charAt(same) == other.charAt(same)) same++;
        String rest = other.substring(same + (same < other.length() ? 1 : 0));
        return one.length() == other.length()
                ? same < one.length() && one.substring(same + 1).equals(rest)
                : one.substring(same).equals(rest);
    }

    /** In lower case, without the dot. */
    private Optional<String> extension() {
        return output.flatMap(name -> {
            int dot = name.lastIndexOf('.');
            boolean inLastPart = dot > Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
            return inLastPart ? Optional.of(name.substring(dot + 1).toLowerCase(Locale.ROOT)) : Optional.empty();
        });
    }
}
