package dev.soundlift.verify;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Codec;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Little-endian samples without any header.
 *
 * @param sampleFrames samples of one channel
 * @param strayBytes left over after the last whole frame
 */
record RawPcm(long sampleFrames, long strayBytes, double peakDbfs) {

    static RawPcm read(Path file, Codec codec, int channels) throws ExtractionException {
        int bytes = switch (codec) {
            case PCM_S16LE -> 2;
            case PCM_S24LE -> 3;
            case PCM_S32LE, PCM_F32LE -> 4;
            default -> throw new IllegalArgumentException(codec.name());
        };
        ByteBuffer block = ByteBuffer.allocate(bytes * 16_384).order(ByteOrder.LITTLE_ENDIAN);
        double peak = 0;
        try (FileChannel samples = FileChannel.open(file)) {
            while (samples.read(block) >= 0) {
                block.flip();
                while (block.remaining() >= bytes) peak = Math.max(peak, Math.abs(next(block, codec)));
                block.compact();
            }
            long frame = (long) bytes * Math.max(1, channels);
            return new RawPcm(samples.size() / frame, samples.size() % frame, 20 * Math.log10(peak));
        } catch (IOException unreadable) {
            throw new ExtractionException(
                    ErrorKind.VERIFICATION, Text.of("error.not-reopened"), Text.of("next.verification"), unreadable);
        }
    }

    /** The next sample; full scale is 1. */
    private static double next(ByteBuffer block, Codec codec) {
        return switch (codec) {
            case PCM_S16LE -> block.getShort() / 32_768.0;
            case PCM_S24LE -> ((block.get() & 0xff) | (block.get() & 0xff) << 8 | block.get() << 16) / 8_388_608.0;
            case PCM_S32LE -> block.getInt() / 2_147_483_648.0;
            default -> block.getFloat();
        };
    }
}
