package dev.soundlift.stream;

import java.nio.ByteBuffer;

/**
 * A packet as it lies in the file.
 *
 * @param data for the decoder; read-only
 * @param position of its first sample, in samples after the first one that was asked for; negative where a decoder needs
 *     it to get going, or where an encoder put something before the sound: not to be heard
 * @param samples of one channel that a decoder gives for it
 * @param padding how many of them, the last ones, are not to be heard
 * @param damaged whether the file itself says so
 */
public record SoundPacket(ByteBuffer data, long position, long samples, long padding, boolean damaged) {
    /** Keeps the data read-only. */
    public SoundPacket {
        data = data.asReadOnlyBuffer();
    }

    /** The packet's bytes, read-only, from a position of its own. */
    @Override
    public ByteBuffer data() {
        return data.duplicate();
    }
}
