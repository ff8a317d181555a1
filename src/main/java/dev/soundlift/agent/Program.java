package dev.soundlift.agent;

import dev.soundlift.batch.Fence;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.ToolArguments;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The program as it is on the command line. Thread-safe. */
public interface Program {
    /** The options of a conversion that are meant for agents. */
    List<Option> options();

    /**
     * Runs one call to its end.
     *
     * @param words after the program's name
     * @return the exit code
     */
    int run(List<String> words, Call call);

    /**
     * What belongs to one call besides its words.
     *
     * @param progress hears of each input whose turn has come
     * @param result takes the lines of standard output, JSON objects
     * @param remark takes the lines of standard error
     */
    record Call(
            Cancellation cancellation,
            Function<MediaSource, Progress> progress,
            Fence fence,
            Consumer<String> result,
            Consumer<String> remark) {}

    /**
     * One option of the command line.
     *
     * @param word the long name, with its dashes
     */
    record Option(String word, Kind kind, String description) {
        /** What it takes. */
        public enum Kind {
            FLAG,
            TEXT,
            /** Texts, each of which stands for one use of the option. */
            TEXTS
        }

        /** The name among a tool's arguments: {@code pieceLength} for {@code --piece-length}. */
        String property() {
            return ToolArguments.name(word.substring(2));
        }
    }
}
