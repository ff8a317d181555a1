package dev.soundlift.agent;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tools: each makes a command line of its arguments and waits for the job that runs it. */
final class Toolbox {
    /** How often a job is looked at that somebody waits for. */
    private static final long PULSE_MILLIS = 250;

    private static final double LONGEST_WAIT_SECONDS = 3_600;

    /** For what was cancelled to be cleared away. */
    private static final double CLEARING_SECONDS = 5;

    private final Program program;
    private final Roots roots;
    private final Jobs jobs;
    private final Locale locale;

    Toolbox(Program program, Roots roots, Jobs jobs, Locale locale) {
        this.program = program;
        this.roots = roots;
        this.jobs = jobs;
        this.locale = locale;
    }

    List<Tool> tools() {
        Map<String, Object> inputs = Schema.texts(say("agent.arg.inputs"));
        Map<String, Object> wait = Schema.flag(say("agent.arg.wait"));
        Map<String, Object> convert = new LinkedHashMap<>(Map.of("inputs", inputs));
        for (Program.Option option : program.options()) convert.put(option.property(), Schema.of(option));
        convert.put("wait", wait);
        Map<String, Object> ask = Schema.properties(
                "sentence",
                Schema.text(say("agent.arg.sentence")),
                "inputs",
                inputs,
                "dryRun",
                Schema.flag(say("agent.arg.dry-run")),
                "wait",
                wait);
        Map<String, Object> look = Schema.properties(
                "inputs", inputs,
                "recurse", Schema.flag(say("agent.arg.recurse")),
                "noListening", Schema.flag(say("agent.arg.no-listening")));
        Map<String, Object> check = Schema.properties(
                "file", Schema.text(say("agent.arg.file")),
                "source", Schema.text(say("agent.arg.source")),
                "strict", Schema.flag(say("agent.arg.strict")));
        Map<String, Object> status = Schema.properties(
                "job", Schema.text(say("agent.arg.job")),
                "waitSeconds", Schema.number(say("agent.arg.wait-seconds")),
                "cancel", Schema.flag(say("agent.arg.cancel")));
        return List.of(
                tool("tracks", look, List.of("inputs"), true, this::tracks),
                tool("extract", convert, List.of("inputs"), false, this::extract),
                tool("check", check, List.of("file"), true, this::check),
                tool("ask", ask, List.of("sentence"), false, this::ask),
                tool("job_status", status, List.of("job"), false, this::status));
    }

    private String say(String key) {
        return Text.of(key).in(locale);
    }

    /** What a tool does once its arguments are known to be its own. */
    @FunctionalInterface
    private interface Doing {
        Tool.Answer with(Words words, Tool.Asker asker) throws ExtractionException;
    }

    private Tool tool(String name, Map<String, Object> arguments, List<String> needed, boolean onlyReads, Doing doing) {
        return new Tool(
                name,
                say("agent.title." + name),
                say("agent.tool." + name),
                Schema.object(arguments, needed),
                Schema.OF_JOBS,
                onlyReads,
                (given, asker) -> {
                    try {
                        return doing.with(new Words(given, arguments.keySet()), asker);
                    } catch (ExtractionException refused) {
                        return refused(refused, locale);
                    }
                });
    }

    /** In the words of the command line. */
    static Tool.Answer refused(ExtractionException why, Locale locale) {
        String text = why.whatHappened().in(locale) + "\n" + why.nextStep().in(locale);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("state", "refused");
        facts.put("exitCode", why.kind().exitCode());
        facts.put("results", List.of());
        facts.put("messages", List.of(text));
        return new Tool.Answer(text, facts, true, List.of());
    }

    private Tool.Answer tracks(Words arguments, Tool.Asker asker) throws ExtractionException {
        List<String> words = words("tracks");
        if (arguments.flag("recurse", false)) words.add("--recurse");
        if (arguments.flag("noListening", false)) words.add("--no-listening");
        addInputs(words, arguments.texts("inputs"));
        return await(jobs.add(words, true), asker, true);
    }

    private Tool.Answer extract(Words arguments, Tool.Asker asker) throws ExtractionException {
        List<String> words = words("convert");
        for (Program.Option option : program.options()) {
            if (option.word().equals("--output")) continue;
            arguments.addTo(words, option);
        }
        arguments
                .text("output")
                .map(name -> name.startsWith("{dir}") ? name : roots.place(name)) // {dir} is the input's folder
                .ifPresent(output -> words.add("--output=" + output));
        addInputs(words, arguments.texts("inputs"));
        boolean dry = arguments.flag("dryRun", false);
        return await(jobs.add(words, dry), asker, arguments.flag("wait", true));
    }

    private Tool.Answer check(Words arguments, Tool.Asker asker) throws ExtractionException {
        List<String> words = words("check");
        arguments.text("source").map(roots::place).ifPresent(source -> words.add("--source=" + source));
        if (arguments.flag("strict", false)) words.add("--strict");
        addInputs(words, List.of(arguments.needed("file")));
        return await(jobs.add(words, true), asker, true);
    }

    private Tool.Answer ask(Words arguments, Tool.Asker asker) throws ExtractionException {
        List<String> words = words("ask");
        boolean dry = arguments.flag("dryRun", false);
        words.add(dry ? "--dry-run" : "--yes");
        words.addAll(List.of("--", arguments.needed("sentence")));
        words.addAll(places(arguments.texts("inputs")));
        return await(jobs.add(words, dry), asker, arguments.flag("wait", true));
    }

    private Tool.Answer status(Words arguments, Tool.Asker asker) throws ExtractionException {
        Job job = jobs.get(arguments.needed("job"));
        if (arguments.flag("cancel", false)) {
            job.cancel();
            follow(job, asker, CLEARING_SECONDS);
        } else {
            follow(job, asker, arguments.number("waitSeconds", 0, LONGEST_WAIT_SECONDS));
        }
        return job.answer();
    }

    private List<String> words(String command) {
        return new ArrayList<>(List.of(command, "--lang=" + locale.getLanguage(), "--json"));
    }

    private void addInputs(List<String> words, List<String> inputs) {
        words.add("--");
        words.addAll(places(inputs));
    }

    private List<String> places(List<String> names) {
        return names.stream().map(roots::place).toList();
    }

    /** Whoever does not want the answer any more does not want the work either. */
    private static Tool.Answer await(Job job, Tool.Asker asker, boolean waits) {
        if (!waits) return job.answer();
        Cancellation.Listening listening = asker.cancellation().onRequest(job::cancel);
        follow(job, asker, Double.MAX_VALUE);
        listening.close();
        return job.answer();
    }

    private static void follow(Job job, Tool.Asker asker, double mostSeconds) {
        long began = System.nanoTime();
        double told = 0;
        try {
            while (!job.await(PULSE_MILLIS) && (System.nanoTime() - began) / 1e9 < mostSeconds) {
                Job.Advance advance = job.advance();
                if (advance.seconds() > told) asker.progress(advance.seconds(), advance.total(), advance.message());
                told = Math.max(told, advance.seconds());
            }
        } catch (InterruptedException ending) {
            job.cancel();
            Thread.currentThread().interrupt();
        }
    }
}
