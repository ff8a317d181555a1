package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.plan.Route;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.RangeWish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a stretch of sound lies, from every codec in every container and for every way to ask for it: each of its samples
 * is that of the whole, and the whole begins where its maker put it.
 */
class EveryContainerTest {
    private static final int RATE = 44_100;
    private static final int FRAMES = 6 * RATE;
    /** Matroska and Flash Video round to a millisecond where the sound begins. */
    private static final int TICK = 45;

    @TempDir
    static Path sources;

    @TempDir
    Path folder;

    private static Wav truth;

    @BeforeAll
    static void noise() {
        truth = Wav.of(RATE, 16, smooth(Wav.noise(1, FRAMES, 16)));
        truth.write(sources.resolve("truth.wav"));
    }

    /** Without the highest tones, which lossy codecs drop. */
    private static int[] smooth(int[] noise) {
        int[] smooth = new int[noise.length];
        for (int i = 0; i < noise.length; i++) {
            smooth[i] = (noise[i] + noise[Math.max(0, i - 1)] + noise[Math.max(0, i - 2)]) / 6;
        }
        return smooth;
    }

    /** With a film whose first picture lies where the sound's first sample does. */
    private static Path source(String encoder, String name) {
        Path file = sources.resolve(name);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        boolean film = List.of("mp4", "mov", "mkv", "webm", "avi", "ts", "flv").contains(ending);
        List<String> words =
                new ArrayList<>(List.of("-i", sources.resolve("truth.wav").toString()));
        if (film) words.addAll(List.of("-f", "lavfi", "-i", "testsrc=s=64x48:r=25:d=6", "-map", "0:a", "-map", "1:v"));
        if (film)
            words.addAll(List.of(
                    "-c:v",
                    ending.equals("webm")
                            ? "libvpx"
                            : ending.equals("ts") ? "mpeg2video" : ending.equals("flv") ? "flv" : "mpeg4"));
        words.addAll(List.of("-c:a", encoder, "-b:a", "160k", "-strict", "-2"));
        if (name.startsWith("live")) words.addAll(List.of("-live", "1"));
        if (name.startsWith("wrap")) words.addAll(List.of("-muxdelay", "0", "-output_ts_offset", "95440.7"));
        if (name.startsWith("bare")) words.addAll(List.of("-write_xing", "0"));
        words.add(file.toString());
        PeerFfmpeg.ffmpeg(words.toArray(String[]::new));
        return file;
    }

    /** @param begins which sample of the truth the file puts at its start; "tick": within a millisecond of the first */
    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "pcm_s16le, pcm.wav, 0, wav",
        "pcm_s16le, pcm.mov, 0, wav",
        "pcm_s16le, pcm.mkv, 0, wav",
        "pcm_s16le, pcm.avi, 0, wav",
        "flac, flac.flac, 0, flac",
        "flac, flac.mkv, 0, flac",
        "flac, flac.mp4, 0, flac",
        "alac, alac.m4a, 0, m4a",
        "alac, alac.mov, 0, m4a",
        "alac, alac.mka, 0, m4a",
        "aac, aac.mp4, 0, m4a",
        "aac, aac.mov, 0, m4a",
        "aac, aac.ts, 0, m4a",
        "aac, wrap.ts, 0, m4a",
        "aac, aac.mkv, tick, m4a",
        "aac, live.mkv, tick, m4a",
        "aac, aac.flv, tick, m4a",
        "aac, aac.avi, -1024, m4a",
        "libmp3lame, mp3.mp3, 0, mp3",
        "libmp3lame, bare.mp3, -1105, mp3",
        "libmp3lame, mp3.mp4, 0, mp3",
        "libmp3lame, mp3.ts, 0, mp3",
        "libmp3lame, mp3.mkv, tick, mp3",
        "libmp3lame, mp3.avi, -1105, mp3",
        "libvorbis, vorbis.ogg, 0, ogg",
        "libvorbis, vorbis.mka, 0, ogg",
        "libvorbis, vorbis.webm, tick, ogg",
        "libvorbis, live.webm, tick, ogg",
        "ac3, ac3.mp4, 0, mka",
        "ac3, ac3.ts, 0, mka",
        "ac3, ac3.mkv, tick, mka",
        "ac3, ac3.avi, -256, mka"
    })
    void a_stretch_lies_where_it_lay(String encoder, String name, String begins, String copyEnding) {
        Path source = source(encoder, name);
        Wav whole = decoded(source, "whole.wav");
        int start = lag(truth, whole, FRAMES / 2, 0, 1200);
        if (begins.equals("tick")) assertThat(start).isBetween(-TICK, TICK);
        else assertThat(start).isEqualTo(Integer.parseInt(begins));

        for (String range : List.of("0-1.3", "1.25-2.5", "4.001-")) {
            RangeWish wish = RangeWish.parse(range).orElseThrow();
            Path cut = Lift.delivered(
                    Lift.to(folder.resolve("cut.wav"), source, AudioFormat.WAV).withRange(wish));
            int from = (int) Math.round(Double.parseDouble(range.split("-")[0]) * RATE);
            int to = range.endsWith("-")
                    ? whole.frames()
                    : (int) Math.round(Double.parseDouble(range.split("-")[1]) * RATE);
            Wav stretch = Wav.read(cut);
            assertThat(stretch.frames()).as(range).isEqualTo(to - from);
            if (encoder.equals("ac3")) { // its decoder fills holes with noise that is other each time
                assertThat(lag(whole, stretch, 20_000, from, 300)).as(range).isEqualTo(from);
            } else {
                assertThat(whole.cut(from, to).firstDifference(stretch))
                        .as(range)
                        .isEqualTo(-1);
            }
            delete(cut);
            copied(source, whole, wish, copyEnding, from, to);
        }
        copied(source, whole, RangeWish.parse("0-").orElseThrow(), copyEnding, 0, whole.frames());
    }

    /** A copy is exact where its container can hide what is too much; elsewhere it tells where it begins and ends. */
    private void copied(Path source, Wav whole, RangeWish wish, String ending, int from, int to) {
        ExtractionRequest request = Lift.to(folder.resolve("copy." + ending), source);
        ExtractionReport report = Lift.report(
                request.withEncoding(request.encoding().withCopyOnly(true)).withRange(wish));
        assertThat(report.failure()).as("%s", wish).isEmpty();
        assertThat(report.plan().orElseThrow().route()).isEqualTo(Route.COPY);
        var taken = report.delivered().orElseThrow().source().taken();
        Path file = report.output().orElseThrow();
        Wav copy = decoded(file, "heard.wav");
        int begin = samples(taken.start());
        boolean hidden = List.of("m4a", "mp3", "wav").contains(ending);
        boolean told = report.delivered().orElseThrow().source().repairs().stream()
                .anyMatch(repair -> repair.key().equals("repair.copy-edges"));
        if (hidden && !told) {
            assertThat(begin).as("%s begins", wish).isEqualTo(from);
            assertThat(copy.frames()).as("%s is as long", wish).isEqualTo(to - from);
        }
        delete(file);
        int lag = lag(whole, copy, copy.frames() / 2 - 1000, begin, 300);
        // Matroska has no negative times: what lies before the film's first picture is heard there
        boolean early = ending.equals("mka") && from == 0 && lag < 0;
        if (early) begin = lag;
        assertThat(lag).as("%s lies", wish).isEqualTo(begin);
        assertThat(copy.frames()).as("%s is as long as told", wish).isEqualTo(samples(taken.end()) - begin);
    }

    private static int samples(Duration time) {
        return (int) Math.round(time.toNanos() / 1e9 * RATE);
    }

    private Wav decoded(Path file, String name) {
        Path made = Lift.delivered(Lift.to(folder.resolve(name), file, AudioFormat.WAV));
        Wav sound = Wav.read(made);
        delete(made);
        return sound;
    }

    private static void delete(Path file) {
        assertThat(file.toFile().delete()).isTrue();
    }

    /** Which sample of the whole the part's first is, as the part tells from a place on. */
    private static int lag(Wav whole, Wav part, int place, int expected, int farthest) {
        int best = Integer.MIN_VALUE;
        double likest = -1;
        for (int lag = expected - farthest; lag <= expected + farthest; lag++) {
            double like = 0;
            for (int i = place; i < place + 2000; i++) {
                int at = i + lag;
                if (at >= 0 && at < whole.frames() && i < part.frames()) like += whole.value(0, at) * part.value(0, i);
            }
            if (like > likest) {
                likest = like;
                best = lag;
            }
        }
        return best;
    }
}
