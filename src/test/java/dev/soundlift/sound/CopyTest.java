package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.plan.Route;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Quality;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A copy is the same packets in another box. */
class CopyTest {
    @TempDir
    Path folder;

    private static ExtractionRequest copying(ExtractionRequest request) {
        return request.withEncoding(request.encoding().withCopyOnly(true));
    }

    @ParameterizedTest
    @CsvSource({
        "phone.mov, m4a",
        "song.mp4, m4a",
        "song.mp4, mka",
        "radio.avi, mp3",
        "screencast.webm, opus",
        "screencast.webm, ogg",
        "interview.mkv, m4a",
        "ac3.mkv, mka",
        "dts.mkv, mka",
        "surround.mkv, flac",
        "clicks.mkv, wav",
        "camera.avi, wav",
        "speech.ogg, ogg",
        "speech.flac, flac",
        "vbr.mp3, mp3",
        "old.wma, mka"
    })
    void the_packets_are_those_of_the_source(String input, String ending) {
        ExtractionReport report = Lift.report(copying(Lift.to(folder.resolve("out." + ending), media(input))));
        assertThat(report.failure()).isEmpty();
        assertThat(report.plan().orElseThrow().route()).isEqualTo(Route.COPY);
        List<String> source = PeerFfmpeg.packets(media(input), 0);
        List<String> copied = PeerFfmpeg.packets(report.output().orElseThrow(), 0);
        // A WAV file's reader chooses its own packet sizes
        if (ending.equals("wav")) {
            assertThat(PeerFfmpeg.decoded(report.output().get()).samples())
                    .isEqualTo(PeerFfmpeg.decoded(media(input)).samples());
        } else {
            assertThat(copied).isEqualTo(source);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, opus", "3, mp3"})
    void another_track_is_copied_as_exactly_as_the_first(int track, String ending) {
        Path copy = Lift.delivered(copying(Lift.to(folder.resolve("out." + ending), media("interview.mkv")))
                .withTracks(new TrackChoice.Position(track)));
        assertThat(PeerFfmpeg.packets(copy, 0)).isEqualTo(PeerFfmpeg.packets(media("interview.mkv"), track - 1));
    }

    @ParameterizedTest
    @CsvSource({
        "phone.mov, 177152",
        "song.mp4, 240640",
        "radio.avi, 178560",
        "vbr.mp3, 220500",
        "screencast.webm, 288000"
    })
    void a_copy_plays_as_long_as_its_source_give_or_take_less_than_a_packet(String input, int frames) {
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out"), media(input), AudioFormat.SAME));
        assertThat(report.plan().orElseThrow().route()).isEqualTo(Route.COPY);
        // MP3 without a LAME header gets one, so players skip its decoder's delay; Ogg loses WebM's trimming of the end
        assertThat(PeerFfmpeg.decoded(report.output().orElseThrow()).frames()).isBetween(frames - 529, frames + 959);
    }

    /** Stamps of less than the packets' length, as others write for the length of Vorbis' packets, are not our concern. */
    @ParameterizedTest
    @CsvSource({"aac, mka", "libmp3lame, mka", "aac, m4a"})
    void time_stamps_that_go_on_too_slowly_are_taken_as_they_are(String codec, String ending) {
        Lift.onlyByTheLibraries();
        Path source = folder.resolve("source.mkv");
        String slow = "setts=ts='if(gt(N,20),20*DURATION+(N-20)*DURATION*3/4,TS)'";
        PeerFfmpeg.ffmpeg("-f", "lavfi", "-i", "sine=d=2:r=48000", "-c:a", codec, "-bsf:a", slow, source.toString());
        ExtractionReport report = Lift.report(copying(Lift.to(folder.resolve("out." + ending), source)));
        assertThat(report.failure()).isEmpty();
        double length = PeerFfmpeg.probed(report.output().orElseThrow())
                .path("format")
                .path("duration")
                .asDouble();
        assertThat(length).isLessThan(1.8);
    }

    /** Of five packets, all with the time of the first. */
    @ParameterizedTest
    @CsvSource({"libopus, opus", "libopus, mka", "aac, m4a", "libmp3lame, mp3"})
    void packets_whose_time_stamps_go_back_follow_each_other(String codec, String ending) {
        Lift.onlyByTheLibraries();
        Path source = folder.resolve("source.mkv");
        String stuck = "setts=ts='if(between(N,20,24),20*DURATION,TS)'";
        PeerFfmpeg.ffmpeg("-f", "lavfi", "-i", "sine=d=2:r=48000", "-c:a", codec, "-bsf:a", stuck, source.toString());
        ExtractionReport report = Lift.report(copying(Lift.to(folder.resolve("out." + ending), source)));
        assertThat(report.failure()).isEmpty();
        assertThat(PeerFfmpeg.packets(folder.resolve("out." + ending), 0)).isEqualTo(PeerFfmpeg.packets(source, 0));
        assertThat(report.delivered().orElseThrow().source().repairs())
                .extracting(Text::key)
                .containsExactly("repair.moved-on");
    }

    @Test
    void what_already_fits_is_copied_without_being_asked() {
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.m4a"), media("song.mp4")));
        assertThat(report.plan().orElseThrow().route()).isEqualTo(Route.COPY);
        assertThat(PeerFfmpeg.packets(report.output().orElseThrow(), 0))
                .isEqualTo(PeerFfmpeg.packets(media("song.mp4"), 0));
    }

    @Test
    void a_wish_about_the_sound_means_that_it_is_encoded_again() {
        ExtractionRequest request = Lift.to(folder.resolve("out.m4a"), media("song.mp4"));
        ExtractionReport report =
                Lift.report(request.withEncoding(request.encoding().withQuality(new Quality.BitRate(64_000))));
        assertThat(report.plan().orElseThrow().route()).isEqualTo(Route.TRANSCODE);
    }

    @ParameterizedTest
    @CsvSource({"song.mp4, mp3", "dts.mkv, m4a", "radio.avi, flac", "clicks.mkv, opus"})
    void a_copy_that_the_container_cannot_hold_is_refused(String input, String ending) {
        ExtractionRequest request = copying(Lift.to(folder.resolve("out." + ending), media(input)));
        assertThat(Lift.failure(request)).isEqualTo(ErrorKind.DOES_NOT_FIT);
        assertThat(TestMedia.namesIn(folder)).isEmpty();
    }
}
