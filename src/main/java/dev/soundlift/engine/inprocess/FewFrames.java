package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Recognises small files that are nothing but frames of MP3 or AAC. FFmpeg guesses by how many follow each other, and of
 * one or two it thinks anything (a single MP3 frame was H.263 to it); that they reach exactly to the end is proof enough.
 */
final class FewFrames {
    /** Eleven of MP3's largest. */
    private static final int MOST_BYTES = 16 << 10;

    private static final int ID3_HEAD = 10;
    private static final int ID3V1_BYTES = 128;
    /** ISO/IEC 11172-3, 2.4.2.3: of Layer III, in kbit/s, by the header's number. */
    private static final int[] MPEG_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    /** ISO/IEC 13818-3, 2.4.2.3. */
    private static final int[] MPEG_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};

    private static final int[] RATES = {44_100, 48_000, 32_000};

    private FewFrames() {}

    /** FFmpeg's name of the format; nothing for everything else, which FFmpeg may tell. */
    static Optional<String> format(RangeReader file) throws ExtractionException {
        try {
            if (file.size().orElse(Long.MAX_VALUE) > MOST_BYTES) return Optional.empty();
            ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
            while (bytes.hasRemaining()) if (file.read(bytes.position(), bytes) < 0) break;
            return format(bytes.flip());
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    static Optional<String> format(ByteBuffer bytes) {
        int start = afterId3(bytes);
        int end = bytes.limit();
        boolean tagged =
                end - start >= ID3V1_BYTES && text(bytes, end - ID3V1_BYTES).equals("TAG");
        if (tagged) end -= ID3V1_BYTES;
        int mp3 = start;
        for (int length; mp3 < end && (length = mp3Length(bytes, mp3)) > 0; ) mp3 += length;
        if (mp3 == end && end > start) return Optional.of("mp3");
        int adts = start;
        for (int length; adts < end && (length = adtsLength(bytes, adts)) > 0; ) adts += length;
        return adts == end && end > start ? Optional.of("aac") : Optional.empty();
    }

    /** Length of the ID3v2 tag in front (ID3v2.4, section 3.1: four times seven bits). */
    private static int afterId3(ByteBuffer bytes) {
        if (bytes.limit() < ID3_HEAD || !text(bytes, 0).equals("ID3")) return 0;
        int length = bytes.get(6) << 21 | bytes.get(7) << 14 | bytes.get(8) << 7 | bytes.get(9);
        return Math.min(bytes.limit(), ID3_HEAD + Math.max(0, length));
    }

    private static String text(ByteBuffer bytes, int at) {
        return "" + (char) bytes.get(at) + (char) bytes.get(at + 1) + (char) bytes.get(at + 2);
    }

    /** Of the frame that begins there; 0 where none does (ISO/IEC 11172-3, 2.4.1.3 and 2.4.3.1). */
    private static int mp3Length(ByteBuffer bytes, int at) {
        if (at + 4 > bytes.limit()) return 0;
        int head = bytes.getInt(at);
        int version = head >> 19 & 3; // 3: MPEG 1, 2: MPEG 2, 0: the common extension to lower rates
        int bitRate = head >> 12 & 15;
        int rate = head >> 10 & 3;
        boolean layer3 = (head >> 17 & 3) == 1;
        if (head >>> 21 != 0x7ff || version == 1 || !layer3 || bitRate == 0 || bitRate == 15 || rate == 3) return 0;
        int kilobits = version == 3 ? MPEG_1[bitRate] : MPEG_2[bitRate];
        int hertz = RATES[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        return (version == 3 ? 144_000 : 72_000) * kilobits / hertz + (head >> 9 & 1);
    }

    /** The same of AAC (ISO/IEC 13818-7, tables 8 and 9: twelve bits of sync, layer 0, and a length with the header). */
    private static int adtsLength(ByteBuffer bytes, int at) {
        if (at + 7 > bytes.limit() || (bytes.getShort(at) & 0xfff6) != 0xfff0) return 0;
        int length = bytes.getInt(at + 2) >> 5 & 0x1fff;
        return length >= 7 ? length : 0;
    }
}
