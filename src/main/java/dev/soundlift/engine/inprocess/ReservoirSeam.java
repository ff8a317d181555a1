package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_make_writable;

import dev.soundlift.failure.ExtractionException;
import java.util.OptionalLong;
import org.bytedeco.javacpp.BytePointer;

/**
 * Joins MP3 frames across their bit reservoir: a frame's data may begin in what earlier frames left free (ISO/IEC 11172-3,
 * 2.4.3.4, main_data_begin). A fresh encoder saves bits slowly, so soon after its start there is a frame that needs no
 * more of that room than the earlier encoder left. There the later encoder takes over, and what its frame has in the room
 * before it is moved along. What stays free, some hundred bytes of a block, is lost.
 */
final class ReservoirSeam implements Seam {
    private static final int CANDIDATES = 16;
    /** LAME gives out a frame when it has the second one after it, and that one's data fill it. */
    private static final int HELD_BACK = 4;

    @Override
    public int warmUp() {
        return 6;
    }

    @Override
    public int overhang() {
        return CANDIDATES + HELD_BACK;
    }

    @Override
    public OptionalLong join(Block earlier, Block later, long nominal) throws ExtractionException {
        long end = Math.min(earlier.orderedEnd(), later.orderedEnd());
        for (long candidate = nominal; candidate < end; candidate++) {
            int needed = Mp3Frame.of(later.packet(candidate)).dataBefore();
            int free = Mp3Frame.of(earlier.packet(candidate)).dataBefore();
            if (needed > free) continue;
            byte[] data = new byte[free];
            if (collect(later, candidate, data, needed) && place(earlier, candidate, data)) {
                return OptionalLong.of(candidate);
            }
        }
        return OptionalLong.empty();
    }

    /** The last so many bytes of the frames' data before a frame, at the end of an array. */
    private static boolean collect(Block block, long before, byte[] into, int count) {
        int left = count;
        int at = into.length;
        for (Packet packet : block.before(before)) {
            if (left == 0) return true;
            Mp3Frame frame = Mp3Frame.of(packet);
            int some = Math.min(left, frame.dataBytes());
            at -= some;
            left -= some;
            new BytePointer(packet.raw().data())
                    .position(packet.raw().size() - some)
                    .get(into, at, some);
        }
        return left == 0;
    }

    private static boolean place(Block block, long before, byte[] data) throws ExtractionException {
        int left = data.length;
        for (Packet packet : block.before(before)) {
            if (left == 0) return true;
            Mp3Frame frame = Mp3Frame.of(packet);
            int some = Math.min(left, frame.dataBytes());
            left -= some;
            Ffmpeg.require(av_packet_make_writable(packet.raw()), "av_packet_make_writable");
            new BytePointer(packet.raw().data())
                    .position(packet.raw().size() - some)
                    .put(data, left, some);
        }
        return left == 0;
    }
}
