package dev.soundlift;

import dev.soundlift.Engines.Means;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Progress;
import dev.soundlift.engine.Sources;
import dev.soundlift.engine.cloud.CloudFetcher;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Container;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.nemo.AcceptedFiles;
import dev.soundlift.nemo.CloudSettings;
import dev.soundlift.output.OutputName;
import dev.soundlift.output.PendingFile;
import dev.soundlift.plan.CloudChoice;
import dev.soundlift.plan.CloudPlans;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Planner;
import dev.soundlift.report.ExtractionReport.Delivered;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import dev.soundlift.verify.Verification;
import dev.soundlift.verify.Verifier;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The line of {@link Soundlift} with the service in its middle: fetch → cut here → verify. Loaded only where the cloud is
 * chosen. Where there is no FFmpeg, what comes back is delivered as it came.
 */
final class CloudLine implements AutoCloseable {
    /** What the service makes, when nothing here can take the sound out of it. */
    private static final String AS_IT_COMES = ".nemovideo.mp4";

    private final ExtractionRequest request;
    private final Optional<Means> here;
    private final Sources sources;
    private final Consent consent;
    private final CloudSettings settings = CloudSettings.fromEnvironment();
    private final CloudFetcher fetcher = new CloudFetcher(settings);
    private final List<Plan> plans;
    /** What has come back for a track of which several pieces are wanted: it is asked for once. */
    private final Map<Integer, Came> tracks = new HashMap<>();

    private CloudLine(
            ExtractionRequest request, Optional<Means> here, Sources sources, Consent consent, List<Plan> plans)
            throws ExtractionException {
        this.request = request;
        this.sources = sources;
        this.here = here;
        this.consent = consent;
        this.plans = plans;
    }

    /**
     * One plan for each output.
     *
     * @param media nothing where it cannot be looked into from here
     */
    static List<Plan> plan(
            ExtractionRequest request,
            Optional<MediaInfo> media,
            boolean engineHere,
            CloudChoice.Why why,
            Consent consent)
            throws ExtractionException {
        CloudSettings settings = CloudSettings.fromEnvironment();
        MediaSource source = request.source();
        List<Text> reasons = new ArrayList<>(List.of(why.text(), CloudFetcher.notice(settings, source)));
        List<Text> remarks = new ArrayList<>();
        if (!reaches(source)) {
            throw new ExtractionException(
                    ErrorKind.USAGE,
                    Text.of("error.cloud-unreachable", source.displayName()),
                    Text.of("next.cloud-local"));
        }
        if (!CloudFetcher.accepts(source)) {
            Text accepted = Text.of("next.cloud-file-type", AcceptedFiles.list());
            if (!engineHere) throw CloudFetcher.refused(accepted);
            if (!consent.toRepackage()) throw CloudFetcher.refused(Text.of("next.cloud-repackage", accepted));
            reasons.add(Text.of("reason.cloud-repackaged"));
        }
        if (!engineHere) {
            if (request.strict()) {
                throw new ExtractionException(
                        ErrorKind.NO_ENGINE, Text.of("error.cloud-unchecked"), Text.of("next.cloud-unchecked"));
            }
            remarks.add(Text.of("warning.cloud-as-it-comes"));
        }
        List<Plan> plans = CloudPlans.plan(
                request, media.isPresent() ? media.get() : CloudPlans.unseen(request), reasons, remarks);
        long distinct = plans.stream()
                .map(plan -> plan.pick().track().number())
                .distinct()
                .count();
        if (!engineHere && distinct < plans.size()) {
            throw new ExtractionException(
                    ErrorKind.NO_ENGINE, Text.of("error.cloud-no-pieces"), Text.of("next.no-engine"));
        }
        return plans;
    }

    /** Whether the service could fetch it itself, where it is an address: what lies in the user's own network it cannot. */
    static boolean reaches(MediaSource source) throws ExtractionException {
        return !(source instanceof MediaSource.RemoteUrl address)
                || CloudSettings.fromEnvironment().reachable(address.uri());
    }

    /** The name of what will be delivered where nothing here can take the sound out. */
    static Path asItComes(Path output) {
        String name = String.valueOf(output.getFileName());
        int dot = name.lastIndexOf('.');
        return output.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + AS_IT_COMES);
    }

    static CloudLine open(
            ExtractionRequest request, Optional<Means> here, Sources sources, Consent consent, List<Plan> plans)
            throws ExtractionException {
        return new CloudLine(request, here, sources, consent, plans);
    }

    /**
     * What came for a track, and what is in it.
     *
     * @param media nothing where it cannot be looked into
     */
    private record Came(CloudFetcher.Fetched fetched, Optional<MediaInfo> media) {}

    /** Writes and verifies the file, as any other engine would; nothing is known of one that could only be handed on. */
    Optional<Delivered> run(Plan plan, PendingFile file, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        Came came = came(plan, progress, cancellation);
        if (here.isEmpty() || came.media().isEmpty()) {
            handOn(came.fetched(), file);
            return Optional.empty();
        }
        Means means = here.get();
        Plan rest = CloudPlans.rest(plan, request, came.media().get(), means.capabilities());
        Produced produced = means.engine().run(rest, Optional.empty(), file.path(), progress, cancellation);
        Verification verification =
                new Verifier(means.prober()).verify(rest, produced, file.path(), request.verify(), cancellation);
        boolean silent = verification.sourceSilent() || !produced.heardSound();
        if (silent && sourceSounds(plan, means, cancellation)) {
            throw new ExtractionException(
                    ErrorKind.VERIFICATION, Text.of("error.cloud-silent"), Text.of("next.cloud-local"));
        }
        return Optional.of(
                new Delivered(asOfTheSource(plan, rest, produced, came.fetched().bytesSent()), verification));
    }

    private static void handOn(CloudFetcher.Fetched fetched, PendingFile file) throws ExtractionException {
        try {
            Files.move(fetched.file(), file.path(), StandardCopyOption.REPLACE_EXISTING);
            if (!AS_IT_COMES.endsWith("." + fetched.kind().extension()))
                file.ending("." + fetched.kind().extension());
        } catch (IOException disk) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.write", String.valueOf(disk.getMessage())),
                    Text.of("next.write"),
                    disk);
        }
    }

    private Came came(Plan plan, Progress progress, Cancellation cancellation) throws ExtractionException {
        int track = plan.pick().track().number();
        Came known = tracks.get(track);
        if (known != null) return known;
        boolean several = plans.stream()
                        .filter(other -> other.pick().track().number() == track)
                        .count()
                > 1;
        boolean asItIs = CloudFetcher.accepts(request.source());
        MediaSource what = asItIs ? request.source() : repackaged(plan, cancellation);
        if (!consent.toUpload(CloudFetcher.notice(settings, what), cancellation)) {
            throw new ExtractionException(
                    ErrorKind.INTERRUPTED, Text.of("error.cloud-declined"), Text.of("next.cloud-local"));
        }
        String message = CloudPlans.message(plan, CloudFetcher.name(what), several, !asItIs);
        CloudFetcher.Fetched fetched = fetcher.fetch(atHand(what), message, progress, cancellation);
        Optional<MediaInfo> media = here.isEmpty()
                ? Optional.empty()
                : Optional.of(here.get().prober().probe(new MediaSource.LocalFile(fetched.file())));
        Came came = new Came(fetched, media);
        if (several) tracks.put(track, came);
        return came;
    }

    /** What somebody else keeps is fetched from there, after it is agreed that it may be sent on. */
    private MediaSource atHand(MediaSource what) throws ExtractionException {
        if (!(what instanceof MediaSource.Handed handed)) return what;
        Path file = fetcher.place(OutputName.harmless(handed.name()));
        try {
            Path copy = sources.file(handed);
            try {
                Files.createLink(file, copy);
            } catch (UnsupportedOperationException | FileSystemException noLinks) {
                Files.copy(copy, file);
            }
        } catch (IOException full) {
            throw CloudFetcher.notWritable(full);
        }
        return new MediaSource.LocalFile(file);
    }

    /** The track alone, its packets untouched, in the narrowest container that the service takes. */
    private MediaSource repackaged(Plan plan, Cancellation cancellation) throws ExtractionException {
        Means means = here.orElseThrow();
        AudioTrack track = plan.media().tracks().get(plan.pick().track().number() - 1);
        Container narrow = track.codec().map(Container::of).orElse(Container.MKA);
        boolean taken = AcceptedFiles.accepts("a." + narrow.extension());
        String extension = taken ? narrow.extension() : "mkv";
        AudioFormat format = taken ? AudioFormat.ofExtension(extension).orElse(AudioFormat.MKA) : AudioFormat.MKA;
        ExtractionRequest copy = CloudPlans.piece(plan, request, format, true);
        Plan plain = Planner.plan(copy, plan.media(), means.capabilities()).get(0);
        Path file = fetcher.place(OutputName.baseName(request.source()) + "." + extension);
        try {
            Files.createFile(file);
        } catch (IOException full) {
            throw CloudFetcher.notWritable(full);
        }
        means.engine().run(plain, Optional.empty(), file, Progress.NONE, cancellation);
        return new MediaSource.LocalFile(file);
    }

    /** Silence is right only where the source is silent too; nothing is said of a source that nothing here can decode. */
    private boolean sourceSounds(Plan plan, Means means, Cancellation cancellation) throws ExtractionException {
        if (CloudPlans.isUnseen(plan)) return false;
        AudioTrack track = plan.media().tracks().get(plan.pick().track().number() - 1);
        if (!track.decodable()) return false;
        ExtractionRequest samples = CloudPlans.piece(plan, request, AudioFormat.WAV, false);
        Plan listening =
                Planner.plan(samples, plan.media(), means.capabilities()).get(0);
        Path file = fetcher.place("heard.wav");
        try {
            Files.createFile(file);
            boolean sounds = means.engine()
                    .run(listening, Optional.empty(), file, Progress.NONE, cancellation)
                    .heardSound();
            Files.delete(file);
            return sounds;
        } catch (IOException full) {
            throw CloudFetcher.notWritable(full);
        }
    }

    /** On the source's clock, whoever cut it; with what there is to be said of the work that was done here. */
    private static Produced asOfTheSource(Plan plan, Plan rest, Produced produced, long bytes) {
        boolean cutThere = rest.cut().isWhole();
        Produced.Taken taken = cutThere
                ? new Produced.Taken(
                        produced.taken().start().plus(plan.cut().start()),
                        produced.taken().end().plus(plan.cut().start()))
                : produced.taken();
        List<Text> warnings = new ArrayList<>(rest.warnings());
        warnings.addAll(produced.warnings());
        return new Produced(
                bytes,
                taken,
                produced.sampleFrames(),
                produced.packets(),
                produced.sound(),
                produced.heardSound(),
                produced.repairs(),
                warnings,
                produced.damage(),
                produced.encodedBy());
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
