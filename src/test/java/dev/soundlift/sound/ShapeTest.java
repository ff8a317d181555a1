package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.ExtractionRequest;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels and sample rate become what was asked for, and the sound stays the same sound. */
class ShapeTest {
    @TempDir
    Path folder;

    private Wav with(String input, String channels) {
        ExtractionRequest request = Lift.to(folder.resolve("out.wav"), media(input));
        ChannelChoice choice = ChannelChoice.parse(channels).orElseThrow();
        return Wav.read(Lift.delivered(request.withEncoding(request.encoding().withChannels(choice))));
    }

    @ParameterizedTest
    @CsvSource({"left, 0", "right, 1"})
    void one_side_alone_is_that_side_bit_by_bit(String side, int channel) {
        Wav sound = with("pcm24.mov", side);
        Wav source = PeerFfmpeg.decoded(media("pcm24.mov"));
        assertThat(sound.channels()).isEqualTo(1);
        for (int i = 0; i < source.frames(); i++)
            assertThat(sound.at(0, i) << 8).isEqualTo(source.at(channel, i));
    }

    @Test
    void mono_has_both_sides_in_it() {
        Wav sound = with("clicks.mkv", "mono");
        assertThat(sound.channels()).isEqualTo(1);
        assertThat(sound.frames()).isEqualTo(72_000);
        assertThat(sound.at(0, 0)).isGreaterThan(5000);
        assertThat(sound.at(0, 500)).isLessThan(-5000);
        assertThat(sound.at(0, 2)).isZero();
    }

    @Test
    void stereo_of_a_mono_source_is_the_same_on_both_sides() {
        Wav sound = with("tone.wav", "stereo");
        assertThat(sound.channels()).isEqualTo(2);
        assertThat(sound.channel(0)).isEqualTo(sound.channel(1));
        assertThat(sound.frames()).isEqualTo(44_100);
        assertThat(sound.strongest(0, 500, 1000, 2000)).isEqualTo(1000);
    }

    /** AC-3 has its surround channels at the sides, for which AAC has no number of its own. */
    @Test
    void surround_sound_in_aac_has_the_layout_that_players_know() {
        Path made = Lift.delivered(Lift.to(folder.resolve("out.m4a"), media("ac3.mkv")));
        assertThat(PeerFfmpeg.audio(made).path("channel_layout").asText()).isEqualTo("5.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"surround.mkv", "ac3.mkv"})
    void stereo_of_surround_keeps_left_and_right_apart_and_does_not_clip(String input) {
        Wav sound = with(input, "stereo");
        assertThat(sound.channels()).isEqualTo(2);
        assertThat(sound.strongest(0, 200, 300)).isEqualTo(200);
        assertThat(sound.strongest(1, 200, 300)).isEqualTo(300);
        assertThat(sound.strongest(0, 400, 300, 700)).isEqualTo(400);
        assertThat(sound.peak(0)).isLessThan(0.999);
    }

    @ParameterizedTest
    @CsvSource({"8000, 12345", "22050, 22050", "44100, 44100", "48000, 99999", "96000, 50001", "192000, 100000"})
    void sixteen_kilohertz_have_the_length_and_the_pitch_of_the_source(int rate, int frames) {
        Path source = Wav.of(rate, 16, Wav.tone(rate, frames, 700, 0.5, 16)).write(folder.resolve("in.wav"));
        ExtractionRequest request = Lift.to(folder.resolve("out.flac"), source);
        Path made = Lift.delivered(request.withEncoding(request.encoding().withSampleRateHz(16_000)));
        Wav sound = PeerFfmpeg.decoded(made);
        assertThat(sound.rateHz()).isEqualTo(16_000);
        assertThat((double) sound.frames()).isCloseTo(frames * 16_000.0 / rate, Offset.offset(1.0));
        assertThat(sound.strongest(0, 650, 690, 700, 710, 750)).isEqualTo(700);
        assertThat(sound.levelDb(0)).isCloseTo(Wav.read(source).levelDb(0), Offset.offset(0.1));
    }

    @ParameterizedTest
    @CsvSource({"hires.mkv, MP3, 48000", "hires.mkv, OPUS, 48000", "tone.wav, OPUS, 48000", "hires.mkv, M4A, 96000"})
    void a_rate_the_codec_cannot_have_becomes_the_nearest_and_the_pitch_stays(
            String input, AudioFormat format, int rate) {
        Path made = Lift.delivered(Lift.to(folder.resolve("out." + format.label()), media(input), format));
        Wav sound = PeerFfmpeg.decoded(made);
        assertThat(sound.rateHz()).isEqualTo(rate);
        assertThat(sound.strongest(0, 900, 1000, 1100)).isEqualTo(1000);
    }
}
