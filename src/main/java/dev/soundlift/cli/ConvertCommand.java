package dev.soundlift.cli;

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
    private final GlobalOptions global = new GlobalOptions();

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Conversion(console, options, global).run();
    }
}
