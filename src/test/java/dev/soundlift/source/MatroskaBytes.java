package dev.soundlift.source;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** What Matroska files are made of. */
final class MatroskaBytes {
    private MatroskaBytes() {}

    static byte[] element(String id, byte[]... content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : content) all.writeBytes(part);
        return element(id, 1L << 56 | all.size(), all.toByteArray());
    }

    static byte[] element(String id, long size, byte[] content) {
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.writeBytes(HexFormat.of().parseHex(id));
        element.writeBytes(ByteBuffer.allocate(8).putLong(size).array());
        element.writeBytes(content);
        return element.toByteArray();
    }

    static byte[] number(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    static byte[] seekHead(long cues) {
        byte[] id = HexFormat.of().parseHex("1C53BB6B");
        return element("114D9B74", element("4DBB", element("53AB", id), element("53AC", number(cues))));
    }
}
