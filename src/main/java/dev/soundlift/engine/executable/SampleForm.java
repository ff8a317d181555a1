package dev.soundlift.engine.executable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How raw samples cross the pipe: in the decoder's own form, so that nothing is lost on the way. */
enum SampleForm {
    U8("u8", "u8", 1),
    S16("s16", "s16le", 2),
    S32("s32", "s32le", 4),
    S64("s64", "s64le", 8),
    FLT("flt", "f32le", 4),
    DBL("dbl", "f64le", 8);

    /** 24 dB over full scale: more than any mix has by intent. */
    private static final float LOUDEST = 16;

    private final String filterName;
    private final String containerName;
    private final int bytes;

    SampleForm(String filterName, String containerName, int bytes) {
        this.filterName = filterName;
        this.containerName = containerName;
        this.bytes = bytes;
    }

    /** The interleaved form of a decoder's sample format; floating point where that is not known. */
    static SampleForm of(String sampleFormat) {
        String packed =
                sampleFormat.endsWith("p") ? sampleFormat.substring(0, sampleFormat.length() - 1) : sampleFormat;
        for (SampleForm form : values()) if (form.filterName.equals(packed)) return form;
        return FLT;
    }

    String filterName() {
        return filterName;
    }

    /** FFmpeg's name of the muxer and the demuxer. */
    String containerName() {
        return containerName;
    }

    String codecName() {
        return "pcm_" + containerName;
    }

    /** Of one sample. */
    int bytes() {
        return bytes;
    }

    byte silence() {
        return (byte) (this == U8 ? 0x80 : 0);
    }

    /**
     * The loudest of these samples; full scale is 1.
     *
     * @param channel the only one to look at, or -1 for all
     */
    double peak(ByteBuffer samples, int channels, int channel) {
        ByteBuffer view = samples.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int step = channel < 0 ? bytes : bytes * channels;
        double peak = 0;
        for (int at = view.position() + Math.max(0, channel) * bytes; at + bytes <= view.limit(); at += step) {
            peak = Math.max(peak, Math.abs(value(view, at)));
        }
        return peak;
    }

    private double value(ByteBuffer samples, int at) {
        return switch (this) {
            case U8 -> ((samples.get(at) & 0xff) - 0x80) / 128.0;
            case S16 -> samples.getShort(at) / 32_768.0;
            case S32 -> samples.getInt(at) / 2_147_483_648.0;
            case S64 -> samples.getLong(at) / (double) Long.MAX_VALUE;
            case FLT -> number(samples.getFloat(at));
            case DBL -> number(samples.getDouble(at));
        };
    }

    private static double number(double sample) {
        return Double.isNaN(sample) ? 0 : sample;
    }

    /** Replaces what is no number or absurdly large, which encoders die of; says how many there were. */
    long clean(ByteBuffer samples) {
        if (this != FLT && this != DBL) return 0;
        ByteBuffer view = samples.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long replaced = 0;
        for (int at = view.position(); at + bytes <= view.limit(); at += bytes) {
            double sample = this == FLT ? view.getFloat(at) : view.getDouble(at);
            if (Math.abs(sample) <= LOUDEST) continue;
            double instead = Double.isNaN(sample) ? 0 : Math.copySign(LOUDEST, sample);
            if (this == FLT) view.putFloat(at, (float) instead);
            else view.putDouble(at, instead);
            replaced++;
        }
        return replaced;
    }
}
