package dev.soundlift.cli;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.OnExists;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code soundlift cloud …}: the NemoVideo service, each thing by itself. */
@Command(name = "cloud", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
final class CloudCommand implements Runnable {
    @picocli.CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandLine.Model.CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private final GlobalOptions global = new GlobalOptions();

    static CommandLine with(Console console) {
        return new CommandLine(new CloudCommand())
                .addSubcommand("status", new Status(console))
                .addSubcommand("credits", new CreditsLeft(console))
                .addSubcommand("upload", new Upload(console))
                .addSubcommand("say", new Say(console))
                .addSubcommand("tracks", new Tracks(console))
                .addSubcommand("export", new Fetch(console));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "status, credits, upload, say, tracks, export");
    }

    @Command(name = "status", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
    static final class Status extends CloudAction {
        Status(Console console) {
            super(console, "status");
        }

        @Override
        void run(CloudDesk desk) throws ExtractionException {
            desk.status();
        }
    }

    @Command(name = "credits", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
    static final class CreditsLeft extends CloudAction {
        CreditsLeft(Console console) {
            super(console, "credits");
        }

        @Override
        void run(CloudDesk desk) throws ExtractionException {
            desk.credits();
        }
    }

    @Command(name = "upload", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
    static final class Upload extends CloudAction {
        @Parameters(paramLabel = "FILE", arity = "1", descriptionKey = "cloud-file")
        private String file = "";

        Upload(Console console) {
            super(console, "upload");
        }

        @Override
        void run(CloudDesk desk) throws ExtractionException {
            desk.upload(file);
        }
    }

    @Command(name = "say", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
    static final class Say extends CloudAction {
        @Parameters(paramLabel = "TEXT", arity = "1..*", descriptionKey = "cloud-text")
        private List<String> words = List.of();

        Say(Console console) {
            super(console, "say");
        }

        @Override
        void run(CloudDesk desk) throws ExtractionException {
            desk.say(String.join(" ", words));
        }
    }

    @Command(name = "tracks", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
    static final class Tracks extends CloudAction {
        Tracks(Console console) {
            super(console, "tracks");
        }

        @Override
        void run(CloudDesk desk) throws ExtractionException {
            desk.tracks();
        }
    }

    @Command(name = "export", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
    static final class Fetch extends CloudAction {
        @Option(names = "--render", paramLabel = "ID", descriptionKey = "cloud-render", order = 2)
        private @Nullable String render;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                descriptionKey = "cloud-output",
                order = 3)
        private @Nullable Path output;

        @Option(names = "--on-exists", paramLabel = "WHAT", descriptionKey = "on-exists", order = 4)
        private @Nullable String onExists;

        @Option(names = "--show-claim-token", descriptionKey = "cloud-show-claim-token", order = 5)
        private boolean showClaimToken;

        Fetch(Console console) {
            super(console, "export");
        }

        @Override
        void run(CloudDesk desk) throws ExtractionException {
            OnExists wish = ConvertOptions.one(OnExists.class, "--on-exists", onExists, OnExists.FAIL);
            desk.export(Optional.ofNullable(render), Optional.ofNullable(output), wish, showClaimToken);
        }
    }
}
