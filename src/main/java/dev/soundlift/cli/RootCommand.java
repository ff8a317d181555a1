package dev.soundlift.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code soundlift INPUT...}: the same as {@code soundlift convert INPUT...}. */
@Command(
        name = "soundlift",
        versionProvider = Version.class,
        resourceBundle = "dev.soundlift.cli.help",
        sortOptions = false,
        subcommandsRepeatable = false)
final class RootCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ConvertOptions options = new ConvertOptions();

    @Mixin
    private final ManifestOptions listed = new ManifestOptions();

    @Mixin
    private final AccessOptions elsewhere = new AccessOptions();

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    @Option(names = "--version", versionHelp = true, descriptionKey = "version", order = 96)
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    RootCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Conversion(console, options, listed, elsewhere, global, Optional.empty()).run();
    }
}
