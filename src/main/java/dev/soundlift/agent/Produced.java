package dev.soundlift.agent;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that this run has made, which a client may read again: the last of them. Thread-safe. */
final class Produced {
    private static final int MOST = 200;

    /** Larger ones are told by their address: in a message they would be a third larger still. */
    static final long LARGEST_IN_A_MESSAGE_BYTES = 4_000_000;

    /** IANA's media types, RFC 3003, 4337, 7845, 9639; the matroska one is RFC 9559's. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("m4b", "audio/mp4"),
            Map.entry("aac", "audio/aac"),
            Map.entry("flac", "audio/flac"),
            Map.entry("wav", "audio/wav"),
            Map.entry("opus", "audio/ogg"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("oga", "audio/ogg"),
            Map.entry("mka", "audio/matroska"),
            Map.entry("json", "application/json"),
            Map.entry("cue", "text/plain"));

    private final Roots roots;
    private final Set<Path> files = new LinkedHashSet<>();
    private volatile @Nullable Watcher watcher;

    Produced(Roots roots) {
        this.roots = roots;
    }

    /** Who hears of each change. */
    interface Watcher {
        void came(Path file);

        /** It is not kept any more. */
        void went(Path file);
    }

    void watch(Watcher who) {
        watcher = who;
    }

    /** Takes a file that is there now. */
    synchronized void add(Path file) {
        Path path = file.toAbsolutePath().normalize();
        files.remove(path);
        files.add(path);
        Watcher who = watcher;
        if (who != null) who.came(path);
        if (files.size() <= MOST) return;
        Path oldest = files.iterator().next();
        files.remove(oldest);
        if (who != null) who.went(oldest);
    }

    static String address(Path file) {
        return file.toAbsolutePath().normalize().toUri().toString();
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    static String type(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    /** The content of one that is small enough; nothing of a larger one. */
    Optional<byte[]> content(Path file) throws ExtractionException {
        roots.requireReadable(file);
        try {
            if (Files.size(file) > LARGEST_IN_A_MESSAGE_BYTES) return Optional.empty();
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException gone) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.input-missing"), Text.of("next.input-missing"), gone);
        }
    }
}
