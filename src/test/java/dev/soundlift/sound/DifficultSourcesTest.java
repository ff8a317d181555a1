package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.request.Align;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Silent, late, cut off, broken: what cannot be right is said, and never passes for a clean success. */
class DifficultSourcesTest {
    @TempDir
    Path folder;

    private static List<String> keys(List<Text> texts) {
        return texts.stream().map(Text::key).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "flac", "wav", "pcm", "m4a"})
    void a_silent_source_is_delivered_with_a_word_about_it(String ending) {
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out." + ending), media("silent.mp4")));
        assertThat(report.status()).isEqualTo(Status.WARNING);
        assertThat(report.exitCode()).isZero();
        assertThat(keys(report.warnings())).contains("warning.silent-source");
        assertThat(namesIn(folder)).containsExactly("out." + ending);
    }

    @Test
    void a_silent_source_fails_the_check_where_warnings_are_failures() {
        ExtractionRequest request = Lift.to(folder.resolve("out.mp3"), media("silent.mp4"));
        ExtractionReport report = Lift.report(request.withStrict(true));
        assertThat(report.exitCode()).isEqualTo(5);
        assertThat(namesIn(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "flac", "opus", "wav"})
    void very_quiet_is_not_silent(String ending) {
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out." + ending), media("quiet.webm")));
        assertThat(report.failure()).isEmpty();
        assertThat(keys(report.warnings())).doesNotContain("warning.silent-source");
        double peak = 20
                * Math.log10(PeerFfmpeg.decoded(folder.resolve("out." + ending)).peak(0));
        assertThat(peak).isBetween(-64.0, -60.0);
    }

    @Test
    void very_quiet_sound_is_remarked_upon() {
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.flac"), media("quiet.webm")));
        assertThat(keys(report.warnings())).contains("warning.quiet");
    }

    @Test
    void sound_that_is_not_in_the_default_track_is_found_or_the_silence_is_said() {
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.flac"), media("halfsilent.mkv")));
        double peak = PeerFfmpeg.decoded(report.output().orElseThrow()).peak(0);
        assertThat(peak > 0.1 || keys(report.warnings()).contains("warning.silent-source"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"late.mp4, 48000, 120832", "late.mkv, 24000, 60000"})
    void a_late_start_is_silence_first_so_that_sound_and_picture_stay_together(String input, int rate, int frames) {
        Wav sound = Wav.read(Lift.delivered(Lift.to(folder.resolve("out.wav"), media(input))));
        int late = rate / 2;
        assertThat(sound.cut(0, late).peak(0)).isZero();
        assertThat(sound.cut(late, late + rate / 100).peak(0)).isGreaterThan(0.01);
        assertThat(sound.frames()).isBetween(late + frames - 1024, late + frames);
        assertThat(sound.strongest(0, 900, 1000, 1100)).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"late.mp4, 120832", "late.mkv, 60000"})
    void without_alignment_a_late_sound_begins_at_once_and_loses_nothing(String input, int frames) {
        ExtractionRequest request = Lift.to(folder.resolve("out.wav"), media(input));
        Wav sound = Wav.read(Lift.delivered(request.withAlign(Align.NONE)));
        assertThat(sound.frames()).isBetween(frames - 1024, frames);
        assertThat(sound.cut(0, 480).peak(0)).isGreaterThan(0.01);
        assertThat(sound.strongest(0, 900, 1000, 1100)).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "truncated.mp4, mp3",
        "truncated.mp4, flac",
        "truncated.mp4, m4a",
        "truncated.mkv, mp3",
        "truncated.mkv, wav",
        "truncated.mkv, m4a",
        "truncated.mkv, pcm"
    })
    void a_file_that_breaks_off_is_never_a_clean_success(String input, String ending) {
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out." + ending), media(input)));
        assertThat(report.exitCode()).isIn(3, 6);
        if (report.exitCode() == 3) {
            assertThat(namesIn(folder)).isEmpty();
        } else {
            assertThat(report.status()).isEqualTo(Status.WARNING);
            assertThat(report.warnings()).isNotEmpty();
            if (!ending.equals("pcm")) {
                Wav sound = PeerFfmpeg.decoded(folder.resolve("out." + ending));
                assertThat(sound.frames()).isBetween(170_000, 184_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 25, 40, 55, 70, 85, 90})
    void wherever_a_film_is_cut_off_the_loss_is_told(int percent) throws IOException {
        for (String name : List.of("song.mp4", "camera.avi", "screencast.webm", "interview.mkv")) {
            byte[] whole = Files.readAllBytes(media(name));
            Path cut = folder.resolve(percent + name);
            Files.write(cut, Arrays.copyOf(whole, whole.length * percent / 100));
            ExtractionReport report = Lift.report(Lift.to(folder.resolve(percent + name + ".flac"), cut));
            assertThat(report.exitCode())
                    .as("%s at %s %%", name, percent)
                    .isNotZero()
                    .isNotEqualTo(70);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "broken.mp4, NOT_MEDIA UNREADABLE", "text.mp4, NOT_MEDIA", "empty.mp4, NOT_MEDIA UNREADABLE",
        "noise.mp4, NOT_MEDIA UNREADABLE", "nosound.mp4, NO_AUDIO", "missing.mp4, UNREADABLE"
    })
    void what_holds_no_sound_is_refused_for_its_own_reason(String input, String kinds) {
        ErrorKind kind = Lift.failure(Lift.to(folder.resolve("out.mp3"), media(input)));
        assertThat(kinds.split(" ")).contains(kind.name());
        assertThat(namesIn(folder)).isEmpty();
    }

    @Test
    void flipped_bits_anywhere_never_make_a_bug() throws IOException {
        java.util.Random random = new java.util.Random(42);
        for (String name :
                List.of("song.mp4", "speech.ogg", "radio.avi", "surround.mkv", "old.wma", "screencast.webm")) {
            for (int round = 0; round < 3; round++) {
                byte[] bytes = Files.readAllBytes(media(name));
                for (int i = 0; i < 20; i++) bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Path damaged = Files.write(folder.resolve(round + name), bytes);
                Path output = folder.resolve(round + name + ".mp3");
                ExtractionReport report = Lift.report(Lift.to(output, damaged));
                assertThat(report.exitCode()).as("%s, round %s", name, round).isIn(0, 3, 4, 5, 6);
                assertThat(Files.exists(output)).isEqualTo(report.failure().isEmpty());
            }
        }
    }
}
