package dev.soundlift.request;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the output goes.
 *
 * @param output a file, a folder, or a template such as <code>{dir}/{name}.{lang}.{ext}</code>; nothing: beside the input
 */
public record Destination(Optional<String> output, OnExists onExists) {
    /** The input's folder and name with another extension; an existing file is not touched. */
    public static final Destination BESIDE_THE_INPUT = new Destination(Optional.empty(), OnExists.FAIL);

    /**
     * What looks like an ending: of media they have two to four signs, all small or all large. Whatever else follows a dot
     * is part of the name: a number, a version such as v2, "Anna", or other than Latin letters.
     */
    private static final Pattern ENDING = Pattern.compile("(?![vV]\\d)(?=.*[a-zA-Z])([a-z0-9]{2,4}|[A-Z0-9]{2,4})");

    /** What stands for something of the input or the track: {@code {name}}. */
    public static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    /** Whether it is a name for each of many, in folders that may have to be made. */
    public boolean isTemplate() {
        return output.filter(name -> PLACEHOLDER.matcher(name).find()).isPresent();
    }

    /** The format that the output's extension names, if any. */
    public Optional<AudioFormat> formatOfName() {
        return ending().map(ending -> ending.toLowerCase(Locale.ROOT)).flatMap(AudioFormat::ofExtension);
    }

    /** The output's extension, where it names another format than the one that is written, or none. */
    public Optional<String> misleadingExtension(AudioFormat written) {
        return ending().filter(ending -> {
                    Optional<AudioFormat> named = AudioFormat.ofExtension(ending.toLowerCase(Locale.ROOT));
                    if (named.isEmpty()) return ENDING.matcher(ending).matches();
                    boolean sameContainer = named.get().container().equals(written.container());
                    return named.get() != written && written != AudioFormat.SAME && !sameContainer;
                })
                .map(ending -> ending.toLowerCase(Locale.ROOT));
    }

    /** As typed, without the dot. */
    private Optional<String> ending() {
        return output.flatMap(name -> {
            int dot = name.lastIndexOf('.');
            boolean inLastPart = dot > Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
            return inLastPart ? Optional.of(name.substring(dot + 1)) : Optional.empty();
        });
    }
}
