package dev.soundlift.request;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where the output goes.
 *
 * @param output a file, a folder, or a template such as <code>{dir}/{name}.{lang}.{ext}</code>; nothing: beside the input
 */
public record Destination(Optional<String> output, OnExists onExists) {
    public static final Destination BESIDE_THE_INPUT = new Destination(Optional.empty(), OnExists.FAIL);

    /** Endings of media that we do not write: what is in such a file would surprise. */
    private static final Set<String> NOT_WRITTEN =
            Set.of("mp4 m4v mov mkv webm avi wmv flv ts mpg mpeg 3gp aiff aif aifc wma ac3 eac3 dts caf amr mp2 ape"
                    .split(" "));

    /** The format that the output's extension names, if any. */
    public Optional<AudioFormat> formatOfName() {
        return extension().flatMap(AudioFormat::ofExtension);
    }

    /** The output's extension, where it names another format than the one that is written. */
    public Optional<String> misleadingExtension(AudioFormat written) {
        return extension().filter(extension -> {
            Optional<AudioFormat> named = AudioFormat.ofExtension(extension);
            if (named.isEmpty()) return NOT_WRITTEN.contains(extension);
            boolean sameContainer = named.get().container().equals(written.container());
            return named.get() != written && written != AudioFormat.SAME && !sameContainer;
        });
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
