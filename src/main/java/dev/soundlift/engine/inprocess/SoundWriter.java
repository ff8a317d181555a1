package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.EncodedBy;
import dev.soundlift.engine.EncodedSound;
import dev.soundlift.engine.Level;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.VerifyLevel;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Samples → the encoder's form → packets → file. Encoder and file are set up when the first samples show what they are
 * really like; samples whose shape changes midway are brought to the first one's.
 */
final class SoundWriter implements PlacedSamples, AutoCloseable {
    /** FFmpeg's resampler loses sound that is not longer than its filter: 32 samples at the lower of the two rates. */
    private static final double TOO_SHORT_TO_RESAMPLE_SECONDS = 0.005;

    /** Of plain samples in Matroska, whose packets have times: where one can go to. */
    private static final int SAMPLES_OF_A_PACKET = 4096;

    private final Plan plan;
    private final Muxer muxer;
    private final Optional<Cover> cover;
    private final Optional<Level> level;
    private final Cancellation cancellation;
    private final SoundDetector detector = new SoundDetector();
    /** What filters and gains made of samples that were too large when they came, and were listed then. */
    private final SampleGuard guard = new SampleGuard();

    /** Of what is encoded, where every bit is kept and the file will be compared with it. */
    private final Optional<EncodedSamples> encoded;

    /** Of one channel, at the source's rate. */
    private long samplesTaken;

    private double secondsTaken;
    /** Nothing before the first samples. */
    private @Nullable Encoding encoding;
    /** @param level what the samples are brought to; nothing: they keep their own */
    SoundWriter(Plan plan, Path file, Optional<Cover> cover, Optional<Level> level, Cancellation cancellation)
            throws ExtractionException {
        this.plan = plan;
        this.cancellation = cancellation;
        this.cover = cover;
        this.level = level;
        this.encoded = Codec.named(plan.target().codecName())
                .filter(codec -> codec.lossless() && plan.verify() == VerifyLevel.FULL)
                .map(codec -> new EncodedSamples(plan.target().depth().bits()));
        this.muxer = Muxer.create(file, plan);
    }

    @Override
    public void silence(AVFrame like, long samples) throws ExtractionException {
        Silence.give(like, samples, cancellation, this::give);
    }

    @Override
    public void sound(AVFrame frame) throws ExtractionException {
        // Of a stereo track with one silent side, the side that is wanted counts
        if (!(plan.target().channels() instanceof ChannelChoice.Side)) detector.listen(frame);
        give(frame);
    }

    private void give(AVFrame frame) throws ExtractionException {
        int samples = frame.nb_samples();
        samplesTaken += samples;
        secondsTaken += samples / (double) frame.sample_rate();
        opened(frame).shapes.push(frame);
    }

    private Encoding opened(AVFrame first) throws ExtractionException {
        Encoding open = encoding;
        if (open == null) {
            open = new Encoding(Encoder.open(plan.target(), first, muxer.wantsGlobalHeader()));
            encoding = open; // first of all, so that it is closed whatever fails next
            open.writeHeader();
        }
        return open;
    }

    /** Completes the file. */
    void finish() throws ExtractionException {
        Encoding open = encoding;
        if (open == null) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE,
                    Text.of("error.nothing-decoded", plan.pick().track().codecName()),
                    Text.of("next.nothing-decoded"));
        }
        open.finish();
        muxer.finish();
        if (OutputTags.hasGaplessTag(plan)) {
            muxer.writeGaplessTag(open.encoder.priming(), open.packets.samplesIn());
        }
        if (plan.target().container() == Container.MP3_FILE) {
            muxer.completeLameTag(open.encoder.priming(), open.packets.samplesIn());
        }
    }

    /** Of one channel, at the output's rate. */
    long samplesWritten() {
        return encoding == null ? 0 : encoding.packets.samplesIn();
    }

    /** What went to an encoder that keeps every bit; nothing before the end. */
    Optional<EncodedSound> sound() {
        return encoded.flatMap(EncodedSamples::sound);
    }

    /** Nothing before the end. */
    Optional<EncodedBy> encodedBy() {
        return Optional.ofNullable(encoding).map(Encoding::encodedBy);
    }

    boolean heardSound() {
        return detector.heard();
    }

    /** What had to be done to the samples, one sentence each. */
    List<Text> repairs() {
        return encoding == null ? List.of() : List.copyOf(encoding.repairs());
    }

    /** What the user should know before hearing it. */
    List<Text> warnings() {
        return encoding == null ? List.of() : List.copyOf(encoding.warnings());
    }

    @Override
    public void close() {
        encoded.ifPresent(EncodedSamples::close);
        if (encoding != null) encoding.close();
        muxer.close();
    }

    /** Samples in the encoder's form → frames of its size → packets. */
    private final class Encoding implements AutoCloseable {
        /** Tells what form it wants. */
        private final Encoder encoder;
        /** Does the work: the same one, or several like it. */
        private final SampleEncoder packets;
        /** Brings any samples into the form that the encoder wants, or to doubles where their level is still to be changed. */
        private final Shapes shapes;
        /** Samples of a frame, or 0 for as they come. */
        private final int frameSize;
        /** Cuts the samples into frames; one for all shapes, as only its last may be short. Nothing where any size is fine. */
        private @Nullable FilterGraph frames;
        /** Nothing before the first samples, and where the samples keep their level. */
        private @Nullable LevelStage leveller;

        Encoding(Encoder encoder) {
            this.encoder = encoder;
            boolean timed = encoder.frameSize() == 0 && plan.target().container() == Container.MKA;
            this.frameSize = timed ? SAMPLES_OF_A_PACKET : encoder.frameSize();
            this.shapes = new Shapes(
                    plan.target().channels(),
                    encoder.context().ch_layout(),
                    level.isPresent() ? encoder.doublesFilter() : encoder.formatFilter(),
                    this::take);
            this.packets = Seam.of(encoder)
                    .<SampleEncoder>map(seam -> new BlockEncoder(encoder, seam, Workers.ALL_CORES))
                    .orElse(encoder);
        }

        void writeHeader() throws ExtractionException {
            AVCodecParameters parameters = avcodec_parameters_alloc();
            try {
                Ffmpeg.require(
                        avcodec_parameters_from_context(parameters, encoder.context()),
                        "avcodec_parameters_from_context");
                muxer.begin(parameters, encoder.context().time_base(), cover);
            } finally {
                avcodec_parameters_free(parameters);
            }
        }

        private void take(AVFrame frame) throws ExtractionException {
            if (level.isEmpty()) {
                regroup(frame);
                return;
            }
            guard.clean(frame);
            int outputs = plan.levelling().orElseThrow().outputs();
            if (leveller == null) leveller = new LevelStage(level.get(), outputs, frame, encoder.formatFilter());
            leveller.push(frame, this::regroup);
        }

        private void regroup(AVFrame frame) throws ExtractionException {
            if (frameSize == 0) {
                encode(frame);
                return;
            }
            if (frames == null) {
                frames = FilterGraph.of(frame, "anull");
                frames.setFrameSize(frameSize);
            }
            frames.push(frame, this::encode);
        }

        private void requireAll() throws ExtractionException {
            if (samplesTaken == 0) {
                throw new ExtractionException(
                        ErrorKind.RANGE_OUTSIDE, Text.of("error.range-empty"), Text.of("next.range-outside"));
            }
            int rate = encoder.context().sample_rate();
            boolean some = packets.samplesIn() > 0 && packets.samplesIn() >= Math.floor(secondsTaken * rate);
            if (some || secondsTaken > TOO_SHORT_TO_RESAMPLE_SECONDS) return;
            throw new ExtractionException(
                    ErrorKind.DOES_NOT_FIT,
                    Text.of("error.too-short", Long.toString(samplesTaken), Integer.toString(rate)),
                    Text.of("next.too-short"));
        }

        private void encode(AVFrame frame) throws ExtractionException {
            guard.clean(frame);
            detector.listen(frame);
            if (encoded.isPresent()) encoded.get().add(frame);
            packets.encode(frame, muxer::write);
        }

        void finish() throws ExtractionException {
            shapes.finish();
            if (leveller != null) leveller.finish(this::regroup);
            if (frames != null) frames.finish(this::encode);
            requireAll();
            packets.drain(muxer::write);
            if (encoded.isPresent()) encoded.get().finish();
        }

        List<Text> repairs() {
            List<Text> all = new ArrayList<>(shapes.repairs());
            if (leveller != null) all.addAll(leveller.leveller().repairs());
            return all;
        }

        Set<Text> warnings() {
            Set<Text> all = new LinkedHashSet<>(shapes.warnings());
            if (leveller != null) leveller.leveller().warning().ifPresent(all::add);
            return all;
        }

        EncodedBy encodedBy() {
            return packets instanceof BlockEncoder blocks
                    ? blocks.encodedBy()
                    : new EncodedBy(encoder.codecName(), false, 1, 0);
        }

        @Override
        public void close() {
            shapes.close();
            if (frames != null) frames.close();
            if (leveller != null) leveller.close();
            if (packets != encoder) packets.close();
            encoder.close();
        }
    }
}
