package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the parts of a fragmented MP4's index stand. A demuxer reads all of them before it begins, each for itself; the
 * list at the file's end (ISO/IEC 14496-12, section 8.8.9: movie fragment random access) tells where they are.
 */
public final class Mp4Fragments {
    /** Of "mfro", which ends the file and says how long the list is. */
    private static final int TAIL_BYTES = 16;

    private static final int MOST_LIST_BYTES = 8 << 20;
    /** Of the next "mdat". */
    private static final int HEAD_BYTES = 16;

    private static final int MOST_BEFORE = 8;
    /** So many parts tell how long the others may be. */
    private static final int LOOKED_AT = 5;
    /** One that is longer than thought costs a trip, and one that is shorter a few bytes. */
    private static final int SAFETY = 2;

    /** Without their boxes' heads. */
    private static final int ENTRY_AT = 16;

    private Mp4Fragments() {}

    /**
     * Where the parts stand, as far as the list tells; how long each is, it does not, so that some more may have to be read.
     *
     * @param gapBytes a gap that is no longer is read over
     * @return none where the file is of another kind or has no such list
     */
    public static Stretches of(RangeReader file, long gapBytes) {
        try {
            long size = file.size().orElse(0);
            if (!isFragmented(file, size)) return Stretches.NONE;
            List<Long> places = places(file, size);
            if (places.size() < LOOKED_AT) return Stretches.NONE;
            long length = 0;
            for (int i = 0; i < LOOKED_AT; i++) {
                long at = places.get(i * (places.size() - 1) / (LOOKED_AT - 1));
                Optional<Mp4Box> box = Mp4Box.at(file, at, size);
                if (box.isEmpty() || !box.get().type().equals("moof")) return Stretches.NONE;
                length = Math.max(length, box.get().end() - at + HEAD_BYTES);
            }
            List<Stretches.Stretch> heads = new ArrayList<>();
            long reach = SAFETY * Math.min(length, size / SAFETY); // a stranger's lengths may be anything
            for (long at : places) heads.add(new Stretches.Stretch(at, at + Math.min(size - at, reach)));
            return Stretches.of(heads, gapBytes);
        } catch (IOException | ExtractionException unreadable) {
            return Stretches.NONE; // whoever reads it then is told
        }
    }

    /** Whether the first data follow a fragment's index, and no other list of all of them ("sidx") stands before. */
    private static boolean isFragmented(RangeReader file, long size) throws IOException, ExtractionException {
        long at = 0;
        for (int i = 0; i < MOST_BEFORE; i++) {
            Optional<Mp4Box> box = Mp4Box.at(file, at, size);
            if (box.isEmpty()) return false;
            String type = box.get().type();
            if (type.equals("moof")) return true;
            boolean other = i == 0 ? !type.equals("ftyp") : type.equals("mdat") || type.equals("sidx");
            if (other) return false;
            at = box.get().end();
        }
        return false;
    }

    private static List<Long> places(RangeReader file, long size) throws IOException, ExtractionException {
        ByteBuffer tail = read(file, size - TAIL_BYTES, TAIL_BYTES);
        boolean isTail = tail.remaining() == TAIL_BYTES && tail.getInt(4) == 0x6D66726F; // "mfro"
        long length = isTail ? tail.getInt(12) & 0xffffffffL : 0;
        if (length <= TAIL_BYTES || length > Math.min(MOST_LIST_BYTES, size)) return List.of();
        ByteBuffer list = read(file, size - length, (int) length);
        Set<Long> places = new TreeSet<>();
        for (int at = 8; at + ENTRY_AT + 8 <= list.limit(); ) {
            int box = list.getInt(at);
            if (box < 8 || box > list.limit() - at) break;
            if (list.getInt(at + 4) == 0x74667261) add(list, at + 8, at + box, size, places); // "tfra"
            at += box;
        }
        return List.copyOf(places);
    }

    /** Version, track, how long three of the numbers are, and how many entries there are; then the entries. */
    private static void add(ByteBuffer list, int at, int end, long size, Set<Long> places) {
        if (end - at < ENTRY_AT) return;
        boolean isLong = list.get(at) == 1;
        int lengths = list.getInt(at + 8);
        int numbers = (lengths >> 4 & 3) + (lengths >> 2 & 3) + (lengths & 3) + 3;
        int entry = (isLong ? 16 : 8) + numbers;
        long count = Math.min(list.getInt(at + 12) & 0xffffffffL, (end - at - ENTRY_AT) / entry);
        for (int i = 0; i < count; i++) {
            int offset = at + ENTRY_AT + i * entry + (isLong ? 8 : 4);
            long place = isLong ? list.getLong(offset) : list.getInt(offset) & 0xffffffffL;
            if (place > 0 && place < size) places.add(place);
        }
    }

    private static ByteBuffer read(RangeReader file, long at, int length) throws IOException, ExtractionException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int read = at < 0 ? -1 : 1;
        while (read > 0 && bytes.hasRemaining()) read = file.read(at + bytes.position(), bytes);
        return bytes.flip();
    }
}
