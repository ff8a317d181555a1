package dev.soundlift.engine;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * A box of an MP4 or QuickTime file (ISO/IEC 14496-12, section 4.2).
 *
 * @param content where its content begins, in bytes from the start of the file
 * @param end where the next box begins, or the file ends
 */
public record Mp4Box(String type, long content, long end) {
    private static final int LARGEST_HEAD = 16;
    private static final int MOST_OUTERMOST = 1_000;
    /** What a file begins with; QuickTime's old ones have no "ftyp". */
    private static final Set<String> FIRST = Set.of("ftyp", "wide", "mdat");

    /** A size of 1 is followed by a long one, 0 reaches to the end. */
    static Optional<Mp4Box> at(RangeReader file, long at, long to) throws IOException, ExtractionException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.max(0, Math.min(LARGEST_HEAD, to - at)));
        int read = 1;
        while (read > 0 && head.hasRemaining()) read = file.read(at + head.position(), head);
        head.flip();
        if (head.limit() < 8) return Optional.empty();
        byte[] type = new byte[4];
        head.get(4, type);
        long length = head.getInt(0) & 0xffffffffL;
        boolean isLong = length == 1 && head.limit() == LARGEST_HEAD;
        if (isLong) length = head.getLong(8);
        if (length == 0) length = to - at;
        if (length < 8 || length > to - at) length = to - at; // cut off: what is there may still tell
        return Optional.of(
                new Mp4Box(new String(type, StandardCharsets.ISO_8859_1), at + (isLong ? 16 : 8), at + length));
    }

    /** The failure of such a file. */
    public static ExtractionException noIndex() {
        return new ExtractionException(ErrorKind.NOT_MEDIA, Text.of("error.no-index"), Text.of("next.no-index"));
    }

    /** Whether a file has the data of an MP4 and not the index without which they mean nothing. */
    public static boolean lacksIndex(RangeReader file) throws ExtractionException {
        try {
            long size = file.size().orElse(0);
            boolean data = false;
            long at = 0;
            for (int i = 0; i < MOST_OUTERMOST && at < size; i++) {
                Optional<Mp4Box> box = at(file, at, size);
                if (box.isEmpty()) break;
                String type = box.get().type();
                if (type.equals("moov") || (i == 0 && !FIRST.contains(type))) return false;
                data |= type.equals("mdat");
                at = box.get().end();
            }
            return data;
        } catch (IOException broken) {
            return false; // the index may lie beyond the break
        }
    }
}
