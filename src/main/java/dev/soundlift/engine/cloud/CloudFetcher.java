package dev.soundlift.engine.cloud;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Prober;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.nemo.AcceptedFiles;
import dev.soundlift.nemo.Answer;
import dev.soundlift.nemo.Asset;
import dev.soundlift.nemo.CloudProgress;
import dev.soundlift.nemo.CloudSettings;
import dev.soundlift.nemo.Conversation;
import dev.soundlift.nemo.Credits;
import dev.soundlift.nemo.Download;
import dev.soundlift.nemo.Export;
import dev.soundlift.nemo.NemoClient;
import dev.soundlift.nemo.Session;
import dev.soundlift.nemo.Timeline;
import dev.soundlift.plan.CloudPlans;
import dev.soundlift.plan.Plan;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One request's jobs on the NemoVideo service: upload, ask, fetch what came of it (PROTOCOL.md, section 11). What was
 * fetched lies in a folder of its own until this is closed. A track is asked for once, however many pieces it becomes.
 */
public final class CloudFetcher implements AutoCloseable {
    private final CloudSettings settings;
    private final Prober prober;
    private final Path folder;
    private final Map<String, Fetched> whole = new HashMap<>();

    public CloudFetcher(CloudSettings settings, Prober prober) throws ExtractionException {
        this.settings = settings;
        this.prober = prober;
        try {
            this.folder = Files.createTempDirectory("soundlift-cloud");
        } catch (IOException full) {
            throw notWritable(full);
        }
    }

    /**
     * What came back.
     *
     * @param bytesSent of the source
     */
    public record Fetched(MediaInfo media, long bytesSent) {}

    /** What the plan says of the upload: what goes where, how large it is, and what it may cost. */
    public static Text notice(CloudSettings settings, MediaSource source) throws ExtractionException {
        Path file = file(source);
        return Text.of(
                "reason.cloud-notice",
                String.valueOf(file.getFileName()),
                String.format(java.util.Locale.ROOT, "%.1f", size(file) / 1e6),
                settings.host(),
                Long.toString(Credits.USUAL_PRICE));
    }

    /** Refuses what the service does not take, before anything is sent. */
    public static void check(MediaSource source) throws ExtractionException {
        if (AcceptedFiles.accepts(String.valueOf(file(source).getFileName()))) return;
        throw new ExtractionException(
                ErrorKind.CLOUD_FILE_TYPE,
                Text.of("error.cloud-file-type"),
                Text.of("next.cloud-file-type", AcceptedFiles.list()));
    }

    private static Path file(MediaSource source) throws ExtractionException {
        if (source instanceof MediaSource.LocalFile local) return local.path();
        throw new ExtractionException(
                ErrorKind.USAGE, Text.of("error.cloud-files-only"), Text.of("next.cloud-files-only"));
    }

    private static long size(Path file) throws ExtractionException {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.input-missing"), Text.of("next.input-missing"), gone);
        }
    }

    /**
     * Gets the plan's sound.
     *
     * @param wholeTrack whether other pieces of the same track are wanted too: then it is fetched whole, and once
     */
    public Fetched fetch(Plan plan, boolean wholeTrack, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        String key =
                plan.media().source().displayName() + " " + plan.pick().track().number();
        Fetched known = whole.get(key);
        if (known != null) return known;
        Fetched fetched = job(plan, wholeTrack, progress, cancellation);
        if (wholeTrack) whole.put(key, fetched);
        return fetched;
    }

    private Fetched job(Plan plan, boolean wholeTrack, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        Path source = file(plan.media().source());
        check(plan.media().source());
        long bytes = size(source);
        String name = String.valueOf(source.getFileName());
        try (NemoClient client = new NemoClient(settings, cancellation, new Listener(progress))) {
            client.creditsForAMessage();
            if (bytes > AcceptedFiles.WORTH_A_WARNING_BYTES) progress.says(Text.of("cloud.large"));
            Worked worked = worked(client, source, CloudPlans.message(plan, name, wholeTrack), progress);
            Session session = worked.session();
            Answer answer = worked.answer().requireChange();
            List<Timeline.Track> extra = answer.after().timeline().extraAudio();
            Optional<Asset> sound = answer.after().newAudio(answer.before());
            if (sound.isEmpty() && !extra.isEmpty()) throw extra(session, extra);
            Path file = file("fetched");
            if (sound.isPresent()) {
                progress.says(Text.of("cloud.downloading"));
                Download.asset(client, sound.get(), file);
            } else {
                progress.says(Text.of("cloud.rendering"));
                new Export(client).export(session, file);
            }
            return new Fetched(prober.probe(new MediaSource.LocalFile(file)), bytes);
        }
    }

    private record Worked(Session session, Answer answer) {}

    /** A session may end at any time; as long as no message has been taken on, a new one costs nothing. */
    private Worked worked(NemoClient client, Path source, String message, Progress progress)
            throws ExtractionException {
        for (int attempt = 1; ; attempt++) {
            Session session = client.newSession("en");
            Conversation conversation = new Conversation(client);
            try {
                progress.says(Text.of("cloud.uploading", String.valueOf(source.getFileName()), settings.host()));
                client.upload(session, source);
                progress.says(Text.of("cloud.claim", client.claimLink(session).address()));
                progress.says(Text.of("cloud.working"));
                return new Worked(session, conversation.say(session, message));
            } catch (ExtractionException failed) {
                boolean gone = failed.kind() == ErrorKind.CLOUD_SESSION && !conversation.mayHaveBegun();
                if (!gone || attempt == 2) throw failed;
            }
        }
    }

    private static ExtractionException extra(Session session, List<Timeline.Track> extra) {
        String names =
                String.join(", ", extra.stream().map(Timeline.Track::name).toList());
        return new ExtractionException(
                ErrorKind.VERIFICATION,
                Text.of("error.cloud-extra-sound", names),
                Text.of("next.cloud-extra-sound", session.id()));
    }

    private Path file(String name) throws ExtractionException {
        try {
            return Files.createTempFile(folder, name, ".media");
        } catch (IOException full) {
            throw notWritable(full);
        }
    }

    private static ExtractionException notWritable(IOException disk) {
        return new ExtractionException(
                ErrorKind.NOT_WRITABLE,
                Text.of("error.write", String.valueOf(disk.getMessage())),
                Text.of("next.write"),
                disk);
    }

    /** Tells the engine's listener what the client tells its own. */
    private record Listener(Progress progress) implements CloudProgress {
        @Override
        public void advanced(Stage stage, double share) {}

        @Override
        public void says(Text words) {
            progress.says(words);
        }
    }

    @Override
    public void close() throws ExtractionException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
            Files.delete(folder);
        } catch (IOException left) {
            throw notWritable(left);
        }
    }
}
