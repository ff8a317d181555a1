package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_NEW_EXTRADATA;
import static org.bytedeco.ffmpeg.global.avcodec.av_grow_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ExtractionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVMD5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * FLAC's frames stand alone, but they are numbered through, and the file's first block tells of all of them (RFC 9639,
 * sections 8.2 and 9.1): what every encoder says of its own block is replaced. The result is what one encoder would make.
 */
final class FlacSeam implements Seam {
    private static final int CHECKSUM_BYTES = 2;
    private static final int MD5_BYTES = 16;
    private static final int NUMBER_AT = 4;

    private final int bits;
    private final AVMD5 md5 = av_md5_alloc();
    private long samples;
    private int smallest = Integer.MAX_VALUE;
    private int largest;

    /** @param bits of a sample, as FLAC keeps it */
    FlacSeam(int bits) {
        this.bits = bits;
        av_md5_init(md5);
    }

    @Override
    public int warmUp() {
        return 0;
    }

    @Override
    public int overhang() {
        return 0;
    }

    /** The checksum is that of the samples in as few bytes as they need, little-endian. */
    @Override
    public void listen(AVFrame frame) {
        samples += frame.nb_samples();
        int values = frame.nb_samples() * frame.ch_layout().nb_channels();
        int bytes = av_get_bytes_per_sample(frame.format());
        BytePointer data = new BytePointer(frame.extended_data(0)).capacity((long) values * bytes);
        if (bytes * Byte.SIZE == bits) {
            av_md5_update(md5, data, (long) values * bytes);
            return;
        }
        IntBuffer wide = data.asByteBuffer().order(ByteOrder.nativeOrder()).asIntBuffer();
        byte[] narrow = new byte[values * 3];
        for (int i = 0; i < values; i++) {
            int value = wide.get(i) >> Byte.SIZE; // 24 bits are the upper ones of FFmpeg's 32
            narrow[3 * i] = (byte) value;
            narrow[3 * i + 1] = (byte) (value >> 8);
            narrow[3 * i + 2] = (byte) (value >> 16);
        }
        av_md5_update(md5, narrow, narrow.length);
    }

    @Override
    public void finish(Packet packet, long number) throws ExtractionException {
        int size = packet.raw().size();
        if (size == 0) {
            describe(packet);
            return;
        }
        renumber(packet, number);
        smallest = Math.min(smallest, packet.raw().size());
        largest = Math.max(largest, packet.raw().size());
    }

    private static void renumber(Packet packet, long number) throws ExtractionException {
        byte[] wanted = coded(number);
        int present = codedLength(packet.raw().data().get(NUMBER_AT));
        int more = wanted.length - present;
        int size = packet.raw().size();
        if (more > 0) Ffmpeg.require(av_grow_packet(packet.raw(), more), "av_grow_packet");
        Ffmpeg.require(av_packet_make_writable(packet.raw()), "av_packet_make_writable");
        BytePointer data = packet.raw().data();
        if (more > 0) {
            long rest = (long) size - NUMBER_AT - present;
            Pointer.memmove(
                    new BytePointer(data).position(NUMBER_AT + wanted.length),
                    new BytePointer(data).position(NUMBER_AT + present),
                    rest);
        }
        new BytePointer(data).position(NUMBER_AT).put(wanted, 0, wanted.length);
        int header = NUMBER_AT + wanted.length + extraBytes(data.get(2));
        data.put(header, (byte) av_crc(av_crc_get_table(AV_CRC_8_ATM), 0, data, header));
        int end = packet.raw().size() - CHECKSUM_BYTES;
        int sum = av_crc(av_crc_get_table(AV_CRC_16_ANSI), 0, data, end);
        data.put(end, (byte) sum).put(end + 1, (byte) (sum >> 8)); // FFmpeg's sum has its bytes swapped
    }

    /** Behind the number stand a block size and a rate that are not in the usual table (RFC 9639, 9.1.6 and 9.1.7). */
    private static int extraBytes(byte sizeAndRate) {
        int size = (sizeAndRate >> 4) & 0xf;
        int rate = sizeAndRate & 0xf;
        return (size == 6 ? 1 : size == 7 ? 2 : 0) + (rate == 12 ? 1 : rate == 13 || rate == 14 ? 2 : 0);
    }

    private static int codedLength(byte first) {
        return first >= 0 ? 1 : Integer.numberOfLeadingZeros(~first << 24);
    }

    /** As UTF-8 codes characters, for up to 31 bits. */
    static byte[] coded(long number) {
        if (number < 0x80) return new byte[] {(byte) number};
        int length = 2;
        while (length < 6 && number >= 1L << (5 * length + 1)) length++;
        byte[] coded = new byte[length];
        long left = number;
        for (int i = length - 1; i > 0; i--) {
            coded[i] = (byte) (0x80 | (left & 0x3f));
            left >>= 6;
        }
        coded[0] = (byte) ((0xff00 >> length) | left);
        return coded;
    }

    /** What the last encoder tells of itself becomes true of the whole: sizes, number of samples, checksum. */
    private void describe(Packet packet) {
        try (SizeTPointer length = new SizeTPointer(1)) {
            BytePointer told = av_packet_get_side_data(packet.raw(), AV_PKT_DATA_NEW_EXTRADATA, length);
            if (told == null || told.isNull()) return;
            ByteBuffer description = told.capacity(length.get()).asByteBuffer().order(ByteOrder.BIG_ENDIAN);
            for (int i = 0; i < 3; i++) {
                description.put(4 + i, (byte) (smallest >> (16 - 8 * i)));
                description.put(7 + i, (byte) (largest >> (16 - 8 * i)));
            }
            description.put(13, (byte) ((description.get(13) & 0xf0) | ((samples >> 32) & 0xf)));
            description.putInt(14, (int) samples);
            byte[] sum = new byte[MD5_BYTES];
            av_md5_final(md5, sum);
            for (int i = 0; i < MD5_BYTES; i++) description.put(18 + i, sum[i]);
        }
    }

    @Override
    public void close() {
        av_free(md5);
    }
}
