package dev.soundlift.engine;

/**
 * What identifies a run of compressed packets, whatever the container around them.
 *
 * @param packets how many; two containers may group PCM differently, so only {@code bytes} and {@code sum} must agree
 * @param bytes of payload
 * @param sum of the payloads one after the other: its kind, which is the engine's choice, and in hexadecimal
 */
public record PacketDigest(long packets, long bytes, String sum) {
    public boolean sameContent(PacketDigest other) {
        return bytes == other.bytes && sum.equals(other.sum);
    }
}
