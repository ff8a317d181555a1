package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.media.MediaSource;
import dev.soundlift.request.Align;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Combination;
import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.Destination;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Extras;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.Preset;
import dev.soundlift.request.Quality;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.request.VerifyLevel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What is printed as "the same call" is the same call. */
class CommandLineRoundTripTest {
    private static final List<String> INPUTS = List.of("talk.mkv", "more films/*.mp4");

    private static ConvertOptions parsed(List<String> words) {
        ConvertOptions options = new ConvertOptions();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options))
                .setOverwrittenOptionsAllowed(false)
                .parseArgs(words.toArray(new String[0]));
        return options;
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void the_printed_form_asks_for_the_same_again(@ForAll("requests") ExtractionRequest request) {
        List<String> words = CommandLineForm.of(INPUTS, request);
        ConvertOptions again = parsed(words);

        AudioFormat said = AudioFormat.named(words.get(INPUTS.size() + 1)).orElseThrow();
        assertThat(again.inputs).isEqualTo(INPUTS);
        assertThat(again.request().withSource(request.source())).isEqualTo(request.withFormat(said));
        assertThat(CommandLineForm.of(INPUTS, again.request())).isEqualTo(words);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_format_that_was_asked_for_is_kept(@ForAll("requests") ExtractionRequest request) {
        request.encoding()
                .format()
                .ifPresent(format -> assertThat(
                                parsed(CommandLineForm.of(INPUTS, request)).request())
                        .isEqualTo(request.withSource(new MediaSource.LocalFile(Path.of("")))));
    }

    @Test
    void an_input_that_begins_with_a_dash_is_still_an_input() {
        ExtractionRequest request = ExtractionRequest.of(Path.of("-odd.mkv"));
        assertThat(parsed(CommandLineForm.of(List.of("-odd.mkv"), request)).inputs)
                .singleElement()
                .asString()
                .endsWith("-odd.mkv");
    }

    @Provide
    Arbitrary<ExtractionRequest> requests() {
        return Combinators.combine(withoutExtras(), extras()).as(ExtractionRequest::withExtras);
    }

    private static Arbitrary<Extras> extras() {
        return Combinators.combine(
                        Arbitraries.of(Extras.Id3.class),
                        Arbitraries.longs().between(-9999, 359_999_999).optional(),
                        booleans(),
                        Arbitraries.of(Extras.ChapterList.class).optional())
                .as((id3, millis, keepDate, list) -> new Extras(
                        id3,
                        millis.map(place -> new MediaTime(Duration.ofMillis(Math.abs(place)), place < 0)),
                        keepDate,
                        list));
    }

    private static Arbitrary<ExtractionRequest> withoutExtras() {
        return Combinators.combine(
                        tracks(),
                        pieces(),
                        Arbitraries.of(Align.class),
                        encodings(),
                        destinations(),
                        engines(),
                        Arbitraries.of(VerifyLevel.class),
                        Combinators.combine(booleans(), combinations()).as(Map::entry))
                .as((tracks, range, align, encoding, destination, engine, level, last) -> ExtractionRequest.of(
                                Path.of("talk.mkv"))
                        .withTracks(
                                last.getValue().groups().isEmpty()
                                        ? tracks.toArray(new TrackChoice[0])
                                        : new TrackChoice[] {TrackChoice.BEST})
                        .withCombination(last.getValue())
                        .withPieces(range)
                        .withAlign(align)
                        .withEncoding(encoding)
                        .withDestination(destination)
                        .withEngine(engine)
                        .withVerify(level)
                        .withStrict(last.getKey()));
    }

    private static Arbitrary<Combination> combinations() {
        Arbitrary<List<Integer>> group = Arbitraries.integers()
                .between(1, 99_999)
                .list()
                .uniqueElements()
                .ofMinSize(2)
                .ofMaxSize(8);
        return Arbitraries.oneOf(
                Arbitraries.of(Combination.SEPARATE, Combination.MIX),
                group.list().ofMinSize(1).ofMaxSize(3).map(groups -> new Combination(false, groups)));
    }

    private static Arbitrary<Boolean> booleans() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<String> words() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars(' ', '\'', '"', ',', '=', '$', '{', '}', '音', '轨', '\\')
                .ofMinLength(1)
                .ofMaxLength(12);
    }

    private static Arbitrary<List<TrackChoice>> tracks() {
        Arbitrary<TrackChoice> one = Arbitraries.oneOf(
                Arbitraries.of(TrackChoice.BEST, TrackChoice.ALL),
                Arbitraries.integers().between(1, 99_999).map(TrackChoice.Position::new),
                words().map(TrackChoice.Language::new),
                words().map(TrackChoice.Title::new));
        return one.list().ofMinSize(1).ofMaxSize(3);
    }

    private static Arbitrary<Pieces> pieces() {
        Arbitrary<Pieces> silences = Combinators.combine(
                        Arbitraries.longs().between(1000, 359_999_999).optional(),
                        Arbitraries.longs().between(1, 999_999_999L).optional())
                .as((millis, bytes) -> new Pieces.Silences(
                        millis.map(Duration::ofMillis),
                        bytes.map(OptionalLong::of).orElse(OptionalLong.empty())));
        return Arbitraries.oneOf(
                ranges().map(Pieces::of),
                ranges().map(Pieces::of),
                silences,
                Arbitraries.of(new Pieces.EveryChapter(), new Pieces.OneChapter(3)));
    }

    private static Arbitrary<RangeWish> ranges() {
        Arbitrary<MediaTime> times = Combinators.combine(Arbitraries.longs().between(0, 359_999_999), booleans())
                .as((millis, fromEnd) -> new MediaTime(Duration.ofMillis(millis), fromEnd));
        return Arbitraries.oneOf(
                Arbitraries.just(RangeWish.WHOLE),
                Combinators.combine(times, times.optional()).as(RangeWish::new).filter(range -> !range.isBackwards()));
    }

    private static Arbitrary<Encoding> encodings() {
        Arbitrary<Quality> qualities = Arbitraries.oneOf(
                Arbitraries.just(Quality.LIKE_THE_SOURCE),
                // Less cannot be typed: a bare 192 means 192k
                Arbitraries.integers().between(1000, 9_999_999).map(Quality.BitRate::new),
                Arbitraries.integers().between(1, 10_000).map(kilo -> new Quality.BitRate(kilo * 1000)),
                Arbitraries.integers().between(0, 9).map(Quality.Variable::new));
        Arbitrary<ChannelChoice> channels = Arbitraries.oneOf(
                Arbitraries.just(ChannelChoice.AS_SOURCE),
                Arbitraries.integers().between(1, 8).map(ChannelChoice.Count::new),
                booleans().map(ChannelChoice.Side::new));
        Arbitrary<OptionalInt> rates = Arbitraries.oneOf(
                Arbitraries.just(OptionalInt.empty()),
                Arbitraries.integers().between(1000, 768_000).map(OptionalInt::of));
        Arbitrary<Encoding> changing = Combinators.combine(
                        Arbitraries.of(AudioFormat.class).optional(),
                        qualities,
                        rates,
                        channels,
                        Arbitraries.of(SampleDepth.class).optional(),
                        Combinators.combine(loudness(), presets()).as(Map::entry))
                .as((format, quality, rate, channel, depth, last) ->
                        new Encoding(format, false, quality, rate, channel, depth, last.getKey(), last.getValue()));
        Arbitrary<Encoding> copying = Arbitraries.of(AudioFormat.class)
                .optional()
                .map(format -> new Encoding(
                        format,
                        true,
                        Quality.LIKE_THE_SOURCE,
                        OptionalInt.empty(),
                        ChannelChoice.AS_SOURCE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        return Arbitraries.oneOf(changing, changing, copying);
    }

    private static Arbitrary<Optional<LoudnessTarget>> loudness() {
        return Arbitraries.integers()
                .between(-700, -50)
                .map(tenths -> new LoudnessTarget(tenths / 10.0))
                .optional();
    }

    private static Arbitrary<Optional<Preset>> presets() {
        return Arbitraries.of(Preset.class).optional();
    }

    private static Arbitrary<EngineChoice> engines() {
        return Combinators.combine(Arbitraries.of(EngineChoice.Kind.class), words().optional(), booleans())
                .as(EngineChoice::new);
    }

    private static Arbitrary<Destination> destinations() {
        Arbitrary<String> outputs = Combinators.combine(words(), Arbitraries.of("", "/", ".mp3", ".flac", ".{ext}"))
                .as((name, ending) -> "out/" + name + ending);
        return Combinators.combine(outputs.optional(), Arbitraries.of(OnExists.class))
                .as(Destination::new);
    }
}
