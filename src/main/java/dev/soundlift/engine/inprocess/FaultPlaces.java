package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_CORRUPT;

import dev.soundlift.engine.Loss;
import dev.soundlift.engine.Losses;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds faults to times of the media clock: a fault that is met while the next packet is read or decoded lies between the
 * last good sample and the next one. Of one track; FFmpeg's complaints are those of the thread.
 */
final class FaultPlaces {
    /** So many frames may come out between a fault and the gap that it left: demuxers and decoders hold some back. */
    private static final int HELD_BACK = 8;

    private final Losses losses = new Losses();
    /** Where the last sample before the open fault ends; nothing where all is well. */
    private @Nullable Duration since;

    private Duration lastStart;
    private Duration lastEnd;
    private boolean anyPlaced;
    private int sinceFault = HELD_BACK + 1;

    /** @param start where the wanted stretch begins */
    FaultPlaces(Duration start) {
        this.lastStart = start;
        this.lastEnd = start;
    }

    /** Whether the container says that a packet is damaged. */
    static boolean isMarked(Packet packet) {
        return (packet.raw().flags() & AV_PKT_FLAG_CORRUPT) != 0;
    }

    /** Before a packet is decoded: whether it is marked, and how far the sound has come. */
    void met(boolean marked, Duration position) {
        anyPlaced = false;
        boolean complained = Complaints.anyNew();
        if (marked || complained) sinceFault = 0;
        if (since == null && (marked || complained)) since = position;
    }

    /** A frame was put where it belongs: it ends at the position. */
    void placed(Duration position, Duration length) {
        boolean beforeZero = length.compareTo(position) > 0; // its front was left out
        Duration start = beforeZero ? Duration.ZERO : position.minus(length);
        if (sinceFault++ < HELD_BACK && start.compareTo(lastEnd) > 0) losses.add(lastEnd, start);
        if (!anyPlaced) lastStart = start;
        lastEnd = position;
        anyPlaced = true;
    }

    /** After a packet: whether the decoder refused any of it. */
    void decoded(boolean refused, Duration position) {
        boolean complained = Complaints.anyNew();
        boolean faulty = complained || refused;
        if (faulty) sinceFault = 0;
        if (since == null && faulty) since = anyPlaced ? lastStart : position;
        if (since == null || !anyPlaced) return;
        // A fault that left no gap is in the frame that came of it
        boolean gap = lastStart.compareTo(since) > 0;
        losses.add(since, faulty || !gap ? lastEnd : lastStart);
        since = null;
    }

    /** Of the stretch; a fault after which nothing came lies at its end. */
    List<Loss> within(Duration from, Duration to) {
        if (since != null) {
            losses.add(since, lastEnd);
            since = null;
        }
        return losses.within(from, to);
    }
}
