package dev.soundlift.engine.inprocess;

import org.bytedeco.javacpp.BytePointer;

/**
 * Where the data of an MP3 frame lie (ISO/IEC 11172-3, 2.4.1.3 to 2.4.1.7).
 *
 * @param dataBefore how many bytes of the frames before it, headers aside, belong to this one
 * @param dataBytes of the frame itself: all behind the side information, to whichever frame they belong
 */
record Mp3Frame(int dataBefore, int dataBytes) {
    static final int HEADER_BYTES = 4;

    private static final int MONO = 3;

    /** By the four bits of the header, in kbit/s (ISO/IEC 11172-3, 2.4.2.3, and ISO/IEC 13818-3, 2.4.2.3). */
    private static final int[] MPEG1_RATES = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0};

    private static final int[] MPEG2_RATES = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0};
    private static final int[] HERTZ = {44_100, 48_000, 32_000, 0};

    /** Of the whole frame whose header begins there, in bytes. */
    static int length(byte[] bytes, int at) {
        int version = bytes[at + 1] >> 3 & 3; // 3: MPEG 1, 2: MPEG 2 with half its rates, 0: MPEG 2.5 with a quarter
        int hertz = HERTZ[bytes[at + 2] >> 2 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
        int kilobits = (version == 3 ? MPEG1_RATES : MPEG2_RATES)[bytes[at + 2] >> 4 & 15];
        boolean header = bytes[at] == (byte) 0xff && (bytes[at + 1] & 0xe6) == 0xe2;
        if (!header || hertz == 0 || kilobits == 0) throw new IllegalArgumentException("no MP3 frame");
        return (version == 3 ? 144_000 : 72_000) * kilobits / hertz + (bytes[at + 2] >> 1 & 1);
    }

    static Mp3Frame of(Packet packet) {
        BytePointer bytes = packet.raw().data();
        boolean mpeg1 = (bytes.get(1) & 0x08) != 0;
        boolean checksum = (bytes.get(1) & 0x01) == 0;
        boolean mono = (bytes.get(3) >> 6 & 3) == MONO;
        int sideInfoAt = checksum ? 6 : 4;
        int sideInfoBytes = mpeg1 ? mono ? 17 : 32 : mono ? 9 : 17;
        int first = bytes.get(sideInfoAt) & 0xff;
        int before = mpeg1 ? first << 1 | (bytes.get(sideInfoAt + 1) & 0xff) >> 7 : first;
        return new Mp3Frame(before, packet.raw().size() - sideInfoAt - sideInfoBytes);
    }
}
