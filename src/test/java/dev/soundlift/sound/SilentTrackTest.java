package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.plan.TrackPick;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A silent track makes room for one that has sound, but not where somebody asked for it. */
class SilentTrackTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"flac", "mp3", "m4a"})
    void the_next_track_is_taken_where_the_first_is_silent(String ending) {
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out." + ending), media("halfsilent.mkv")));
        assertThat(report.failure()).isEmpty();
        assertThat(report.warnings()).extracting(Text::key).doesNotContain("warning.silent-source");
        TrackPick pick = report.plan().orElseThrow().pick();
        assertThat(pick.track().number()).isEqualTo(2);
        assertThat(pick.why()).isEqualTo(Text.of("track.not-silent", "1"));
        assertThat(pick.runnerUp().orElseThrow().number()).isEqualTo(1);
        assertThat(PeerFfmpeg.decoded(report.output().orElseThrow()).peak(0)).isGreaterThan(0.1);
    }

    /** Else two stretches of one film would be in two languages. */
    @Test
    void a_track_that_is_silent_for_a_while_is_kept() {
        Path film = folder.resolve("film.mkv");
        PeerFfmpeg.ffmpeg(("-f lavfi -i aevalsrc=0.3*sin(2500*t)*gt(t\\,5):d=8 -f lavfi -i sine=440:d=8"
                        + " -map 0 -map 1 -c:a flac -disposition:0 default " + film)
                .split(" "));
        ExtractionRequest request = Lift.to(folder.resolve("out.wav"), film);
        ExtractionReport report =
                Lift.report(request.withRange(RangeWish.parse("0:01-0:03").orElseThrow()));
        assertThat(report.plan().orElseThrow().pick().track().number()).isEqualTo(1);
        assertThat(report.warnings()).extracting(Text::key).contains("warning.silent-source");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flac", "mp3", "m4a"})
    void a_silent_track_that_was_asked_for_is_delivered_with_a_word_about_it(String ending) {
        ExtractionRequest request = Lift.to(folder.resolve("out." + ending), media("halfsilent.mkv"));
        ExtractionReport report = Lift.report(request.withTracks(new TrackChoice.Position(1)));
        assertThat(report.status()).isEqualTo(Status.WARNING);
        assertThat(report.warnings()).extracting(Text::key).contains("warning.silent-source");
        assertThat(report.plan().orElseThrow().pick().track().number()).isEqualTo(1);
        assertThat(PeerFfmpeg.decoded(report.output().orElseThrow()).peak(0)).isLessThan(0.0001);
    }
}
