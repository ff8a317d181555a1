package dev.soundlift;

import dev.soundlift.engine.SampleStream;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.source.OpenSources;
import java.nio.FloatBuffer;

/** A stream that keeps its source at hand for as long as it is open. */
record HeldStream(SampleStream stream, OpenSources.Hold held) implements SampleStream {
    @Override
    public int sampleRateHz() {
        return stream.sampleRateHz();
    }

    @Override
    public int channels() {
        return stream.channels();
    }

    @Override
    public int read(FloatBuffer into) throws ExtractionException {
        return stream.read(into);
    }

    @Override
    public void close() {
        stream.close();
        held.close();
    }
}
