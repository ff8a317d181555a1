package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;

import dev.soundlift.engine.Heard;
import dev.soundlift.engine.LevelSum;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioShape;
import dev.soundlift.text.Text;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** Decodes everything and measures: how long, how loud, what was wrong. */
final class Listening implements AutoCloseable {
    private final AVStream stream;
    private final PacketDecoder decoder;
    /** Only of what keeps every bit. */
    private final Optional<SampleSum> samples;

    private final String codecName;

    /** Measuring costs more than decoding. */
    private final Beside measuring = Beside.of(Workers.ALL_CORES, this::measure);

    private @Nullable LevelSum meter;
    /** Where the samples are something else. */
    private @Nullable FilterGraph floats;

    private float[][] planes = new float[0][0];
    private @Nullable AudioShape shape;
    private int format;
    private long sampleFrames;
    private double peakDbfs = Double.NEGATIVE_INFINITY;
    private double integratedLufs = Double.NEGATIVE_INFINITY;

    /** @param inBlocks whether the packets may be decoded on all cores, where their codec allows: see {@link #doubts} */
    Listening(AVStream stream, boolean inBlocks) throws ExtractionException {
        this.stream = stream;
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
            readMeter();
            format = frame.format();
            shape = new AudioShape(
                    frame.sample_rate(),
                    frame.ch_layout().nb_channels(),
                    FilterGraph.describe(frame.ch_layout()),
                    0,
                    false);
            meter = new LevelSum(frame.sample_rate(), LevelStage.weights(frame.ch_layout()));
            if (format != AV_SAMPLE_FMT_FLTP) floats = FilterGraph.of(frame, "aformat=sample_fmts=fltp");
        }
        if (floats != null) floats.push(frame, this::add);
        else add(frame);
    }

    /** Of planar floats. */
    private void add(AVFrame frame) {
        int channels = frame.ch_layout().nb_channels();
        int count = frame.nb_samples();
        if (planes.length != channels || planes[0].length < count) planes = new float[channels][count];
        for (int channel = 0; channel < channels; channel++) {
            new FloatPointer(frame.extended_data(channel)).get(planes[channel], 0, count);
        }
        if (meter != null) meter.add(planes, count);
    }

    /** Of a track whose shape changes midway, the loudest stretch counts. */
    private void readMeter() throws ExtractionException {
        if (floats != null) {
            floats.finish(this::add);
            floats.close();
            floats = null;
        }
        if (meter == null) return;
        peakDbfs = Math.max(peakDbfs, meter.peakDbfs());
        integratedLufs = Math.max(integratedLufs, meter.lufs());
        meter = null;
    }

    /** Nothing where it must be heard again. */
    Optional<Heard> finish(Demuxer media) throws ExtractionException {
        decoder.drain(measuring::sound);
        measuring.finish();
        readMeter();
        if (doubts()) return Optional.empty();
        if (shape == null) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.nothing-decoded", codecName), Text.of("next.nothing-decoded"));
        }
        return Optional.of(new Heard(
                Math.min(sampleFrames, media.lengthOfSound(stream, shape.sampleRateHz())),
                shape,
                peakDbfs,
                integratedLufs,
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
        if (floats != null) floats.close();
        decoder.close();
    }
}
