package dev.soundlift.request;

import dev.soundlift.media.AudioShape;
import java.util.Optional;

/** The sample sizes that can be asked for. */
public enum SampleDepth {
    /** Whole numbers of 16 bits. */
    BITS_16("16", 16),
    /** Whole numbers of 24 bits. */
    BITS_24("24", 24),
    /** Whole numbers of 32 bits. */
    BITS_32("32", 32),
    /** Floating point of 32 bits (IEEE 754), full scale at 1. */
    FLOAT_32("32f", 32);

    private final String label;
    private final int bits;

    SampleDepth(String label, int bits) {
        this.label = label;
        this.bits = bits;
    }

    /** The name on the command line. */
    public String label() {
        return label;
    }

    /** Of one sample. */
    public int bits() {
        return bits;
    }

    /** Whether full scale can be passed without clipping. */
    public boolean floatingPoint() {
        return this == FLOAT_32;
    }

    /** The smallest that holds such samples; of a lossy codec, which has no size of its own, the usual one. */
    public static SampleDepth of(AudioShape shape) {
        if (shape.floatingPoint()) return FLOAT_32;
        return shape.bitDepth() > 24 ? BITS_32 : shape.bitDepth() > 16 ? BITS_24 : BITS_16;
    }

    /** By the name on the command line. */
    public static Optional<SampleDepth> named(String label) {
        for (SampleDepth depth : values()) if (depth.label.equals(label)) return Optional.of(depth);
        return Optional.empty();
    }
}
