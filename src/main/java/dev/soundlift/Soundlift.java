package dev.soundlift;

import dev.soundlift.Bookkeeping.Standing;
import dev.soundlift.Bookkeeping.Wanted;
import dev.soundlift.Engines.Means;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Engine;
import dev.soundlift.engine.Glimpses;
import dev.soundlift.engine.Level;
import dev.soundlift.engine.Loss;
import dev.soundlift.engine.Prober;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.ChannelNote;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.media.SoundMap;
import dev.soundlift.output.OutputName;
import dev.soundlift.output.PendingFile;
import dev.soundlift.plan.CloudChoice;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Planner;
import dev.soundlift.plan.Route;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.ExtractionReport.Delivered;
import dev.soundlift.report.Status;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Pieces;
import dev.soundlift.source.Access;
import dev.soundlift.source.OpenSources;
import dev.soundlift.stream.PacketStream;
import dev.soundlift.stream.PcmStream;
import dev.soundlift.text.Text;
import dev.soundlift.verify.Verification;
import dev.soundlift.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Takes the sound out of videos: probe → plan → run → verify → report. Thread-safe; one instance serves any number of
 * extractions at once. Longer than most files because the way of a request through the house can be read here in one piece.
 *
 * <pre>{@code
 * Soundlift soundlift = Soundlift.local();
 * ExtractionRequest request = ExtractionRequest.of(Path.of("talk.mkv")).withFormat(AudioFormat.FLAC);
 * for (ExtractionReport report : soundlift.extract(request, Progress.NONE, new Cancellation())) {
 *     System.out.println(report.requireDelivered());
 * }
 * }</pre>
 */
public final class Soundlift {
    private final Engines engines;
    /** For questions that are not part of a request. */
    private final EngineChoice usual;

    private final OpenSources sources;
    private final Consent consent;

    private Soundlift(Engines engines, EngineChoice usual, OpenSources sources, Consent consent) {
        this.engines = engines;
        this.usual = usual;
        this.sources = sources;
        this.consent = consent;
    }

    Soundlift(Prober prober, Engine engine) {
        this(
                choice -> new Means(prober, engine, Optional.empty()),
                EngineChoice.AUTO,
                new OpenSources(Access.DEFAULT),
                Consent.OF_THE_REQUEST);
    }

    /**
     * With FFmpeg's libraries in this JVM, or an ffmpeg program where they cannot be loaded; each request may choose.
     *
     * @throws ExtractionException of kind {@link ErrorKind#NO_ENGINE} where there is neither
     */
    public static Soundlift local() throws ExtractionException {
        return with(EngineChoice.AUTO, Access.DEFAULT);
    }

    /** For requests that are going to make this choice, which is all the consent that the cloud needs. */
    public static Soundlift with(EngineChoice choice, Access access) throws ExtractionException {
        return with(choice, access, Consent.OF_THE_REQUEST);
    }

    /**
     * The same for requests that are going to make this choice.
     *
     * @param access what may be fetched for a source that is not a file of this machine
     * @param consent is asked before anything leaves the machine
     * @throws ExtractionException of kind {@link ErrorKind#NO_ENGINE} where it cannot be met, told once and not for each
     *     file
     */
    public static Soundlift with(EngineChoice choice, Access access, Consent consent) throws ExtractionException {
        return with(choice, new OpenSources(access), consent);
    }

    /** The same with sources of the caller's making, say with files that are handed to us. */
    public static Soundlift with(EngineChoice choice, OpenSources sources, Consent consent) throws ExtractionException {
        Engines.require(choice, sources);
        return new Soundlift(wish -> Engines.ofThisMachine(wish, sources), choice, sources, consent);
    }

    /** What is inside a file. */
    public MediaInfo probe(MediaSource source) throws ExtractionException {
        return probe(source, new Cancellation());
    }

    /** The same, until it is cancelled. */
    public MediaInfo probe(MediaSource source, Cancellation cancellation) throws ExtractionException {
        OpenSources.Hold hold = sources.hold(source, cancellation);
        try {
            return prober().probe(source);
        } finally {
            hold.close();
        }
    }

    /**
     * What is inside a file, and what some parts of it sound like.
     *
     * @param notes by the track's number, what is odd about its channels; nothing for tracks that are as usual
     */
    public record Look(MediaInfo media, Map<Integer, ChannelNote> notes) {}

    /** Looks into a file and listens to it; a source that can be read but once is fetched once. */
    public Look look(MediaSource source, Cancellation cancellation) throws ExtractionException {
        try (OpenSources.Hold held = sources.hold(source, cancellation)) {
            MediaInfo media = prober().probe(held.source());
            return new Look(media, prober().channels(media, cancellation));
        }
    }

    /** Listens to short pieces all over a track; see {@link Prober#glimpse}. */
    public void glimpse(MediaInfo media, AudioTrack track, int most, Glimpses into, Cancellation cancellation)
            throws ExtractionException {
        OpenSources.Hold hold = sources.hold(media.source(), cancellation);
        try {
            prober().glimpse(media, track, most, into, cancellation);
        } finally {
            hold.close();
        }
    }

    /** Looks into media and at samples, for those who want to check a file that exists already. */
    public Prober prober() throws ExtractionException {
        return engines.choose(usual).prober();
    }

    /**
     * The sound that a request takes, as samples: what a WAV file of this request would hold. Nothing is written, and
     * nothing is decoded before it is asked for, but that loudness and mixes are measured first.
     *
     * @throws ExtractionException of kind {@link ErrorKind#NO_ENGINE} where the engine of choice writes files only, and
     *     {@link ErrorKind#USAGE} where the request asks for something else than one output of WAV or PCM
     */
    public PcmStream stream(ExtractionRequest request) throws ExtractionException {
        return stream(request, new Cancellation());
    }

    /** The same, until it is cancelled. */
    public PcmStream stream(ExtractionRequest request, Cancellation cancellation) throws ExtractionException {
        return new Streams(engines, sources).samples(request, cancellation);
    }

    /**
     * The packets that a request takes, untouched.
     *
     * @throws ExtractionException of kind {@link ErrorKind#NO_ENGINE} where the engine of choice writes files only, and
     *     {@link ErrorKind#USAGE} where the request changes the sound or has several outputs
     */
    public PacketStream packets(ExtractionRequest request) throws ExtractionException {
        return packets(request, new Cancellation());
    }

    /** The same, until it is cancelled. */
    public PacketStream packets(ExtractionRequest request, Cancellation cancellation) throws ExtractionException {
        return new Streams(engines, sources).packets(request, cancellation);
    }

    /** What {@link #extract} would do: one plan for each output, nothing written. */
    public List<Planned> plan(ExtractionRequest request) throws ExtractionException {
        return plan(request, new Cancellation());
    }

    /** The same, until it is cancelled. */
    public List<Planned> plan(ExtractionRequest request, Cancellation cancellation) throws ExtractionException {
        try (OpenSources.Hold held = sources.hold(request.source(), cancellation)) {
            return planHeld(request, held.cancellation());
        }
    }

    private List<Planned> planHeld(ExtractionRequest request, Cancellation cancellation) throws ExtractionException {
        Optional<Means> means = Optional.empty();
        Optional<MediaInfo> media = Optional.empty();
        CloudChoice choice = CloudChoice.of(request.engine(), request.source(), Optional.empty());
        try {
            means = Optional.of(engines.choose(request.engine()));
            media = Optional.of(means.get().prober().probe(request.source()));
            if (choice.where() == CloudChoice.Where.HERE)
                return planHere(means.get(), media.get(), request, cancellation);
        } catch (ExtractionException failed) {
            choice = CloudChoice.of(request.engine(), request.source(), Optional.of(failed.kind()));
            boolean unreachable = choice.why().equals(Optional.of(CloudChoice.Why.ONLY_THERE))
                    && !CloudLine.reaches(request.source());
            if (unreachable) throw failed;
            if (choice.where() != CloudChoice.Where.CLOUD) throw choice.told(failed);
        }
        CloudChoice.Why why = choice.why().orElseThrow();
        List<Planned> planned = named(CloudLine.plan(request, media, means.isPresent(), why, consent), request);
        if (means.isPresent()) return planned;
        return planned.stream()
                .map(one -> new Planned(one.plan(), CloudLine.asItComes(one.output())))
                .toList();
    }

    private static List<Planned> planHere(
            Means means, MediaInfo media, ExtractionRequest request, Cancellation cancellation)
            throws ExtractionException {
        List<Plan> plans = Planner.plan(request, media, means.capabilities());
        if (request.pieces() instanceof Pieces.Silences) plans = inSilences(means, plans, request, cancellation);
        return named(plans, request);
    }

    private static List<Planned> named(List<Plan> plans, ExtractionRequest request) throws ExtractionException {
        List<Planned> planned = new ArrayList<>();
        for (Plan plan : plans) {
            planned.add(new Planned(plan, OutputName.of(plan, request.destination(), plans.size() > 1)));
        }
        return planned;
    }

    private static List<Plan> inSilences(
            Means means, List<Plan> wholes, ExtractionRequest request, Cancellation cancellation)
            throws ExtractionException {
        List<Plan> plans = new ArrayList<>();
        for (Plan whole : wholes) {
            SoundMap map = means.prober().map(whole, cancellation);
            plans.addAll(Planner.inSilences(whole, map, request, means.capabilities()));
        }
        return plans;
    }

    /** A plan and the file that it would write. */
    public record Planned(Plan plan, Path output) {}

    /**
     * Does what the request asks for.
     *
     * @param progress hears of each output in turn
     * @param cancellation when requested, what is being written is given up and deleted
     * @return one report for each output, in the order of the request's tracks, or one for an input that gave none;
     *     failures are reports too, see {@link ExtractionReport#requireDelivered}
     */
    public List<ExtractionReport> extract(ExtractionRequest request, Progress progress, Cancellation cancellation) {
        return extract(request, progress, cancellation, Bookkeeping.ofOneRequest());
    }

    /** The same as a part of something larger, whose books say which outputs are taken or delivered already. */
    public List<ExtractionReport> extract(
            ExtractionRequest request, Progress progress, Cancellation cancellation, Bookkeeping books) {
        try (OpenSources.Hold held = sources.hold(request.source(), cancellation)) {
            return extractAll(request, held, Optional.of(progress), cancellation, books);
        }
    }

    /** What {@link #extract} would do: each output as planned, skipped or refused; nothing is written. */
    public List<ExtractionReport> preview(ExtractionRequest request, Cancellation cancellation, Bookkeeping books) {
        try (OpenSources.Hold held = sources.hold(request.source(), cancellation)) {
            return extractAll(request, held, Optional.empty(), cancellation, books);
        }
    }

    /**
     * As {@link #extract}.
     *
     * @param progress nothing where it is only to be said what would be done
     */
    private List<ExtractionReport> extractAll(
            ExtractionRequest request,
            OpenSources.Hold hold,
            Optional<Progress> progress,
            Cancellation cancellation,
            Bookkeeping books) {
        long started = System.nanoTime();
        List<Planned> plans;
        List<Standing> standings;
        PieceMaps maps;
        try {
            plans = planHeld(request, cancellation);
            maps = PieceMaps.of(request, plans);
            OnExists onExists = request.destination().onExists();
            if (onExists != OnExists.RENAME) refuseOneNameForSeveral(plans);
            String checked = " " + request.verify() + " " + request.strict();
            standings = books.claim(
                    plans.stream()
                            .map(one -> new Wanted(one.output(), one.plan().essence() + checked))
                            .toList(),
                    onExists);
            maps.refuseExisting(standings);
        } catch (ExtractionException failed) {
            return List.of(ExtractionReport.failed(
                    request.source(),
                    Optional.empty(),
                    Optional.empty(),
                    since(started),
                    SourceChanges.toldWith(failed, hold)));
        }
        List<ExtractionReport> reports = new ArrayList<>();
        SourceChanges changes = new SourceChanges(hold);
        try (Maker maker = progress.isPresent() ? maker(request, plans, progress.get(), cancellation) : Maker.NONE) {
            for (int i = 0; i < plans.size(); i++) {
                reports.add(extract(request, plans.get(i), standings.get(i), maker, changes, cancellation, books));
            }
            if (progress.isPresent()) maps.write(reports);
        } catch (ExtractionException failed) {
            reports.add(ExtractionReport.failed(
                    request.source(), Optional.empty(), Optional.empty(), since(started), failed));
        }
        return reports;
    }

    /** Before anything is made: nobody wants one of many pieces. */
    private static void refuseOneNameForSeveral(List<Planned> plans) throws ExtractionException {
        Set<Path> names = new HashSet<>();
        for (Planned one : plans) {
            if (names.add(one.output())) continue;
            throw new ExtractionException(
                    ErrorKind.OUTPUT_EXISTS,
                    Text.of("error.same-piece", one.output().toString()),
                    Text.of("next.same-piece"));
        }
    }

    private ExtractionReport extract(
            ExtractionRequest request,
            Planned planned,
            Standing standing,
            Maker maker,
            SourceChanges changes,
            Cancellation cancellation,
            Bookkeeping books) {
        long started = System.nanoTime();
        Plan plan = planned.plan();
        Path wanted = standing.output();
        boolean makesFolders = request.destination().isTemplate();
        try {
            cancellation.throwIfRequested();
            if (isSkipped(standing, request.destination().onExists())) {
                if (standing.kind() == Standing.Kind.DELIVERED && !maker.equals(Maker.NONE)) {
                    Companions.complete(request, plan, wanted);
                }
                return ExtractionReport.skipped(request.source(), Optional.of(plan), wanted, since(started));
            }
            OnExists onExists = refuseOrReplace(request, standing);
            Companions.refuseExisting(request, plan, wanted, onExists);
            if (maker.equals(Maker.NONE)) {
                if (makesFolders) PendingFile.requirePossibleInNewFolder(wanted);
                else PendingFile.requirePossible(wanted);
                return ExtractionReport.planned(request.source(), plan, wanted, since(started));
            }
            try (PendingFile pending =
                    makesFolders ? PendingFile.inNewFolder(wanted, onExists) : PendingFile.beside(wanted, onExists)) {
                Made made = maker.make(plan, pending).with(changes::counted);
                List<Text> warnings = warnings(made);
                Optional<Text> changed = changes.warning(made.delivered());
                changed.ifPresent(warnings::add);
                PieceMaps.tooLarge(request, pending.path()).ifPresent(warnings::add);
                if (request.strict() && !warnings.isEmpty()) throw strict(warnings.get(0));
                Companions.keepDate(request, pending.path());
                Path output = pending.commit(name -> books.delivering(planned.output(), name, pending.path()));
                List<Path> lists = Companions.write(request, made.plan(), output, onExists);
                return new ExtractionReport(
                        request.source(),
                        warnings.isEmpty() ? Status.OK : Status.WARNING,
                        Optional.of(made.plan()),
                        Optional.of(output),
                        made.delivered().map(found -> new Delivered(found.source(), found.file(), lists)),
                        made.damaged() || changed.isPresent(),
                        warnings,
                        since(started),
                        Optional.empty());
            }
        } catch (ExtractionException failed) {
            return ExtractionReport.failed(
                    request.source(), Optional.of(plan), Optional.of(wanted), since(started), failed);
        }
    }

    private static boolean isSkipped(Standing standing, OnExists onExists) {
        return standing.kind() == Standing.Kind.DELIVERED
                || (onExists == OnExists.SKIP
                        && standing.kind() != Standing.Kind.TAKEN
                        && standing.kind() != Standing.Kind.OURS
                        && Files.isRegularFile(standing.output()));
    }

    /** Why an output is not to be made, as an exception, or what is to be done with a file of that name. */
    static OnExists refuseOrReplace(ExtractionRequest request, Standing standing) throws ExtractionException {
        OnExists onExists = request.destination().onExists();
        if (standing.kind() == Standing.Kind.OURS) return OnExists.OVERWRITE;
        if (onExists != OnExists.RENAME) refuseInput(request.source(), standing.output());
        if (standing.kind() == Standing.Kind.TAKEN) {
            Path folder = standing.output().getParent();
            throw new ExtractionException(
                    ErrorKind.OUTPUT_EXISTS,
                    Text.of("error.same-output", standing.output().toString()),
                    Text.of("next.same-output", folder == null ? "" : folder + "/"));
        }
        if (onExists == OnExists.FAIL && Files.isRegularFile(standing.output())) {
            throw standing.kind() == Standing.Kind.CHANGED
                    ? PendingFile.changed(standing.output())
                    : PendingFile.exists(standing.output());
        }
        return onExists;
    }

    /**
     * A written file that does not have its name yet.
     *
     * @param delivered what it is; nothing where nothing here could look into it
     */
    private record Made(Plan plan, Optional<Delivered> delivered) {
        Made with(UnaryOperator<Produced> counted) {
            if (plan.route() == Route.CLOUD) return this; // the service's own reading is counted there
            return new Made(plan, delivered.map(found -> new Delivered(counted.apply(found.source()), found.file())));
        }

        boolean damaged() {
            return delivered
                    .filter(found ->
                            found.source().damage().any() || found.file().sourceDamaged())
                    .isPresent();
        }

        boolean silentSource() {
            return delivered.filter(found -> found.file().sourceSilent()).isPresent();
        }
    }

    /** Who carries out the plans of one request: an engine here, or the service and then an engine here. */
    private interface Maker extends AutoCloseable {
        /** Nobody. */
        Maker NONE = (plan, file) -> {
            throw new IllegalStateException("a dry run makes nothing");
        };

        Made make(Plan plan, PendingFile file) throws ExtractionException;

        @Override
        default void close() {}
    }

    private Maker maker(ExtractionRequest request, List<Planned> planned, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        List<Plan> plans = planned.stream().map(Planned::plan).toList();
        if (plans.stream().noneMatch(plan -> plan.route() == Route.CLOUD)) {
            Levels levels = new Levels();
            return (plan, file) -> make(request, plan, levels, file.path(), progress, cancellation);
        }
        CloudLine cloud = CloudLine.open(request, engines.orNone(request.engine()), sources, consent, plans);
        return new Maker() {
            @Override
            public Made make(Plan plan, PendingFile file) throws ExtractionException {
                return new Made(plan, cloud.run(plan, file, progress, cancellation));
            }

            @Override
            public void close() {
                cloud.close();
            }
        };
    }

    /**
     * Carries out the plan. A copy that we chose and that does not work out is made again by re-encoding; a track that we
     * chose and that is silent throughout makes room for the next best, if that has sound.
     */
    private Made make(
            ExtractionRequest request,
            Plan plan,
            Levels levels,
            Path file,
            Progress progress,
            Cancellation cancellation)
            throws ExtractionException {
        Means means = engines.choose(request.engine());
        Made made;
        try {
            Optional<Level> level = levels.of(plan, means.engine(), progress, cancellation);
            Progress rest = level.isPresent() ? progress.half(true) : progress;
            Produced produced = means.engine().run(plan, level, file, rest, cancellation);
            Verifier verifier = new Verifier(means.prober());
            Verification found = verifier.verify(plan, produced, file, request.verify(), cancellation);
            made = new Made(plan, Optional.of(new Delivered(produced, found)));
        } catch (ExtractionException failed) {
            boolean fault = failed.kind() == ErrorKind.VERIFICATION || failed.kind() == ErrorKind.DOES_NOT_FIT;
            Optional<Plan> other = Planner.insteadOfCopy(plan, request, means.capabilities());
            if (!fault || other.isEmpty()) throw failed;
            return make(request, other.get(), levels, file, progress, cancellation);
        }
        if (!made.silentSource()) return made;
        Optional<Plan> other = Planner.insteadOfSilence(plan, request, means.capabilities());
        // Of a stretch that is silent the track as a whole may not be
        boolean better = other.isPresent()
                && !means.prober()
                        .glance(request.source(), plan.pick().track(), cancellation)
                        .heardSound()
                && means.prober()
                        .glance(request.source(), other.get().pick().track(), cancellation)
                        .heardSound();
        return better ? make(request, other.get(), levels, file, progress, cancellation) : made;
    }

    private static void refuseInput(MediaSource source, Path output) throws ExtractionException {
        if (!(source instanceof MediaSource.LocalFile local)) return;
        Path input = local.path();
        boolean same;
        try {
            same = Files.exists(output) && Files.isSameFile(input, output);
        } catch (IOException unreadable) {
            same = false;
        }
        if (same) {
            throw new ExtractionException(
                    ErrorKind.OUTPUT_IS_INPUT,
                    Text.of("error.output-is-input", output.toString()),
                    Text.of("next.output-is-input"));
        }
    }

    private static List<Text> warnings(Made made) {
        Set<Text> warnings = new LinkedHashSet<>(made.plan().warnings());
        made.delivered().ifPresent(found -> {
            warnings.addAll(found.source().warnings());
            Damage damage = found.source().damage();
            if (damage.any()) warnings.add(damage.asWarning());
            warnings.addAll(Loss.told(damage.lost()));
            warnings.addAll(found.file().warnings());
        });
        return new ArrayList<>(warnings);
    }

    private static ExtractionException strict(Text warning) {
        return new ExtractionException(
                ErrorKind.VERIFICATION, Text.of("error.strict", warning), Text.of("next.strict"));
    }

    private static Duration since(long startedNanos) {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
