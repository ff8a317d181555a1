package dev.soundlift.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.soundlift.media.Codec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawPcmTest {
    @TempDir
    private Path folder;

    private Path file(ByteBuffer bytes) throws IOException {
        return Files.write(folder.resolve("x.pcm"), bytes.array());
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void frames_and_stray_bytes_are_counted() throws Exception {
        RawPcm samples = RawPcm.read(file(bytes(4 * 100 + 3)), Codec.PCM_S16LE, 2);
        assertThat(samples.sampleFrames()).isEqualTo(100);
        assertThat(samples.strayBytes()).isEqualTo(3);
    }

    @Test
    void zeros_and_nothing_are_silence() throws Exception {
        assertThat(RawPcm.read(file(bytes(400)), Codec.PCM_S24LE, 1).peakDbfs()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(RawPcm.read(file(bytes(0)), Codec.PCM_F32LE, 1).peakDbfs()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void the_peak_is_that_of_the_loudest_sample_of_either_sign() throws Exception {
        ByteBuffer shorts =
                bytes(8).putShort((short) 100).putShort((short) -16_384).putShort((short) 5);
        assertThat(RawPcm.read(file(shorts), Codec.PCM_S16LE, 1).peakDbfs()).isCloseTo(-6.02, within(0.01));
        ByteBuffer triples = bytes(6).put(new byte[] {0, 0, (byte) 0xC0, (byte) 0xFF, (byte) 0xFF, 0x1F});
        assertThat(RawPcm.read(file(triples), Codec.PCM_S24LE, 1).peakDbfs()).isCloseTo(-6.02, within(0.01));
        ByteBuffer ints = bytes(8).putInt(1 << 30).putInt(-5);
        assertThat(RawPcm.read(file(ints), Codec.PCM_S32LE, 1).peakDbfs()).isCloseTo(-6.02, within(0.01));
        ByteBuffer floats = bytes(8).putFloat(-0.5f).putFloat(0.1f);
        assertThat(RawPcm.read(file(floats), Codec.PCM_F32LE, 1).peakDbfs()).isCloseTo(-6.02, within(0.01));
    }

    @Test
    void full_scale_is_zero() throws Exception {
        ByteBuffer lowest = bytes(2).putShort(Short.MIN_VALUE);
        assertThat(RawPcm.read(file(lowest), Codec.PCM_S16LE, 1).peakDbfs()).isZero();
    }

    @Test
    void the_very_last_sample_of_a_long_file_counts() throws Exception {
        ByteBuffer triples = bytes(3 * 100_001);
        triples.put(3 * 100_001 - 1, (byte) 0x40);
        RawPcm samples = RawPcm.read(file(triples), Codec.PCM_S24LE, 1);
        assertThat(samples.sampleFrames()).isEqualTo(100_001);
        assertThat(samples.peakDbfs()).isCloseTo(-6.02, within(0.01));
    }
}
