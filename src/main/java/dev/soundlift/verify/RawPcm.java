package dev.soundlift.verify;

import dev.soundlift.engine.SampleDigest;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Codec;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * Little-endian samples without any header.
 *
 * @param sampleFrames samples of one channel
 * @param strayBytes left over after the last whole frame
 * @param samples as FFmpeg holds them in memory
 */
record RawPcm(long sampleFrames, long strayBytes, double peakDbfs, SampleDigest samples) {
    private static final int SAMPLES_AT_ONCE = 16_384;

    static RawPcm read(Path file, Codec codec, int channels) throws ExtractionException {
        int bytes = switch (codec) {
            case PCM_S16LE -> 2;
            case PCM_S24LE -> 3;
            case PCM_S32LE, PCM_F32LE -> 4;
            default -> throw new IllegalArgumentException(codec.name());
        };
        ByteBuffer block = buffer(bytes);
        Samples samples = new Samples(codec);
        try (FileChannel all = FileChannel.open(file)) {
            while (all.read(block) >= 0) {
                block.flip();
                int whole = block.remaining() / bytes;
                samples.add(block, whole);
                block.position(whole * bytes).compact();
            }
            long frame = (long) bytes * Math.max(1, channels);
            return new RawPcm(all.size() / frame, all.size() % frame, 20 * Math.log10(samples.peak), samples.digest());
        } catch (IOException unreadable) {
            throw new ExtractionException(
                    ErrorKind.VERIFICATION, Text.of("error.not-reopened"), Text.of("next.verification"), unreadable);
        }
    }

    private static ByteBuffer buffer(int sampleBytes) {
        return ByteBuffer.allocate(sampleBytes * SAMPLES_AT_ONCE).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Added up, block by block. */
    private static final class Samples {
        private final Codec codec;
        private final CRC32 sum = new CRC32();
        private final short[] shorts = new short[SAMPLES_AT_ONCE];
        private final int[] ints = new int[SAMPLES_AT_ONCE];
        private final float[] floats = new float[SAMPLES_AT_ONCE];
        /** 24 bits are the upper ones of 32. */
        private final ByteBuffer wide = buffer(Integer.BYTES);

        /** Full scale is 1. */
        private double peak;

        Samples(Codec codec) {
            this.codec = codec;
        }

        /** The first of a block. */
        void add(ByteBuffer block, int count) {
            if (codec == Codec.PCM_S24LE) {
                for (int i = 0; i < count; i++) {
                    int middle = block.getShort(3 * i) & 0xffff;
                    ints[i] = (middle | block.get(3 * i + 2) << 16) << 8;
                }
                wide.clear().asIntBuffer().put(ints, 0, count);
                sum.update(wide.slice(0, count * Integer.BYTES));
            } else {
                sum.update(block.slice(0, count * (codec == Codec.PCM_S16LE ? Short.BYTES : Integer.BYTES)));
            }
            peak = Math.max(peak, highest(block, count));
        }

        private double highest(ByteBuffer block, int count) {
            if (codec == Codec.PCM_F32LE) {
                block.asFloatBuffer().get(floats, 0, count);
                float most = 0;
                for (int i = 0; i < count; i++) most = Math.max(most, Math.abs(floats[i]));
                return most;
            }
            long most = 0;
            if (codec == Codec.PCM_S16LE) {
                block.asShortBuffer().get(shorts, 0, count);
                for (int i = 0; i < count; i++) most = Math.max(most, Math.abs(shorts[i]));
                return most / 32_768.0;
            }
            if (codec == Codec.PCM_S32LE) block.asIntBuffer().get(ints, 0, count);
            for (int i = 0; i < count; i++) most = Math.max(most, Math.abs((long) ints[i]));
            return most / 2_147_483_648.0;
        }

        SampleDigest digest() {
            String format = switch (codec) {
                case PCM_S16LE -> "s16";
                case PCM_F32LE -> "flt";
                default -> "s32";
            };
            return new SampleDigest(format, SampleDigest.hexadecimal(sum.getValue()));
        }
    }
}
