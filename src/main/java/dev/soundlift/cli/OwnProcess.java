package dev.soundlift.cli;

import dev.soundlift.Soundlift;
import dev.soundlift.batch.Inputs;
import dev.soundlift.batch.IsolatedSide;
import dev.soundlift.batch.Isolation;
import dev.soundlift.batch.Worker;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.ExtractionRequest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** This program as the process of one file: how a batch starts it, and what it does then. */
final class OwnProcess {
    private static final String MARK = "soundlift.one-file";

    private OwnProcess() {}

    /** Starts the same Java with the same options; a crash leaves its traces in the user's state folder. */
    static Worker worker(Path state, Locale locale, boolean yes) {
        Path crashes = state.resolve("crashes");
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        Isolation.crashOptions(crashes).forEach(words::add);
        words.add("-D" + MARK + "=true");
        if (yes) words.add("-D" + UploadQuestion.AGREED + "=true");
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        words.addAll(List.of("--lang", locale.getLanguage()));
        return new Isolation(words, crashes);
    }

    /** Whether a batch has started this process. */
    static boolean isForOneFile() {
        return Boolean.getBoolean(MARK);
    }

    static int convert(Soundlift soundlift, ExtractionRequest wishes, List<String> inputs, Console console)
            throws ExtractionException {
        Cancellation cancellation = new Cancellation();
        Interrupt interrupt = Interrupt.cancels(cancellation);
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            IsolatedSide batch = new IsolatedSide(in, console::result, cancellation);
            ExtractionRequest request = wishes.withSource(new MediaSource.LocalFile(Inputs.one(inputs.get(0))));
            Worker.Job job = new Worker.Job(request, batch.progress(), cancellation, batch, batch.remark());
            for (Worker.Outcome outcome : Worker.here(soundlift).convert(job)) {
                if (outcome.report().damaged()) batch.damaged();
                console.result(outcome.json().apply(console.locale()));
            }
            return ExitCode.OK;
        } finally {
            interrupt.end();
        }
    }
}
