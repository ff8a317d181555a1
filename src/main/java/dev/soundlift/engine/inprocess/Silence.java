package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Silence of any length, of which no more than a second is in memory. */
final class Silence {
    private Silence() {}

    /** Gives it out second by second, unless somebody wishes to stop: a damaged file may ask for hours of it. */
    static void give(AVFrame like, long samples, Cancellation cancellation, Frame.Sink sink)
            throws ExtractionException {
        for (long left = samples; left > 0; left -= like.sample_rate()) {
            cancellation.throwIfRequested();
            try (Frame second = Frame.silent(like, (int) Math.min(left, like.sample_rate()))) {
                sink.accept(second.raw());
            }
        }
    }
}
