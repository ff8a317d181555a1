package dev.soundlift.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.SampleMedia;
import dev.soundlift.SamplePlan;
import dev.soundlift.SampleTrack;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.SoundMap;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.Preset;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SilentCutsTest {
    private static final float NOTHING = Float.NEGATIVE_INFINITY;

    /** Sound where the pattern has a letter, silence where it has a dot; a tenth of a second each. */
    private static SoundMap map(String pattern) {
        float[] levels = new float[pattern.length() * 10];
        for (int i = 0; i < levels.length; i++) levels[i] = pattern.charAt(i / 10) == '.' ? NOTHING : -20;
        return new SoundMap(Duration.ZERO, Duration.ofMillis(10L * levels.length), levels);
    }

    private static List<Piece> pieces(SoundMap map, Optional<Duration> longest) {
        try {
            return SilentCuts.pieces(map, longest);
        } catch (ExtractionException refused) {
            throw new AssertionError(refused);
        }
    }

    private static List<Cut> cuts(String pattern) {
        return pieces(map(pattern), Optional.empty()).stream().map(Piece::cut).toList();
    }

    private static List<Cut> cuts(String pattern, int longestMillis) {
        return pieces(map(pattern), Optional.of(Duration.ofMillis(longestMillis))).stream()
                .map(Piece::cut)
                .toList();
    }

    private static Cut cut(int fromMillis, int toMillis) {
        return new Cut(Duration.ofMillis(fromMillis), Optional.of(Duration.ofMillis(toMillis)));
    }

    private static Cut from(int millis) {
        return new Cut(Duration.ofMillis(millis), Optional.empty());
    }

    @Test
    void each_stretch_is_a_piece_with_a_fifth_of_a_second_of_silence_around_it() {
        assertThat(cuts("...xxxx.....yy.........z...."))
                .containsExactly(cut(100, 900), cut(1000, 1600), cut(2100, 2600));
    }

    @Test
    void a_pause_in_a_sentence_does_not_part_it() {
        assertThat(cuts("xx....xx.....yy")).containsExactly(cut(0, 1000), from(1100));
    }

    @Test
    void the_margin_ends_with_the_file() {
        assertThat(cuts(".x......y.")).containsExactly(cut(0, 400), from(600));
    }

    @Test
    void what_has_no_silence_or_no_sound_is_the_whole() {
        assertThat(cuts("xxxx..xxx")).containsExactly(Cut.NOTHING);
        assertThat(cuts("..........")).containsExactly(Cut.NOTHING);
        assertThat(pieces(map(".........."), Optional.empty()).get(0).name()).isEmpty();
    }

    @Test
    void pieces_are_numbered_so_that_they_sort() {
        assertThat(pieces(map("x.....y.....z"), Optional.empty()))
                .extracting(Piece::name)
                .containsExactly("001", "002", "003");
        String many = "x.....".repeat(1000);
        assertThat(pieces(map(many), Optional.empty()).get(999).name()).isEqualTo("1000");
        assertThat(pieces(map(many), Optional.empty()).get(0).name()).isEqualTo("0001");
    }

    @Test
    void with_a_limit_as_many_stretches_follow_each_other_as_fit() {
        String three = "xxxxxxxxxx.....yyyyyyyyyy.....zzzzzzzzzz";
        assertThat(cuts(three, 10_000)).containsExactly(Cut.NOTHING);
        assertThat(cuts(three, 2700)).containsExactly(cut(0, 2700), from(2800));
        assertThat(cuts(three, 2699)).containsExactly(cut(0, 1200), cut(1300, 2700), from(2800));
        assertThat(cuts("xxxxx.....yyyyyyyyyy", 1800)).containsExactly(cut(0, 700), from(800));
    }

    @Property(tries = 300)
    void under_any_limit_no_piece_is_longer_and_no_sound_is_lost_or_comes_twice(
            @ForAll long seed, @ForAll @IntRange(min = 10, max = 200) int tenths) {
        Random random = new Random(seed);
        StringBuilder pattern = new StringBuilder();
        while (pattern.length() < 600) {
            pattern.append("x".repeat(1 + random.nextInt(150))).append(".".repeat(random.nextInt(30)));
        }
        SoundMap map = map(pattern.toString());
        Duration longest = Duration.ofMillis(100L * tenths);
        Duration before = Duration.ZERO;
        for (Piece piece : pieces(map, Optional.of(longest))) {
            Duration start = piece.cut().start();
            Duration end = piece.cut().end().orElse(map.end());
            assertThat(end.minus(start)).isLessThanOrEqualTo(longest);
            assertThat(start).isGreaterThanOrEqualTo(before);
            String skipped = between(pattern, before, start);
            assertThat(skipped).doesNotContain("x");
            before = end;
        }
        assertThat(between(pattern, before, map.end())).doesNotContain("x");
    }

    /** The tenths of a second that lie between two places as a whole. */
    private static String between(CharSequence pattern, Duration from, Duration to) {
        int first = (int) (from.toMillis() + 99) / 100;
        return pattern.subSequence(first, Math.max(first, (int) to.toMillis() / 100))
                .toString();
    }

    @Test
    void a_limit_in_bytes_is_kept_by_every_format() throws ExtractionException {
        AudioTrack track = SampleTrack.lossless("alac", 24).made();
        for (AudioFormat format : List.of(AudioFormat.WAV, AudioFormat.FLAC, AudioFormat.MP3, AudioFormat.OPUS)) {
            Plan plan = SamplePlan.of(format, track);
            double perSecond = plan.target().bitsPerSecond().isPresent()
                    ? plan.target().bitsPerSecond().getAsInt() / 8.0
                    : 44_100 * 2 * 3;
            Duration fitting = SilentCuts.within(25_000_000, plan);
            double bytes = fitting.toMillis() / 1000.0 * perSecond;
            assertThat(bytes).as(format.label()).isBetween(25_000_000 * 0.88, 25_000_000 * 0.995);
        }
    }

    @Test
    void a_limit_too_small_for_a_second_is_refused() {
        ExtractionRequest request = ExtractionRequest.of(Path.of("talk.mkv"))
                .withEncoding(Encoding.DEFAULT.withPreset(Preset.SPEECH))
                .withPieces(new Pieces.Silences(Optional.empty(), OptionalLong.of(40_000)));
        Plan whole = SamplePlan.of(request, SampleMedia.with(SampleTrack.aac().made()));
        assertThatThrownBy(() -> Planner.inSilences(whole, map("xx"), request, SamplePlan.ALL_ENCODERS))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("whatHappened", Text.of("error.piece-too-small"));
    }

    @Test
    void of_two_limits_the_tighter_one_counts() throws ExtractionException {
        ExtractionRequest request =
                ExtractionRequest.of(Path.of("talk.mkv")).withEncoding(Encoding.DEFAULT.withPreset(Preset.SPEECH));
        Plan whole = SamplePlan.of(request, SampleMedia.with(SampleTrack.aac().made()));
        String sound = "xxxxxxxxxx.....".repeat(60);
        Pieces bySize = new Pieces.Silences(Optional.of(Duration.ofSeconds(60)), OptionalLong.of(210_000));
        Pieces byLength = new Pieces.Silences(Optional.of(Duration.ofSeconds(5)), OptionalLong.of(25_000_000));
        // 210 kB hold 5.9 s of 16 kHz mono in 16 bits, after the header's share
        assertThat(Planner.inSilences(whole, map(sound), request.withPieces(bySize), SamplePlan.ALL_ENCODERS))
                .first()
                .extracting(plan -> plan.cut().end().orElseThrow())
                .isEqualTo(Duration.ofMillis(5700));
        assertThat(Planner.inSilences(whole, map(sound), request.withPieces(byLength), SamplePlan.ALL_ENCODERS))
                .first()
                .extracting(plan -> plan.cut().end().orElseThrow())
                .isEqualTo(Duration.ofMillis(4200));
    }
}
