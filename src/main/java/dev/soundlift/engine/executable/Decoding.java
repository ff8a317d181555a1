package dev.soundlift.engine.executable;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.failure.ExtractionException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that decodes one track: frames with their time stamps, in the order in which it gives them. */
final class Decoding implements AutoCloseable {
    /** How the filter ashowinfo tells of a frame that passes. */
    private static final Pattern FRAME = Pattern.compile(".* n:\\d+ pts:(-?\\d+|NOPTS) .* nb_samples:(\\d+) .*");

    private static final Pattern BYTES_READ = Pattern.compile(".*Statistics: (\\d+) bytes read, .*");

    private static final Pattern INPUT = Pattern.compile("(\\[info] )?Input #0, .*");

    private final Child child;
    private final int frameBytes;
    private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
    private volatile Complaints faults = new Complaints();
    private volatile long bytesRead;

    /**
     * A frame that is on its way through the pipe.
     *
     * @param timestamp in samples of the container's clock, where it is known
     * @param samples of one channel; negative after the last frame
     * @param faults that had been met when it was decoded
     */
    private record Said(OptionalLong timestamp, int samples, long faults) {}

    /**
     * Decoded samples.
     *
     * @param timestamp in samples of the container's clock, where it is known
     * @param count samples of one channel
     * @param samples interleaved
     * @param faults that had been met when it was decoded
     */
    record Frame(OptionalLong timestamp, int count, ByteBuffer samples, long faults) {}

    Decoding(List<String> words, Stream track, Cancellation cancellation) throws ExtractionException {
        this.frameBytes = track.sampleForm().bytes() * track.channels();
        this.child = Child.start(words, cancellation, this::hear);
    }

    private void hear(String line) {
        if (line.isEmpty()) {
            said.add(new Said(OptionalLong.empty(), -1, 0));
            return;
        }
        // What the program met while it was finding out what there is, it meets again
        if (INPUT.matcher(line).matches()) faults = new Complaints();
        faults.hear(line);
        bytesRead(line).ifPresent(bytes -> bytesRead = Math.max(bytesRead, bytes));
        Matcher frame = FRAME.matcher(line);
        if (!frame.matches()) return;
        String pts = frame.group(1);
        said.add(new Said(
                pts.equals("NOPTS") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(pts)),
                Integer.parseInt(frame.group(2)),
                faults.damage().faults()));
    }

    /** The next frame; nothing after the last one. */
    Optional<Frame> next() throws ExtractionException {
        Said next = child.next(said);
        if (next.samples() < 0) return Optional.empty();
        ByteBuffer samples = ByteBuffer.allocate(next.samples() * frameBytes);
        child.readInto(samples);
        int whole = samples.position() / frameBytes;
        samples.flip().limit(whole * frameBytes);
        return whole == 0 ? next() : Optional.of(new Frame(next.timestamp(), whole, samples, next.faults()));
    }

    /** How much a program says that it has read of a file, where that is what the line is about. */
    static OptionalLong bytesRead(String line) {
        Matcher read = BYTES_READ.matcher(line);
        return read.matches() ? OptionalLong.of(Long.parseLong(read.group(1))) : OptionalLong.empty();
    }

    /** Of the source, up to now. */
    long bytesRead() {
        return bytesRead;
    }

    /** After the last frame. */
    Damage damage() throws ExtractionException {
        child.finish();
        return faults.damage();
    }

    /** When more frames are not wanted. */
    Damage damageSoFar() {
        return faults.damage();
    }

    @Override
    public void close() {
        child.close();
    }
}
