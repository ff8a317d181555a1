package dev.soundlift.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A picture for tags: JPEG or PNG. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Picture(byte[] bytes, boolean png) {
    public String mimeType() {
        return png ? "image/png" : "image/jpeg";
    }

    /**
     * The block that FLAC and, in base64, Ogg carry pictures in (RFC 9639, section 8.8); type 3 is "front cover".
     *
     * @param width of the picture, in pixels
     * @param height likewise
     */
    public byte[] flacBlock(int width, int height) {
        byte[] mime = mimeType().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(32 + mime.length + bytes.length)
                .putInt(3)
                .putInt(mime.length)
                .put(mime)
                .putInt(0) // no description
                .putInt(width)
                .putInt(height)
                .putInt(24) // bits per pixel
                .putInt(0) // not an indexed picture
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }
}
