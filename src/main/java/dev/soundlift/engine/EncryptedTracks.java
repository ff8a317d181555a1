package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tracks of an MP4 hold nothing without a key: "enca" (ISO/IEC 14496-12, section 8.12) and iTunes' "drms". FFmpeg
 * tells the codec behind the encryption and then decodes noise, so that the sample descriptions are looked at here.
 */
public final class EncryptedTracks {
    private static final Set<String> ENCRYPTED = Set.of("enca", "drms");
    private static final int MOST_BOXES = 20_000;
    private static final int LARGEST_HEAD = 16;

    private final RangeReader file;
    private final Set<Integer> found = new TreeSet<>();
    private int tracks;
    private int boxes;

    private EncryptedTracks(RangeReader file) {
        this.file = file;
    }

    /** Numbers of tracks in the file's order, counted from 0; empty for all that is no MP4. */
    public static Set<Integer> of(RangeReader file) throws ExtractionException {
        EncryptedTracks tracks = new EncryptedTracks(file);
        try {
            long size = file.size().orElse(0);
            Optional<Box> first = tracks.box(0, size);
            if (first.filter(box -> box.type().equals("ftyp")).isPresent()) tracks.walk(0, size);
        } catch (IOException broken) {
            return tracks.found; // what lies after the break cannot be read either
        }
        return tracks.found;
    }

    private record Box(String type, long content, long end) {}

    private void walk(long from, long to) throws IOException, ExtractionException {
        for (long at = from; at < to && boxes++ < MOST_BOXES; ) {
            Optional<Box> next = box(at, to);
            if (next.isEmpty()) return;
            Box box = next.get();
            switch (box.type()) {
                case "moov", "mdia", "minf", "stbl" -> walk(box.content(), box.end());
                case "trak" -> {
                    walk(box.content(), box.end());
                    tracks++;
                }
                // Version, flags and number of entries, then the first entry
                case "stsd" ->
                    box(box.content() + 8, box.end())
                            .filter(entry -> ENCRYPTED.contains(entry.type()))
                            .ifPresent(entry -> found.add(tracks));
                default -> {}
            }
            at = box.end();
        }
    }

    /** A size of 1 is followed by a long one, 0 reaches to the end. */
    private Optional<Box> box(long at, long to) throws IOException, ExtractionException {
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
        return Optional.of(new Box(new String(type, StandardCharsets.ISO_8859_1), at + (isLong ? 16 : 8), at + length));
    }
}
