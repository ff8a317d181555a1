package dev.soundlift.sentence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Combination;
import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.Destination;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** What holds for every request and every text. */
class ReadingLawsTest {
    private static final SentenceReader READER = new SentenceReader(Surroundings.NONE);

    @Property(tries = 400)
    void a_request_said_in_words_is_read_back_unchanged(
            @ForAll("requests") ExtractionRequest request, @ForAll("languages") Locale language) {
        List<String> inputs = List.of("talk.mkv");
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
        Arbitrary<ExtractionRequest> plain = Arbitraries.just(ExtractionRequest.of(Path.of("")));
        return Combinators.combine(
                        plain, sounds(), tracks(), pieces(), destinations(), Arbitraries.of(EngineChoice.Kind.values()))
                .as((request, sound, tracks, pieces, destination, engine) -> {
                    ExtractionRequest made = sound.withPieces(pieces)
                            .withDestination(destination)
                            .withEngine(new EngineChoice(
                                    engine == EngineChoice.Kind.EXECUTABLE ? EngineChoice.Kind.AUTO : engine, false));
                    made = made.withTracks(tracks.toArray(TrackChoice[]::new));
                    boolean all = tracks.equals(List.of(TrackChoice.ALL));
                    return all && pieces.equals(Pieces.WHOLE) ? made.withCombination(Combination.MIX) : made;
                });
    }

    private static Arbitrary<ExtractionRequest> sounds() {
        ExtractionRequest plain = ExtractionRequest.of(Path.of(""));
        Arbitrary<ExtractionRequest> lossy = Combinators.combine(
                        Arbitraries.of(
                                AudioFormat.MP3, AudioFormat.M4A, AudioFormat.AAC, AudioFormat.OPUS, AudioFormat.OGG),
                        Arbitraries.of(32, 64, 96, 128, 192, 256, 320)
                                .map(rate -> (Quality) new Quality.BitRate(rate * 1000)),
                        Arbitraries.integers().between(0, 9).map(level -> (Quality) new Quality.Variable(level)),
                        Arbitraries.of(0, 1, 2))
                .as((format, rate, vbr, which) -> plain.withEncoding(plain.encoding()
                        .withFormat(format)
                        .withQuality(which == 0 ? Quality.LIKE_THE_SOURCE : which == 1 ? rate : vbr)));
        Arbitrary<ExtractionRequest> lossless = Combinators.combine(
                        Arbitraries.of(AudioFormat.WAV, AudioFormat.FLAC, AudioFormat.ALAC, AudioFormat.PCM),
                        Arbitraries.of(SampleDepth.values()),
                        Arbitraries.of(8000, 16000, 22050, 44100, 48000, 96000))
                .as((format, depth, rate) -> plain.withEncoding(
                        plain.encoding().withFormat(format).withDepth(depth).withSampleRateHz(rate)));
        Arbitrary<ExtractionRequest> shaped = Combinators.combine(
                        Arbitraries.oneOf(lossy, lossless),
                        Arbitraries.of("mono", "stereo", "5.1", "left", "right", "3"),
                        Arbitraries.of(-16.0, -23.0, -14.0, -18.5))
                .as((request, channels, lufs) -> request.withEncoding(request.encoding()
                        .withChannels(ChannelChoice.parse(channels).orElseThrow())
                        .withLoudness(new LoudnessTarget(lufs))));
        Arbitrary<ExtractionRequest> copies = Arbitraries.just(
                plain.withEncoding(plain.encoding().withFormat(AudioFormat.SAME).withCopyOnly(true)));
        Arbitrary<ExtractionRequest> presets = Arbitraries.of(Preset.values())
                .map(preset -> plain.withEncoding(plain.encoding().withPreset(preset)));
        return Arbitraries.oneOf(lossy, lossless, shaped, copies, presets);
    }

    private static Arbitrary<List<TrackChoice>> tracks() {
        Arbitrary<TrackChoice> one = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 40).map(TrackChoice.Position::new),
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
        Arbitrary<Pieces> lengths = times.map(time -> new Pieces.Lengths(time.plusSeconds(1)));
        return Arbitraries.oneOf(
                Arbitraries.just(Pieces.WHOLE),
                ranges,
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
