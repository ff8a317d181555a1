package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Loss;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.plan.Plan;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads several tracks at once. Usually from one reading of the file; where it holds the tracks one after another instead
 * of side by side, a reading for each, so that memory does not have to hold what the others are not ready for.
 */
final class JointReading implements AutoCloseable {
    /** Two minutes of 5.1 in 48 kHz and 16 bits: more than any player keeps. */
    private static final long MOST_WAITING_BYTES = 64 << 20;

    /** One reading of the file, and which of the tracks come from it. */
    private record Feed(Demuxer media, List<AudioTrack> tracks) {}

    private final boolean apart;
    private final List<Feed> feeds = new ArrayList<>();
    /** In the order of the joined tracks; each with a lane of the same number. */
    private final List<TrackReader> readers = new ArrayList<>();

    private final Joiner joiner;
    private final Packet packet = new Packet();

    /**
     * Opens the file.
     *
     * @param apart whether each track gets a reading of its own
     * @param joiner gets the tracks' samples; the caller closes it
     */
    JointReading(Plan plan, Sources sources, boolean apart, Joiner joiner) throws ExtractionException {
        this.apart = apart;
        this.joiner = joiner;
        List<AudioTrack> tracks = plan.pick().joined().tracks();
        try {
            if (apart) for (AudioTrack track : tracks) open(plan, sources, List.of(track));
            else open(plan, sources, tracks);
        } catch (ExtractionException | RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private void open(Plan plan, Sources sources, List<AudioTrack> tracks) throws ExtractionException {
        Demuxer media = Demuxer.open(sources, plan.media().source());
        feeds.add(new Feed(media, tracks));
        media.select(tracks);
        InProcessEngine.seekToCut(plan, media, tracks.get(0));
        for (AudioTrack track : tracks) readers.add(new TrackReader(plan, track, media));
    }

    Optional<Cover> cover() {
        return Cover.of(feeds.get(0).media().context());
    }

    /**
     * Reads to the end of what is wanted.
     *
     * @param results gets the joined samples
     * @param position hears how far that is on the media clock
     * @return false where one reading is not enough: nothing that was given out so far is of use
     */
    boolean readAll(Frame.Sink results, Cancellation cancellation, Consumer<Duration> position)
            throws ExtractionException {
        Frame.Sink stoppable = frame -> {
            cancellation.throwIfRequested(); // after a long gap, much is ready at once
            results.accept(frame);
        };
        while (true) {
            cancellation.throwIfRequested();
            if (!advance(stoppable)) return true;
            if (!apart && joiner.waitingBytes() > MOST_WAITING_BYTES) return false;
            position.accept(position());
        }
    }

    /**
     * Goes one packet on.
     *
     * @param results gets what is ready in all tracks
     * @return false when that was all
     */
    boolean advance(Frame.Sink results) throws ExtractionException {
        Optional<Feed> next = neediest();
        if (next.isPresent()) read(next.get());
        joiner.advance(results);
        return next.isPresent();
    }

    private void read(Feed feed) throws ExtractionException {
        if (feed.media().readInto(packet, feed.tracks())) {
            int stream = packet.raw().stream_index();
            for (int i = 0; i < readers.size(); i++) {
                TrackReader reader = readers.get(i);
                if (reader.track().streamIndex() != stream || !feed.tracks().contains(reader.track())) continue;
                reader.decode(packet, reader.cleaned(joiner.lane(i)));
                if (reader.complete()) joiner.lane(i).end();
            }
            return;
        }
        for (int i = 0; i < readers.size(); i++) {
            if (!feed.tracks().contains(readers.get(i).track())
                    || joiner.lane(i).hasEnded()) continue;
            readers.get(i).drain(readers.get(i).cleaned(joiner.lane(i)));
            joiner.lane(i).end();
        }
    }

    /** The feed of the track that is furthest behind; nothing when all have ended. */
    private Optional<Feed> neediest() {
        Optional<TrackReader> behind = Optional.empty();
        for (int i = 0; i < readers.size(); i++) {
            boolean further = behind.isEmpty()
                    || readers.get(i).position().compareTo(behind.get().position()) < 0;
            if (!joiner.lane(i).hasEnded() && further) behind = Optional.of(readers.get(i));
        }
        return behind.map(reader -> feeds.stream()
                .filter(feed -> feed.tracks().contains(reader.track()))
                .findFirst()
                .orElseThrow());
    }

    private Duration position() {
        return readers.stream()
                .map(TrackReader::position)
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** From the first sample of any to the last of any. */
    Produced.Taken taken() {
        List<Produced.Taken> each = readers.stream().map(TrackReader::taken).toList();
        return new Produced.Taken(
                each.stream()
                        .map(Produced.Taken::start)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                each.stream()
                        .map(Produced.Taken::end)
                        .max(Comparator.naturalOrder())
                        .orElseThrow());
    }

    /** Of all tracks, each with the number of its own. */
    List<Text> repairs() {
        return readers.stream()
                .flatMap(reader -> reader.repairs().stream()
                        .map(repair -> Text.of(
                                "repair.of-track",
                                Integer.toString(reader.track().number()),
                                repair)))
                .toList();
    }

    long bytesRead() {
        return feeds.stream().mapToLong(feed -> feed.media().bytesRead()).sum();
    }

    /** What FFmpeg said is counted for the whole thread, so once is enough. */
    Damage damage() {
        long undecodable = readers.stream().mapToLong(TrackReader::undecodable).sum();
        List<Damage> each = feeds.stream().map(feed -> feed.media().damage(0)).toList();
        return new Damage(
                undecodable,
                each.stream().mapToLong(Damage::corrupt).sum(),
                each.get(0).complaints(),
                each.get(0).example(),
                each.stream().anyMatch(Damage::brokenOff),
                readers.stream()
                        .flatMap(reader -> reader.lost().stream())
                        .sorted(Comparator.comparing(Loss::start))
                        .toList());
    }

    @Override
    public void close() {
        readers.forEach(TrackReader::close);
        packet.close();
        feeds.forEach(feed -> feed.media().close());
    }
}
