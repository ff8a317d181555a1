package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** How packets that successive encoders made of successive blocks become one stream. */
interface Seam extends AutoCloseable {
    /** Frames before its block that an encoder gets to warm up: transform window, hearing model, bit rate. */
    int warmUp();

    /** Frames after its block that it gets, because it holds back the last ones or the seam may lie there. */
    int overhang();

    /**
     * Where the packets of the later block take over, after changing them if that is needed.
     *
     * @param nominal the first packet that may be the later block's
     * @return the first packet that is; nothing where they do not fit together, and the earlier encoder must go on
     */
    default OptionalLong join(Block earlier, Block later, long nominal) throws ExtractionException {
        boolean fit = earlier.orderedEnd() >= nominal && later.start() <= nominal && later.orderedEnd() > nominal;
        return fit ? OptionalLong.of(nominal) : OptionalLong.empty();
    }

    /** Hears all samples before they are encoded. */
    default void listen(AVFrame frame) throws ExtractionException {}

    /** Completes a packet that is about to leave. */
    default void finish(Packet packet, long number) throws ExtractionException {}

    @Override
    default void close() {}

    /** For packets that stand alone. */
    record Plain(int warmUp, int overhang) implements Seam {}

    /** For an encoder of ours; nothing where its work is not worth sharing. */
    static Optional<Seam> of(Encoder encoder) {
        return switch (encoder.codecName()) {
            case "libmp3lame" -> Optional.of(new ReservoirSeam());
            // Its rate control remembers seconds, but begins near what it would remember (Encoder.AAC_UNDER_WAY): with
            // twice as many frames the noise after a seam is hardly nearer to one encoder's
            case "aac" -> Optional.of(new Plain(24, 2));
            case "libopus" -> Optional.of(new Plain(32, 1));
            case "flac" ->
                Optional.of(new FlacSeam(Math.max(16, encoder.context().bits_per_raw_sample())));
            case "alac" -> Optional.of(new Plain(0, 0));
            default -> Optional.empty();
        };
    }
}
