package dev.soundlift.output;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.OnExists;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small files that stand beside an output; they come to their names like it does, whole or not at all. */
public final class SideFile {
    private SideFile() {}

    /** {@code talk.cue} beside {@code talk.mp3}: the same name with another ending. */
    public static Path beside(Path output, String ending) {
        return output.resolveSibling(OutputName.fitted(stem(output), ending));
    }

    /**
     * {@code talk.pieces.json} beside {@code talk.001.wav}.
     *
     * @param piece what tells the piece's name from the others'; empty where it is the only one
     * @param baseName of the input, for outputs whose name is nothing but the piece
     */
    public static Path ofPieces(Path output, String piece, String baseName) {
        String stem = stem(output);
        int place = piece.isEmpty() ? stem.length() : stem.lastIndexOf(piece);
        String common = (place < 0 ? "" : stem.substring(0, place)).replaceAll("[ ._-]+$", "");
        return output.resolveSibling(OutputName.fitted(common.isEmpty() ? baseName : common, ".pieces.json"));
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** Before the work begins: whether the name is taken and may not be used. */
    public static void refuseExisting(Path target, OnExists onExists) throws ExtractionException {
        if (onExists == OnExists.FAIL && Files.exists(target)) throw PendingFile.exists(target);
    }

    /**
     * Writes the text as UTF-8.
     *
     * @return the file; with {@link OnExists#SKIP} it may be an older one
     */
    public static Path write(Path target, String text, OnExists onExists) throws ExtractionException {
        if (onExists == OnExists.SKIP && Files.exists(target)) return target;
        try (PendingFile pending = PendingFile.beside(target, onExists)) {
            try {
                Files.writeString(pending.path(), text, StandardCharsets.UTF_8);
            } catch (IOException failed) {
                throw PendingFile.cannotWrite(target, failed);
            }
            return pending.commit();
        }
    }
}
