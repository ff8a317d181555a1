package dev.soundlift.request;

import dev.soundlift.media.AudioShape;
import java.util.Optional;

/** The sample sizes that can be asked for. */
public enum SampleDepth {
    BITS_16("16", 16),
    BITS_24("24", 24),
    BITS_32("32", 32),
    FLOAT_32("32f", 32);

    private final String label;
    private final int bits;

    SampleDepth(String label, int bits) {
        this.label = label;
        this.bits = bits;
    }

    public String label() {
        return label;
    }

    public int bits() {
        return bits;
    }

    public boolean floatingPoint() {
        return this == FLOAT_32;
    }

    /** The smallest that holds such samples; of a lossy codec, which has no size of its own, the usual one. */
    public static SampleDepth of(AudioShape shape) {
        if (shape.floatingPoint()) return FLOAT_32;
        return shape.bitDepth() > 24 ? BITS_32 : shape.bitDepth() > 16 ? BITS_24 : BITS_16;
    }

    public static Optional<SampleDepth> named(String label) {
        for (SampleDepth depth : values()) if (depth.label.equals(label)) return Optional.of(depth);
        return Optional.empty();
    }
}
