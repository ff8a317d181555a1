package dev.soundlift.engine.executable;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.TargetSound;
import dev.soundlift.text.Text;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that encodes the samples it is given into a file. */
final class Writing implements AutoCloseable {
    /** How the filter ashowinfo tells of samples that pass, on their way to the encoder. */
    private static final Pattern FRAME = Pattern.compile(".* n:\\d+ pts:\\S+ .* nb_samples:(\\d+) .*");

    private final Child child;
    private final TargetSound target;
    private final AtomicLong samplesIn = new AtomicLong();

    Writing(List<String> words, TargetSound target, Cancellation cancellation) throws ExtractionException {
        this.target = target;
        this.child = Child.start(words, cancellation, line -> {
            Matcher frame = FRAME.matcher(line);
            if (frame.matches()) samplesIn.addAndGet(Long.parseLong(frame.group(1)));
        });
    }

    void write(ByteBuffer samples) throws ExtractionException {
        if (child.write(samples)) return;
        child.finish();
        throw failed(target, child.complaints());
    }

    /** Completes the file; returns how many samples of one channel went to the encoder, at the output's rate. */
    long finish() throws ExtractionException {
        if (child.finish() != 0) throw failed(target, child.complaints());
        return samplesIn.get();
    }

    static ExtractionException failed(TargetSound target, Complaints complaints) {
        return complaints.noSpace()
                ? new ExtractionException(
                        ErrorKind.NO_SPACE, Text.of("error.no-space", complaints.last()), Text.of("next.no-space"))
                : new ExtractionException(
                        ErrorKind.DOES_NOT_FIT,
                        Text.of(
                                "error.muxer-refused",
                                target.container().extension(),
                                target.codecName(),
                                complaints.last()),
                        Text.of("next.does-not-fit"));
    }

    @Override
    public void close() {
        child.close();
    }
}
