package dev.soundlift.source;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The elements of which a Matroska file is made (RFC 8794). */
final class Ebml {
    static final long HEADER = 0x1A45DFA3L;
    static final long SEGMENT = 0x18538067L;
    static final long CLUSTER = 0x1F43B675L;
    static final long CHECK_SUM = 0xBF;
    static final long TIMESTAMP = 0xE7;
    static final long TRACKS = 0x1654AE6BL;
    static final long TRACK_ENTRY = 0xAE;
    static final long TRACK_NUMBER = 0xD7;
    static final long TRACK_TYPE = 0x83;
    static final long SIMPLE_BLOCK = 0xA3;
    static final long BLOCK_GROUP = 0xA0;
    static final long BLOCK = 0xA1;

    private static final int LONGEST_HEADER = 12;

    private final RangeReader file;
    private final ByteBuffer header = ByteBuffer.allocate(LONGEST_HEADER);

    Ebml(RangeReader file) {
        this.file = file;
    }

    /**
     * An element of known size.
     *
     * @param payload where its content begins
     * @param end where the next element begins
     */
    record Element(long id, long start, long payload, long end) {}

    /** The element at a position; nothing where there is none, or one of unknown size, or one that ends beyond a limit. */
    Optional<Element> at(long position, long limit) throws IOException, ExtractionException {
        int there = load(position, (int) Math.min(LONGEST_HEADER, limit - position));
        int idLength = there < 2 ? 0 : length(0);
        if (idLength < 1 || idLength > 4 || there <= idLength) return Optional.empty();
        long id = number(0, idLength, false);
        int sizeLength = length(idLength);
        if (sizeLength < 1 || sizeLength > 8 || there < idLength + sizeLength) return Optional.empty();
        long size = number(idLength, sizeLength, true);
        boolean unknown = size == (1L << (7 * sizeLength)) - 1;
        long payload = position + idLength + sizeLength;
        if (unknown || size > limit - payload) return Optional.empty();
        return Optional.of(new Element(id, position, payload, payload + size));
    }

    /** A number of one to eight bytes as it stands at the front of a block; negative where there is none. */
    long vint(long position, long limit) throws IOException, ExtractionException {
        int there = load(position, (int) Math.min(8, limit - position));
        int length = there < 1 ? 0 : length(0);
        return length < 1 || length > 8 || there < length ? -1 : number(0, length, true);
    }

    /** The whole content of a small element as a number. */
    long unsigned(Element element) throws IOException, ExtractionException {
        int length = (int) Math.min(9, element.end() - element.payload());
        if (length < 1 || length > 8 || load(element.payload(), length) < length) return -1;
        return number(0, length, false);
    }

    private int load(long position, int length) throws IOException, ExtractionException {
        header.clear();
        if (length <= 0) return 0;
        header.limit(length);
        while (header.hasRemaining()) {
            if (file.read(position + header.position(), header) <= 0) break;
        }
        return header.position();
    }

    /** How many bytes a number has: as many zero bits as its first byte begins with, and one; 0 where there are eight. */
    private int length(int at) {
        int first = header.get(at) & 0xFF;
        return first == 0 ? 0 : Integer.numberOfLeadingZeros(first) - 23;
    }

    private long number(int at, int length, boolean withoutMarker) {
        long number = header.get(at) & 0xFF;
        if (withoutMarker) number &= (1L << (8 - length)) - 1;
        for (int i = 1; i < length; i++) number = number << 8 | (header.get(at + i) & 0xFF);
        return number;
    }
}
