package dev.soundlift.plan;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Codec;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.request.Align;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Combination;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.Quality;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans for the cloud: what it is asked for, and what is left to do here with what came back, so that nothing is done twice. */
public final class CloudPlans {
    /** How far a length may be off and still be the one that was asked for. */
    private static final Duration LENGTH_TOLERANCE = Duration.ofSeconds(1);

    /** The container of what nobody has looked into. */
    private static final String UNSEEN = "unseen";

    private static final double RATE_TOLERANCE = 0.12;

    private CloudPlans() {}

    /**
     * What stands for the facts about a source that nothing here can look into: one track, or as many as the user names,
     * of which nothing is known.
     */
    public static MediaInfo unseen(ExtractionRequest request) throws ExtractionException {
        int count = 1;
        for (TrackChoice choice : request.tracks()) {
            if (choice instanceof TrackChoice.Position position) count = Math.max(count, position.number());
            else if (!choice.equals(TrackChoice.BEST)) {
                throw new ExtractionException(
                        ErrorKind.NO_ENGINE, Text.of("error.cloud-unseen-track"), Text.of("next.cloud-unseen-track"));
            }
        }
        List<AudioTrack> tracks = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            tracks.add(new AudioTrack(
                    number,
                    0,
                    "unknown",
                    "",
                    new AudioShape(0, 0, "", 0, false),
                    OptionalLong.empty(),
                    "",
                    "",
                    Set.of(),
                    Duration.ZERO,
                    Optional.empty(),
                    true,
                    false,
                    Map.of()));
        }
        return new MediaInfo(
                request.source(), UNSEEN, Optional.empty(), false, tracks, List.of(), Map.of(), true, false);
    }

    /** Whether nothing here has looked into the plan's source. */
    public static boolean isUnseen(Plan plan) {
        return plan.media().container().equals(UNSEEN);
    }

    /**
     * One plan for each output; each track is one job, each job costs.
     *
     * @param reasons why the cloud, and what is sent
     * @param remarks what the user should know before
     */
    public static List<Plan> plan(ExtractionRequest request, MediaInfo media, List<Text> reasons, List<Text> remarks)
            throws ExtractionException {
        if (request.encoding().copyOnly()) throw refused("error.cloud-no-copy");
        if (!request.combination().equals(Combination.SEPARATE)) throw refused("error.cloud-one-track");
        if (request.encoding().filled(request.format()).loudness().isPresent())
            throw refused("error.cloud-no-loudness");
        if (request.pieces() instanceof Pieces.Silences) throw refused("error.cloud-no-silences");
        Capabilities cloud = new Capabilities(
                        "cloud",
                        Arrays.stream(Codec.values()).map(Codec::ffmpegName).collect(Collectors.toSet()))
                .framing(); // here, from the source
        List<Plan> plans = new ArrayList<>();
        for (Plan plan : Planner.plan(request, decodable(media), cloud)) {
            List<Text> warnings = new ArrayList<>(plan.warnings());
            warnings.removeIf(warning -> warning.key().equals("warning.copy-cut"));
            warnings.addAll(remarks);
            plans.add(new Plan(
                    media,
                    isUnseen(plan) ? plan.pick().because(Text.of("track.unseen")) : plan.pick(),
                    plan.piece(),
                    plan.align(),
                    Route.CLOUD,
                    "cloud",
                    plan.target(),
                    plan.levelling(),
                    plan.extras(),
                    plan.verify(),
                    plan.tags(),
                    plan.chapters(),
                    reasons,
                    warnings));
        }
        return plans;
    }

    private static ExtractionException refused(String error) {
        return new ExtractionException(ErrorKind.USAGE, Text.of(error), Text.of("next.cloud-local"));
    }

    /** What this machine cannot decode is the very reason to ask another. */
    private static MediaInfo decodable(MediaInfo media) {
        List<AudioTrack> tracks = media.tracks().stream()
                .map(track -> new AudioTrack(
                        track.number(),
                        track.streamIndex(),
                        track.codecName(),
                        track.profile(),
                        track.shape(),
                        track.bitsPerSecond(),
                        track.language(),
                        track.title(),
                        track.flags(),
                        track.start(),
                        track.duration(),
                        true,
                        track.encrypted(),
                        track.tags()))
                .toList();
        return new MediaInfo(
                media.source(),
                media.container(),
                media.duration(),
                media.durationEstimated(),
                tracks,
                media.chapters(),
                media.tags(),
                media.hasVideo(),
                media.hasCover());
    }

    /**
     * The one sentence that the service is sent; in English, which its documents are written for.
     *
     * @param wholeTrack whether it is cut here, whatever the plan's piece is
     * @param alone whether the track is sent without the others
     */
    public static String message(Plan plan, String fileName, boolean wholeTrack, boolean alone) {
        List<String> wishes = new ArrayList<>();
        String format = plan.target().container().extension().toUpperCase(Locale.ROOT);
        OptionalInt rate = plan.target().bitsPerSecond();
        wishes.add(format + (rate.isPresent() ? " " + Math.round(rate.getAsInt() / 1000.0) + " kbps" : ""));
        if (!alone && plan.media().tracks().size() > 1)
            wishes.add("audio track " + plan.pick().track().number());
        if (!wholeTrack && !plan.cut().isWhole()) {
            String end = plan.cut().end().map(CloudPlans::clock).orElse("the end");
            wishes.add(clock(plan.cut().start()) + " to " + end);
        }
        return "Extract the audio of " + fileName + " as " + String.join(", ", wishes)
                + ". No music, titles or effects.";
    }

    private static String clock(Duration time) {
        return MediaTime.print(Duration.ofMillis(time.toMillis()));
    }

    /** What is still to be done with what came back, as a plan for an engine on this machine. */
    public static Plan rest(Plan plan, ExtractionRequest request, MediaInfo fetched, Capabilities here)
            throws ExtractionException {
        if (fetched.tracks().isEmpty()) throw noSound();
        ExtractionRequest rest = request.withSource(fetched.source())
                .withEngine(EngineChoice.AUTO)
                .withTracks(track(plan, fetched))
                .withPieces(Pieces.of(range(plan, fetched)))
                .withEncoding(encoding(plan, request, fetched));
        Plan made = Planner.plan(rest, fetched, here).get(0);
        return new Plan(
                made.media(),
                made.pick(),
                made.piece(),
                made.align(),
                made.route(),
                made.engine(),
                made.target(),
                made.levelling(),
                made.extras(),
                made.verify(),
                isUnseen(plan) ? made.tags() : plan.tags(),
                isUnseen(plan) ? made.chapters() : plan.chapters(),
                made.reasons(),
                made.warnings());
    }

    private static ExtractionException noSound() {
        return new ExtractionException(
                ErrorKind.VERIFICATION, Text.of("error.cloud-no-sound"), Text.of("next.cloud-local"));
    }

    /** What was asked for with the plan's own stretch, in another form or from the source itself. */
    public static ExtractionRequest piece(Plan plan, ExtractionRequest request, AudioFormat format, boolean whole) {
        Cut cut = plan.cut();
        RangeWish range = whole || cut.isWhole()
                ? RangeWish.WHOLE
                : new RangeWish(new MediaTime(cut.start(), false), cut.end().map(end -> new MediaTime(end, false)));
        return ExtractionRequest.of(request.source())
                .withTracks(new TrackChoice.Position(plan.pick().track().number()))
                .withPieces(Pieces.of(range))
                .withAlign(Align.NONE)
                .withEncoding(Encoding.DEFAULT.withFormat(format).withCopyOnly(whole));
    }

    /** All tracks came back, or the one that was asked for. */
    private static TrackChoice track(Plan plan, MediaInfo fetched) {
        boolean all = fetched.tracks().size() > 1
                && fetched.tracks().size() == plan.media().tracks().size();
        return all ? new TrackChoice.Position(plan.pick().track().number()) : TrackChoice.BEST;
    }

    /** Told by its length: the whole still has to be cut, the stretch itself not again. */
    private static RangeWish range(Plan plan, MediaInfo fetched) throws ExtractionException {
        Optional<Duration> came = fetched.tracks().get(0).duration().or(fetched::duration);
        Optional<Duration> whole = plan.media().duration();
        if (came.isEmpty()) throw noSound();
        Cut cut = plan.cut();
        Duration end = cut.end().or(() -> whole).orElse(came.get());
        boolean isStretch = near(came.get(), end.minus(cut.start()));
        boolean isWhole = whole.isEmpty() || near(came.get(), whole.get());
        if (cut.isWhole() && isWhole) return RangeWish.WHOLE;
        if (!cut.isWhole() && isStretch && !(whole.isPresent() && near(whole.get(), end.minus(cut.start())))) {
            return RangeWish.WHOLE;
        }
        if (isWhole) {
            return new RangeWish(new MediaTime(cut.start(), false), cut.end().map(last -> new MediaTime(last, false)));
        }
        throw new ExtractionException(
                ErrorKind.VERIFICATION,
                Text.of("error.cloud-length", clock(came.get()), clock(end.minus(cut.start()))),
                Text.of("next.cloud-local"));
    }

    private static boolean near(Duration a, Duration b) {
        Duration difference = a.minus(b).abs();
        Duration share = Duration.ofMillis(b.toMillis() / 50);
        return difference.compareTo(share.compareTo(LENGTH_TOLERANCE) > 0 ? share : LENGTH_TOLERANCE) <= 0;
    }

    private static Encoding encoding(Plan plan, ExtractionRequest request, MediaInfo fetched) {
        AudioFormat format = request.format() == AudioFormat.SAME
                ? AudioFormat.ofExtension(plan.target().container().extension()).orElse(AudioFormat.MKA)
                : request.format();
        Encoding wish = request.encoding().filled(format).withFormat(format);
        AudioTrack track = fetched.tracks().get(0);
        boolean sameCodec = track.codecName().equals(plan.target().codecName());
        boolean rateIsRight = wish.quality() instanceof Quality.BitRate wanted
                && track.bitsPerSecond().isPresent()
                && Math.abs(track.bitsPerSecond().getAsLong() / (double) wanted.bitsPerSecond() - 1) < RATE_TOLERANCE;
        return sameCodec && rateIsRight ? wish.withQuality(Quality.LIKE_THE_SOURCE) : wish;
    }
}
