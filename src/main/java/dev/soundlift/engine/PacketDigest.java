package dev.soundlift.engine;

/**
 * What identifies a run of compressed packets, whatever the container around them.
 *
 * @param packets how many; two containers may group PCM differently, so only {@code bytes} and {@code md5} must agree
 * @param bytes of payload
 * @param md5 of the payloads one after the other, in hexadecimal
 */
public record PacketDigest(long packets, long bytes, String md5) {
    public boolean sameContent(PacketDigest other) {
        return bytes == other.bytes && md5.equals(other.md5);
    }
}
