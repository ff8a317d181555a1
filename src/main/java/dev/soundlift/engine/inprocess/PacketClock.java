package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_ALAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VORBIS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_SKIP_SAMPLES;
import static org.bytedeco.ffmpeg.global.avcodec.av_get_audio_frame_duration2;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import dev.soundlift.failure.ExtractionException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Where a track's packets lie, in samples of the media clock at the track's rate. Containers such as Matroska round time
 * stamps to a millisecond, which is many samples; packets that follow each other within that are put end to end.
 */
final class PacketClock implements AutoCloseable {
    /** A packet's place; what its decoder gives after the end is padding. */
    record Place(long position, long samples, long padding) {
        long end() {
            return position + samples - padding;
        }
    }

    private final AVStream stream;
    private final int rateHz;
    private final Demuxer media;
    private final Optional<ParsedLengths> lengths;
    private final AVCodecParameters codec;
    private final int codecId;
    private final boolean vorbis;
    /** What time stamps count, as a fraction of seconds. */
    private final int tickNumerator;

    private final int tickDenominator;
    private final double tickSamples;
    private double originSeconds;
    private boolean begun;
    private long next = Long.MIN_VALUE;
    private long last = Long.MIN_VALUE;
    private long movedOn;

    PacketClock(Demuxer media, AVStream stream, int rateHz) throws ExtractionException {
        this.media = media;
        this.stream = stream;
        this.rateHz = rateHz;
        this.codec = stream.codecpar();
        this.codecId = codec.codec_id();
        this.vorbis = codecId == AV_CODEC_ID_VORBIS;
        this.lengths = ParsedLengths.areNeeded(codec) ? Optional.of(new ParsedLengths(codec)) : Optional.empty();
        this.originSeconds = media.originMicros() / (double) Ffmpeg.MICROS_PER_SECOND;
        this.tickNumerator = stream.time_base().num();
        this.tickDenominator = stream.time_base().den();
        this.tickSamples = tickNumerator * (double) rateHz / tickDenominator;
    }

    /** Places the next packet; one without a time stamp follows the last one. */
    Place place(AVPacket packet) {
        long samples = samples(packet);
        if (vorbis && !begun) return silentFirst(packet, samples);
        long timestamp = packet.pts();
        long position = timestamp == AV_NOPTS_VALUE
                ? (next == Long.MIN_VALUE ? 0 : next)
                : next == Long.MIN_VALUE ? first(position(timestamp), samples) : following(position(timestamp));
        last = position;
        next = position + samples;
        return new Place(position, samples, Math.min(samples, padding(packet)));
    }

    /**
     * Vorbis' first packet gives no sound, only what the next overlaps with (Vorbis I specification, 1.3.2). The second
     * packet's sound is the first, and where a file has nothing else its clock begins there.
     */
    private Place silentFirst(AVPacket packet, long samples) {
        begun = true;
        long position = packet.pts() == AV_NOPTS_VALUE ? 0 : position(packet.pts());
        if (tickSamples <= 1) {
            next = position + samples;
        } else if (media.isAlone() && !media.hasMoved()) {
            originSeconds = Ffmpeg.seconds(packet.pts() + packet.duration(), stream.time_base());
            next = 0;
        }
        return new Place(next == Long.MIN_VALUE ? position + samples : next, 0, 0);
    }

    long position(long timestamp) {
        double seconds = timestamp * (double) tickNumerator / tickDenominator;
        return Math.round((seconds - originSeconds) * rateHz);
    }

    /** No container takes time that goes back: a packet that says so comes after the last one, as decoders take it. */
    private long following(long position) {
        if (Math.abs(position - next) <= Math.max(1, 1.5 * tickSamples)) return next;
        if (position > last) return position;
        movedOn++;
        return next;
    }

    /** How many packets said that they do not come after the one before them. */
    long movedOn() {
        return movedOn;
    }

    /** After a seek too, packets of one size lie whole sizes from the track's beginning. */
    private long first(long position, long samples) {
        boolean known = tickSamples <= 1 || vorbis;
        if (known || samples <= 0 || stream.start_time() == AV_NOPTS_VALUE) return position;
        long priming = stream.codecpar().initial_padding();
        long start = position(stream.start_time());
        // Where the sound begins with the file's clock, the priming lies before it, to the sample
        long fileStart = Math.round(-originSeconds * rateHz) - priming;
        long origin = Math.abs(start - fileStart) <= 1.5 * tickSamples ? fileStart : start;
        long nearest = origin + samples * Math.round((position - origin) / (double) samples);
        return Math.abs(nearest - position) <= 1.5 * tickSamples ? nearest : position;
    }

    private long samples(AVPacket packet) {
        if (lengths.isPresent()) return lengths.get().samples(packet);
        if (codecId == AV_CODEC_ID_OPUS) return opusSamples(packet);
        if (codecId == AV_CODEC_ID_ALAC) return alacSamples(packet);
        int known = av_get_audio_frame_duration2(codec, packet.size());
        return known > 0 ? known : Math.round(packet.duration() * tickSamples);
    }

    /** At 48 kHz, from the packet's first bytes (RFC 6716, section 3.1). */
    private static long opusSamples(AVPacket packet) {
        if (packet.size() < 1) return 0;
        int toc = packet.data().get(0) & 0xff;
        int configuration = toc >> 3;
        int frame = configuration < 12
                ? new int[] {480, 960, 1920, 2880}[configuration & 3]
                : configuration < 16 ? (configuration & 1) == 0 ? 480 : 960 : 120 << (configuration & 3);
        int frames = switch (toc & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> packet.size() > 1 ? packet.data().get(1) & 0x3f : 0;
        };
        return (long) frame * frames;
    }

    /**
     * A frame has the length that the set-up data names, but for one that says otherwise: the last (Apple Lossless Format
     * Description: after tag, instance and reserved bits, 19 in all, a flag, three more bits and the length).
     */
    private long alacSamples(AVPacket packet) {
        BytePointer setUp = stream.codecpar().extradata();
        if (stream.codecpar().extradata_size() < 16 || packet.size() < 7) return 0;
        BytePointer data = packet.data();
        boolean ownLength = ((data.get(2) >> 4) & 1) == 1;
        if (!ownLength) return bigEndian(setUp, 12);
        // From bit 23 on
        return (((bigEndian(data, 2) << 8) | (data.get(6) & 0xff)) >> 1) & 0xffffffffL;
    }

    private static long bigEndian(BytePointer data, long at) {
        long value = 0;
        for (int i = 0; i < 4; i++) value = (value << 8) | (data.get(at + i) & 0xff);
        return value;
    }

    /** What the container says is to be dropped at the packet's end. */
    private static long padding(AVPacket packet) {
        if (packet.side_data_elems() == 0) return 0;
        try (SizeTPointer size = new SizeTPointer(1)) {
            BytePointer data = av_packet_get_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, size);
            if (data == null || data.isNull() || size.get() < 10) return 0;
            long value = 0;
            for (int i = 3; i >= 0; i--) value = (value << 8) | (data.get(4 + i) & 0xff);
            return value;
        }
    }

    @Override
    public void close() {
        lengths.ifPresent(ParsedLengths::close);
    }
}
