package dev.soundlift.examples;

import dev.soundlift.Soundlift;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.stream.PcmBlock;
import dev.soundlift.stream.PcmStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Feeds a film's sound to a speech model: 16 kHz mono in windows of 30 seconds, which is what Whisper's encoder takes.
 * Nothing is written to disk, and memory holds one window however long the film is.
 */
final class SpeechWindows {
    private static final int RATE_HZ = 16_000;
    private static final int WINDOW_SECONDS = 30;

    /** Whatever understands speech. */
    interface SpeechModel {
        /**
         * Hears one window.
         *
         * @param samples always of 30 seconds, full scale ±1; the last window is filled up with silence
         * @param startSeconds where in the film it begins
         */
        void hear(float[] samples, double startSeconds);
    }

    private SpeechWindows() {}

    static void feed(Path film, SpeechModel model) throws ExtractionException {
        Encoding speech = Encoding.DEFAULT
                .withSampleRateHz(RATE_HZ)
                .withChannels(ChannelChoice.parse("mono").orElseThrow());
        ExtractionRequest request = ExtractionRequest.of(film).withEncoding(speech);
        int window = WINDOW_SECONDS * RATE_HZ;
        try (PcmStream sound = Soundlift.local().stream(request).inBlocksOf(window)) {
            for (Optional<PcmBlock> next = sound.next(); next.isPresent(); next = sound.next()) {
                PcmBlock block = next.get();
                model.hear(Arrays.copyOf(block.floats(), window), (double) block.position() / RATE_HZ);
            }
        }
    }
}
