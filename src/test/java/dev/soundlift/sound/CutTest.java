package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.RangeWish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cut takes the samples from its start up to its end: not one more, fewer or other. */
class CutTest {
    private static final int[] RATES = {8000, 11_025, 16_000, 22_050, 44_100, 48_000, 88_200, 96_000, 192_000};

    @TempDir
    Path folder;

    private static ExtractionRequest ranged(ExtractionRequest request, long startNanos, long endNanos) {
        return request.withRange(new RangeWish(
                new MediaTime(Duration.ofNanos(startNanos), false),
                Optional.of(new MediaTime(Duration.ofNanos(endNanos), false))));
    }

    /** The time of a sample, rounded as a nanosecond clock must. */
    private static long nanos(int frame, int rateHz) {
        return Math.round(frame * 1e9 / rateHz);
    }

    @Property(tries = 60)
    void any_cut_of_a_wav_file_is_exact_to_the_sample(
            @ForAll @IntRange(max = 8) int rateIndex,
            @ForAll @IntRange(max = 19_999) int start,
            @ForAll @IntRange(min = 1, max = 20_000) int length)
            throws IOException {
        int rate = RATES[rateIndex];
        Wav noise = Wav.of(rate, 16, Wav.noise(rate, 20_000, 16), Wav.noise(rate + 1, 20_000, 16));
        int end = Math.min(20_000, start + length);
        Path place = Files.createTempDirectory("cut");
        Path source = noise.write(place.resolve("in.wav"));
        Path output = place.resolve("out.wav");
        try {
            Lift.delivered(ranged(Lift.to(output, source), nanos(start, rate), nanos(end, rate)));
            Wav cut = Wav.read(output);
            assertThat(cut.rateHz()).isEqualTo(rate);
            assertThat(noise.cut(start, end).firstDifference(cut)).isEqualTo(-1);
        } finally {
            Files.deleteIfExists(source);
            Files.deleteIfExists(output);
            Files.delete(place);
        }
    }

    @ParameterizedTest
    @CsvSource({"clicks.mkv, FLAC", "clicks.mkv, WAV", "clicks.mkv, ALAC", "clicks.mov, FLAC", "clicks.mov, WAV"})
    void cuts_around_the_clicks_are_exact_to_the_sample(String input, AudioFormat format) {
        Wav source = PeerFfmpeg.decoded(media(input));
        int[][] cuts = {
            {0, 1},
            {0, 1001},
            {1000, 1001},
            {999, 24_001},
            {500, 36_001},
            {47_999, 48_001},
            {36_000, 36_001},
            {24_000, 72_000}
        };
        for (int[] cut : cuts) {
            Path output = folder.resolve(cut[0] + "-" + cut[1] + (format == AudioFormat.ALAC ? ".m4a" : ".wav"));
            Path made = Lift.delivered(
                    ranged(Lift.to(output, media(input), format), nanos(cut[0], 48_000), nanos(cut[1], 48_000)));
            assertThat(source.cut(cut[0], cut[1]).firstDifference(PeerFfmpeg.decoded(made)))
                    .as("%s", Arrays.toString(cut))
                    .isEqualTo(-1);
        }
    }

    @Test
    void a_silent_stretch_beside_sound_is_delivered_as_the_silence_it_is() {
        Path output = folder.resolve("out.flac");
        Path made = Lift.delivered(
                ranged(Lift.to(output, media("clicks.mkv")), nanos(1001, 48_000), nanos(24_000, 48_000)));
        assertThat(PeerFfmpeg.decoded(made).frames()).isEqualTo(22_999);
        assertThat(PeerFfmpeg.decoded(made).peak(0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"clicks.mkv, 48000", "clicks.mkv, 71952", "clicks.mkv, 71999", "clicks.mov, 60000", "clicks.mov, 71999"
    })
    void a_cut_late_in_the_file_is_as_exact_as_an_early_one(String input, int start) {
        Path output = folder.resolve("out.wav");
        Path made = Lift.delivered(ranged(Lift.to(output, media(input)), nanos(start, 48_000), nanos(72_000, 48_000)));
        Wav source = PeerFfmpeg.decoded(media(input));
        assertThat(source.cut(start, 72_000).firstDifference(PeerFfmpeg.decoded(made)))
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLAC", "ALAC", "PCM"})
    void random_cuts_are_the_same_samples_in_every_lossless_format(AudioFormat format) throws IOException {
        Random random = new Random(20_24);
        for (int round = 0; round < 6; round++) {
            int rate = RATES[random.nextInt(RATES.length)];
            int start = random.nextInt(15_000);
            int end = start + 1 + random.nextInt(5000);
            Wav noise = Wav.of(rate, 24, Wav.noise(round, 20_000, 24));
            Path source = noise.write(folder.resolve(round + ".wav"));
            Path output = folder.resolve(round + (format == AudioFormat.ALAC ? ".m4a" : "." + format.label()));
            Path made = Lift.delivered(ranged(Lift.to(output, source, format), nanos(start, rate), nanos(end, rate)));
            if (format == AudioFormat.PCM) {
                assertThat(Files.size(made)).isEqualTo((end - start) * 3L);
            } else {
                assertThat(noise.cut(start, end).in32Bits().firstDifference(PeerFfmpeg.decoded(made)))
                        .as("%s Hz, %s to %s", rate, start, end)
                        .isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"speech.flac", "hires.mkv", "camera.avi", "late.mkv", "phone.mov", "vbr.mp3", "speech.ogg"})
    void a_cut_of_any_codec_is_the_same_stretch_of_the_whole(String input) {
        Path whole = Lift.delivered(Lift.to(folder.resolve("whole.wav"), media(input)));
        Wav all = Wav.read(whole);
        int rate = all.rateHz();
        long start = 650_000_000L;
        long end = 900_000_000L;
        Path cut = Lift.delivered(ranged(Lift.to(folder.resolve("cut.wav"), media(input)), start, end));
        int from = (int) Math.round(start * (double) rate / 1e9);
        int to = (int) Math.round(end * (double) rate / 1e9);
        assertThat(Wav.read(cut).frames()).isEqualTo(to - from);
        assertThat(all.cut(from, to).firstDifference(Wav.read(cut))).isEqualTo(-1);
    }

    @Test
    void cuts_side_by_side_make_the_whole_again() {
        Wav noise = Wav.of(44_100, 16, Wav.noise(1, 44_100, 16));
        Path source = noise.write(folder.resolve("in.wav"));
        int taken = 0;
        for (int part = 0; part < 7; part++) {
            Path output = folder.resolve(part + ".flac");
            long start = Duration.ofMillis(140L * part).toNanos();
            Path made = Lift.delivered(ranged(Lift.to(output, source), start, start + 140_000_000L));
            int frames = PeerFfmpeg.decoded(made).frames();
            assertThat(noise.cut(taken, taken + frames).in32Bits().firstDifference(PeerFfmpeg.decoded(made)))
                    .isEqualTo(-1);
            taken += frames;
        }
        assertThat(taken).isEqualTo(Math.round(7 * 0.14 * 44_100));
    }

    @ParameterizedTest
    @CsvSource({"-0:01, 48000", "-1, 48000", "0:01, 24000", "0.5, 48000", "-0.75, 36000", "-1.5, 72000"})
    void a_start_is_counted_from_either_end(String start, int frames) {
        ExtractionRequest request = Lift.to(folder.resolve("out.flac"), media("clicks.mkv"))
                .withRange(new RangeWish(MediaTime.parse(start).orElseThrow(), Optional.empty()));
        Wav whole = PeerFfmpeg.decoded(media("clicks.mkv"));
        assertThat(whole.cut(72_000 - frames, 72_000).firstDifference(PeerFfmpeg.decoded(Lift.delivered(request))))
                .isEqualTo(-1);
    }

    @Test
    void a_cut_beyond_the_end_is_refused_and_nothing_is_written() {
        ExtractionRequest request = Lift.to(folder.resolve("out.flac"), media("clicks.mkv"));
        assertThat(Lift.failure(ranged(request, 2_000_000_000L, 3_000_000_000L)))
                .isEqualTo(ErrorKind.RANGE_OUTSIDE);
        assertThat(TestMedia.namesIn(folder)).isEmpty();
    }
}
