package dev.soundlift.cli;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.nemo.Session;
import dev.soundlift.report.JsonLine;
import dev.soundlift.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the cloud commands have in common: a client, an interrupt, and one way to tell a failure. */
abstract class CloudAction implements Callable<Integer> {
    final Console console;
    private final String name;

    @Option(names = "--session", paramLabel = "ID", descriptionKey = "cloud-session", order = 1)
    @Nullable
    String session;

    @Mixin
    final GlobalOptions global = new GlobalOptions();

    CloudAction(Console console, String name) {
        this.console = console;
        this.name = name;
    }

    abstract void run(CloudDesk desk) throws ExtractionException;

    @Override
    public final Integer call() {
        try {
            return checked();
        } catch (UsageErrors.BadValue bad) {
            console.error("", bad.text(), Text.of("next.usage", "soundlift cloud " + name));
            return ExitCode.USAGE;
        }
    }

    private int checked() {
        if (session != null && !Session.isId(session)) {
            throw ConvertOptions.bad("--session", session, "5529798706024415232 …");
        }
        Cancellation cancellation = new Cancellation();
        Interrupt interrupt = Interrupt.cancels(cancellation);
        // Nothing of the service is loaded before this line: a local conversion knows the command by its name only
        try (CloudDesk desk = CloudDesk.open(this, cancellation)) {
            run(desk);
            return ExitCode.OK;
        } catch (ExtractionException failed) {
            return failed(failed);
        } finally {
            interrupt.end();
        }
    }

    private int failed(ExtractionException failed) {
        if (global.json) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("status", "failed");
            values.put("errorKind", failed.kind().label());
            values.put("message", failed.whatHappened().in(console.locale()));
            values.put("nextStep", failed.nextStep().in(console.locale()));
            json(values);
        } else {
            console.error("", failed.whatHappened(), failed.nextStep());
        }
        return failed.kind().exitCode();
    }

    /** A result: one object for programs, or lines for people. */
    void result(Map<String, ?> values, Text... lines) {
        if (global.json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("status", "ok");
            all.putAll(values);
            json(all);
            return;
        }
        for (Text line : lines) console.result(Console.clean(console.words(line)));
    }

    private void json(Map<String, ?> values) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("schema", "soundlift.cloud/1");
        all.put("command", name);
        all.putAll(values);
        console.result(JsonLine.write(all));
    }

    /** Something beside the result. */
    void note(Text words) {
        if (!global.quiet) console.say(words);
    }

    String language() {
        return console.locale().getLanguage().equals("zh") ? "zh-CN" : "en";
    }

    static ExtractionException noSession() {
        return new ExtractionException(
                ErrorKind.CLOUD_SESSION, Text.of("error.cloud-no-session"), Text.of("next.cloud-say-first"));
    }
}
