package dev.soundlift.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.LocalBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks of unwanted tracks are void, and everything else is as it is. */
class MatroskaViewTest {
    private static final int VIDEO_BYTES = 100_000;

    @TempDir
    Path folder;

    private static byte[] element(String id, byte[]... content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : content) all.writeBytes(part);
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.writeBytes(HexFormat.of().parseHex(id));
        element.writeBytes(ByteBuffer.allocate(8).putLong(1L << 56 | all.size()).array());
        element.writeBytes(all.toByteArray());
        return element.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) values[i];
        return bytes;
    }

    private static byte[] block(int track, int length) {
        byte[] block = new byte[length];
        java.util.Arrays.fill(block, (byte) 0x55);
        block[0] = (byte) (0x80 | track);
        return block;
    }

    private static byte[] file(byte[]... clusters) {
        byte[] tracks = element(
                "1654AE6B",
                element("AE", element("D7", bytes(1)), element("83", bytes(1))),
                element("AE", element("D7", bytes(2)), element("83", bytes(2))));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(tracks);
        for (byte[] cluster : clusters) content.writeBytes(cluster);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(element("1A45DFA3"));
        file.writeBytes(element("18538067", content.toByteArray()));
        return file.toByteArray();
    }

    private static byte[] cluster() {
        return element(
                "1F43B675",
                element("E7", bytes(0)),
                element("A3", block(1, VIDEO_BYTES)),
                element("A3", block(2, 300)),
                element("A0", element("A1", block(1, VIDEO_BYTES)), element("9B", bytes(1))));
    }

    /** Read from the front to the end, pieces of a demuxer's size. */
    private byte[] seen(byte[] file) throws Exception {
        Path path = Files.write(folder.resolve("x.mkv"), file);
        try (MatroskaView view = new MatroskaView(new Window(LocalBytes.open(path)))) {
            if (!view.tracks().isEmpty()) view.leaveOut(Set.of(1L), 0);
            ByteBuffer all = ByteBuffer.allocate(file.length);
            while (all.hasRemaining()) {
                ByteBuffer piece = ByteBuffer.allocate(Math.min(4096, all.remaining()));
                assertThat(view.read(all.position(), piece)).isPositive();
                all.put(piece.flip());
            }
            assertThat(view.read(file.length, ByteBuffer.allocate(1))).isEqualTo(-1);
            return all.array();
        }
    }

    @Test
    void a_block_of_another_track_is_void_and_empty() throws Exception {
        byte[] file = file(cluster(), cluster());
        byte[] seen = seen(file);
        int differing = 0;
        int voids = 0;
        for (int i = 0; i < file.length; i++) {
            if (file[i] == seen[i]) continue;
            differing++;
            if (seen[i] == (byte) 0xEC) {
                voids++;
                assertThat(file[i]).isIn((byte) 0xA3, (byte) 0xA0);
            } else {
                assertThat(seen[i]).isZero();
            }
        }
        assertThat(voids).isEqualTo(4);
        assertThat(differing).isGreaterThan(4 * (VIDEO_BYTES - 10));
    }

    @Test
    void a_cluster_of_unknown_size_is_shown_as_it_is() throws Exception {
        byte[] cluster = cluster();
        cluster[4] = 1;
        java.util.Arrays.fill(cluster, 5, 12, (byte) 0xFF);
        byte[] file = file(cluster);
        assertThat(seen(file)).isEqualTo(file);
    }

    @Test
    void from_a_length_that_does_not_add_up_on_everything_is_shown() throws Exception {
        byte[] file = file(element("1F43B675", element("E7", bytes(0)), bytes(0xA3, 0x40, 0xFF, 0x81)), cluster());
        assertThat(seen(file)).isEqualTo(file);
    }

    @Test
    void a_block_group_with_something_strange_in_it_is_shown() throws Exception {
        byte[] file = file(element(
                "1F43B675",
                element("E7", bytes(0)),
                element("A0", element("A1", block(1, VIDEO_BYTES)), element("99", bytes(1)))));
        assertThat(seen(file)).isEqualTo(file);
    }

    @Test
    void after_hours_of_blocks_those_of_other_tracks_are_void_still() throws Exception {
        byte[][] many = new byte[1000][];
        java.util.Arrays.fill(many, element("A3", block(1, 6)));
        byte[] cluster = element("1F43B675", many);
        byte[][] clusters = new byte[150][];
        java.util.Arrays.fill(clusters, cluster);
        byte[] file = file(clusters);
        byte[] seen = seen(file);
        int voids = 0;
        for (int i = 0; i < file.length; i++) if (file[i] != seen[i] && seen[i] == (byte) 0xEC) voids++;
        assertThat(voids).isEqualTo(150_000);
    }
}
