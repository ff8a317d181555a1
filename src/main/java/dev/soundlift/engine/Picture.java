package dev.soundlift.engine;

/** A picture for tags: JPEG or PNG. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Picture(byte[] bytes, boolean png) {
    public String mimeType() {
        return png ? "image/png" : "image/jpeg";
    }
}
