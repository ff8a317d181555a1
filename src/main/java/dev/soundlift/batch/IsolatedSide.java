package dev.soundlift.batch;

import dev.soundlift.Bookkeeping;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.report.JsonLine;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** What {@link Isolation} talks to: the books of a batch, asked from the process of one file. */
public final class IsolatedSide implements Bookkeeping {
    private static final long INTERVAL_NANOS = 200_000_000;

    private final BlockingQueue<Map<String, String>> answers = new LinkedBlockingQueue<>();
    private final Consumer<String> out;
    private long lastTold;

    /** When the batch is gone, nobody waits for the file any more. */
    public IsolatedSide(BufferedReader in, Consumer<String> out, Cancellation cancellation) {
        this.out = out;
        Thread ear = new Thread(() -> {
            try {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    answers.add(JsonLine.read(line).orElse(Map.of()));
                }
            } catch (IOException gone) {
                answers.add(Map.of());
            }
            cancellation.request();
            answers.add(Map.of("error", ErrorKind.INTERRUPTED.name()));
        });
        ear.setDaemon(true);
        ear.start();
    }

    /** Comes first: what the batch wants said in each report. */
    public Optional<Text> remark() throws ExtractionException {
        return Optional.of(answer().getOrDefault("remark", ""))
                .filter(key -> !key.isEmpty())
                .map(Text::of);
    }

    /** Tells the batch that the next report is of a damaged source, which it does not say itself. */
    public void damaged() {
        out.accept(JsonLine.write(Map.of("ask", "damaged")));
    }

    /** Tells the batch now and then. */
    public Progress progress() {
        return this::advanced;
    }

    private synchronized void advanced(Duration done, Optional<Duration> total) {
        long now = System.nanoTime();
        if (now - lastTold < INTERVAL_NANOS) return;
        lastTold = now;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ask", "progress");
        line.put("done", done.toNanos());
        total.ifPresent(whole -> line.put("total", whole.toNanos()));
        out.accept(JsonLine.write(line));
    }

    @Override
    public List<Standing> claim(List<Wanted> wanted, OnExists onExists) throws ExtractionException {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("ask", "claim");
        question.put("onExists", onExists);
        for (int i = 0; i < wanted.size(); i++) {
            question.put("target" + i, wanted.get(i).target());
            question.put("essence" + i, wanted.get(i).essence());
        }
        out.accept(JsonLine.write(question));
        Map<String, String> answer = answer();
        List<Standing> standings = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            standings.add(new Standing(
                    Standing.Kind.valueOf(answer.getOrDefault("kind" + i, "NEW")),
                    Path.of(answer.getOrDefault(
                            "output" + i, wanted.get(i).target().toString()))));
        }
        return standings;
    }

    @Override
    public void delivering(Path target, Path name, Path pending) throws ExtractionException {
        out.accept(JsonLine.write(Map.of("ask", "delivering", "target", target, "name", name, "pending", pending)));
        answer();
    }

    private Map<String, String> answer() throws ExtractionException {
        try {
            Map<String, String> answer = answers.take();
            if (!answer.containsKey("error")) return answer;
            throw new ExtractionException(
                    ErrorKind.valueOf(answer.get("error")),
                    Text.of("report.retold", answer.getOrDefault("what", "")),
                    Text.of("report.retold", answer.getOrDefault("next", "")));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ExtractionException(
                    ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.interrupted"));
        }
    }
}
