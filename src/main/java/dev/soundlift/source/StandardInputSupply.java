package dev.soundlift.source;

import java.io.IOException;
import java.io.InputStream;

/** Standard input. It is never closed: the process has only one. */
final class StandardInputSupply implements Spool.Supply {
    private final InputStream in = System.in;

    @Override
    public int read(byte[] piece) throws IOException {
        return in.read(piece);
    }

    @Override
    public void close() {}
}
