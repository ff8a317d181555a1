package dev.soundlift.stream;

import dev.soundlift.request.SampleDepth;
import java.nio.ByteBuffer;

/**
 * Some samples of every channel, in a row. Immutable, so for any number of threads: each look at it is a copy of its own.
 */
public final class PcmBlock {
    private static final float STEPS_OF_16 = 1 << 15;
    private static final float STEPS_OF_32 = 1L << 31;

    private final PcmFormat format;
    private final long position;
    private final ByteBuffer bytes;

    /** @param bytes interleaved, in the order of the buffer; nobody else writes to them */
    PcmBlock(PcmFormat format, long position, ByteBuffer bytes) {
        this.format = format;
        this.position = position;
        this.bytes = bytes;
    }

    /** The same for all blocks of a stream. */
    public PcmFormat format() {
        return format;
    }

    /** Samples of one channel that came before this block. */
    public long position() {
        return position;
    }

    /** Samples of one channel. */
    public int samples() {
        return bytes.limit() / format.frameBytes();
    }

    /** Interleaved, in the machine's byte order; read-only, from position 0. */
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer().order(bytes.order());
    }

    /**
     * Interleaved, as they are.
     *
     * @throws IllegalStateException where the samples have another size than 16 bits: ask for these in the request
     */
    public short[] shorts() {
        if (format.depth() != SampleDepth.BITS_16) {
            throw new IllegalStateException("samples of " + format.depth().label() + " bits are not cut to 16 here");
        }
        short[] values = new short[bytes.limit() / Short.BYTES];
        bytes.asShortBuffer().get(0, values);
        return values;
    }

    /**
     * Interleaved, full scale 2^31: smaller samples are in the upper bits.
     *
     * @throws IllegalStateException where the samples are floating point: ask for 32 bits in the request
     */
    public int[] ints() {
        int[] values = new int[samples() * format.channels()];
        switch (format.depth()) {
            case FLOAT_32 -> throw new IllegalStateException("floating point is not rounded here");
            case BITS_16 -> {
                for (int i = 0; i < values.length; i++) values[i] = bytes.getShort(Short.BYTES * i) << 16;
            }
            case BITS_24, BITS_32 -> bytes.asIntBuffer().get(0, values);
        }
        return values;
    }

    /** Interleaved, full scale ±1: exact but for samples of 32 bits, of which a float holds 24. */
    public float[] floats() {
        float[] values = new float[samples() * format.channels()];
        switch (format.depth()) {
            case FLOAT_32 -> bytes.asFloatBuffer().get(0, values);
            case BITS_16 -> {
                for (int i = 0; i < values.length; i++) values[i] = bytes.getShort(Short.BYTES * i) / STEPS_OF_16;
            }
            case BITS_24, BITS_32 -> {
                for (int i = 0; i < values.length; i++) values[i] = bytes.getInt(Integer.BYTES * i) / STEPS_OF_32;
            }
        }
        return values;
    }

    /** As {@link #shorts}, a row for each channel. */
    public short[][] shortPlanes() {
        short[] row = shorts();
        short[][] planes = new short[format.channels()][samples()];
        for (int i = 0; i < row.length; i++) planes[i % planes.length][i / planes.length] = row[i];
        return planes;
    }

    /** As {@link #ints}, a row for each channel. */
    public int[][] intPlanes() {
        int[] row = ints();
        int[][] planes = new int[format.channels()][samples()];
        for (int i = 0; i < row.length; i++) planes[i % planes.length][i / planes.length] = row[i];
        return planes;
    }

    /** As {@link #floats}, a row for each channel. */
    public float[][] floatPlanes() {
        float[] row = floats();
        float[][] planes = new float[format.channels()][samples()];
        for (int i = 0; i < row.length; i++) planes[i % planes.length][i / planes.length] = row[i];
        return planes;
    }
}
