package dev.soundlift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list at the end is a stranger's: it may say anything. */
class Mp4FragmentsTest {
    private static final int PARTS = 10;
    private static final int PART = 1000;
    private static final int FIRST = 24;

    /** Ten parts of one thousand bytes, of which the first hundred are the index, and the list of them. */
    private static ByteBuffer file() {
        int list = 8 + 24 + 11 * PARTS + 16;
        ByteBuffer file = ByteBuffer.allocate(FIRST + PARTS * PART + list);
        box(file, 0, 16, "ftyp");
        box(file, 16, 8, "moov");
        for (int i = 0; i < PARTS; i++) {
            box(file, FIRST + i * PART, 100, "moof");
            box(file, FIRST + i * PART + 100, PART - 100, "mdat");
        }
        int at = FIRST + PARTS * PART;
        box(file, at, list, "mfra");
        box(file, at + 8, 24 + 11 * PARTS, "tfra");
        file.putInt(at + 20, 1).putInt(at + 28, PARTS);
        for (int i = 0; i < PARTS; i++) file.putInt(at + 32 + 11 * i + 4, FIRST + i * PART);
        box(file, at + list - 16, 16, "mfro");
        return file.putInt(at + list - 4, list);
    }

    private static void box(ByteBuffer file, int at, int length, String type) {
        file.putInt(at, length).put(at + 4, type.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static RangeReader reader(ByteBuffer file) {
        return new RangeReader() {
            @Override
            public OptionalLong size() {
                return OptionalLong.of(file.capacity());
            }

            @Override
            public int read(long position, ByteBuffer buffer) {
                if (position >= file.capacity()) return -1;
                int length = (int) Math.min(buffer.remaining(), file.capacity() - position);
                buffer.put(file.duplicate().position((int) position).limit((int) position + length));
                return length;
            }

            @Override
            public long bytesRead() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void every_part_is_found_with_what_comes_after_it() {
        Stretches found = Mp4Fragments.of(reader(file()), 0);
        long[] edges = found.from(FIRST, 1_000_000, 100);
        assertThat(edges).hasSize(2 * PARTS);
        for (int i = 0; i < PARTS; i++) {
            assertThat(edges[2 * i]).isEqualTo(FIRST + i * PART);
            assertThat(edges[2 * i + 1]).isGreaterThanOrEqualTo(FIRST + i * PART + 116);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-4, 0, a list of no length",
        "-4, 2147483647, one longer than the file",
        "-4, -1, one of four gigabytes",
        "-12, 0, no end of a list",
        "16, 0, no head",
        "28, 0, no part where the first should be",
    })
    void what_cannot_be_is_no_list(int place, int value, String what) {
        ByteBuffer file = file();
        file.putInt(place < 0 ? file.capacity() + place : place, value);
        assertThat(Mp4Fragments.of(reader(file), 0).from(FIRST, 1000, 10))
                .as(what)
                .isEmpty();
    }

    @Test
    void no_list_leads_beyond_the_file_or_does_harm() {
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            ByteBuffer file = file();
            for (int i = 0; i < 3; i++) {
                int at = FIRST + PARTS * PART + random.nextInt(file.capacity() - FIRST - PARTS * PART);
                file.put(at, (byte) random.nextInt());
            }
            long next = Mp4Fragments.of(reader(file), 0).atOrAfter(file.capacity());
            assertThat(next).isEqualTo(-1);
        }
    }
}
