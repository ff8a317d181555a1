package dev.soundlift.request;

import java.util.Optional;

/**
 * Where the output goes.
 *
 * @param output a file, a folder, or a template such as <code>{dir}/{name}.{lang}.{ext}</code>; nothing: beside the input
 */
public record Destination(Optional<String> output, OnExists onExists) {
    public static final Destination BESIDE_THE_INPUT = new Destination(Optional.empty(), OnExists.FAIL);

    /** The format that the output's extension names, if any. */
    public Optional<AudioFormat> formatOfName() {
        return output.flatMap(name -> {
            int dot = name.lastIndexOf('.');
            boolean inLastPart = dot > Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
            return inLastPart ? AudioFormat.ofExtension(name.substring(dot + 1)) : Optional.empty();
        });
    }
}
