package dev.soundlift.cli;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.text.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Questions to a person. */
record Questions(Console console, GlobalOptions global) {
    /** One for all questions: it reads ahead, and what it has read is gone for another. */
    private static final BufferedReader LINES =
            new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));

    /** Whether somebody sits there who can read a question and answer it. */
    boolean areWatched() {
        return console.terminal()
                && Boolean.getBoolean("soundlift.answers")
                && !global.json
                && !OwnProcess.isForOneFile(); // whose standard input is the batch
    }

    /** What was typed; "n" where there is nothing more to read. */
    String answer(Text question) throws IOException {
        console.err().print("\r" + Console.clean(console.words(question)) + " ");
        console.err().flush();
        String line = LINES.readLine();
        return line == null ? "n" : line.strip();
    }

    /** The same, which an interrupt ends at once: then it is "n" too. */
    String answer(Text question, Cancellation cancellation) throws IOException {
        FutureTask<String> answer = new FutureTask<>(() -> answer(question));
        Thread reader = new Thread(answer, "question");
        reader.setDaemon(true); // nobody can wake a thread that reads from a terminal
        reader.start();
        try {
            while (reader.isAlive() && !cancellation.isRequested()) reader.join(50);
            return answer.isDone() ? answer.get() : "n";
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "n";
        } catch (ExecutionException failed) {
            throw new IOException(failed);
        }
    }

    static boolean isYes(String answer) {
        return answer.startsWith("y") || answer.startsWith("是") || answer.startsWith("好");
    }
}
