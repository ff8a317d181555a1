package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Heard;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioShape;
import dev.soundlift.text.Text;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Decodes everything and tells how long and how loud it is, which samples it holds, and what was wrong. */
final class Listening implements AutoCloseable {
    private final AVStream stream;
    private final PacketDecoder decoder;
    /** Only of what keeps every bit. */
    private final Optional<SampleSum> samples;

    private final String codecName;

    /** Nothing where the levels are of no interest. */
    private final Optional<LevelsOf> levels;
    /** Measuring costs more than decoding. */
    private final Beside measuring = Beside.of(Workers.ALL_CORES, this::measure);

    private @Nullable AudioShape shape;
    private int format;
    private long sampleFrames;

    /**
     * Nothing heard yet.
     *
     * @param measures whether the levels are measured
     * @param inBlocks whether the packets may be decoded on all cores, where their codec allows: see {@link #doubts}
     */
    Listening(AVStream stream, boolean measures, boolean inBlocks) throws ExtractionException {
        this.stream = stream;
        this.levels = measures ? Optional.of(new LevelsOf()) : Optional.empty();
        OptionalInt before = inBlocks ? BlockDecoder.before(stream) : OptionalInt.empty();
        this.decoder = before.isPresent()
                ? new BlockDecoder(stream, before.getAsInt(), Workers.ALL_CORES)
                : Decoder.open(stream);
        this.samples =
                InProcessProber.isLossless(stream.codecpar()) ? Optional.of(new SampleSum(32)) : Optional.empty();
        this.codecName = Ffmpeg.text(org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name(
                stream.codecpar().codec_id()));
    }

    void hear(Packet packet) throws ExtractionException {
        decoder.decode(packet, measuring::sound);
    }

    private void measure(AVFrame frame) throws ExtractionException {
        sampleFrames += frame.nb_samples();
        samples.ifPresent(sum -> sum.add(frame));
        boolean changed = shape == null
                || frame.format() != format
                || frame.sample_rate() != shape.sampleRateHz()
                || frame.ch_layout().nb_channels() != shape.channels();
        if (changed) {
            format = frame.format();
            shape = new AudioShape(
                    frame.sample_rate(),
                    frame.ch_layout().nb_channels(),
                    FilterGraph.describe(frame.ch_layout()),
                    0,
                    false);
        }
        if (levels.isPresent()) levels.get().measure(frame);
    }

    /** Nothing where it must be heard again. */
    Optional<Heard> finish(Demuxer media) throws ExtractionException {
        decoder.drain(measuring::sound);
        measuring.finish();
        if (levels.isPresent()) levels.get().finish();
        if (doubts()) return Optional.empty();
        if (shape == null) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.nothing-decoded", codecName), Text.of("next.nothing-decoded"));
        }
        return Optional.of(new Heard(
                Math.min(sampleFrames, media.lengthOfSound(stream, shape.sampleRateHz())),
                shape,
                levels.map(LevelsOf::peakDbfs).orElse(Double.NEGATIVE_INFINITY),
                levels.map(LevelsOf::integratedLufs).orElse(Double.NEGATIVE_INFINITY),
                samples.flatMap(SampleSum::digest),
                media.damage(decoder.undecodable())));
    }

    /** Whether it must be heard again, by one decoder. */
    boolean doubts() {
        return decoder.doubts();
    }

    @Override
    public void close() {
        measuring.close();
        levels.ifPresent(LevelsOf::close);
        decoder.close();
    }
}
