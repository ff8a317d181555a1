package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.request.Align;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Quality;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MP3, AAC and Opus: as large, as long and as loud as they must be. */
class LossyTest {
    private static final int[] MPEG1_KBITS = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};

    @TempDir
    Path folder;

    private Path made(Path source, String name, Quality quality) {
        ExtractionRequest request = Lift.to(folder.resolve(name), source);
        return Lift.delivered(request.withEncoding(request.encoding().withQuality(quality)));
    }

    /** The bit rates that the frame headers of an MPEG-1 layer III file name. */
    private static List<Integer> frameKbits(Path mp3) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(mp3));
        int at = 0;
        if (bytes.get(0) == 'I') {
            at = 10 + (bytes.get(6) << 21 | bytes.get(7) << 14 | bytes.get(8) << 7 | bytes.get(9));
        }
        List<Integer> rates = new ArrayList<>();
        while (at + 4 <= bytes.limit() && (bytes.getInt(at) & 0xFFE00000) == 0xFFE00000) {
            int header = bytes.getInt(at);
            assertThat(header >> 19 & 3).as("MPEG 1").isEqualTo(3);
            int kbits = MPEG1_KBITS[header >> 12 & 15];
            int rate = new int[] {44_100, 48_000, 32_000}[header >> 10 & 3];
            rates.add(kbits);
            at += 144_000 * kbits / rate + (header >> 9 & 1);
        }
        return rates;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 8})
    void every_channel_of_opus_is_where_it_was(int channels) {
        List<String> layouts = List.of("3.0", "quad", "5.0", "5.1", "6.1", "7.1");
        // Where FFmpeg has the low frequencies, which only a low tone survives
        int[] hertz = {200, 350, 600, 50, 1600, 3200, 6400, 9600};
        if (channels < 6) hertz[3] = 1000;
        StringBuilder tones = new StringBuilder();
        for (int c = 0; c < channels; c++)
            tones.append("|0.2*sin(2*PI*").append(hertz[c]).append("*t)");
        Path source = folder.resolve("source.mka");
        String sound = "aevalsrc=" + tones.substring(1) + ":c=" + layouts.get(channels - 3) + ":s=48000:d=3";
        PeerFfmpeg.ffmpeg("-f", "lavfi", "-i", sound, "-c:a", "flac", source.toString());
        Wav heard = PeerFfmpeg.decoded(made(source, "out.opus", new Quality.BitRate(64_000 * channels)));
        assertThat(heard.channels()).isEqualTo(channels);
        for (int c = 0; c < channels; c++) {
            assertThat(heard.strongest(c, Arrays.copyOf(hertz, channels)))
                    .as("channel %d", c)
                    .isEqualTo(hertz[c]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 160, 192, 224, 256, 320})
    void every_frame_of_a_constant_mp3_has_the_bit_rate_that_was_asked_for(int kbits) throws IOException {
        Path mp3 = made(media("song.mp4"), "out.mp3", new Quality.BitRate(kbits * 1000));
        List<Integer> frames = frameKbits(mp3);
        assertThat(frames).hasSizeGreaterThan(200);
        // The first frame is the one that holds the LAME header
        assertThat(frames.subList(1, frames.size())).containsOnly(kbits);
        assertThat(PeerFfmpeg.audio(mp3).path("codec_name").asText()).isEqualTo("mp3");
    }

    @Test
    void variable_mp3_is_larger_the_better_it_is() throws IOException {
        long best = Files.size(made(media("song.mp4"), "0.mp3", new Quality.Variable(0)));
        long middle = Files.size(made(media("song.mp4"), "4.mp3", new Quality.Variable(4)));
        long least = Files.size(made(media("song.mp4"), "9.mp3", new Quality.Variable(9)));
        assertThat(best).isGreaterThan(middle);
        assertThat(middle).isGreaterThan(least);
        assertThat(Set.copyOf(frameKbits(folder.resolve("4.mp3")))).hasSizeGreaterThan(3);
    }

    @ParameterizedTest
    @CsvSource({"8000, 8123", "22050, 12345", "44100, 1152", "44100, 44100", "48000, 47999", "32000, 70001"})
    void mp3_and_opus_play_exactly_as_long_as_their_source(int rate, int frames) {
        Path source = Wav.of(rate, 16, Wav.tone(rate, frames, 440, 0.5, 16)).write(folder.resolve("in.wav"));
        Path mp3 = Lift.delivered(Lift.to(folder.resolve("out.mp3"), source));
        assertThat(PeerFfmpeg.decoded(mp3).frames()).isEqualTo(frames);
        Path opus = Lift.delivered(Lift.to(folder.resolve("out.opus"), source));
        assertThat((double) PeerFfmpeg.decoded(opus).frames()).isCloseTo(frames * 48_000.0 / rate, Offset.offset(1.0));
    }

    @ParameterizedTest
    @CsvSource({"22050, 12345", "44100, 1024", "44100, 44100", "48000, 47999"})
    void aac_is_longer_than_its_source_by_less_than_a_frame(int rate, int frames) {
        Path source = Wav.of(rate, 16, Wav.tone(rate, frames, 440, 0.5, 16)).write(folder.resolve("in.wav"));
        Path m4a = Lift.delivered(Lift.to(folder.resolve("out.m4a"), source));
        assertThat(PeerFfmpeg.decoded(m4a).frames()).isBetween(frames, frames + 1023);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "opus"})
    void the_sound_begins_where_it_began(String ending) {
        int[] click = new int[48_000];
        for (int i = 0; i < 400; i++) click[24_000 + i] = (int) (20_000 * Math.sin(2 * Math.PI * i / 48));
        Path source = Wav.of(48_000, 16, click).write(folder.resolve("in.wav"));
        Wav sound = PeerFfmpeg.decoded(made(source, "out." + ending, new Quality.BitRate(128_000)));
        int loudest = 0;
        for (int lag = -2000, best = Integer.MIN_VALUE; lag <= 2000; lag++) {
            double fit = 0;
            for (int i = 24_000; i < 24_400; i++) fit += click[i] / 32_768.0 * sound.value(0, i + lag);
            if (fit > best / 1000.0) {
                best = (int) (fit * 1000);
                loudest = lag;
            }
        }
        assertThat(loudest).isBetween(-1, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "song.mp4, mp3, libmp3lame, 128", "song.mp4, mp3, libmp3lame, 320", "song.mp4, m4a, aac, 128",
        "song.mp4, opus, libopus, 96", "tone.wav, mp3, libmp3lame, 192", "dts.mkv, mp3, libmp3lame, 192",
        "screencast.webm, m4a, aac, 160"
    })
    void it_is_as_loud_as_the_source(String input, String ending, String codec, int kbits) {
        Path ours = made(media(input), "out." + ending, new Quality.BitRate(kbits * 1000));
        Path peers = folder.resolve("peer." + ending);
        PeerFfmpeg.ffmpeg("-i", media(input).toString(), "-vn", "-c:a", codec, "-b:a", kbits + "k", peers.toString());
        Wav our = PeerFfmpeg.decoded(ours);
        Wav source = PeerFfmpeg.decoded(media(input));
        for (int channel = 0; channel < our.channels() && our.channels() == source.channels(); channel++) {
            assertThat(our.levelDb(channel)).isCloseTo(source.levelDb(channel), Offset.offset(0.1));
        }
        assertThat(Math.abs(our.frames() - PeerFfmpeg.decoded(peers).frames())).isLessThan(2048);
    }

    @ParameterizedTest
    @CsvSource({
        "interview.mkv, 1324032",
        "phone.mov, 177152",
        "song.mp4, 240640",
        "vbr.mp3, 220500",
        "radio.avi, 178560"
    })
    void an_mp3_without_alignment_has_every_sample_of_its_source(String input, int frames) {
        ExtractionRequest request =
                Lift.to(folder.resolve("out.mp3"), media(input)).withAlign(Align.NONE);
        Path mp3 = Lift.delivered(request.withEncoding(request.encoding().withQuality(new Quality.BitRate(128_000))));
        assertThat(PeerFfmpeg.decoded(mp3).frames()).isEqualTo(frames);
    }

    /** An MP4 says where its last AAC frame's padding begins, and its late start is silence. */
    @ParameterizedTest
    @CsvSource({"phone.mov, 176400", "song.mp4, 240000", "interview.mkv, 1324539"})
    void an_mp3_of_a_video_is_as_long_as_the_sound_on_the_videos_clock(String input, int frames) {
        Path mp3 = Lift.delivered(Lift.to(folder.resolve("out.mp3"), media(input), AudioFormat.MP3));
        assertThat(PeerFfmpeg.decoded(mp3).frames()).isEqualTo(frames);
    }

    @Test
    void formats_have_the_codec_and_the_container_that_their_names_promise() {
        String[][] formats = {
            {"MP3", "mp3", "mp3", "mp3"}, {"M4A", "m4a", "aac", "mov,mp4,m4a,3gp,3g2,mj2"},
            {"AAC", "aac", "aac", "aac"}, {"ALAC", "m4a", "alac", "mov,mp4,m4a,3gp,3g2,mj2"},
            {"FLAC", "flac", "flac", "flac"}, {"WAV", "wav", "pcm_s16le", "wav"},
            {"OPUS", "opus", "opus", "ogg"}, {"OGG", "ogg", "opus", "ogg"},
            {"MKA", "mka", "opus", "matroska,webm"}, {"SAME", "m4a", "aac", "mov,mp4,m4a,3gp,3g2,mj2"}
        };
        for (String[] format : formats) {
            String input = format[0].equals("MKA") ? "screencast.webm" : "phone.mov";
            Path output = folder.resolve(format[0] + "." + format[1]);
            Path made = Lift.delivered(Lift.to(output, media(input), AudioFormat.valueOf(format[0])));
            assertThat(PeerFfmpeg.audio(made).path("codec_name").asText())
                    .as(format[0])
                    .isEqualTo(format[2]);
            assertThat(PeerFfmpeg.probed(made)
                            .path("format")
                            .path("format_name")
                            .asText())
                    .as(format[0])
                    .isEqualTo(format[3]);
        }
    }
}
