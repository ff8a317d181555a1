package dev.soundlift.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One call of the program, while it runs and afterwards. Its state is guarded by itself. */
final class Job {
    /** Results that are kept, and the length of all of them; the rest is counted. */
    private static final int MOST_RESULTS = 500;

    private static final int MOST_CHARACTERS = 1_000_000;

    private static final int MOST_REMARKS = 40;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};

    /** The stable names. */
    enum State {
        WAITING,
        RUNNING,
        DONE,
        CANCELLED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the program said on one line of standard output. */
    record Result(Map<String, Object> object) {
        /** As one line, in which every script can be read. */
        String readable() {
            try {
                return JSON.writeValueAsString(object);
            } catch (JsonProcessingException impossible) { // it was read from such a line
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** How far it is. */
    record Advance(double seconds, OptionalDouble total, String message) {}

    final String id;
    private final Cancellation cancellation = new Cancellation();
    private final Locale locale;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Result> results = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Map<MediaSource, Double> current = new HashMap<>();
    private State state = State.WAITING;
    private int leftOut;
    private int characters;
    private int exitCode;
    private int outputs;
    private double doneSeconds;
    private OptionalDouble totalSeconds = OptionalDouble.empty();
    private String message = "";

    Job(String id, Locale locale) {
        this.id = id;
        this.locale = locale;
    }

    /** Returns whether there is still anything to begin. */
    synchronized boolean begin() {
        if (state == State.WAITING) state = State.RUNNING;
        return state == State.RUNNING;
    }

    synchronized void end(int code) {
        exitCode = code;
        state = cancellation.isRequested() ? State.CANCELLED : State.DONE;
        current.clear();
        ended.countDown();
    }

    /** Ends at once what has not begun; what runs hears of it. */
    void cancel() {
        cancellation.request();
        synchronized (this) {
            if (state == State.WAITING) end(ErrorKind.INTERRUPTED.exitCode());
        }
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** Waits for its end, so long at most, and returns whether it has ended. */
    boolean await(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Takes a line of the program's output. */
    synchronized Result took(String line) {
        Result result;
        try {
            result = new Result(JSON.readValue(line, OBJECT));
        } catch (JsonProcessingException notOurs) {
            throw new IllegalStateException("no JSON: " + line, notOurs);
        }
        if (results.size() < MOST_RESULTS && characters + line.length() <= MOST_CHARACTERS) {
            results.add(result);
            characters += line.length();
        } else {
            leftOut++;
        }
        return result;
    }

    /** How much it keeps. */
    synchronized int characters() {
        return characters;
    }

    /** Only counts its results from now on. */
    synchronized void forgetResults() {
        leftOut += results.size();
        results.clear();
        characters = 0;
    }

    synchronized void heard(String remark) {
        if (remarks.size() < MOST_REMARKS) remarks.add(remark);
    }

    /** For one input; adds up over all of them and all of their outputs. */
    Progress progress(MediaSource input) {
        return new Progress() {
            @Override
            public void advanced(Duration done, Optional<Duration> total) {
                Job.this.advanced(input, seconds(done), total);
            }

            @Override
            public void stage(Text words) {
                synchronized (Job.this) {
                    message = input.displayName() + ": " + words.in(locale);
                }
            }

            @Override
            public void says(Text words) {
                heard(words.in(locale));
            }
        };
    }

    private synchronized void advanced(MediaSource input, double seconds, Optional<Duration> total) {
        Double before = current.put(input, seconds);
        if (before == null || seconds < before) outputs++; // it begins anew for each output
        doneSeconds += Math.max(0, seconds - (before == null || seconds < before ? 0 : before));
        totalSeconds = outputs == 1 && total.isPresent()
                ? OptionalDouble.of(Math.max(doneSeconds, seconds(total.get())))
                : OptionalDouble.empty();
        String at = MediaTime.print(Duration.ofSeconds((long) seconds));
        String all = total.map(length -> " / " + MediaTime.print(Duration.ofSeconds(length.toSeconds())))
                .orElse("");
        message = input.displayName() + ": " + at + all;
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    synchronized Advance advance() {
        return new Advance(doneSeconds, totalSeconds, message);
    }

    /** Whether it waits or runs. */
    synchronized boolean isOpen() {
        return state == State.WAITING || state == State.RUNNING;
    }

    /** The outputs of a result that are there. */
    static List<Path> files(Result result) {
        List<Path> files = new ArrayList<>();
        Object status = result.object().get("status");
        boolean delivered = "ok".equals(status) || "warning".equals(status);
        if (!delivered || !"soundlift.report/1".equals(result.object().get("schema"))) return files;
        if (result.object().get("output") instanceof String output) files.add(Path.of(output));
        if (result.object().get("alsoWritten") instanceof List<?> more) {
            more.forEach(file -> files.add(Path.of(String.valueOf(file))));
        }
        return files;
    }

    /** How it stands. */
    synchronized Tool.Answer answer() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("job", id);
        facts.put("state", state.label());
        boolean over = !isOpen();
        if (over) {
            facts.put("exitCode", exitCode);
        } else {
            Map<String, Object> progress = new LinkedHashMap<>();
            progress.put("seconds", doneSeconds);
            totalSeconds.ifPresent(total -> progress.put("totalSeconds", total));
            progress.put("message", message);
            facts.put("progress", progress);
        }
        facts.put("results", results.stream().map(Result::object).toList());
        facts.put("resultsLeftOut", leftOut);
        facts.put("messages", List.copyOf(remarks));
        boolean good = !over || exitCode == 0 || exitCode == 6; // 6: delivered, the source is damaged
        List<Path> files = results.stream().flatMap(one -> files(one).stream()).toList();
        return new Tool.Answer(
                new Telling(locale).of(id, state, results, leftOut, remarks, message), facts, !good, files);
    }
}
