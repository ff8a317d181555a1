package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.avformat.AVFormatContext.AVFMT_FLAG_FAST_SEEK;
import static org.bytedeco.ffmpeg.avformat.AVIndexEntry.AVINDEX_KEYFRAME;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BYTE;
import static org.bytedeco.ffmpeg.global.avformat.av_add_index_entry;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry;
import static org.bytedeco.ffmpeg.global.avformat.avformat_seek_file;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.source.MatroskaView;
import java.time.Duration;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** Leaps near places of a file without reading what lies before them. Where a leap has led, only the packets tell. */
@FunctionalInterface
interface Places {
    /** A file in which one reads on from the start. */
    Places NONE = seconds -> false;

    /** Leaps; says no where this file has no leaps. */
    boolean goTo(double seconds) throws ExtractionException;

    static Places of(Demuxer file, AudioTrack track, Duration length) throws ExtractionException {
        if (length.isZero()) return NONE;
        if (file.isFormat("mpegts") || file.isFormat("mpeg")) return byBytes(file, length);
        if (file.isFormat("matroska,webm")) return byClusters(file, track, length);
        if (file.isFormat("mp3")) return byFrames(file, track);
        boolean exact = file.seeks() || file.isFormat("w64") || file.isFormat("aiff") || file.isFormat("caf");
        return exact ? byTime(file, track.streamIndex()) : NONE;
    }

    /** Its packets tell their time wherever one begins to read. */
    private static Places byBytes(Demuxer file, Duration length) throws ExtractionException {
        long bytes = file.bytes().orElse(0);
        double perSecond = bytes / (length.toNanos() / 1e9);
        if (bytes == 0) return NONE;
        return seconds -> av_seek_frame(file.context(), -1, (long) (seconds * perSecond), AVSEEK_FLAG_BYTE) >= 0;
    }

    /** Where all frames have one size, FFmpeg's quick way is exact; otherwise it is a guess. */
    private static Places byFrames(Demuxer file, AudioTrack track) throws ExtractionException {
        if (!file.hasConstantRate()) return NONE;
        file.context().flags(file.context().flags() | AVFMT_FLAG_FAST_SEEK);
        return byTime(file, track.streamIndex());
    }

    /** By the index of a stream. */
    private static Places byTime(Demuxer file, int streamIndex) {
        AVStream stream = file.context().streams(streamIndex);
        return seconds -> {
            long micros = Math.round(seconds * Ffmpeg.MICROS_PER_SECOND) + file.originMicros();
            double tick = Ffmpeg.seconds(1, stream.time_base());
            long timestamp = (long) Math.floor(micros / (double) Ffmpeg.MICROS_PER_SECOND / tick);
            return avformat_seek_file(file.context(), streamIndex, Long.MIN_VALUE, timestamp, timestamp, 0) >= 0;
        };
    }

    /**
     * Where Matroska has an index it is mostly one of the pictures, and FFmpeg asks each track for its own; where it has
     * none, the clusters can be counted if they say how long they are.
     */
    private static Places byClusters(Demuxer file, AudioTrack track, Duration length) throws ExtractionException {
        // Only now FFmpeg reads the index, which stands at the end
        byTime(file, track.streamIndex()).goTo(0);
        for (int i = 0; i < file.context().nb_streams(); i++) {
            if (reaches(file.context().streams(i), length)) return byEntries(file, i);
        }
        AVStream stream = file.stream(track);
        for (MatroskaView.Cluster cluster : file.clusters()) {
            av_add_index_entry(stream, cluster.position(), cluster.timestamp(), 0, 0, AVINDEX_KEYFRAME);
        }
        return reaches(stream, length) ? byEntries(file, track.streamIndex()) : NONE;
    }

    /** As by time, but never to the last entry: FFmpeg reads on from there to see whether it is the last. */
    private static Places byEntries(Demuxer file, int streamIndex) {
        AVStream stream = file.context().streams(streamIndex);
        Places byTime = byTime(file, streamIndex);
        long last = avformat_index_get_entry(stream, avformat_index_get_entries_count(stream) - 1)
                .timestamp();
        double until =
                Ffmpeg.seconds(last - 1, stream.time_base()) - file.originMicros() / (double) Ffmpeg.MICROS_PER_SECOND;
        return seconds -> byTime.goTo(Math.min(seconds, until));
    }

    /** Whether an index leads to more than where it was read already. */
    private static boolean reaches(AVStream stream, Duration length) {
        int entries = avformat_index_get_entries_count(stream);
        if (entries < 2) return false;
        double last =
                Ffmpeg.seconds(avformat_index_get_entry(stream, entries - 1).timestamp(), stream.time_base());
        return last > 0.8 * length.toNanos() / 1e9;
    }
}
