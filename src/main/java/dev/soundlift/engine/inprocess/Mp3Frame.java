package dev.soundlift.engine.inprocess;

import org.bytedeco.javacpp.BytePointer;

/**
 * Where the data of an MP3 frame lie (ISO/IEC 11172-3, 2.4.1.3 to 2.4.1.7).
 *
 * @param dataBefore how many bytes of the frames before it, headers aside, belong to this one
 * @param dataBytes of the frame itself: all behind the side information, to whichever frame they belong
 */
record Mp3Frame(int dataBefore, int dataBytes) {
    private static final int MONO = 3;

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
