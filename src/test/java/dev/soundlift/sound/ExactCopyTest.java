package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.plan.Route;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.RangeWish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stretch that is copied sounds like the same stretch decoded, from its first sample to its last. */
class ExactCopyTest {
    @TempDir
    Path folder;

    private static ExtractionRequest copying(ExtractionRequest request) {
        return request.withEncoding(request.encoding().withCopyOnly(true));
    }

    private Wav decoded(Path file, String name) {
        return Wav.read(Lift.delivered(Lift.to(folder.resolve(name), file, AudioFormat.WAV)));
    }

    @ParameterizedTest
    @CsvSource({
        "song.mp4, m4a, 1.3-3.7",
        "song.mp4, m4a, 0-2.001",
        "interview.mkv, m4a, 10.123-20.5",
        "vbr.mp3, mp3, 1.3-3.7",
        "vbr.mp3, mp3, 0-2.001",
        "screencast.webm, opus, 1.3-3.7"
    })
    void a_copied_stretch_is_exact(String input, String ending, String range) {
        RangeWish wish = RangeWish.parse(range).orElseThrow();
        ExtractionRequest request =
                copying(Lift.to(folder.resolve("copy." + ending), media(input))).withRange(wish);
        ExtractionReport report = Lift.report(request);
        assertThat(report.failure()).isEmpty();
        assertThat(report.plan().orElseThrow().route()).isEqualTo(Route.COPY);
        Wav copy = decoded(report.output().orElseThrow(), "copy.wav");
        Wav cut = Wav.read(Lift.delivered(Lift.to(folder.resolve("cut.wav"), media(input), AudioFormat.WAV)
                .withRange(wish)));
        assertThat(copy.frames()).isEqualTo(cut.frames());
        assertThat(difference(copy, cut)).isLessThan(ending.equals("opus") ? 0.1 : 0.02);
    }

    /** Root of the mean square of the difference, in shares of that of the sound. */
    private static double difference(Wav one, Wav other) {
        double apart = 0;
        double all = 0;
        for (int channel = 0; channel < one.channels(); channel++) {
            for (int i = 0; i < one.frames(); i++) {
                double a = one.value(channel, i);
                double b = other.value(channel, i);
                apart += (a - b) * (a - b);
                all += b * b;
            }
        }
        return Math.sqrt(apart / all);
    }

    /** LAME pads with up to three frames; FFmpeg has its decoders drop the last one whole and the rest of another. */
    @ParameterizedTest
    @ValueSource(ints = {1200, 1682, 2112, 3800})
    void padding_of_more_than_a_packet_stays_padding(int padding) throws IOException {
        byte[] bytes = Files.readAllBytes(media("vbr.mp3"));
        // Where the header of LAME has it: twelve bits, after twelve of the delay
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("Xing") + 141;
        bytes[at + 1] = (byte) (bytes[at + 1] & 0xf0 | padding >> 8);
        bytes[at + 2] = (byte) padding;
        Path source = Files.write(folder.resolve("padded.mp3"), bytes);
        Path copy = Lift.delivered(copying(Lift.to(folder.resolve("copy.mp3"), source)));
        assertThat(decoded(copy, "copy.wav").frames())
                .isEqualTo(decoded(source, "source.wav").frames());
    }

    @Test
    void where_packets_cannot_be_hidden_the_real_edges_are_told() {
        ExtractionReport report = Lift.report(copying(Lift.to(folder.resolve("copy.mka"), media("song.mp4")))
                .withRange(RangeWish.parse("1.3-3.7").orElseThrow()));
        assertThat(report.delivered().orElseThrow().source().repairs())
                .extracting(text -> text.key())
                .contains("repair.copy-edges");
    }

    @ParameterizedTest
    @CsvSource({"m4a, M4A", "mp3, MP3", "opus, OPUS"})
    void ten_generations_are_as_long_as_the_first(String ending, AudioFormat format) {
        Path source = media("clicks.mkv");
        int frames = decoded(source, "first.wav").frames();
        for (int i = 0; i < 10; i++) {
            Path wav = i == 0 ? source : folder.resolve("g" + i + ".wav");
            Path lossy = Lift.delivered(Lift.to(folder.resolve("g" + i + "." + ending), wav, format));
            Wav again = decoded(lossy, "g" + (i + 1) + ".wav");
            assertThat(again.frames()).isEqualTo(frames);
        }
    }
}
