package dev.soundlift.stream;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.PacketSource;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A track's packets, untouched: those that lie, even in part, in what was asked for, and before them those that a decoder
 * needs to get going.
 */
public final class PacketStream extends SoundStream<SoundPacket> {
    private final PacketSource packets;
    private final int sampleRateHz;
    private final int channels;
    private final byte[] setUp;

    /**
     * A stream over what an engine reads.
     *
     * @param promised how long it is to be by the file's own claim
     * @param cancellation of the engine's reading, and of nothing else
     * @param release is run after the packets are closed
     */
    public PacketStream(
            PacketSource packets,
            AudioTrack track,
            Optional<Duration> promised,
            Cancellation cancellation,
            Runnable release) {
        super(track, promised, cancellation, () -> {
            packets.close();
            release.run();
        });
        this.packets = packets;
        this.sampleRateHz = packets.sampleRateHz();
        this.channels = packets.channels();
        this.setUp = packets.setUp();
    }

    /** FFmpeg's name, such as {@code aac}, {@code opus} or {@code pcm_s16le}. */
    public String codecName() {
        return packets.codecName();
    }

    /** Which the positions and lengths of packets count in. */
    public int sampleRateHz() {
        return sampleRateHz;
    }

    /** Of the track. */
    public int channels() {
        return channels;
    }

    /**
     * What the decoder needs before the first packet, such as AAC's AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) or
     * Opus' identification header (RFC 7845, section 5.1); empty where there is none. A copy of its own.
     */
    public byte[] setUp() {
        return setUp.clone();
    }

    @Override
    Optional<SoundPacket> read() throws ExtractionException {
        return packets.next()
                .map(next -> new SoundPacket(
                        ByteBuffer.wrap(next.data()), next.position(), next.samples(), next.padding(), next.marked()));
    }

    @Override
    Damage met() {
        return packets.damage();
    }
}
