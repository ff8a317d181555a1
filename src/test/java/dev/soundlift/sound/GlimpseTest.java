package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Sources;
import dev.soundlift.engine.inprocess.InProcessProber;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short pieces of a long track lie where they say, and say how loud it is there. */
class GlimpseTest {
    private static final int RATE = 8_000;
    private static final int STRETCH_SECONDS = 15;
    private static final int STRETCHES = 48;
    private static final int SECONDS = STRETCHES * STRETCH_SECONDS;
    private static final double[] LEVELS = {0, 0.1, 0.3, 0.8};

    @TempDir
    static Path folder;

    private record Glimpse(double start, double length, double lowest, double highest) {}

    /** No two neighbours sound the same, and nothing repeats. */
    private static double level(int stretch) {
        return LEVELS[(stretch * stretch + stretch / 4) % 4];
    }

    @BeforeAll
    static void make() {
        int[] samples = new int[SECONDS * RATE];
        for (int i = 0; i < STRETCHES; i++) {
            int[] tone = Wav.tone(RATE, STRETCH_SECONDS * RATE, 440, level(i), 16);
            System.arraycopy(tone, 0, samples, i * tone.length, tone.length);
        }
        Path wav = Wav.of(RATE, 16, samples).write(folder.resolve("long.wav"));
        Path film = folder.resolve("long.mp4");
        // The picture's index leads to every tenth second only, and not to the beginning of a stretch
        PeerFfmpeg.ffmpeg(
                "-i",
                wav.toString(),
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=64x64:r=2",
                "-t",
                "" + SECONDS,
                "-c:v",
                "mpeg4",
                "-g",
                "20",
                "-c:a",
                "aac",
                "-b:a",
                "48k",
                film.toString());
        for (String name : List.of("long.mkv", "long.mov", "long.ts")) {
            PeerFfmpeg.ffmpeg(
                    "-i", film.toString(), "-c", "copy", folder.resolve(name).toString());
        }
        for (String name : List.of("long.mp3", "long.flac", "long.webm")) {
            PeerFfmpeg.ffmpeg("-i", wav.toString(), folder.resolve(name).toString());
        }
        PeerFfmpeg.ffmpeg(
                "-i",
                wav.toString(),
                "-q:a",
                "4",
                folder.resolve("variable.mp3").toString());
        PeerFfmpeg.ffmpeg(
                "-i",
                film.toString(),
                "-c",
                "copy",
                "-f",
                "matroska",
                "-live",
                "1",
                folder.resolve("live.mkv").toString());
    }

    private static List<Glimpse> glimpses(Path file, int most) throws Exception {
        Soundlift soundlift = Soundlift.local();
        MediaInfo media = soundlift.probe(new MediaSource.LocalFile(file));
        List<Glimpse> heard = new ArrayList<>();
        soundlift.glimpse(
                media,
                media.tracks().get(0),
                most,
                (start, length, lowest, highest) ->
                        heard.add(new Glimpse(start.toNanos() / 1e9, length.toNanos() / 1e9, lowest, highest)),
                new Cancellation());
        return heard;
    }

    private static void true_to_the_sound(List<Glimpse> glimpses) {
        int checked = 0;
        for (Glimpse glimpse : glimpses) {
            int stretch = (int) ((glimpse.start() - 0.05) / STRETCH_SECONDS);
            boolean inside = stretch == (int) ((glimpse.start() + glimpse.length() + 0.05) / STRETCH_SECONDS);
            if (!inside) continue;
            checked++;
            double level = level(stretch);
            assertThat(glimpse.highest()).as("%s of %s", glimpse, level).isBetween(0.8 * level, 1.2 * level + 0.01);
            assertThat(-glimpse.lowest())
                    .as("%s of %s", glimpse, level)
                    .isBetween(0.8 * level - 0.01, 1.2 * level + 0.01);
            assertThat(glimpse.length()).isBetween(0.02, 1.0);
        }
        assertThat(checked).isGreaterThan(glimpses.size() * 7 / 10);
    }

    private static double widestGap(List<Glimpse> glimpses) {
        double[] starts = glimpses.stream().mapToDouble(Glimpse::start).sorted().toArray();
        double widest = Math.max(starts[0], SECONDS - starts[starts.length - 1]);
        for (int i = 1; i < starts.length; i++) widest = Math.max(widest, starts[i] - starts[i - 1]);
        return widest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mov", "mkv", "webm", "ts", "mp3", "wav", "flac"})
    void all_over_the_file_and_first_far_apart(String container) throws Exception {
        List<Glimpse> glimpses = glimpses(folder.resolve("long." + container), 64);
        true_to_the_sound(glimpses);
        assertThat(widestGap(glimpses)).as("%s", glimpses).isLessThan(4.0 * SECONDS / 64);
        assertThat(widestGap(glimpses.subList(0, 8))).isLessThan(SECONDS / 3.0);
    }

    @Test
    void matroska_without_an_index() throws Exception {
        byte[] bytes = Files.readAllBytes(folder.resolve("long.mkv"));
        ByteBuffer file = ByteBuffer.wrap(bytes);
        int cues = bytes.length - 4;
        while (file.getInt(cues) != 0x1C53BB6B) cues--;
        // The index becomes a Void element of the same size: three bytes more for the size than it had
        int size = Integer.numberOfLeadingZeros(bytes[cues + 4] & 0xFF) - 23;
        long length = Long.parseLong(hex(bytes, cues + 4, size), 16) & (1L << 7 * size) - 1;
        bytes[cues] = (byte) 0xEC;
        long written = length | 1L << 7 * (size + 3);
        for (int i = 0; i < size + 3; i++) bytes[cues + 1 + i] = (byte) (written >> 8 * (size + 2 - i));
        Path without = Files.write(folder.resolve("without.mkv"), bytes);
        List<Glimpse> glimpses = glimpses(without, 64);
        true_to_the_sound(glimpses);
        assertThat(widestGap(glimpses)).as("%s", glimpses).isLessThan(4.0 * SECONDS / 64);
    }

    private static String hex(byte[] bytes, int from, int count) {
        return java.util.HexFormat.of().formatHex(Arrays.copyOfRange(bytes, from, from + count));
    }

    @ParameterizedTest
    @ValueSource(strings = {"variable.mp3", "live.mkv"})
    void where_one_cannot_leap_nothing_wrong_is_said(String name) throws Exception {
        List<Glimpse> glimpses = glimpses(folder.resolve(name), 64);
        assertThat(glimpses).hasSizeLessThan(8);
        if (!glimpses.isEmpty()) true_to_the_sound(glimpses);
    }

    @Test
    void whoever_has_heard_enough_gets_no_more() throws Exception {
        MediaInfo media = Soundlift.local().probe(new MediaSource.LocalFile(folder.resolve("long.mp4")));
        int[] heard = {0};
        Soundlift.local()
                .glimpse(
                        media,
                        media.tracks().get(0),
                        64,
                        (start, length, lowest, highest) -> ++heard[0] < 5,
                        new Cancellation());
        assertThat(heard[0]).isEqualTo(5);
    }

    /** What lies behind the sound is read through by FFmpeg, in search of more of it. */
    @Test
    void a_film_that_goes_on_without_sound_is_not_read_to_its_end() throws Exception {
        Path film = folder.resolve("film.ts");
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "nullsrc=s=640x360:r=25,geq=random(1)*255:128:128",
                "-f",
                "lavfi",
                "-i",
                "sine=d=3",
                "-t",
                "20",
                "-c:v",
                "mpeg2video",
                "-q:v",
                "2",
                film.toString());
        MediaSource source = new MediaSource.LocalFile(film);
        MediaInfo media = Soundlift.local().probe(source);
        long[] read = {0};
        Sources counting = opened -> {
            RangeReader bytes = Sources.FILES.open(opened);
            return new RangeReader() {
                @Override
                public OptionalLong size() throws IOException, ExtractionException {
                    return bytes.size();
                }

                @Override
                public int read(long position, ByteBuffer buffer) throws IOException, ExtractionException {
                    int count = bytes.read(position, buffer);
                    read[0] += Math.max(0, count);
                    return count;
                }

                @Override
                public long bytesRead() {
                    return bytes.bytesRead();
                }

                @Override
                public void close() {
                    bytes.close();
                }
            };
        };
        new InProcessProber(counting)
                .glimpse(media, media.tracks().get(0), 200, (start, length, low, high) -> true, new Cancellation());
        assertThat(Files.size(film)).isGreaterThan(100_000_000L);
        assertThat(read[0]).isLessThan(Files.size(film) / 3);
    }
}
