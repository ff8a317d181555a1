package dev.soundlift.engine.cloud;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.nemo.AcceptedFiles;
import dev.soundlift.nemo.Answer;
import dev.soundlift.nemo.Asset;
import dev.soundlift.nemo.CloudProgress;
import dev.soundlift.nemo.CloudSettings;
import dev.soundlift.nemo.ContentKind;
import dev.soundlift.nemo.Conversation;
import dev.soundlift.nemo.Credits;
import dev.soundlift.nemo.Download;
import dev.soundlift.nemo.Export;
import dev.soundlift.nemo.NemoClient;
import dev.soundlift.nemo.Session;
import dev.soundlift.nemo.Timeline;
import dev.soundlift.output.TemporaryFolder;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One request's jobs on the NemoVideo service: upload, ask, fetch what came of it (PROTOCOL.md, section 11). What was
 * fetched lies in a folder of its own until this is closed.
 */
public final class CloudFetcher implements AutoCloseable {
    private final CloudSettings settings;
    private final TemporaryFolder temporary;
    private final Path folder;

    public CloudFetcher(CloudSettings settings) throws ExtractionException {
        this.settings = settings;
        try {
            this.temporary = TemporaryFolder.open();
            this.folder = temporary.path();
        } catch (IOException full) {
            throw notWritable(full);
        }
    }

    /**
     * What came back.
     *
     * @param bytesSent of the source
     */
    public record Fetched(Path file, ContentKind kind, long bytesSent) {}

    /** What goes where, how large it is, and what it may cost. */
    public static Text notice(CloudSettings settings, MediaSource what) throws ExtractionException {
        String price = Long.toString(Credits.USUAL_PRICE);
        if (what instanceof MediaSource.RemoteUrl address) {
            return Text.of("reason.cloud-notice-address", address.displayName(), settings.host(), price);
        }
        String megabytes = String.format(Locale.ROOT, "%.1f", size(what) / 1e6);
        return Text.of("reason.cloud-notice", name(what), megabytes, settings.host(), price);
    }

    /** Whether the service takes it as it is. */
    public static boolean accepts(MediaSource what) throws ExtractionException {
        return what instanceof MediaSource.RemoteUrl || AcceptedFiles.accepts(name(what));
    }

    /** A type that the service does not take. */
    public static ExtractionException refused(Text nextStep) {
        return new ExtractionException(ErrorKind.CLOUD_FILE_TYPE, Text.of("error.cloud-file-type"), nextStep);
    }

    /** Under which name the service knows it. */
    public static String name(MediaSource what) throws ExtractionException {
        if (what instanceof MediaSource.RemoteUrl address) {
            String path = address.uri().getPath() == null ? "" : address.uri().getPath();
            return path.substring(path.lastIndexOf('/') + 1);
        }
        if (what instanceof MediaSource.Handed handed) return handed.name();
        return String.valueOf(file(what).getFileName());
    }

    private static Path file(MediaSource source) throws ExtractionException {
        if (source instanceof MediaSource.LocalFile local) return local.path();
        throw new ExtractionException(
                ErrorKind.USAGE, Text.of("error.cloud-files-only"), Text.of("next.cloud-files-only"));
    }

    private static long size(MediaSource what) throws ExtractionException {
        if (what instanceof MediaSource.Handed handed) return handed.bytes();
        try {
            return Files.size(file(what));
        } catch (IOException gone) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.input-missing"), Text.of("next.input-missing"), gone);
        }
    }

    /** A place for something that is to be sent under this name. */
    public Path place(String name) throws ExtractionException {
        try {
            return Files.createDirectory(folder.resolve("sent" + System.nanoTime()))
                    .resolve(name);
        } catch (IOException full) {
            throw notWritable(full);
        }
    }

    /**
     * Does one job.
     *
     * @param message that says what to do
     */
    public Fetched fetch(MediaSource what, String message, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        long bytes = what instanceof MediaSource.RemoteUrl ? 0 : size(what);
        try (NemoClient client = new NemoClient(settings, cancellation, new Listener(progress))) {
            client.creditsForAMessage();
            if (bytes > AcceptedFiles.WORTH_A_WARNING_BYTES) progress.says(Text.of("cloud.large"));
            Worked worked = worked(client, what, message, progress);
            Session session = worked.session();
            Answer answer = worked.answer().requireChange();
            List<Timeline.Track> extra = answer.after().timeline().extraAudio();
            Optional<Asset> sound = answer.after().newAudio(answer.before());
            if (sound.isEmpty() && !extra.isEmpty()) throw extra(session, extra);
            Path file = Files.createTempFile(folder, "fetched", ".media");
            Download.Fetched fetched;
            if (sound.isPresent()) {
                progress.says(Text.of("cloud.downloading"));
                fetched = asset(client, session, sound.get(), file);
            } else {
                progress.says(Text.of("cloud.rendering"));
                fetched = new Export(client).export(session, file);
            }
            return new Fetched(fetched.file(), fetched.kind(), bytes);
        } catch (IOException full) {
            throw notWritable(full);
        }
    }

    private static Download.Fetched asset(NemoClient client, Session session, Asset sound, Path file)
            throws ExtractionException {
        try {
            return Download.asset(client, sound, file);
        } catch (ExtractionException failed) {
            boolean paidFor = failed.kind() == ErrorKind.INTERRUPTED || failed.kind() == ErrorKind.CLOUD_NO_ANSWER;
            if (!paidFor) throw failed;
            throw new ExtractionException(
                    failed.kind(), failed.whatHappened(), Text.of("next.cloud-look", session.id()), failed);
        }
    }

    private record Worked(Session session, Answer answer) {}

    /** A session may end at any time; as long as no message has been taken on, a new one costs nothing. */
    private Worked worked(NemoClient client, MediaSource what, String message, Progress progress)
            throws ExtractionException {
        for (int attempt = 1; ; attempt++) {
            Session session = client.newSession("en");
            Conversation conversation = new Conversation(client);
            try {
                progress.says(Text.of("cloud.uploading", name(what), settings.host()));
                if (what instanceof MediaSource.RemoteUrl address) client.upload(session, address.uri());
                else client.upload(session, file(what));
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

    /** For a disk that is full, or a folder that is gone. */
    public static ExtractionException notWritable(IOException disk) {
        return new ExtractionException(
                ErrorKind.NOT_WRITABLE,
                Text.of("error.write", String.valueOf(disk.getMessage())),
                Text.of("next.write"),
                disk);
    }

    /** Tells the engine's listener what the client tells its own. */
    private record Listener(Progress progress) implements CloudProgress {
        @Override
        public void advanced(Stage stage, double share) {
            progress.stage(stage.text(share));
        }

        @Override
        public void says(Text words) {
            progress.says(words);
        }
    }

    @Override
    public void close() {
        temporary.close();
    }
}
