package dev.soundlift.nemo;

import dev.soundlift.emulator.Emulator;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A client on this machine against an emulator on this machine, with a home of its own and minutes that are milliseconds. */
final class Trial implements AutoCloseable {
    final Emulator emulator;
    final Path home;
    final Path upload;
    final Path output;
    final List<String> said = new CopyOnWriteArrayList<>();
    final Cancellation cancellation = new Cancellation();
    /** Called with every piece of progress, by the thread that works. */
    Consumer<CloudProgress.Stage> heard = stage -> {};

    private final CloudSettings settings;

    Trial(Path folder, double scale, Duration patience, Map<String, String> more) throws IOException {
        this(folder, new Pace(scale, patience, Ticker.OF_THIS_MACHINE), more);
    }

    Trial(Path folder, Pace pace, Map<String, String> more) throws IOException {
        this.emulator = new Emulator(folder.resolve("service"));
        this.home = Files.createDirectories(folder.resolve("home"));
        this.upload = Files.writeString(folder.resolve("会议 \"a\".mp4"), "not really media".repeat(1000));
        this.output =
                Files.createFile(Files.createDirectories(folder.resolve("out")).resolve("fetched"));
        Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("NEMO_API_URL", emulator.url() + "/");
        try {
            CloudSettings read = CloudSettings.from(environment, home, folder);
            this.settings = new CloudSettings(
                    read.api(),
                    read.web(),
                    read.configured(),
                    read.clientId(),
                    read.attribution(),
                    read.clientIdFile(),
                    read.store(),
                    pace);
        } catch (ExtractionException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** Time passes only where the test or a wait of the client lets it pass. */
    static Trial by(Ticker time, Path folder) throws IOException {
        Trial trial = new Trial(folder, new Pace(1, Duration.ofSeconds(5), time), Map.of());
        trial.emulator.withoutConverting();
        return trial;
    }

    static Trial fast(Path folder) throws IOException {
        Trial trial = new Trial(folder, 0.001, Duration.ofMillis(700), Map.of());
        trial.emulator.withoutConverting();
        return trial;
    }

    NemoClient client() throws ExtractionException {
        return new NemoClient(settings, cancellation, new CloudProgress() {
            @Override
            public void advanced(Stage stage, double share) {
                heard.accept(stage);
            }

            @Override
            public void says(Text words) {
                said.add(words.toString());
            }
        });
    }

    /** Everything that a job does, in the order of the documents. */
    Download.Fetched wholeJob() throws ExtractionException {
        try (NemoClient client = client()) {
            client.credits();
            Session session = client.newSession("en");
            client.upload(session, upload);
            Answer answer = new Conversation(client).say(session, "Extract the audio as MP3 192 kbps.");
            answer.requireChange();
            client.claimLink(session);
            return new Export(client).export(session, output);
        }
    }

    @Override
    public void close() throws IOException {
        emulator.close();
    }
}
