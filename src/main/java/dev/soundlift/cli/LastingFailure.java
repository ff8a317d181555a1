package dev.soundlift.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Remembers why writing failed first; a {@link java.io.PrintStream} over it only knows that it did. */
final class LastingFailure extends FilterOutputStream {
    /** What the system says when the reader has gone away (EPIPE). */
    private static final String NO_READER = "Broken pipe";

    private Optional<String> failure = Optional.empty();

    LastingFailure(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException failed) {
            if (failure.isEmpty()) failure = Optional.of(String.valueOf(failed.getMessage()));
            throw failed;
        }
    }

    /** What the system said, unless it is that nobody reads any more: {@code | head} is no failure. */
    Optional<String> worthWords() {
        return failure.filter(message -> !message.contains(NO_READER));
    }
}
