package dev.soundlift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.SampleMedia;
import dev.soundlift.SampleTrack;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.Codec;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.Quality;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.TrackChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every plan, whatever the file and the wishes. */
class PlannerLawsTest {
    private static final Set<ErrorKind> EXPECTED = Set.of(
            ErrorKind.USAGE,
            ErrorKind.RANGE_OUTSIDE,
            ErrorKind.DOES_NOT_FIT,
            ErrorKind.PROTECTED,
            ErrorKind.UNSUPPORTED_CODEC,
            ErrorKind.NO_ENGINE,
            ErrorKind.NO_AUDIO,
            ErrorKind.NO_SUCH_TRACK);
    private static final Set<Integer> MPEG_1 = Set.of(
            32_000, 40_000, 48_000, 56_000, 64_000, 80_000, 96_000, 112_000, 128_000, 160_000, 192_000, 224_000,
            256_000, 320_000);
    private static final Set<Integer> MPEG_2 = Set.of(
            8_000, 16_000, 24_000, 32_000, 40_000, 48_000, 56_000, 64_000, 80_000, 96_000, 112_000, 128_000, 144_000,
            160_000);

    /** No plan where the planner refuses; anything but an ExtractionException fails the property. */
    private static List<Plan> plans(ExtractionRequest request, MediaInfo media, Capabilities can) {
        try {
            return Planner.plan(request, media, can);
        } catch (ExtractionException refused) {
            assertThat(refused.kind()).isIn(EXPECTED);
            assertThat(refused.whatHappened().toString()).isNotBlank();
            assertThat(refused.nextStep().toString()).isNotBlank();
            return List.of();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void the_planner_plans_or_refuses_with_a_reason_and_never_breaks(
            @ForAll("requests") ExtractionRequest request,
            @ForAll("media") MediaInfo media,
            @ForAll("capabilities") Capabilities can) {
        for (Plan plan : plans(request, media, can)) {
            assertThat(plan.reasons()).isNotEmpty();
            assertThat(plan.engine()).isEqualTo(can.engine());
            assertThat(plan.pick().why().toString()).isNotBlank();
            plan.warnings().forEach(warning -> assertThat(warning.toString()).isNotBlank());
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_copy_has_no_bit_rate_and_keeps_codec_rate_and_channels(
            @ForAll("requests") ExtractionRequest request, @ForAll("media") MediaInfo media) {
        for (Plan plan : plans(request, media, PlannerTest.ALL)) {
            if (plan.route() != Route.COPY) continue;
            TargetSound target = plan.target();
            AudioTrack track = plan.pick().track();
            assertThat(target.bitsPerSecond()).isEmpty();
            assertThat(target.vbrLevel()).isEmpty();
            assertThat(target.codecName()).isEqualTo(track.codecName());
            assertThat(target.sampleRateHz()).isEqualTo(track.shape().sampleRateHz());
            assertThat(target.channels()).isEqualTo(ChannelChoice.AS_SOURCE);
            assertThat(request.encoding().changesTheSound()
                            && !request.encoding().copyOnly())
                    .isFalse();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void copy_only_is_obeyed(@ForAll("requests") ExtractionRequest request, @ForAll("media") MediaInfo media) {
        if (!request.encoding().copyOnly()) return;
        assertThat(plans(request, media, PlannerTest.ALL)).allMatch(plan -> plan.route() == Route.COPY);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void what_is_encoded_stays_inside_what_its_codec_can_take(
            @ForAll("requests") ExtractionRequest request, @ForAll("media") MediaInfo media) {
        for (Plan plan : plans(request, media, PlannerTest.ALL)) {
            if (plan.route() != Route.TRANSCODE) continue;
            TargetSound target = plan.target();
            Codec codec = Codec.named(target.codecName()).orElseThrow();
            assertThat(target.container().holds(codec)).isTrue();
            assertThat(target.channelCount()).isBetween(0, codec.mostChannels());
            assertThat(target.bitsPerSecond().isPresent() && target.vbrLevel().isPresent())
                    .isFalse();
            assertThat(target.bitsPerSecond().isPresent() || target.vbrLevel().isPresent())
                    .isNotEqualTo(codec.lossless());
            target.bitsPerSecond().ifPresent(rate -> assertThat(rate).isPositive());
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_chosen_mp3_bit_rate_is_always_legal(
            @ForAll("requests") ExtractionRequest request, @ForAll("media") MediaInfo media) {
        ExtractionRequest mp3 = request.withEncoding(
                request.encoding().withFormat(AudioFormat.MP3).withCopyOnly(false));
        for (Plan plan : plans(mp3, media, PlannerTest.ALL)) {
            TargetSound target = plan.target();
            target.bitsPerSecond()
                    .ifPresent(rate -> assertThat(rate).isIn(target.sampleRateHz() >= 32_000 ? MPEG_1 : MPEG_2));
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void an_encrypted_track_is_never_planned(
            @ForAll("requests") ExtractionRequest request, @ForAll("media") MediaInfo media) {
        assertThat(plans(request, media, PlannerTest.ALL))
                .noneMatch(plan -> plan.pick().track().encrypted());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_cut_lies_inside_the_file(@ForAll("requests") ExtractionRequest request, @ForAll("media") MediaInfo media) {
        for (Plan plan : plans(request, media, PlannerTest.ALL)) {
            media.duration()
                    .ifPresent(length ->
                            plan.cut().end().ifPresent(end -> assertThat(end).isLessThanOrEqualTo(length)));
            assertThat(plan.cut().start()).isGreaterThanOrEqualTo(Duration.ZERO);
            plan.chapters().forEach(chapter -> assertThat(chapter.end()).isGreaterThan(chapter.start()));
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void the_same_question_has_the_same_answer(
            @ForAll("requests") ExtractionRequest request,
            @ForAll("media") MediaInfo media,
            @ForAll("capabilities") Capabilities can) {
        assertThat(plans(request, media, can)).isEqualTo(plans(request, media, can));
    }

    @Provide
    Arbitrary<Capabilities> capabilities() {
        Set<String> all = Stream.of(Codec.values()).map(Codec::ffmpegName).collect(Collectors.toSet());
        return Arbitraries.of(List.of(Set.<String>of(), Set.of("mp3", "flac"), all))
                .map(names -> new Capabilities("in-process", names));
    }

    @Provide
    Arbitrary<MediaInfo> media() {
        Arbitrary<Duration> lengths =
                Arbitraries.longs().between(1, 100_000_000).map(Duration::ofMillis);
        Arbitrary<Chapter> chapters = Combinators.combine(lengths, lengths)
                .as((start, length) -> new Chapter("Part", start, start.plus(length)));
        return Combinators.combine(
                        lengths.optional(),
                        tracks().list().ofMaxSize(3),
                        chapters.list().ofMaxSize(3))
                .as((length, made, named) -> {
                    List<AudioTrack> tracks = new ArrayList<>();
                    for (SampleTrack track : made)
                        tracks.add(track.number(tracks.size() + 1).made());
                    return SampleMedia.of(length, tracks, named, Map.of());
                });
    }

    private static Arbitrary<SampleTrack> tracks() {
        Arbitrary<String> codecs = Arbitraries.oneOf(
                Arbitraries.of(Codec.class).map(Codec::ffmpegName), Arbitraries.of("wmav2", "cook", "none", ""));
        return Combinators.combine(
                        codecs,
                        Arbitraries.of(0, 1, 8000, 11_025, 22_050, 44_100, 48_000, 96_000, 768_000),
                        Arbitraries.integers().between(0, 64),
                        Arbitraries.of(0, 8, 16, 24, 32, 64),
                        Arbitraries.longs().between(0, 100_000_000_000L).optional(),
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.of(false, false, false, true))
                .as((codec, rate, channels, bits, bitRate, decodable, encrypted) -> {
                    SampleTrack track = SampleTrack.lossless(codec, bits).shape(rate, channels);
                    bitRate.ifPresentOrElse(track::bitsPerSecond, track::unknownBitRate);
                    return track.decodable(decodable).encrypted(encrypted);
                });
    }

    @Provide
    Arbitrary<ExtractionRequest> requests() {
        Arbitrary<TrackChoice> choices = Arbitraries.of(
                TrackChoice.BEST,
                TrackChoice.BEST,
                TrackChoice.ALL,
                new TrackChoice.Position(2),
                new TrackChoice.Language("en"),
                new TrackChoice.Title("x"));
        return Combinators.combine(choices.list().ofMinSize(1).ofMaxSize(2), ranges(), encodings())
                .as((tracks, range, encoding) -> ExtractionRequest.of(Path.of("talk.mkv"))
                        .withTracks(tracks.toArray(new TrackChoice[0]))
                        .withRange(range)
                        .withEncoding(encoding));
    }

    private static Arbitrary<RangeWish> ranges() {
        Arbitrary<MediaTime> times = Combinators.combine(
                        Arbitraries.longs().between(0, 200_000_000), Arbitraries.of(true, false))
                .as((millis, fromEnd) -> new MediaTime(Duration.ofMillis(millis), fromEnd));
        return Arbitraries.oneOf(
                Arbitraries.just(RangeWish.WHOLE),
                Combinators.combine(times, times.optional()).as(RangeWish::new));
    }

    private static Arbitrary<Encoding> encodings() {
        Arbitrary<Quality> qualities = Arbitraries.oneOf(
                Arbitraries.just(Quality.LIKE_THE_SOURCE),
                Arbitraries.integers().between(1, Integer.MAX_VALUE).map(Quality.BitRate::new),
                Arbitraries.integers().between(0, 9).map(Quality.Variable::new));
        Arbitrary<ChannelChoice> channels = Arbitraries.oneOf(
                Arbitraries.just(ChannelChoice.AS_SOURCE),
                Arbitraries.integers().between(1, 8).map(ChannelChoice.Count::new),
                Arbitraries.of(true, false).map(ChannelChoice.Side::new));
        Arbitrary<OptionalInt> rates = Arbitraries.oneOf(
                Arbitraries.just(OptionalInt.empty()),
                Arbitraries.integers().between(1, 768_000).map(OptionalInt::of));
        return Combinators.combine(
                        Arbitraries.of(AudioFormat.class).optional(),
                        Arbitraries.of(true, false, false),
                        qualities,
                        rates,
                        channels,
                        Arbitraries.of(SampleDepth.class).optional())
                .as((format, copy, quality, rate, channel, depth) ->
                        new Encoding(format, copy, quality, rate, channel, depth, Optional.empty(), Optional.empty()));
    }
}
