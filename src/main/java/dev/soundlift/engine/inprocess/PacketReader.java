package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VORBIS;
import static org.bytedeco.ffmpeg.global.avcodec.av_get_exact_bits_per_sample;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.PacketSource;
import dev.soundlift.engine.Sources;
import dev.soundlift.engine.Timeline;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.plan.Plan;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** The packets of a plan's track, for somebody who asks for them. */
final class PacketReader implements PacketSource {
    /** Header, checksum and side information of a stereo packet. */
    private static final int MP3_HEADER_BYTES = 38;
    /** Where the bit rate is not known or hardly leaves room for more than headers. */
    private static final int MP3_LEAST_DATA_BYTES = 16;

    private final Plan plan;
    private final Cancellation cancellation;
    private final AudioTrack track;
    private final Demuxer media;
    private final Packet packet = new Packet();
    private final AVCodecParameters parameters;
    private final PacketClock clock;
    private final long start;
    private final long end;
    private final long endOfSound;
    private boolean ended;

    PacketReader(Plan plan, Sources sources, Cancellation cancellation) throws ExtractionException {
        this.plan = plan;
        this.cancellation = cancellation;
        this.track = plan.pick().track();
        this.media = Demuxer.open(sources, plan.media().source());
        try {
            media.select(track);
            InProcessEngine.seekToCut(plan, media, track);
            this.parameters = media.stream(track).codecpar();
            this.endOfSound = media.endOfSound(track, sampleRateHz());
            this.clock = new PacketClock(media, media.stream(track), sampleRateHz());
        } catch (ExtractionException | RuntimeException | Error failed) {
            packet.close();
            media.close();
            throw failed;
        }
        this.start = Timeline.samples(plan.cut().start(), sampleRateHz());
        this.end = plan.cut()
                .end()
                .map(last -> Timeline.samples(last, sampleRateHz()))
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public String codecName() {
        return track.codecName();
    }

    @Override
    public int sampleRateHz() {
        return Math.max(1, parameters.sample_rate());
    }

    @Override
    public int channels() {
        return parameters.ch_layout().nb_channels();
    }

    @Override
    public byte[] setUp() {
        byte[] bytes = new byte[parameters.extradata_size()];
        if (bytes.length > 0) parameters.extradata().position(0).get(bytes);
        return bytes;
    }

    @Override
    public Optional<PacketSource.Placed> next() throws ExtractionException {
        while (!ended) {
            cancellation.throwIfRequested();
            if (!media.readInto(packet, track)) break;
            AVPacket raw = packet.raw();
            PacketClock.Place place = clock.place(raw);
            if (place.position() >= end) break;
            if (!plan.cut().isWhole() && place.end() <= start - leadIn(place.samples())) continue;
            byte[] data = new byte[raw.size()];
            if (data.length > 0) raw.data().position(0).get(data);
            long after = place.position() + place.samples();
            long padding = Math.max(place.padding(), Math.min(place.samples(), after - Math.min(end, endOfSound)));
            return Optional.of(new PacketSource.Placed(
                    data, place.position() - start, place.samples(), padding, FaultPlaces.isMarked(packet)));
        }
        ended = true;
        return Optional.empty();
    }

    /** Samples before the wanted start that a decoder needs to get going. */
    private long leadIn(long packetSamples) {
        if (av_get_exact_bits_per_sample(parameters.codec_id()) > 0) return 0;
        return switch (parameters.codec_id()) {
            case AV_CODEC_ID_OPUS -> CopyRun.OPUS_LEAD_IN;
            case AV_CODEC_ID_VORBIS -> ParsedLengths.longest(parameters);
            case AV_CODEC_ID_MP3 -> mp3LeadIn(packetSamples);
            default -> CopyRun.LEAD_IN_PACKETS * packetSamples;
        };
    }

    /**
     * The bit reservoir reaches back 511 bytes (ISO/IEC 11172-3, 2.4.3.4), which are many packets where each holds little
     * besides its header and side information; one more is what the first to be heard overlaps with.
     */
    private long mp3LeadIn(long packetSamples) {
        long bytes = parameters.bit_rate() * packetSamples / (8L * sampleRateHz());
        return (511 / Math.max(MP3_LEAST_DATA_BYTES, bytes - MP3_HEADER_BYTES) + 2) * packetSamples;
    }

    @Override
    public Damage damage() {
        return media.damage(0);
    }

    @Override
    public void close() {
        clock.close();
        packet.close();
        media.close();
    }
}
