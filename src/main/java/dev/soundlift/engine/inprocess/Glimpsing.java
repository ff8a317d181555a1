package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Glimpses;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import java.nio.DoubleBuffer;
import java.time.Duration;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Hears short pieces all over a track, each where it really lies: a packet's time stamp tells it, not the place that was
 * sought.
 */
final class Glimpsing implements AutoCloseable {
    /** After a leap lossy decoders need some packets before they are themselves again; what they give of those is not heard. */
    private static final Duration SETTLING = Duration.ofMillis(60);

    private static final int SETTLING_PACKETS = 3;
    /** An MP3 frame reaches back 511 bytes into earlier ones (ISO/IEC 11172-3, 2.4.1.7: main_data_begin), which are to be whole too. */
    private static final int SETTLING_BYTES = 1024;

    private static final Duration PIECE = Duration.ofMillis(100);
    private static final int MOST_PACKETS = 64;
    /** Of the whole file; and of a piece, where the picture has to be read with the sound. */
    private static final long MOST_BYTES = 64 << 20;

    private static final long MOST_BYTES_OF_PIECE = 2 << 20;
    /** So often in a row a leap may lead where something was heard already before the file counts as one without leaps. */
    private static final int MOST_MISSES = 6;

    private final MediaInfo media;
    private final AudioTrack track;
    private final Cancellation cancellation;
    private final Ration ration;
    private final Demuxer file;
    private final Decoder decoder;
    private final Packet packet;
    private final Places places;

    private @Nullable Shape shape;

    /** What frames are like, and how they become numbers. */
    private record Shape(FrameShape form, FilterGraph doubles) implements AutoCloseable {
        @Override
        public void close() {
            form.close();
            doubles.close();
        }
    }

    private double startSeconds;
    private double endSeconds;
    private double lowest;
    private double highest;

    Glimpsing(Sources sources, MediaInfo media, AudioTrack track, Cancellation cancellation)
            throws ExtractionException {
        this.media = media;
        this.track = track;
        this.cancellation = cancellation;
        Ration read = new Ration(sources.open(media.source()));
        this.ration = read;
        this.file = Demuxer.open(source -> read, media.source());
        @Nullable Decoder opened = null;
        boolean whole = false;
        try {
            file.select(track);
            opened = Decoder.open(file.stream(track));
            this.decoder = opened;
            this.places = Places.of(file, track, media.duration().orElse(Duration.ZERO));
            this.packet = new Packet();
            whole = true;
        } finally {
            if (!whole && opened != null) opened.close();
            if (!whole) file.close();
        }
    }

    void hear(int most, Glimpses into) throws ExtractionException {
        double length = media.duration().orElse(Duration.ZERO).toNanos() / 1e9;
        double gap = length / most;
        boolean[] known = new boolean[most];
        int misses = 0;
        for (int i = 0; i < most && misses < MOST_MISSES && file.bytesRead() < MOST_BYTES; i++) {
            cancellation.throwIfRequested();
            double wanted = length * spread(i, most);
            if (known[(int) (wanted / gap)]) continue; // an earlier leap has led here
            ration.allow(MOST_BYTES - file.bytesRead());
            if (!places.goTo(wanted) || !hearOne()) {
                misses++;
                continue;
            }
            int cell = (int) (startSeconds / gap);
            boolean fresh = cell >= 0 && cell < most && !known[cell];
            misses = fresh ? 0 : misses + 1;
            if (!fresh) continue;
            known[cell] = true;
            if (!into.heard(seconds(startSeconds), seconds(endSeconds - startSeconds), lowest, highest)) return;
        }
    }

    /** A place for each number, such that those of the first ones lie far apart (van der Corput's sequence). */
    private static double spread(int number, int most) {
        double share = 0;
        double weight = 0.5;
        for (int rest = number; rest > 0; rest >>= 1, weight /= 2) share += (rest & 1) * weight;
        return Math.min(share + 0.5 / most, 1 - 0.5 / most);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** Hears what comes next; false where there is nothing, or nothing that says when it is. */
    private boolean hearOne() throws ExtractionException {
        decoder.leap();
        startSeconds = Double.NaN;
        lowest = 0;
        highest = 0;
        ration.allow(MOST_BYTES_OF_PIECE);
        boolean mp3 = track.codecName().equals("mp3");
        double seconds = 0;
        long bytes = 0;
        for (int packets = 0; packets < MOST_PACKETS && !isEnough(); packets++) {
            if (!file.readInto(packet, track)) break;
            boolean settled = seconds >= SETTLING.toNanos() / 1e9 && (!mp3 || bytes >= SETTLING_BYTES);
            boolean heard = track.shape().bitDepth() > 0 || (settled && packets >= SETTLING_PACKETS);
            bytes += packet.raw().size();
            seconds += decode(heard);
        }
        return !Double.isNaN(startSeconds);
    }

    /** Returns how long it was. */
    private double decode(boolean heard) throws ExtractionException {
        double[] seconds = {0};
        decoder.decode(packet, frame -> {
            double at = time(frame);
            seconds[0] += frame.nb_samples() / (double) frame.sample_rate();
            if (heard && at >= 0 && !isEnough()) hear(frame, at); // where it does not tell, it is no number
        });
        return seconds[0];
    }

    private boolean isEnough() {
        return endSeconds - startSeconds >= PIECE.toNanos() / 1e9; // not while there is no start
    }

    /** On the media clock; no number where the frame does not tell. */
    private double time(AVFrame frame) throws ExtractionException {
        if (frame.best_effort_timestamp() == AV_NOPTS_VALUE) return Double.NaN;
        return Ffmpeg.seconds(frame.best_effort_timestamp(), file.stream(track).time_base())
                - file.originMicros() / (double) Ffmpeg.MICROS_PER_SECOND;
    }

    private void hear(AVFrame frame, double at) throws ExtractionException {
        if (Double.isNaN(startSeconds)) startSeconds = at;
        endSeconds = at + frame.nb_samples() / (double) frame.sample_rate();
        Shape current = shape;
        if (current == null || !current.form().isOf(frame)) {
            close(current);
            current = new Shape(new FrameShape(frame), FilterGraph.of(frame, "aformat=sample_fmts=dblp"));
            shape = current;
        }
        current.doubles().push(frame, this::measure);
    }

    private void measure(AVFrame frame) {
        for (int channel = 0; channel < frame.ch_layout().nb_channels(); channel++) {
            DoubleBuffer plane = Samples.plane(frame, channel, frame.nb_samples());
            for (int i = 0; i < frame.nb_samples(); i++) {
                lowest = Math.min(lowest, plane.get(i));
                highest = Math.max(highest, plane.get(i));
            }
        }
    }

    private static void close(@Nullable Shape shape) {
        if (shape != null) shape.close();
    }

    @Override
    public void close() {
        close(shape);
        packet.close();
        decoder.close();
        file.close();
    }
}
