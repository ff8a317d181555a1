package dev.soundlift.web;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A rough outline of a long track, long before all of it is decoded: short pieces from all over it, each with the moment
 * at which it really lies.
 */
final class Sketch {
    /** About as many as a screen has room for; each costs some trips to whoever has the file. */
    private static final int MOST_PIECES = 256;
    /** What is shorter is decoded at once. */
    private static final Duration WORTH_IT = Duration.ofMinutes(3);
    /** Then all of it is better worth the time. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int PIECE_BYTES = 6;

    private Sketch() {}

    /** Writes six bytes for each piece: its middle in seconds, a float in network order, and its lowest and highest sample. */
    static void write(
            Soundlift soundlift, MediaInfo media, AudioTrack track, OutputStream out, Cancellation cancellation)
            throws ExtractionException, IOException {
        boolean isLong = media.duration()
                .filter(length -> length.compareTo(WORTH_IT) > 0)
                .isPresent();
        if (!isLong || !track.decodable()) return;
        long until = System.nanoTime() + PATIENCE.toNanos();
        IOException[] gone = new IOException[1];
        try {
            soundlift.glimpse(
                    media,
                    track,
                    MOST_PIECES,
                    (start, length, lowest, highest) -> {
                        try {
                            out.write(piece(start, length, lowest, highest));
                            out.flush();
                        } catch (IOException failed) {
                            gone[0] = failed;
                            return false;
                        }
                        return System.nanoTime() < until;
                    },
                    cancellation);
        } catch (ExtractionException failed) {
            if (failed.kind() == ErrorKind.INTERRUPTED) throw failed;
            // a sketch less: whoever reads all of it says what is wrong
        }
        if (gone[0] != null) throw gone[0];
    }

    private static byte[] piece(Duration start, Duration length, double lowest, double highest) {
        double middle = (start.toNanos() + length.toNanos() / 2.0) / 1e9;
        return ByteBuffer.allocate(PIECE_BYTES)
                .putFloat((float) middle)
                .put(Wave.level(lowest))
                .put(Wave.level(highest))
                .array();
    }
}
