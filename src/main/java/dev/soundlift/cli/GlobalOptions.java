package dev.soundlift.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
final class GlobalOptions {
    @Option(names = "--json", descriptionKey = "json", order = 90)
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            descriptionKey = "quiet",
            order = 91)
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            descriptionKey = "verbose",
            order = 92)
    boolean[] verbose = {};

    @Option(names = "--no-color", descriptionKey = "no-color", order = 93)
    boolean noColor;

    @Option(names = "--lang", paramLabel = "en|zh", descriptionKey = "lang", order = 94, converter = Language.class)
    String language = "";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            descriptionKey = "help",
            order = 95)
    boolean help;
}
