package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Extras;
import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two seconds of red, two of blue, in one group of pictures: the frame of the moment and not the keyframe before it. */
class CoverFrameTest {
    @TempDir
    Path folder;

    private Path film(String name, String size, String shape) {
        Path film = folder.resolve(name);
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "color=red:s=" + size + ":r=25:d=2,format=yuv420p",
                "-f",
                "lavfi",
                "-i",
                "color=blue:s=" + size + ":r=25:d=2,format=yuv420p",
                "-f",
                "lavfi",
                "-i",
                "sine=440:d=4",
                "-filter_complex",
                "[0][1]concat=n=2,setsar=" + shape + "[v]",
                "-map",
                "[v]",
                "-map",
                "2:a",
                "-c:v",
                "mpeg4",
                "-g",
                "250",
                "-q:v",
                "2",
                "-c:a",
                "aac",
                film.toString());
        return film;
    }

    private ExtractionRequest request(Path film, String output, String time) {
        Extras extras =
                Extras.DEFAULT.withCoverFrame(Optional.of(MediaTime.parse(time).orElseThrow()));
        return Lift.to(folder.resolve(output), film).withExtras(extras);
    }

    private BufferedImage cover(Path made) {
        Path picture = folder.resolve("cover.png");
        PeerFfmpeg.ffmpeg("-i", made.toString(), "-map", "0:v", "-frames:v", "1", picture.toString());
        try {
            return ImageIO.read(picture.toFile());
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static boolean isRed(BufferedImage picture, int x, int y) {
        Color color = new Color(picture.getRGB(x, y));
        assertThat(Math.abs(color.getRed() - color.getBlue())).isGreaterThan(200);
        return color.getRed() > color.getBlue();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1.96, true", "1.99, true", "2, false", "0:03.9, false", "-2.1, true", "-0.5, false"})
    void the_cover_is_what_the_video_shows_at_that_time(String time, boolean red) {
        Path film = film("film.mp4", "320x240", "1/1");
        BufferedImage picture = cover(Lift.delivered(request(film, "out.mp3", time)));
        assertThat(isRed(picture, 160, 120)).isEqualTo(red);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "flac", "opus", "ogg", "mka"})
    void it_arrives_in_every_format_that_holds_one_copied_or_converted(String ending) {
        Path film = film("film.mkv", "320x240", "1/1");
        BufferedImage picture = cover(Lift.delivered(request(film, "out." + ending, "2.5")));
        assertThat(isRed(picture, 160, 120)).isFalse();
        assertThat(picture.getWidth()).isEqualTo(320);
    }

    @ParameterizedTest
    @CsvSource({"320x240, 2/1, 640, 240", "320x240, 1/2, 320, 480", "2800x1400, 1/1, 1400, 700", "40x30, 1/1, 40, 30"})
    void it_has_the_shape_that_players_show_and_is_not_larger_than_they_need(
            String size, String shape, int width, int height) {
        BufferedImage picture = cover(Lift.delivered(request(film("film.mp4", size, shape), "out.flac", "1")));
        assertThat(picture.getWidth()).isEqualTo(width);
        assertThat(picture.getHeight()).isEqualTo(height);
    }

    @Test
    void what_was_filmed_upright_stands_upright() {
        Path lying = film("lying.mp4", "320x240", "1/1");
        Path upright = folder.resolve("upright.mp4");
        PeerFfmpeg.ffmpeg("-i", lying.toString(), "-c", "copy", "-metadata:s:v:0", "rotate=90", upright.toString());
        BufferedImage picture = cover(Lift.delivered(request(upright, "out.flac", "1")));
        assertThat(picture.getWidth()).isEqualTo(240);
        assertThat(picture.getHeight()).isEqualTo(320);
    }

    @Test
    void past_the_end_and_without_a_video_there_is_no_frame() {
        Path film = film("film.mp4", "320x240", "1/1");
        assertThat(Lift.failure(request(film, "out.mp3", "5"))).isEqualTo(ErrorKind.RANGE_OUTSIDE);
        Path sound = Lift.delivered(Lift.to(folder.resolve("sound.m4a"), film));
        assertThat(Lift.failure(request(sound, "out.mp3", "1"))).isEqualTo(ErrorKind.USAGE);
        assertThat(TestMedia.namesIn(folder)).containsExactly("film.mp4", "sound.m4a");
    }

    @Test
    void a_format_without_covers_says_so_and_gets_none() {
        ExtractionReport report = Lift.report(request(film("film.mp4", "320x240", "1/1"), "out.aac", "1"));
        assertThat(report.warnings()).containsExactly(Text.of("warning.no-place-for-cover", "aac"));
        for (JsonNode stream : PeerFfmpeg.probed(report.output().orElseThrow()).path("streams")) {
            assertThat(stream.path("codec_type").asText()).isEqualTo("audio");
        }
    }
}
