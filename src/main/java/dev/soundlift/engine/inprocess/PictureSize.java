package dev.soundlift.engine.inprocess;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Width and height of a PNG or JPEG picture in pixels, read from its header. */
record PictureSize(int width, int height) {
    private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;

    /** Nothing where the bytes are neither, or are cut off before their size. */
    static Optional<PictureSize> of(byte[] picture) {
        ByteBuffer bytes = ByteBuffer.wrap(picture);
        // PNG (ISO/IEC 15948, section 11.2.2): signature, chunk length and type, then width and height
        if (picture.length >= 24 && bytes.getLong(0) == PNG_SIGNATURE) {
            return plausible(bytes.getInt(16), bytes.getInt(20));
        }
        return picture.length > 4 && bytes.getShort(0) == (short) 0xFFD8 ? jpeg(bytes) : Optional.empty();
    }

    /** Walks the marker segments to the frame header (ITU-T T.81, section B.2.2). */
    private static Optional<PictureSize> jpeg(ByteBuffer bytes) {
        int position = 2;
        while (position + 9 <= bytes.limit() && (bytes.get(position) & 0xff) == 0xff) {
            int marker = bytes.get(position + 1) & 0xff;
            if (marker == 0xff) { // fill byte
                position++;
                continue;
            }
            boolean notAFrame = marker == 0xC4 || marker == 0xC8 || marker == 0xCC;
            if (marker >= 0xC0 && marker <= 0xCF && !notAFrame) {
                return plausible(bytes.getShort(position + 7) & 0xffff, bytes.getShort(position + 5) & 0xffff);
            }
            position += 2 + (bytes.getShort(position + 2) & 0xffff);
        }
        return Optional.empty();
    }

    private static Optional<PictureSize> plausible(int width, int height) {
        return width > 0 && height > 0 ? Optional.of(new PictureSize(width, height)) : Optional.empty();
    }
}
