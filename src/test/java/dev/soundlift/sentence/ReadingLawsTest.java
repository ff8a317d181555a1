package dev.soundlift.sentence;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** What holds for every request and every text. */
class ReadingLawsTest {
    private static final SentenceReader READER = new SentenceReader(Surroundings.NONE);

    /** Digits that no word begins or goes on with. */
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.:])\\d+(?:\\.\\d+)?(?![\\w.:])");

    @Property(tries = 1000)
    void a_request_said_in_words_is_read_back_unchanged(
            @ForAll("requests") ExtractionRequest request,
            @ForAll("languages") Locale language,
            @ForAll("names") List<String> inputs) {
        String sentence = Phrasing.of(inputs, request, language).orElseThrow();
        Reading reading = READER.read(sentence, List.of());
        assertThat(reading.contradictions()).as(sentence).isEmpty();
        assertThat(reading.notUnderstood()).as(sentence).isEmpty();
        assertThat(reading.commandLine()).as(sentence).isEqualTo(CommandLineForm.of(inputs, request));
    }

    @Property(tries = 400)
    void no_text_is_too_strange_to_be_read(@ForAll @StringLength(max = 1200) String text) {
        assertThat(READER.read(text, List.of())).isNotNull();
    }

    @Property(tries = 400)
    void no_heap_of_known_words_is_too_strange_either(@ForAll("heaps") String text) {
        Reading reading = READER.read(text, List.of("a.mp4"));
        assertThat(reading.commandLine()).isNotEmpty();
    }

    /** It is in what was understood, in a name, in what is asked about, or in what is said not to be understood. */
    @Property(tries = 1000)
    void no_number_of_a_sentence_is_lost(@ForAll("heaps") String text) {
        Reading reading = READER.read(text, List.of());
        if (reading.other().isPresent()) return;
        String told = String.join(" ", reading.understood()) + " " + String.join(" ", reading.notUnderstood()) + " "
                + String.join(" ", reading.commandLine()) + " " + reading.contradictions();
        assertThat(NUMBER.matcher(text).results().map(MatchResult::group).toList())
                .as(text)
                .allMatch(told::contains);
    }

    /** What no rule takes is a question then, not a remark: to go on without it would be to do something else. */
    @Property(tries = 300)
    void a_number_with_a_unit_that_is_not_understood_is_asked_about(
            @ForAll @IntRange(min = 11, max = 9999) int number,
            @ForAll("units") String unit,
            @ForAll("languages") Locale language) {
        String wish = language.equals(Locale.ENGLISH) ? "talk.mp4 as mp3, " : "把 talk.mp4 转成 mp3，";
        assertThat(READER.read(wish + number + unit, List.of()).contradictions())
                .as(wish + number + unit)
                .isNotEmpty();
    }

    @Provide
    Arbitrary<String> units() {
        return Arbitraries.of("MB", " GB", " dB", "%", "x", " mbps", "兆", "分贝", "倍");
    }

    /** Not measured in time, which depends on the machine: what is longer than anybody writes is not read at all. */
    @Property(tries = 20)
    void what_is_longer_than_the_limit_is_refused(@ForAll @StringLength(min = 1001, max = 3000) String text) {
        Reading reading = READER.read(text, List.of());
        assertThat(reading.contradictions()).hasSize(1);
        assertThat(reading.understood()).isEmpty();
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.of(
                        "talk.mkv",
                        "my talk 2.mp4",
                        "会议 记录.mov",
                        "/films/The Second Track.mkv",
                        "Lectures/*.mkv",
                        "https://example.com/a%20b.mp4?x=1",
                        "前30秒.mp4",
                        "mp3 to wav.avi")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .uniqueElements();
    }

    @Provide
    Arbitrary<Locale> languages() {
        return Arbitraries.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE);
    }

    @Provide
    Arbitrary<String> heaps() {
        return Arbitraries.of(
                        ("the first last skip 10 ten seconds minutes from to between and every chapter track second"
                                        + " english mp3 wav flac mkv a.mkv 1:30 2:00 -0:30 without not all split into at for 192k"
                                        + " 5.1 mono podcast loud 前 后 第 二 两 半 分钟 秒 到 从 最后 跳过 音轨 所有 转成 无损 每 章 一个"
                                        + " \"x\" “y” / . , - 一 十 百 零 小时 0 999999999 99999999999999999999")
                                .split(" "))
                .list()
                .ofMaxSize(60)
                .map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<ExtractionRequest> requests() {
        Arbitrary<EngineChoice> engines = Combinators.combine(
                        Arbitraries.of(EngineChoice.Kind.AUTO, EngineChoice.Kind.LOCAL, EngineChoice.Kind.CLOUD),
                        Arbitraries.of(true, false))
                .as((kind, upload) -> new EngineChoice(kind, upload && kind != EngineChoice.Kind.LOCAL));
        Arbitrary<Extras> extras = Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as((date, cue) -> new Extras(
                        Extras.Id3.V2_3,
                        Optional.empty(),
                        date,
                        cue ? Optional.of(Extras.ChapterList.CUE) : Optional.empty()));
        return Combinators.combine(
                        encodings(), tracks(), pieces(), destinations(), engines, extras, Arbitraries.of(true, false))
                .as((encoding, tracks, pieces, destination, engine, extra, mix) -> {
                    ExtractionRequest made = ExtractionRequest.of(Path.of(""))
                            .withEncoding(encoding)
                            .withPieces(pieces)
                            .withDestination(destination)
                            .withEngine(engine)
                            .withExtras(extra)
                            .withTracks(tracks.toArray(TrackChoice[]::new));
                    boolean several = tracks.size() > 1 || tracks.equals(List.of(TrackChoice.ALL));
                    return mix && several ? made.withCombination(Combination.MIX) : made;
                });
    }

    /** Every combination of wishes for the sound that contradicts itself nowhere. */
    private static Arbitrary<Encoding> encodings() {
        Encoding usual = ExtractionRequest.of(Path.of("")).encoding();
        Arbitrary<Encoding> lossy = Combinators.combine(
                        Arbitraries.of(
                                AudioFormat.MP3,
                                AudioFormat.M4A,
                                AudioFormat.AAC,
                                AudioFormat.OPUS,
                                AudioFormat.OGG,
                                AudioFormat.MKA),
                        Arbitraries.oneOf(
                                Arbitraries.just(Quality.LIKE_THE_SOURCE),
                                Arbitraries.integers().between(8, 512).map(rate ->
                                        (Quality) new Quality.BitRate(rate * 1000)),
                                Arbitraries.integers().between(0, 9).map(level ->
                                        (Quality) new Quality.Variable(level))))
                .as((format, quality) -> usual.withFormat(format).withQuality(quality));
        Arbitrary<Encoding> lossless = Combinators.combine(
                        Arbitraries.of(AudioFormat.WAV, AudioFormat.FLAC, AudioFormat.ALAC, AudioFormat.PCM),
                        Arbitraries.of(SampleDepth.values()).optional())
                .as((format, depth) -> {
                    Encoding made = usual.withFormat(format);
                    return depth.isPresent() ? made.withDepth(depth.get()) : made;
                });
        Arbitrary<Encoding> decoded = Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.just(usual), lossy, lossless),
                        Arbitraries.integers().between(8000, 192_000).optional(),
                        Arbitraries.of("", "1", "2", "3", "4", "5", "6", "7", "8", "left", "right"),
                        Arbitraries.integers()
                                .between(-139, -10)
                                .map(half -> half / 2.0)
                                .optional(),
                        Arbitraries.of(Preset.values()).optional())
                .as((encoding, rate, channels, lufs, preset) -> {
                    Encoding made = encoding;
                    if (rate.isPresent()) made = made.withSampleRateHz(rate.get());
                    if (!channels.isEmpty())
                        made = made.withChannels(ChannelChoice.parse(channels).orElseThrow());
                    if (lufs.isPresent()) made = made.withLoudness(new LoudnessTarget(lufs.get()));
                    return preset.isPresent() ? made.withPreset(preset.get()) : made;
                });
        Arbitrary<Encoding> copies = Arbitraries.of(AudioFormat.values())
                .map(format -> usual.withFormat(format).withCopyOnly(true));
        return Arbitraries.frequencyOf(Tuple.of(4, decoded), Tuple.of(1, copies));
    }

    private static Arbitrary<List<TrackChoice>> tracks() {
        Arbitrary<TrackChoice> one = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 99).map(TrackChoice.Position::new),
                Arbitraries.of("eng", "ger", "jpn", "chi", "yue", "fre", "spa").map(TrackChoice.Language::new),
                Arbitraries.of("commentary", "Deutsch", "a b").map(TrackChoice.Title::new));
        return Arbitraries.oneOf(
                Arbitraries.just(List.of(TrackChoice.BEST)),
                Arbitraries.just(List.of(TrackChoice.ALL)),
                one.list().ofMinSize(1).ofMaxSize(3).uniqueElements());
    }

    private static Arbitrary<Pieces> pieces() {
        Arbitrary<Duration> times = Arbitraries.longs().between(1, 20_000_000).map(Duration::ofMillis);
        Arbitrary<Pieces> ranges = Combinators.combine(
                        times, times, Arbitraries.integers().between(0, 4))
                .as((start, length, which) -> Pieces.of(
                        switch (which) {
                            case 0 -> new RangeWish(new MediaTime(start, false), Optional.empty());
                            case 1 -> new RangeWish(MediaTime.START, Optional.of(new MediaTime(start, false)));
                            case 2 -> new RangeWish(new MediaTime(start, true), Optional.empty());
                            case 3 -> new RangeWish(MediaTime.START, Optional.of(new MediaTime(start, true)));
                            default ->
                                new RangeWish(
                                        new MediaTime(start, false),
                                        Optional.of(new MediaTime(start.plus(length), false)));
                        }));
        Arbitrary<Pieces> several = times.list()
                .ofMinSize(2)
                .ofMaxSize(4)
                .map(starts -> new Pieces.Ranges(starts.stream()
                        .distinct()
                        .map(start -> RangeWish.starting(new MediaTime(start, false), Duration.ofSeconds(90)))
                        .toList()));
        Arbitrary<Pieces> lengths = times.map(time -> new Pieces.Lengths(time.plusSeconds(1)));
        return Arbitraries.oneOf(
                Arbitraries.just(Pieces.WHOLE),
                ranges,
                several,
                lengths,
                Arbitraries.integers().between(1, 99).map(Pieces.OneChapter::new),
                Arbitraries.just(new Pieces.EveryChapter()),
                Arbitraries.just(new Pieces.Silences()));
    }

    private static Arbitrary<Destination> destinations() {
        return Combinators.combine(
                        Arbitraries.of("", "Audio/", "out dir/", "/tmp/x/"), Arbitraries.of(OnExists.values()))
                .as((output, onExists) ->
                        new Destination(output.isEmpty() ? Optional.empty() : Optional.of(output), onExists));
    }
}
