package dev.soundlift.nemo;

import java.util.List;
import java.util.Locale;

/** What the service takes (PROTOCOL.md, section 5); everything else is refused before a byte is sent. */
public final class AcceptedFiles {
    private static final List<String> EXTENSIONS =
            List.of("mp4", "mov", "avi", "webm", "mkv", "jpg", "png", "gif", "webp", "mp3", "wav", "m4a", "aac");
    /** No document gives a limit; others say 500 MB, so more than that is worth a word. */
    public static final long WORTH_A_WARNING_BYTES = 500_000_000;

    private AcceptedFiles() {}

    public static boolean accepts(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot >= 0 && EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    public static String list() {
        return String.join(" ", EXTENSIONS);
    }
}
