package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.engine.SampleDigest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Adds up samples as they come, so that those of a file can be shown to be those that went into it. */
final class SampleSum {
    private static final int NO_FORMAT = -1;

    /** Of an integer of 32 bits: those that an encoder keeps. */
    private final int kept;

    /** One for each plane. */
    private CRC32[] sums = new CRC32[0];

    private int format = NO_FORMAT;
    private boolean mixed;
    /** Samples without the bits that are not kept. */
    private ByteBuffer upper = ByteBuffer.allocateDirect(0);

    private int[] values = new int[0];

    /** @param bits that are kept of samples that have 32 */
    SampleSum(int bits) {
        this.kept = -1 << (32 - bits);
    }

    void add(AVFrame frame) {
        boolean planar = av_sample_fmt_is_planar(frame.format()) != 0;
        int channels = frame.ch_layout().nb_channels();
        int planes = planar ? channels : 1;
        if (format == NO_FORMAT) {
            format = frame.format();
            sums = Stream.generate(CRC32::new).limit(planes).toArray(CRC32[]::new);
        }
        mixed |= format != frame.format() || sums.length != planes;
        if (mixed) return;
        int bytes = frame.nb_samples() * av_get_bytes_per_sample(format) * (planar ? 1 : channels);
        boolean partly = kept != -1 && av_get_packed_sample_fmt(format) == AV_SAMPLE_FMT_S32;
        for (int plane = 0; plane < planes; plane++) {
            ByteBuffer samples = frame.extended_data(plane).capacity(bytes).asByteBuffer();
            sums[plane].update(partly ? withoutLower(samples) : samples);
        }
    }

    private ByteBuffer withoutLower(ByteBuffer samples) {
        int count = samples.remaining() / Integer.BYTES;
        if (values.length < count) {
            values = new int[count];
            upper = ByteBuffer.allocateDirect(count * Integer.BYTES);
        }
        samples.order(ByteOrder.nativeOrder()).asIntBuffer().get(values, 0, count);
        for (int i = 0; i < count; i++) values[i] &= kept;
        upper.clear().order(ByteOrder.nativeOrder()).asIntBuffer().put(values, 0, count);
        return upper.limit(count * Integer.BYTES);
    }

    /** Nothing for no samples, and where their form changed midway. */
    Optional<SampleDigest> digest() {
        if (mixed || format == NO_FORMAT) return Optional.empty();
        return Optional.of(new SampleDigest(
                Ffmpeg.text(av_get_sample_fmt_name(format)),
                Stream.of(sums)
                        .map(sum -> SampleDigest.hexadecimal(sum.getValue()))
                        .collect(Collectors.joining(" "))));
    }
}
