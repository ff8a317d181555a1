package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MLP;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_TRUEHD;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_ref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import dev.soundlift.engine.Heard;
import dev.soundlift.engine.Losses;
import dev.soundlift.engine.Prober;
import dev.soundlift.failure.ExtractionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.jspecify.annotations.Nullable;

/**
 * A look at a track that is quicker than hearing all of it: every packet is counted, the first minute and the last packets
 * are decoded, and more only until there is a sound. A short file is thus heard whole, and one that was cut off in the
 * middle of a packet is noticed.
 */
final class Glancing implements AutoCloseable {
    private static final double HEARD_SECONDS = 60;
    /** What decoders need after a jump before they are themselves again. */
    private static final int LEAD_IN = 4;
    /** Only the very end can be cut off. */
    private static final int LAST = 2;

    private final AVStream stream;
    private final Digest digest;
    private final SoundDetector sound = new SoundDetector();
    private final SoundDetector loud = new SoundDetector(Heard.QUIET_DBFS);
    private final Losses losses = new Losses();
    private final @Nullable Decoder decoder;
    /** The last ones that were not decoded. */
    private final Deque<Packet> undecided = new ArrayDeque<>();

    private long firstTimestamp = AV_NOPTS_VALUE;
    private double seconds;
    private boolean leaping;
    private long undecodable;

    Glancing(AVStream stream, boolean decodable) throws ExtractionException {
        this.stream = stream;
        this.digest = new Digest(stream.codecpar().codec_id());
        this.decoder = decodable ? Decoder.open(stream) : null;
    }

    void look(Packet packet) throws ExtractionException {
        digest.add(packet.raw());
        boolean marked = FaultPlaces.isMarked(packet);
        if (Complaints.anyNew() || marked) lose(packet);
        if (decoder == null) return;
        if (firstTimestamp == AV_NOPTS_VALUE) firstTimestamp = packet.raw().pts();
        leaping |= loud.heard() && seconds > HEARD_SECONDS;
        if (leaping) {
            remember(packet);
            return;
        }
        seconds += Ffmpeg.seconds(Math.max(0, packet.raw().duration()), stream.time_base());
        decode(decoder, packet);
    }

    private void decode(Decoder with, Packet packet) throws ExtractionException {
        long refused = with.undecodable();
        with.decode(packet, frame -> {
            sound.listen(frame);
            loud.listen(frame);
        });
        boolean faulty = with.undecodable() > refused;
        if (Complaints.anyNew() || faulty) lose(packet);
    }

    private void lose(Packet packet) {
        Duration start = time(packet.raw().pts());
        losses.add(
                start,
                start.plus(Duration.ofNanos(
                        Math.round(Ffmpeg.seconds(Math.max(0, packet.raw().duration()), stream.time_base()) * 1e9))));
    }

    /** Since the first packet. */
    private Duration time(long timestamp) {
        if (timestamp == AV_NOPTS_VALUE || firstTimestamp == AV_NOPTS_VALUE)
            return Duration.ofNanos((long) (seconds * 1e9));
        return Duration.ofNanos(Math.round(Ffmpeg.seconds(timestamp - firstTimestamp, stream.time_base()) * 1e9));
    }

    private void remember(Packet packet) {
        Packet kept = undecided.size() < 2 * LEAD_IN + LAST ? new Packet() : undecided.remove();
        kept.clear();
        av_packet_ref(kept.raw(), packet.raw());
        undecided.add(kept);
    }

    /** Where packets before the last ones fail too, it is the jump that this codec cannot stand. */
    private void hearTheEnd() throws ExtractionException {
        int codec = stream.codecpar().codec_id();
        boolean needsSync = codec == AV_CODEC_ID_TRUEHD || codec == AV_CODEC_ID_MLP;
        if (needsSync || undecided.size() < 2 * LEAD_IN + LAST) return;
        try (Decoder fresh = Decoder.open(stream)) {
            long before = Complaints.count();
            long steady = 0;
            int number = 0;
            for (Packet packet : undecided) {
                if (number == LEAD_IN) {
                    Complaints.forgetSince(before);
                    steady = fresh.undecodable();
                }
                boolean clean = Complaints.count() == before && fresh.undecodable() == steady;
                if (number == undecided.size() - LAST && !clean) break;
                if (number < undecided.size() - LAST) fresh.decode(packet, frame -> {});
                else decode(fresh, packet);
                number++;
            }
            boolean reachedTheEnd = number == undecided.size();
            if (reachedTheEnd) undecodable += fresh.undecodable() - steady;
            else Complaints.forgetSince(before);
        }
    }

    Prober.Glance finish(Demuxer media) throws ExtractionException {
        boolean decoded = false;
        if (decoder != null) {
            if (leaping) hearTheEnd();
            else
                decoder.drain(frame -> {
                    sound.listen(frame);
                    loud.listen(frame);
                });
            undecodable += decoder.undecodable();
            decoded = decoder.frames() > 0;
        }
        return new Prober.Glance(
                digest.finish(),
                digest.length(stream.time_base()),
                sound.heard(),
                loud.heard(),
                decoded,
                media.damage(undecodable).at(losses.within(Duration.ZERO, Duration.ofDays(36_525))));
    }

    @Override
    public void close() {
        undecided.forEach(Packet::close);
        if (decoder != null) decoder.close();
    }
}
