package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.soundlift.engine.Loss;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.Combination;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.request.VerifyLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a damaged or cut off file it is told at which times sound is missing. */
class LostSoundTest {
    /** A frame of each codec here is shorter, and one more may be spoilt at either side. */
    private static final double FRAMES = 0.25;

    private static final int HEAD = 16;

    @TempDir
    Path folder;

    @AfterEach
    void back() {
        Lift.by(EngineChoice.Kind.LOCAL);
    }

    private Path source(String name, int seconds, String... encoding) {
        Path file = folder.resolve(name);
        String noise = "anoisesrc=r=48000:a=0.3:seed=7:d=" + seconds;
        String[] words = new String[encoding.length + 5];
        System.arraycopy(new String[] {"-f", "lavfi", "-i", noise}, 0, words, 0, 4);
        System.arraycopy(encoding, 0, words, 4, encoding.length);
        words[words.length - 1] = file.toString();
        PeerFfmpeg.ffmpeg(words);
        return file;
    }

    /** Writes noise over the packets of a stretch. */
    private static void spoil(Path file, double from, double to) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(3);
        for (PeerFfmpeg.PacketPlace packet : PeerFfmpeg.packetPlaces(file)) {
            if (packet.seconds() < from || packet.seconds() >= to) continue;
            // A Matroska block's position is that of its head, which stays whole
            byte[] noise = new byte[Math.max(0, packet.bytes() - HEAD)];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, bytes, (int) packet.position() + HEAD, noise.length);
        }
        Files.write(file, bytes);
    }

    private static byte[] firstPart(Path file, double share) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return Arrays.copyOf(all, (int) (all.length * share));
    }

    private static void assertLost(ExtractionReport report, Loss.Why why, double from, double to) {
        assertThat(report.failure()).isEmpty();
        assertThat(report.exitCode()).isEqualTo(6);
        List<Loss> lost = report.delivered().orElseThrow().lost();
        assertThat(lost).hasSize(1);
        assertThat(lost.get(0).why()).isEqualTo(why);
        assertThat(seconds(lost.get(0).start())).isCloseTo(from, within(FRAMES));
        assertThat(seconds(lost.get(0).end())).isCloseTo(to, within(FRAMES));
    }

    private static ExtractionRequest copyOf(ExtractionRequest request) {
        return request.withEncoding(request.encoding().withCopyOnly(true));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    @ParameterizedTest
    @CsvSource({"x.mkv, flac", "x.mp4, aac", "x.mkv, libmp3lame", "x.mkv, ac3"})
    void damaged_packets_are_told_by_their_time(String name, String codec) throws IOException {
        Path source = source(name, 10, "-c:a", codec);
        spoil(source, 4, 4.6);
        assertLost(Lift.report(Lift.to(folder.resolve("out.wav"), source)), Loss.Why.DAMAGED, 4, 4.6);
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"LOCAL", "EXECUTABLE"})
    void pages_of_ogg_that_are_lost_leave_a_hole_and_what_follows_stays_in_its_place(EngineChoice.Kind engine)
            throws IOException {
        Lift.by(engine);
        Path source = source("x.ogg", 10, "-c:a", "libvorbis");
        Wav whole = PeerFfmpeg.decoded(source);
        spoil(source, 4, 4.6); // pages are a second long, and FFmpeg finds the next but one
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.wav"), source));
        Wav sound = Wav.read(report.output().orElseThrow());
        assertThat(sound.frames()).isCloseTo(whole.frames(), within(1024));
        Loss lost = report.delivered().orElseThrow().lost().get(0);
        assertThat(seconds(lost.start())).isBetween(2.9, 4.0);
        assertThat(seconds(lost.end())).isBetween(4.6, 6.1);
    }

    @ParameterizedTest
    @CsvSource({"x.mkv, flac", "x.mp4, aac", "x.mkv, ac3"})
    void the_ffmpeg_program_tells_the_same(String name, String codec) throws IOException {
        Lift.by(EngineChoice.Kind.EXECUTABLE);
        Path source = source(name, 10, "-c:a", codec);
        spoil(source, 4, 4.6);
        assertLost(Lift.report(Lift.to(folder.resolve("out.wav"), source)), Loss.Why.DAMAGED, 4, 4.6);
    }

    @Test
    void times_are_those_of_the_source_and_what_was_not_wanted_is_not_told() throws IOException {
        Path source = source("x.mkv", 10, "-c:a", "flac");
        spoil(source, 2, 2.4);
        spoil(source, 6, 6.6);
        ExtractionRequest request = Lift.to(folder.resolve("out.wav"), source)
                .withRange(RangeWish.parse("5-9").orElseThrow());
        assertLost(Lift.report(request), Loss.Why.DAMAGED, 6, 6.6);
    }

    @Test
    void several_tracks_in_one_are_told_too() throws IOException {
        Path source = folder.resolve("two.mkv");
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "anoisesrc=r=48000:a=0.2:seed=1:d=10",
                "-f",
                "lavfi",
                "-i",
                "anoisesrc=r=48000:a=0.2:seed=2:d=10",
                "-map",
                "0",
                "-map",
                "1",
                "-c:a",
                "flac",
                source.toString());
        spoil(source, 4, 4.6);
        ExtractionRequest request = Lift.to(folder.resolve("out.wav"), source)
                .withTracks(TrackChoice.ALL)
                .withCombination(Combination.MIX);
        assertLost(Lift.report(request), Loss.Why.DAMAGED, 4, 4.6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "flac", "wav", "unverified"})
    void a_file_that_is_cut_off_is_told_to_its_claimed_end(String how) throws IOException {
        for (String name : List.of("x.mkv", "x.avi", "x.flac", "x.wav", "x.mp4", "x.caf")) {
            Path whole = name.endsWith("mp4")
                    ? source(name, 20, "-c:a", "aac", "-movflags", "+faststart")
                    : source(name, 20);
            Path cut = Files.write(folder.resolve("cut-" + name), firstPart(whole, 0.6));
            ExtractionRequest request = how.equals("copy")
                    ? copyOf(Lift.to(folder.resolve(name + ".mka"), cut))
                    : Lift.to(folder.resolve(name + "." + (how.equals("flac") ? "flac" : "wav")), cut);
            if (how.equals("unverified")) request = request.withVerify(VerifyLevel.OFF);
            ExtractionReport report = Lift.report(request);
            List<Loss> lost = report.delivered()
                    .orElseThrow(() -> new AssertionError(name + report))
                    .lost();
            assertThat(report.exitCode()).as(name).isEqualTo(6);
            Loss last = lost.get(lost.size() - 1);
            assertThat(last.why()).as(name).isEqualTo(Loss.Why.CUT_OFF);
            assertThat(seconds(last.end())).as(name).isCloseTo(20, within(0.1));
            assertThat(seconds(last.start())).as(name).isBetween(11.0, 13.0);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"LOCAL", "EXECUTABLE"})
    void a_copy_of_damaged_packets_says_so(EngineChoice.Kind engine) throws IOException {
        Lift.by(engine);
        Path source = source("x.mkv", 10, "-c:a", "ac3");
        spoil(source, 4, 4.6);
        ExtractionReport report = Lift.report(copyOf(Lift.to(folder.resolve("out.mka"), source)));
        assertThat(report.exitCode()).isEqualTo(6);
        if (engine == EngineChoice.Kind.LOCAL) assertLost(report, Loss.Why.DAMAGED, 4, 4.6);
    }

    @Test
    void a_long_copy_whose_last_packet_is_damaged_says_so() throws IOException {
        Path source = source("x.mka", 150, "-c:a", "ac3");
        spoil(source, 149.96, 151);
        ExtractionReport report = Lift.report(copyOf(Lift.to(folder.resolve("out.mka"), source)));
        assertLost(report, Loss.Why.DAMAGED, 150, 150);
    }

    @ParameterizedTest
    @CsvSource({
        "x.mp3, libmp3lame",
        "x.m4a, aac",
        "x.flac, flac",
        "x.opus, libopus",
        "x.ogg, libvorbis",
        "x.ac3, ac3",
        "x.wma, wmav2",
        "x.mp2, mp2"
    })
    void a_long_copy_of_a_good_file_is_good(String name, String codec) {
        Path source = source(name, 100, "-c:a", codec);
        ExtractionReport report = Lift.report(copyOf(Lift.to(folder.resolve("out.mka"), source)));
        assertThat(report.failure()).isEmpty();
        assertThat(report.exitCode()).as(() -> report.warnings().toString()).isZero();
    }
}
