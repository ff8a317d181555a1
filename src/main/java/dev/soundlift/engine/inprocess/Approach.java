package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entry;
import static org.bytedeco.ffmpeg.global.avformat.avformat_seek_file;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;

/** Goes to a packet of a track at or before a time of the container's clock. */
final class Approach {
    /** How far apart a picture and the sound that is played with it may lie in a file. */
    private static final double INTERLEAVED_MICROS = 1e6;

    private final AVFormatContext file;
    private final AVStream track;
    private final double micros;

    Approach(AVFormatContext file, AVStream track, double micros) {
        this.file = file;
        this.track = track;
        this.micros = micros;
    }

    /** By the track's own index. */
    boolean byTrack() {
        return seek(track, micros);
    }

    /**
     * By the index of the pictures, which is often the only one in Matroska: without one of its own, FFmpeg reads all that
     * lies before. Where that leads is tried; nothing is done where the track itself would not lead anywhere afterwards.
     * From the last entry of an index on FFmpeg looks for another one, through all the rest of the file if the pictures
     * are over or are not read: so one before that is gone to, unless the track's own index reaches as far.
     */
    boolean byPictures() {
        Optional<AVStream> found = IntStream.range(0, file.nb_streams())
                .mapToObj(file::streams)
                .filter(stream -> stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO)
                .filter(stream -> (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) == 0)
                .findFirst();
        double wanted = micros - INTERLEAVED_MICROS;
        if (found.isEmpty() || wanted <= 0 || avformat_index_get_entries_count(track) == 0) return false;
        AVStream pictures = found.get();
        seek(track, 0); // only now the file's index is read
        if (avformat_index_get_entries_count(pictures) < 2) return false;
        long before = Math.min(ticks(pictures, wanted), lastEntry(pictures) - 1);
        if (micros(pictures, before) <= micros(track, lastEntry(track))) return false;
        return seekTicks(pictures, before) && isBefore() && seekTicks(pictures, before);
    }

    private static long lastEntry(AVStream stream) {
        return avformat_index_get_entry(stream, avformat_index_get_entries_count(stream) - 1)
                .timestamp();
    }

    /** Whether the track's next packet begins early enough. */
    private boolean isBefore() {
        try (Packet packet = new Packet()) {
            while (av_read_frame(file, packet.raw()) >= 0) {
                boolean found = packet.raw().stream_index() == track.index();
                long start = packet.raw().pts();
                if (found) return start != AV_NOPTS_VALUE && start <= ticks(track, micros);
                packet.clear();
            }
            return false;
        }
    }

    private boolean seek(AVStream by, double time) {
        return seekTicks(by, ticks(by, time));
    }

    private boolean seekTicks(AVStream by, long timestamp) {
        return avformat_seek_file(file, by.index(), Long.MIN_VALUE, timestamp, timestamp, 0) >= 0;
    }

    private static long ticks(AVStream stream, double time) {
        return (long) Math.floor(time / microsPerTick(stream));
    }

    private static double micros(AVStream stream, long ticks) {
        return ticks * microsPerTick(stream);
    }

    private static double microsPerTick(AVStream stream) {
        return (double) Ffmpeg.MICROS_PER_SECOND
                * stream.time_base().num()
                / stream.time_base().den();
    }
}
