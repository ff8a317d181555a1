package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_TRUEHD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Produced;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.Align;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;

/** Moves a track's packets untouched into the output: those that lie, even in part, in the wanted stretch. */
final class CopyRun implements AutoCloseable {
    private final Plan plan;
    private final AVStream source;
    private final Muxer muxer;
    private final Digest digest;
    private final boolean majorSyncNeeded;
    private final AVRational timeBase;
    private final long originMicros;
    private final long wantedStart;
    private final long wantedEnd;

    /** Time stamps of the source: of the first packet taken, and where the last one ends. */
    private long firstTimestamp = AV_NOPTS_VALUE;

    private long endTimestamp;
    private boolean complete;
    private long packets;

    CopyRun(Plan plan, Path file, Demuxer media, AVStream source) throws ExtractionException {
        this.plan = plan;
        this.source = source;
        this.timeBase = source.time_base();
        this.originMicros = media.originMicros();
        this.wantedStart =
                plan.cut().isWhole() ? Long.MIN_VALUE : timestamp(plan.cut().start());
        this.wantedEnd = plan.cut().end().map(this::timestamp).orElse(Long.MAX_VALUE);
        this.majorSyncNeeded = source.codecpar().codec_id() == AV_CODEC_ID_TRUEHD;
        this.digest = new Digest(source.codecpar().codec_id());
        this.muxer = Muxer.create(file, plan);
        try {
            muxer.begin(source.codecpar(), timeBase, plan, Cover.of(media.context()));
        } catch (ExtractionException failed) {
            close();
            throw failed;
        }
    }

    private long timestamp(Duration time) {
        double seconds = time.toNanos() / 1e9 + originMicros / (double) Ffmpeg.MICROS_PER_SECOND;
        return Math.round(seconds * timeBase.den() / timeBase.num());
    }

    void accept(Packet packet) throws ExtractionException {
        AVPacket raw = packet.raw();
        boolean timed = raw.pts() != AV_NOPTS_VALUE;
        if (timed && raw.pts() >= wantedEnd) {
            complete = true;
            return;
        }
        if (timed && raw.pts() + raw.duration() <= wantedStart) return;
        // TrueHD can be entered only at a major sync; other codecs' packets stand alone, flagged or not
        if (packets == 0 && majorSyncNeeded && (raw.flags() & AV_PKT_FLAG_KEY) == 0) return;
        if (timed) {
            if (firstTimestamp == AV_NOPTS_VALUE) firstTimestamp = raw.pts();
            endTimestamp = Math.max(endTimestamp, raw.pts() + raw.duration());
            long zero = plan.cut().isWhole() ? zero() : firstTimestamp;
            raw.pts(raw.pts() - zero);
            if (raw.dts() != AV_NOPTS_VALUE) raw.dts(raw.dts() - zero);
        }
        packets++;
        digest.add(raw);
        muxer.write(packet);
    }

    /** What becomes 0 in the output. Samples before it, which the codec needs to get going, stay before it. */
    private long zero() {
        boolean keepsOffset =
                plan.align() == Align.VIDEO && plan.target().container().holdsOffset();
        if (keepsOffset) return timestamp(Duration.ZERO);
        return source.start_time() == AV_NOPTS_VALUE ? firstTimestamp : source.start_time();
    }

    boolean complete() {
        return complete;
    }

    Duration position() {
        return onMediaClock(endTimestamp);
    }

    private Duration onMediaClock(long timestamp) {
        double seconds = Ffmpeg.seconds(timestamp, timeBase) - originMicros / (double) Ffmpeg.MICROS_PER_SECOND;
        return Duration.ofNanos(Math.max(0, Math.round(seconds * 1e9)));
    }

    Produced finish(long bytesRead, Damage damage) throws ExtractionException {
        if (packets == 0) {
            boolean whole = plan.cut().isWhole();
            throw new ExtractionException(
                    whole ? ErrorKind.UNREADABLE : ErrorKind.RANGE_OUTSIDE,
                    whole
                            ? Text.of(
                                    "error.nothing-decoded", plan.pick().track().codecName())
                            : Text.of("error.range-empty"),
                    Text.of(whole ? "next.nothing-decoded" : "next.range-outside"));
        }
        muxer.finish();
        Duration start = firstTimestamp == AV_NOPTS_VALUE ? Duration.ZERO : onMediaClock(firstTimestamp);
        return new Produced(
                bytesRead,
                new Produced.Taken(start, position()),
                0,
                Optional.of(digest.finish()),
                true,
                List.of(),
                damage);
    }

    @Override
    public void close() {
        digest.close();
        muxer.close();
    }
}
