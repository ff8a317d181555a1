package dev.soundlift.stream;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.SampleStream;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;

/**
 * The samples that a WAV file of the same request would hold, to the last bit, in blocks. Nothing is written. But for one
 * thing: where a conversion finds the best track silent and takes the next, a stream cannot know and keeps to the first.
 *
 * <pre>{@code
 * ExtractionRequest request = ExtractionRequest.of(Path.of("talk.mkv"))
 *         .withEncoding(Encoding.DEFAULT.withSampleRateHz(16_000).withChannels(ChannelChoice.MONO));
 * try (PcmStream sound = Soundlift.local().stream(request).inBlocksOf(16_000)) {
 *     for (var second = sound.next(); second.isPresent(); second = sound.next()) {
 *         listen(second.get().floats());
 *     }
 * }
 * }</pre>
 */
public final class PcmStream extends SoundStream<PcmBlock> {
    private static final int USUAL_SAMPLES = 4096;

    private final SampleStream samples;
    private final PcmFormat format;
    private volatile int blockSamples = USUAL_SAMPLES;
    private long position;
    private Optional<ExtractionException> failed = Optional.empty();

    /**
     * A stream over what an engine reads.
     *
     * @param promised how long it is to be by the file's own claim
     * @param cancellation of the engine's reading, and of nothing else
     * @param release is run after the samples are closed
     */
    public PcmStream(
            SampleStream samples,
            AudioTrack track,
            Optional<Duration> promised,
            Cancellation cancellation,
            Runnable release) {
        super(track, promised, cancellation, () -> {
            samples.close();
            release.run();
        });
        this.samples = samples;
        this.format = new PcmFormat(samples.sampleRateHz(), samples.channels(), samples.depth());
    }

    /** Known from the first sample on, and the same to the end. */
    public PcmFormat format() {
        return format;
    }

    /**
     * From now on gives this many samples of each channel at once, fewer only at the very end; 4,096 where nobody asks.
     *
     * @return this stream
     */
    public PcmStream inBlocksOf(int samplesOfEachChannel) {
        if (samplesOfEachChannel < 1 || samplesOfEachChannel > Integer.MAX_VALUE / format.frameBytes()) {
            throw new IllegalArgumentException(samplesOfEachChannel + " samples");
        }
        blockSamples = samplesOfEachChannel;
        return this;
    }

    @Override
    Optional<PcmBlock> read() throws ExtractionException {
        ByteBuffer bytes =
                ByteBuffer.allocate(blockSamples * format.frameBytes()).order(ByteOrder.nativeOrder());
        fill(bytes);
        if (bytes.position() == 0) return Optional.empty();
        PcmBlock block = new PcmBlock(format, position, bytes.flip());
        position += block.samples();
        return Optional.of(block);
    }

    /** What was read before something failed is given out first. */
    private void fill(ByteBuffer bytes) throws ExtractionException {
        if (failed.isPresent()) throw failed.get();
        try {
            while (bytes.hasRemaining() && samples.read(bytes) >= 0) {
                // As much as is there
            }
        } catch (ExtractionException broken) {
            failed = Optional.of(broken);
            if (broken.kind() == ErrorKind.INTERRUPTED || bytes.position() == 0) throw broken;
        }
    }

    @Override
    Damage met() {
        return samples.damage();
    }
}
