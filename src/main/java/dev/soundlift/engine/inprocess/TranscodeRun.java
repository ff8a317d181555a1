package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Level;
import dev.soundlift.engine.Produced;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.plan.Plan;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One track, decoded and encoded anew. */
final class TranscodeRun implements AutoCloseable {
    private final Demuxer media;
    private final TrackReader reader;
    private final SoundWriter writer;
    /** The writer, on another thread: reading and decoding go on while it filters, encodes and writes. */
    private final Beside writing;

    TranscodeRun(
            Plan plan,
            Path file,
            Optional<Level> level,
            Demuxer media,
            Optional<Cover> cover,
            Cancellation cancellation)
            throws ExtractionException {
        AudioTrack track = plan.pick().track();
        this.media = media;
        this.reader = new TrackReader(plan, track, media);
        try {
            this.writer = new SoundWriter(plan, file, cover, level, cancellation);
        } catch (ExtractionException failed) {
            reader.close();
            throw failed;
        }
        this.writing = new Beside(Workers.STAGES, reader.cleaned(writer));
    }

    void accept(Packet packet) throws ExtractionException {
        reader.decode(packet, writing);
    }

    /** Whether everything that is wanted has been decoded. */
    boolean complete() {
        return reader.complete();
    }

    /** How far on the media clock. */
    Duration position() {
        return reader.position();
    }

    /** After the last packet that is needed: completes the file and tells what went into it. */
    Produced finish() throws ExtractionException {
        reader.drain(writing);
        writing.finish();
        writer.finish();
        List<Text> repairs = new ArrayList<>(reader.repairs());
        repairs.addAll(writer.repairs());
        return new Produced(
                media.bytesRead(),
                reader.taken(),
                writer.samplesWritten(),
                Optional.empty(),
                writer.sound(),
                writer.heardSound(),
                repairs,
                writer.warnings(),
                media.damage(reader.undecodable()).at(reader.lost()),
                writer.encodedBy());
    }

    @Override
    public void close() {
        writing.close();
        reader.close();
        writer.close();
    }
}
