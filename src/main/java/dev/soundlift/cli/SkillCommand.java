package dev.soundlift.cli;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.report.JsonLine;
import dev.soundlift.skill.Skill;
import dev.soundlift.text.Text;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code soundlift skill install [--to DIR]}. */
@Command(name = "skill", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
final class SkillCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "install", descriptionKey = "skill-action")
    private String action = "";

    @Option(names = "--to", paramLabel = "DIR", descriptionKey = "skill-to", order = 1)
    private @Nullable Path to;

    @Option(names = "--overwrite", descriptionKey = "skill-overwrite", order = 2)
    private boolean overwrite;

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    SkillCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws ExtractionException {
        if (!action.equals("install")) {
            console.error("", Text.of("error.bad-value", "skill", action), Text.of("next.usage", "soundlift skill"));
            return ExitCode.USAGE;
        }
        if (to != null && to.toString().isBlank()) {
            console.error("", Text.of("error.bad-value", "--to", ""), Text.of("next.skill-no-place"));
            return ExitCode.USAGE;
        }
        List<Path> places = to == null ? Skill.places(Path.of(System.getProperty("user.home", "."))) : List.of(to);
        if (places.isEmpty()) {
            console.error("", Text.of("skill.no-place"), Text.of("next.skill-no-place"));
            return ExitCode.USAGE;
        }
        for (Path place : places) {
            for (Skill skill : Skill.values()) {
                Skill.Outcome outcome = skill.install(place, program(), overwrite);
                if (global.json) {
                    String done = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
                    console.result(JsonLine.write(
                            Map.of("schema", "soundlift.skill/1", "output", skill.fileIn(place), "status", done)));
                    continue;
                }
                console.result(Console.clean(skill.fileIn(place).toString()));
                if (!global.quiet) console.say("  " + console.words(said(outcome)));
            }
        }
        return ExitCode.OK;
    }

    /** The launcher beside the jar that runs; the bare name where there is none. */
    private static String program() {
        String name = File.separatorChar == '\\' ? "soundlift.cmd" : "soundlift";
        Path launcher = Installation.jar().resolve("../../bin").resolve(name).normalize();
        return Files.isExecutable(launcher) ? launcher.toString() : name;
    }

    private static Text said(Skill.Outcome outcome) {
        return switch (outcome) {
            case WRITTEN -> Text.of("skill.written");
            case ALREADY_THERE -> Text.of("skill.already-there");
            case REPLACED -> Text.of("skill.replaced");
        };
    }
}
