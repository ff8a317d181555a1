package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.ChannelStatistics;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.ChannelNote;
import dev.soundlift.media.MediaInfo;
import java.nio.DoubleBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Listens to a few parts of a file, all tracks at once, and says what is odd about their channels. */
final class ChannelDoctor {
    private static final Duration PART = Duration.ofSeconds(5);
    /** Where the parts begin, as shares of the whole: not in titles and end credits alone. */
    private static final double[] PLACES = {0, 0.3, 0.55, 0.8};
    /** What is read of the file for one part; a film's picture comes with its sound. */
    private static final long MOST_BYTES = 32 << 20;

    private final Sources sources;
    private final MediaInfo media;
    private final List<AudioTrack> tracks;
    private final Map<Integer, ChannelStatistics> heard = new HashMap<>();

    ChannelDoctor(Sources sources, MediaInfo media) {
        this.sources = sources;
        this.media = media;
        this.tracks = media.tracks().stream()
                .filter(track -> track.decodable() && !track.encrypted())
                .toList();
    }

    /** By the track's number; nothing for tracks that are as usual. */
    Map<Integer, ChannelNote> examine(Cancellation cancellation) throws ExtractionException {
        if (tracks.isEmpty()) return Map.of();
        try (Demuxer file = Demuxer.open(sources, media.source())) {
            file.select(tracks);
            Duration length = media.duration().orElse(Duration.ZERO);
            Duration until = Duration.ZERO;
            for (double place : PLACES) {
                Duration start = Duration.ofMillis(Math.round(length.toMillis() * place));
                if (place > 0) {
                    // Where the last part reaches, or where one cannot go straight to a place, the first parts must do
                    if (start.compareTo(until) <= 0 || !file.seeks()) break;
                    file.seekBefore(tracks.get(0), start);
                }
                hear(file, cancellation);
                until = start.plus(PART);
            }
        }
        Map<Integer, ChannelNote> notes = new LinkedHashMap<>();
        for (AudioTrack track : tracks) {
            Optional.ofNullable(heard.get(track.number()))
                    .flatMap(ChannelStatistics::note)
                    .ifPresent(note -> notes.put(track.number(), note));
        }
        return notes;
    }

    private void hear(Demuxer file, Cancellation cancellation) throws ExtractionException {
        Map<Integer, Part> parts = new HashMap<>();
        long began = file.bytesRead();
        try (Packet packet = new Packet()) {
            for (AudioTrack track : tracks) parts.put(track.streamIndex(), new Part(file, track));
            while (parts.values().stream().anyMatch(part -> !part.isEnough())) {
                cancellation.throwIfRequested();
                if (file.bytesRead() - began > MOST_BYTES || !file.readInto(packet, tracks)) break;
                Part part = parts.get(packet.raw().stream_index());
                if (part != null && !part.isEnough()) part.hear(packet);
            }
            for (Part part : parts.values()) part.statistics().ifPresent(found -> add(part.track, found));
        } finally {
            parts.values().forEach(Part::close);
        }
    }

    private void add(AudioTrack track, ChannelStatistics found) {
        ChannelStatistics before = heard.get(track.number());
        heard.put(track.number(), before == null ? found : before.and(found).orElse(before));
    }

    /** A part of one track; a decoder of its own, as after a seek the last one's state is of no use. */
    private static final class Part implements AutoCloseable {
        private final AudioTrack track;
        private final Decoder decoder;
        private Optional<Counting> counting = Optional.empty();

        private record Counting(FrameShape shape, FilterGraph doubles, ChannelStatistics statistics) {}

        Part(Demuxer file, AudioTrack track) throws ExtractionException {
            this.track = track;
            this.decoder = Decoder.open(file.stream(track));
        }

        void hear(Packet packet) throws ExtractionException {
            decoder.decode(packet, this::count);
        }

        private void count(AVFrame frame) throws ExtractionException {
            if (counting.isEmpty()) {
                counting = Optional.of(new Counting(
                        new FrameShape(frame),
                        FilterGraph.of(frame, "aformat=sample_fmts=dblp"),
                        new ChannelStatistics(frame.ch_layout().nb_channels(), frame.sample_rate())));
            }
            Counting current = counting.get();
            if (current.shape().isOf(frame)) current.doubles().push(frame, doubles -> add(current, doubles));
        }

        private static void add(Counting current, AVFrame frame) {
            int channels = frame.ch_layout().nb_channels();
            int count = frame.nb_samples();
            DoubleBuffer[] planes = new DoubleBuffer[channels];
            for (int channel = 0; channel < channels; channel++) planes[channel] = Samples.plane(frame, channel, count);
            double[] sample = new double[channels];
            for (int i = 0; i < count; i++) {
                for (int channel = 0; channel < channels; channel++) sample[channel] = planes[channel].get(i);
                current.statistics().add(sample);
            }
        }

        boolean isEnough() {
            return statistics()
                    .filter(found -> found.seconds() >= PART.toSeconds())
                    .isPresent();
        }

        Optional<ChannelStatistics> statistics() {
            return counting.map(Counting::statistics);
        }

        @Override
        public void close() {
            counting.ifPresent(made -> {
                made.doubles().close();
                made.shape().close();
            });
            decoder.close();
        }
    }
}
