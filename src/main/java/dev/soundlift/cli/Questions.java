package dev.soundlift.cli;

import dev.soundlift.text.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/** Questions to a person. */
record Questions(Console console, GlobalOptions global) {
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
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        String line = lines.readLine();
        return line == null ? "n" : line.strip();
    }

    static boolean isYes(String answer) {
        return answer.startsWith("y") || answer.startsWith("是") || answer.startsWith("好");
    }
}
