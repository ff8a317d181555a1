package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Failure;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A click, a beep or a single sample is a sound as well. */
class ShortSoundTest {
    /** FFmpeg's MP3 reader drops no more than one short frame at the end: this much is there at least. */
    private static final int LEAST_OF_SHORT_FRAMES = 47;

    @TempDir
    Path folder;

    @AfterEach
    void back() {
        Lift.by(EngineChoice.Kind.LOCAL);
    }

    @Provide
    Arbitrary<Integer> rates() {
        return Arbitraries.of(
                8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000);
    }

    @Provide
    Arbitrary<AudioFormat> formats() {
        return Arbitraries.of(AudioFormat.class).filter(format -> format != AudioFormat.SAME);
    }

    @Property(tries = 300)
    void it_is_as_long_as_it_was_or_too_short_for_another_rate(
            @ForAll @IntRange(min = 1, max = 2000) int frames,
            @ForAll("rates") int rateHz,
            @ForAll @IntRange(min = 1, max = 2) int channels,
            @ForAll("formats") AudioFormat format)
            throws IOException {
        Path place = Files.createTempDirectory("short");
        ExtractionReport report = Lift.report(
                Lift.to(place.resolve("out." + extension(format)), noise(place, frames, rateHz, channels), format));
        if (report.failure().isPresent()) {
            assertTooShort(report.failure().get());
            assertThat(frames).isLessThan(Math.max(32, rateHz / 1000));
            return;
        }
        Verification file = report.delivered().orElseThrow().file();
        double length = file.duration().toNanos() / 1e9 * file.sampleRateHz();
        long wanted = Math.round(frames * (double) file.sampleRateHz() / rateHz);
        boolean shortFrames = format == AudioFormat.MP3 && file.sampleRateHz() < 32_000;
        if (shortFrames) wanted = Math.max(LEAST_OF_SHORT_FRAMES, wanted);
        // Bare frames cannot say how much of the last one counts; Matroska's header counts milliseconds
        boolean exact = format != AudioFormat.AAC && format != AudioFormat.MKA;
        if (exact)
            assertThat(Math.abs(Math.round(length) - wanted))
                    .isLessThanOrEqualTo(file.sampleRateHz() == rateHz ? 0 : 1);
    }

    private static String extension(AudioFormat format) {
        return format == AudioFormat.ALAC ? "m4a" : format.label();
    }

    private static Path noise(Path place, int frames, int rateHz, int channels) {
        int[][] each = new int[channels][];
        for (int i = 0; i < channels; i++) each[i] = Wav.noise(i + 1, frames, 16);
        return Wav.of(rateHz, 16, each).write(place.resolve("in.wav"));
    }

    private static void assertTooShort(Failure failure) {
        assertThat(failure.kind()).isEqualTo(ErrorKind.DOES_NOT_FIT);
        assertThat(failure.whatHappened().key()).isEqualTo("error.too-short");
    }

    /** Where the last frame has less than 47 samples, LAME fills up with more than another frame. */
    @ParameterizedTest
    @CsvSource({"3466, 44100", "1, 48000", "1198, 32000", "2890, 24000", "622, 22050", "5770, 8000"})
    void an_mp3_is_as_long_as_its_source_wherever_the_last_frame_ends(int frames, int rateHz) {
        Path mp3 = Lift.delivered(Lift.to(folder.resolve("out.mp3"), noise(folder, frames, rateHz, 1)));
        assertThat(PeerFfmpeg.decoded(mp3).frames()).isEqualTo(frames);
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"LOCAL", "EXECUTABLE"})
    void nine_samples_are_too_few_for_another_rate(EngineChoice.Kind engine) {
        Lift.by(engine);
        Path source = noise(folder, 9, 8000, 1);
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.opus"), source));
        assertTooShort(report.failure().orElseThrow());
        assertThat(TestMedia.namesIn(folder)).containsExactly("in.wav");
        assertThat(Lift.delivered(Lift.to(folder.resolve("out.flac"), source))).exists();
    }

    /** FFmpeg takes the first for H.263 and the others for MPEG-TS, or for nothing. */
    @ParameterizedTest
    @CsvSource({"mp3, 31, 48000, 2", "mp3, 2, 11025, 2", "aac, 9, 88200, 1", "aac, 10, 96000, 1", "aac, 1, 16000, 2"})
    void a_frame_or_two_are_recognised_again(String format, int frames, int rateHz, int channels) {
        Path small =
                Lift.delivered(Lift.to(folder.resolve("small." + format), noise(folder, frames, rateHz, channels)));
        Path wav = Lift.delivered(Lift.to(folder.resolve("again.wav"), small));
        assertThat(Wav.read(wav).rateHz()).isEqualTo(rateHz);
    }
}
