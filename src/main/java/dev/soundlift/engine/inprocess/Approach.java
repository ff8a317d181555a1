package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_index_get_entries_count;
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
     */
    boolean byPictures() {
        Optional<AVStream> pictures = IntStream.range(0, file.nb_streams())
                .mapToObj(file::streams)
                .filter(stream -> stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO)
                .filter(stream -> (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) == 0)
                .findFirst();
        double before = micros - INTERLEAVED_MICROS;
        if (pictures.isEmpty() || before <= 0 || avformat_index_get_entries_count(track) == 0) return false;
        return seek(pictures.get(), before) && isBefore() && seek(pictures.get(), before);
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
        long timestamp = ticks(by, time);
        return avformat_seek_file(file, by.index(), Long.MIN_VALUE, timestamp, timestamp, 0) >= 0;
    }

    private static long ticks(AVStream stream, double time) {
        return (long) Math.floor(time
                / Ffmpeg.MICROS_PER_SECOND
                * stream.time_base().den()
                / stream.time_base().num());
    }
}
