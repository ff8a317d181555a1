package dev.soundlift.cli;

import dev.soundlift.Soundlift;
import dev.soundlift.batch.Inputs;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Json;
import dev.soundlift.text.Text;
import dev.soundlift.verify.Check;
import dev.soundlift.verify.CheckWords;
import dev.soundlift.verify.FileCheck;
import dev.soundlift.verify.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code soundlift check FILE...}: the verification step alone. */
@Command(name = "check", resourceBundle = "dev.soundlift.cli.help", sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FILE", arity = "1..*", descriptionKey = "check-file")
    private List<String> files = List.of();

    @Option(names = "--source", paramLabel = "INPUT", descriptionKey = "check-source", order = 1)
    private @Nullable String source;

    @Option(names = "--strict", descriptionKey = "strict", order = 2)
    private boolean strict;

    @Mixin
    private final GlobalOptions global = new GlobalOptions();

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws ExtractionException {
        if (files.contains("-") || "-".equals(source)) {
            console.error("", Text.of("error.check-pipe"), Text.of("next.check-pipe"));
            return ExitCode.USAGE;
        }
        if (source != null && files.size() > 1) {
            console.error("", Text.of("error.check-source"), Text.of("next.check-source"));
            return ExitCode.USAGE;
        }
        // Before the first is checked: a name that cannot be is told before anything else
        List<MediaSource> named = new ArrayList<>();
        for (String file : files) named.add(file(file));
        if (files.size() == 1) return check(files.get(0), named.get(0));
        int worst = ExitCode.OK;
        for (int i = 0; i < files.size(); i++) {
            if (!global.json) console.result(Console.clean(files.get(i)));
            int code = check(files.get(i), named.get(i));
            if (code == ErrorKind.INTERRUPTED.exitCode()) return code;
            if (code != ExitCode.OK) worst = ExitCode.SOME_FAILED;
        }
        return worst;
    }

    private int check(String file, MediaSource checked) throws ExtractionException {
        Optional<MediaSource> original = source == null ? Optional.empty() : Optional.of(file(source));
        FileCheck.Result result;
        try {
            result = new FileCheck(Soundlift.local().prober())
                    .check(
                            checked,
                            original,
                            console.guest().map(Guest::cancellation).orElseGet(Cancellation::new));
        } catch (ExtractionException failed) {
            ExtractionReport report =
                    ExtractionReport.failed(checked, Optional.empty(), Optional.empty(), Duration.ZERO, failed);
            if (global.json) console.result(Json.report(report, console.locale()));
            else console.error(file, failed.whatHappened(), failed.nextStep());
            return failed.kind().exitCode();
        }
        if (global.json) {
            console.result(Json.check(checked, result, console.locale()));
        } else {
            for (Check check : result.checks()) {
                String mark = check.verdict() == Verdict.PASS ? "✓" : check.verdict() == Verdict.WARN ? "!" : "✗";
                String expected = check.expected().isEmpty()
                        ? ""
                        : "  (" + console.words(CheckWords.value(check.expected())) + ")";
                console.result(Console.clean(mark + " " + console.words(CheckWords.name(check)) + ": "
                        + console.words(CheckWords.value(check.actual())) + expected));
            }
            if (!global.quiet) result.warnings().forEach(warning -> console.say(Text.of("report.warning", warning)));
        }
        boolean failed = result.has(Verdict.FAIL) || (strict && result.has(Verdict.WARN));
        if (failed && !global.json) {
            if (isOfOtherLength(result))
                console.error(file, Text.of("error.check-length"), Text.of("next.check-length"));
            else console.error(file, Text.of("error.check-failed"), Text.of("next.check-failed"));
        }
        return failed ? ErrorKind.VERIFICATION.exitCode() : ExitCode.OK;
    }

    /** Nothing else is wrong: it may well be a part of the source, as somebody wished it. */
    private boolean isOfOtherLength(FileCheck.Result result) {
        return source != null
                && result.checks().stream()
                        .allMatch(check ->
                                check.verdict() == (check.name().equals("duration") ? Verdict.FAIL : Verdict.PASS));
    }

    private MediaSource file(String typed) throws ExtractionException {
        Path path = Inputs.one(typed);
        if (console.guest().isPresent()) console.guest().get().fence().requireReadable(path);
        return new MediaSource.LocalFile(path);
    }
}
