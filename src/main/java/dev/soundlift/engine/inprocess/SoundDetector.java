package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.engine.Heard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Listens until it hears the first sample that is surely sound, then stops looking. */
final class SoundDetector {
    private final double threshold;

    private boolean heard;

    /** For sound that is surely sound. */
    SoundDetector() {
        this(Heard.SOUND_DBFS);
    }

    /** For sound above a level, full scale being 0. */
    SoundDetector(double dbfs) {
        this.threshold = Math.pow(10, dbfs / 20);
    }

    boolean heard() {
        return heard;
    }

    void listen(AVFrame frame) {
        if (heard) return;
        boolean planar = av_sample_fmt_is_planar(frame.format()) != 0;
        int channels = frame.ch_layout().nb_channels();
        int planes = planar ? channels : 1;
        int sampleBytes = av_get_bytes_per_sample(frame.format());
        long planeBytes = (long) frame.nb_samples() * sampleBytes * (planar ? 1 : channels);
        for (int plane = 0; plane < planes && !heard; plane++) {
            BytePointer data = new BytePointer(frame.extended_data(plane)).capacity(planeBytes);
            heard = anyAboveSilence(data.asByteBuffer().order(ByteOrder.nativeOrder()), frame.format());
        }
    }

    private boolean anyAboveSilence(ByteBuffer samples, int format) {
        switch (av_get_packed_sample_fmt(format)) {
            case AV_SAMPLE_FMT_U8 -> {
                while (samples.hasRemaining()) if ((samples.get() & 0xff) != 0x80) return true;
            }
            case AV_SAMPLE_FMT_S16 -> {
                int limit = (int) (threshold * 0x8000);
                while (samples.hasRemaining()) if (Math.abs(samples.getShort()) > limit) return true;
            }
            case AV_SAMPLE_FMT_S32 -> {
                long limit = (long) (threshold * 0x8000_0000L);
                while (samples.hasRemaining()) if (Math.abs((long) samples.getInt()) > limit) return true;
            }
            case AV_SAMPLE_FMT_FLT -> {
                while (samples.hasRemaining()) if (Math.abs(samples.getFloat()) > threshold) return true;
            }
            case AV_SAMPLE_FMT_DBL -> {
                while (samples.hasRemaining()) if (Math.abs(samples.getDouble()) > threshold) return true;
            }
            case AV_SAMPLE_FMT_S64 -> {
                while (samples.hasRemaining()) {
                    if (Math.abs(samples.getLong() / (double) Long.MAX_VALUE) > threshold) return true;
                }
            }
            default -> throw new IllegalStateException("sample format " + format);
        }
        return false;
    }
}
