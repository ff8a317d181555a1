package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.Align;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Combination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.TrackChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several tracks become one: added up sample by sample, or side by side, each where it lies on the clock. */
class JoinedTracksTest {
    private static final int RATE = 48_000;

    @TempDir
    Path folder;

    /** Noise at a quarter of full scale, so that three of them do not clip. */
    private static int[] noise(long seed, int frames) {
        int[] samples = Wav.noise(seed, frames, 14);
        return samples;
    }

    private Path mono(String name, int bits, int[] samples) {
        return Wav.of(RATE, bits, samples).write(folder.resolve(name));
    }

    /** A Matroska file with one track for each WAV, each beginning so many seconds late. */
    private Path muxed(String codec, List<Path> tracks, double... offsets) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < tracks.size(); i++) {
            if (offsets.length > i) words.addAll(List.of("-itsoffset", Double.toString(offsets[i])));
            words.addAll(List.of("-i", tracks.get(i).toString()));
        }
        for (int i = 0; i < tracks.size(); i++) words.addAll(List.of("-map", i + ":a"));
        Path file = folder.resolve("tracks.mkv");
        words.addAll(List.of("-c:a", codec, file.toString()));
        PeerFfmpeg.ffmpeg(words.toArray(new String[0]));
        return file;
    }

    private ExtractionRequest mix(Path input, String output) {
        return Lift.to(folder.resolve(output), input).withCombination(Combination.MIX);
    }

    private ExtractionRequest group(Path input, String groups, String output) {
        return Lift.to(folder.resolve(output), input)
                .withCombination(Combination.parseGroups(groups).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1+2", "2+1", "3+1+2"})
    void monos_side_by_side_are_the_same_samples_in_the_order_that_was_asked_for(String order) {
        List<int[]> sounds = List.of(noise(1, 30_000), noise(2, 30_000), noise(3, 30_000));
        Path file = muxed(
                "pcm_s16le",
                List.of(
                        mono("a.wav", 16, sounds.get(0)),
                        mono("b.wav", 16, sounds.get(1)),
                        mono("c.wav", 16, sounds.get(2))));
        Wav made = Wav.read(Lift.delivered(group(file, order, "out.wav")));
        String[] numbers = order.split("\\+");
        assertThat(made.channels()).isEqualTo(numbers.length);
        assertThat(made.bits()).isEqualTo(16);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(made.channel(i)).isEqualTo(sounds.get(Integer.parseInt(numbers[i]) - 1));
        }
    }

    @Test
    void six_deep_monos_become_surround_without_a_bit_changed() {
        List<Path> files = new ArrayList<>();
        List<int[]> sounds = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            sounds.add(Wav.noise(i, 20_000, 24));
            files.add(mono(i + ".wav", 24, sounds.get(i)));
        }
        Path made = Lift.delivered(group(muxed("pcm_s24le", files), "1+2+3+4+5+6", "out.flac"));
        Wav sound = PeerFfmpeg.decoded(made);
        assertThat(PeerFfmpeg.audio(made).path("channel_layout").asText()).startsWith("5.1");
        for (int i = 0; i < 6; i++) {
            int[] channel = sounds.get(i);
            for (int at = 0; at < channel.length; at++)
                assertThat(sound.at(i, at) >> 8).isEqualTo(channel[at]);
        }
    }

    @Test
    void each_group_is_a_file_of_its_own() {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 4; i++) files.add(mono(i + ".wav", 16, noise(i, 5000)));
        List<ExtractionReport> reports = Lift.all(group(muxed("flac", files), "1+2,4+3", "out.wav"));
        assertThat(reports).hasSize(2);
        assertThat(reports)
                .extracting(
                        report -> report.output().orElseThrow().getFileName().toString())
                .containsExactly("out.1+2.wav", "out.4+3.wav");
        assertThat(Wav.read(reports.get(1).output().orElseThrow()).channel(0)).isEqualTo(noise(3, 5000));
    }

    @Test
    void of_monos_that_end_at_different_times_the_shorter_is_silent_at_its_end() {
        Path file = muxed("pcm_s16le", List.of(mono("a.wav", 16, noise(1, 9000)), mono("b.wav", 16, noise(2, 4000))));
        Wav made = Wav.read(Lift.delivered(group(file, "1+2", "out.wav")));
        assertThat(made.channel(0)).isEqualTo(noise(1, 9000));
        assertThat(made.channel(1)).isEqualTo(java.util.Arrays.copyOf(noise(2, 4000), 9000));
    }

    @Test
    void a_mix_is_the_sum_of_all_tracks_to_the_sample() {
        Path file = muxed(
                "flac",
                List.of(
                        mono("a.wav", 16, noise(1, 50_000)),
                        mono("b.wav", 16, noise(2, 60_000)),
                        mono("c.wav", 16, noise(3, 10_000))));
        Wav made = Wav.read(Lift.delivered(mix(file, "out.wav")));
        assertThat(made.frames()).isEqualTo(60_000);
        for (int i = 0; i < 60_000; i++) {
            int sum = noiseAt(1, i, 50_000) + noiseAt(2, i, 60_000) + noiseAt(3, i, 10_000);
            assertThat(made.at(0, i)).as("sample %d", i).isEqualTo(sum);
        }
    }

    private final java.util.Map<Long, int[]> made = new java.util.HashMap<>();

    private int noiseAt(long seed, int at, int length) {
        return at < length ? made.computeIfAbsent(seed, known -> noise(known, 60_000))[at] : 0;
    }

    @Test
    void a_track_that_starts_late_is_mixed_in_where_it_starts() {
        Path file = muxed(
                "pcm_s16le", List.of(mono("a.wav", 16, noise(1, RATE)), mono("b.wav", 16, noise(2, RATE))), 0, 0.25);
        Wav sound = Wav.read(Lift.delivered(mix(file, "out.wav")));
        assertThat(sound.frames()).isEqualTo(RATE + RATE / 4);
        for (int i = 0; i < sound.frames(); i++) {
            int late = i - RATE / 4;
            int sum = noiseAt(1, i, RATE) + (late >= 0 ? noiseAt(2, late, RATE) : 0);
            assertThat(sound.at(0, i)).as("sample %d", i).isEqualTo(sum);
        }
    }

    @Test
    void a_stretch_of_a_mix_is_that_stretch() {
        Path file =
                muxed("pcm_s16le", List.of(mono("a.wav", 16, noise(1, 60_000)), mono("b.wav", 16, noise(2, 60_000))));
        Wav sound = Wav.read(Lift.delivered(
                mix(file, "out.wav").withRange(RangeWish.parse("0.5-1").orElseThrow())));
        assertThat(sound.frames()).isEqualTo(24_000);
        for (int i = 0; i < sound.frames(); i++) {
            assertThat(sound.at(0, i)).isEqualTo(noiseAt(1, i + 24_000, 60_000) + noiseAt(2, i + 24_000, 60_000));
        }
    }

    @Test
    void only_the_tracks_that_are_named_are_mixed() {
        Path file = muxed(
                "pcm_s16le",
                List.of(
                        mono("a.wav", 16, noise(1, 9000)),
                        mono("b.wav", 16, noise(2, 9000)),
                        mono("c.wav", 16, noise(3, 9000))));
        Wav sound = Wav.read(Lift.delivered(
                mix(file, "out.wav").withTracks(new TrackChoice.Position(3), new TrackChoice.Position(1))));
        for (int i = 0; i < 9000; i++) {
            assertThat(sound.at(0, i)).isEqualTo(noiseAt(1, i, 9000) + noiseAt(3, i, 9000));
        }
    }

    @Test
    void a_sum_that_would_clip_is_turned_down_as_a_whole_and_it_is_said() {
        int[] one = Wav.tone(RATE, RATE, 997, 0.9, 16);
        int[] other = Wav.tone(RATE, RATE, 997, 0.6, 16);
        Path file = muxed("pcm_s16le", List.of(mono("a.wav", 16, one), mono("b.wav", 16, other)));
        ExtractionReport report = Lift.report(mix(file, "out.wav"));
        Wav sound = Wav.read(report.output().orElseThrow());
        // What lies between the samples counts too, so the samples themselves end a little below -1 dB
        assertThat(20 * Math.log10(sound.peak(0))).isBetween(-1.5, -0.99);
        double gain = sound.peak(0) / 1.5;
        for (int i = 0; i < RATE; i++) {
            assertThat((double) sound.at(0, i)).isCloseTo(gain * (one[i] + other[i]), Offset.offset(3.0));
        }
        assertThat(report.delivered().orElseThrow().source().repairs())
                .extracting(Object::toString)
                .anySatisfy(repair ->
                        assertThat(repair).matches("the mix was turned down by (4\\.[5-9]|5\\.0) dB as a whole.*"));
    }

    @Test
    void different_rates_and_layouts_come_to_the_widest_at_the_same_level() {
        Path mono = Wav.of(44_100, 16, Wav.tone(44_100, 88_200, 300, 0.25, 16)).write(folder.resolve("m.wav"));
        Path stereo = Wav.of(RATE, 16, Wav.tone(RATE, 96_000, 1000, 0.25, 16), new int[96_000])
                .write(folder.resolve("s.wav"));
        Wav sound = Wav.read(Lift.delivered(mix(muxed("pcm_s16le", List.of(mono, stereo)), "out.wav")));
        assertThat(sound.rateHz()).isEqualTo(RATE);
        assertThat(sound.channels()).isEqualTo(2);
        assertThat((double) sound.frames()).isCloseTo(96_000, Offset.offset(1.0));
        assertThat(sound.strongest(1, 300, 1000)).isEqualTo(300);
        assertThat(sound.cut(4800, 91_200).peak(1)).isCloseTo(0.25, Offset.offset(0.002));
        assertThat(sound.cut(4800, 91_200).levelDb(0)).isCloseTo(-12.04, Offset.offset(0.05));
    }

    @Test
    void tracks_that_lie_far_apart_in_the_file_are_read_one_by_one() {
        Path file = folder.resolve("far.mka");
        // 90 MB of decoded sound beside a track that ends after a second, and whose end no packet tells
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=0.2*sin(2*PI*500*t)|0|0|0|0|0:s=192000:d=20:c=5.1",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=0.2*sin(2*PI*800*t):s=192000:d=1",
                "-map",
                "1:a",
                "-map",
                "0:a",
                "-c:a",
                "flac",
                "-sample_fmt",
                "s32",
                file.toString());
        Wav sound = Wav.read(Lift.delivered(mix(file, "out.wav")));
        assertThat(sound.frames()).isEqualTo(20 * 192_000);
        assertThat(sound.channels()).isEqualTo(6);
        assertThat(sound.cut(0, 192_000).strongest(2, 500, 800)).isEqualTo(800);
        assertThat(sound.cut(192_000, 384_000).peak(2)).isZero();
        assertThat(sound.strongest(0, 500, 800)).isEqualTo(500);
    }

    @Test
    void one_track_alone_is_no_mix_and_stays_as_it_is() {
        Path file = muxed("pcm_s16le", List.of(mono("a.wav", 16, noise(1, 9000))));
        assertThat(Wav.read(Lift.delivered(mix(file, "out.wav"))).channel(0)).isEqualTo(noise(1, 9000));
    }

    @ParameterizedTest
    @CsvSource({"1+4, NO_SUCH_TRACK", "1+3, DOES_NOT_FIT"})
    void a_group_that_cannot_be_made_is_refused(String groups, ErrorKind kind) {
        Path stereo = Wav.of(RATE, 16, noise(3, 900), noise(4, 900)).write(folder.resolve("s.wav"));
        Path file =
                muxed("pcm_s16le", List.of(mono("a.wav", 16, noise(1, 900)), mono("b.wav", 16, noise(2, 900)), stereo));
        assertThat(Lift.failure(group(file, groups, "out.wav"))).isEqualTo(kind);
        assertThat(folder.resolve("out.wav")).doesNotExist();
    }

    @Test
    void what_cannot_be_joined_is_refused() {
        Path file = muxed("pcm_s16le", List.of(mono("a.wav", 16, noise(1, 900)), mono("b.wav", 16, noise(2, 900))));
        ExtractionRequest request = mix(file, "out.wav");
        assertThat(Lift.failure(request.withAlign(Align.NONE))).isEqualTo(ErrorKind.USAGE);
        assertThat(Lift.failure(request.withEncoding(request.encoding().withCopyOnly(true))))
                .isEqualTo(ErrorKind.DOES_NOT_FIT);
    }

    @Test
    void a_mix_can_be_any_format() {
        Path file = muxed("pcm_s16le", List.of(mono("a.wav", 16, noise(1, RATE)), mono("b.wav", 16, noise(2, RATE))));
        for (AudioFormat format : List.of(AudioFormat.MP3, AudioFormat.M4A, AudioFormat.OPUS, AudioFormat.FLAC)) {
            Path made = Lift.delivered(mix(file, "out." + format.label()).withFormat(format));
            assertThat(PeerFfmpeg.audio(made).path("channels").asInt()).isEqualTo(1);
        }
    }

    /** Quiet tones that begin and end; where one of the two is silent the other may sound. */
    private static int[] words(double hertz, double... fromTo) {
        int[] samples = new int[8 * RATE];
        for (int i = 0; i < fromTo.length; i += 2) {
            int from = (int) Math.round(fromTo[i] * RATE);
            int[] tone = Wav.tone(RATE, (int) Math.round(fromTo[i + 1] * RATE) - from, hertz, 0.05, 16);
            System.arraycopy(tone, 0, samples, from, tone.length);
        }
        return samples;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mix", "group"})
    void joined_tracks_are_cut_where_all_of_them_are_silent(String how) {
        int[] one = words(997, 0, 1, 2, 3);
        int[] other = words(440, 0.5, 2.5, 5, 6);
        Path file = muxed("pcm_s16le", List.of(mono("a.wav", 16, one), mono("b.wav", 16, other)));
        ExtractionRequest request = how.equals("mix") ? mix(file, "out.flac") : group(file, "1+2", "out.flac");
        List<ExtractionReport> reports = Lift.all(request.withPieces(new Pieces.Silences()));
        assertThat(reports).hasSize(2).allMatch(report -> report.failure().isEmpty());
        Wav first = PeerFfmpeg.decoded(reports.get(0).output().orElseThrow());
        Wav second = PeerFfmpeg.decoded(reports.get(1).output().orElseThrow());
        assertThat(first.frames()).isEqualTo((int) (3.2 * RATE));
        assertThat(second.frames()).isEqualTo((int) (1.4 * RATE));
        int at = (int) (0.2 * RATE) + 4321; // a little of the silence comes with it
        int channel = second.channels() - 1;
        assertThat(second.at(channel, at) >> 16).isEqualTo(other[5 * RATE + 4321]);
        for (int i = 0; i < first.frames(); i += 7) {
            int sum = how.equals("mix") ? one[i] + other[i] : one[i];
            assertThat(first.at(0, i) >> 16).as("sample %d", i).isEqualTo(sum);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mix", "group"})
    void joined_tracks_are_brought_to_a_loudness_as_one(String how) {
        Path file = muxed(
                "pcm_s16le",
                List.of(
                        mono("a.wav", 16, words(997, 0, 3, 6, 8)),
                        mono("b.wav", 16, Wav.tone(RATE, 8 * RATE, 440, 0.9, 16))));
        ExtractionRequest request = how.equals("mix") ? mix(file, "out.flac") : group(file, "1+2", "out.flac");
        ExtractionReport report =
                Lift.report(request.withEncoding(request.encoding().withLoudness(LoudnessTarget.PODCAST)));
        assertThat(report.delivered().orElseThrow().file().integratedLufs().orElseThrow())
                .isCloseTo(-16, Offset.offset(0.2));
        Wav made = PeerFfmpeg.decoded(report.output().orElseThrow());
        assertThat(made.frames()).isEqualTo(8 * RATE);
        assertThat(made.channels()).isEqualTo(how.equals("mix") ? 1 : 2);
        if (how.equals("group")) {
            double apart = made.levelDb(1) - made.cut(RATE, 2 * RATE).levelDb(0);
            assertThat(apart).isCloseTo(20 * Math.log10(0.9 / 0.05), Offset.offset(0.05));
        }
    }

    @Test
    void a_track_that_is_not_there_is_told_before_anything_about_those_that_are() {
        Path stereo = Wav.of(RATE, 16, noise(3, 900), noise(4, 900)).write(folder.resolve("s.wav"));
        ExtractionReport report = Lift.report(group(muxed("pcm_s16le", List.of(stereo)), "1+9", "out.wav"));
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.NO_SUCH_TRACK);
        assertThat(report.failure().get().whatHappened().toString()).contains("9");
    }

    @Test
    void tracks_that_cancel_in_the_sum_are_no_silence_that_was_there_before() {
        int[] sound = noise(7, 60_000);
        int[] inverted = java.util.Arrays.stream(sound).map(sample -> -sample).toArray();
        Path file = muxed("pcm_s16le", List.of(mono("a.wav", 16, sound), mono("b.wav", 16, inverted)));
        ExtractionReport report = Lift.report(mix(file, "out.flac"));
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.VERIFICATION);
        assertThat(folder.resolve("out.flac")).doesNotExist();
    }

    @Test
    void one_sample_that_is_no_number_does_not_take_the_measure_of_a_mix() {
        int[] loud = noise(8, 60_000);
        for (int i = 0; i < loud.length; i++) loud[i] = loud[i] * 3 / 2;
        int[] floats = java.util.Arrays.stream(loud)
                .map(sample -> Float.floatToRawIntBits(sample / 32768f))
                .toArray();
        floats[1000] = Float.floatToRawIntBits(Float.NaN);
        Path strange = new Wav(RATE, 1, 32, true, floats).write(folder.resolve("a.wav"));
        Path file = muxed("pcm_f32le", List.of(strange, mono("b.wav", 16, loud)));
        ExtractionReport report = Lift.report(mix(file, "out.flac"));
        assertThat(report.delivered().orElseThrow().source().repairs().toString())
                .contains("1 samples that were no numbers")
                .contains("the mix was turned down");
    }
}
