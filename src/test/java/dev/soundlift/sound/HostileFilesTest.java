package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever was done to a file: a result or a reason, never a crash, and nothing left behind. */
class HostileFilesTest {
    /** In all; {@code -Dsoundlift.mutations=2000} makes it thorough. */
    private static final int MUTATIONS = Integer.getInteger("soundlift.mutations", 150);

    @TempDir
    Path folder;

    private void isSurvived(byte[] bytes, String name) throws IOException {
        Path input = Files.write(folder.resolve(name), bytes);
        Path output = folder.resolve("out.flac");
        List<ExtractionReport> reports = Lift.all(Lift.to(output, input, AudioFormat.FLAC));
        assertThat(reports).isNotEmpty();
        for (ExtractionReport report : reports) {
            report.failure()
                    .ifPresent(failure ->
                            assertThat(failure.kind()).as(name).isNotIn(ErrorKind.BUG, ErrorKind.VERIFICATION));
            assertThat(report.delivered().isPresent()).as(name).isEqualTo(Files.exists(output));
        }
        Files.deleteIfExists(output);
        Files.delete(input);
        assertThat(TestMedia.namesIn(folder)).as(name).isEmpty();
    }

    @Test
    void mutated_files_are_survived() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(TestMedia.media("song.mp4").getParent())) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        Random random = new Random(20_261_121);
        for (int i = 0; i < MUTATIONS; i++) {
            Path file = files.get(i % files.size());
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length < 100) continue;
            isSurvived(mutated(bytes, i / files.size() % 4, random), i + "-" + file.getFileName());
        }
    }

    private static byte[] mutated(byte[] bytes, int how, Random random) {
        if (how == 0) return java.util.Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
        int times = how == 1 ? 1 + random.nextInt(500) : how == 2 ? 1 : 200;
        int reach = how == 1 ? bytes.length - 4 : Math.min(3000, bytes.length - 4);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(reach);
            switch (how) {
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                // A size that lies
                case 2 -> ByteBuffer.wrap(bytes).putInt(at, random.nextBoolean() ? -1 : Integer.MAX_VALUE);
                default -> bytes[at] = (byte) random.nextInt(256);
            }
        }
        return bytes;
    }

    @Test
    void an_mp4_cut_off_at_any_edge_of_a_box_is_survived() throws IOException {
        byte[] bytes = Files.readAllBytes(TestMedia.media("song.mp4"));
        TreeSet<Integer> edges = new TreeSet<>();
        boxes(ByteBuffer.wrap(bytes), 0, bytes.length, edges);
        assertThat(edges).hasSizeGreaterThan(20);
        for (int edge : new ArrayList<>(edges)) {
            if (edge > 0) isSurvived(java.util.Arrays.copyOf(bytes, edge), "edge-" + edge + ".mp4");
        }
    }

    /** ISO/IEC 14496-12, section 4.2. */
    private static void boxes(ByteBuffer file, int from, int to, TreeSet<Integer> edges) {
        int at = from;
        while (at + 8 <= to) {
            int size = file.getInt(at);
            if (size < 8 || at + size > to) return;
            String type = "";
            for (int i = 4; i < 8; i++) type += (char) file.get(at + i);
            edges.add(at);
            edges.add(at + 8);
            if (List.of("moov", "trak", "mdia", "minf", "stbl", "udta", "edts", "dinf")
                    .contains(type)) {
                boxes(file, at + 8, at + size, edges);
            }
            at += size;
        }
    }
}
