package dev.soundlift.cli;

import dev.soundlift.report.Json;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code soundlift convert INPUT...}. */
@Command(name = "convert", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
final class ConvertCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final ConvertOptions options = new ConvertOptions();

    @Mixin
    private final ManifestOptions listed = new ManifestOptions();

    @Mixin
    private final AccessOptions elsewhere = new AccessOptions();

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    /** Where a sentence was read as this call. */
    private Optional<Json.Understanding> sentence = Optional.empty();

    ConvertCommand(Console console) {
        this.console = console;
    }

    /** What of a sentence the next call stands for; its lines say so. */
    void sayOf(Json.Understanding words) {
        sentence = Optional.of(words);
    }

    @Override
    public Integer call() {
        return new Conversion(console, options, listed, elsewhere, global, sentence).run();
    }
}
