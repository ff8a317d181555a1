package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** The picture that a video shows at a moment. */
final class VideoFrame implements AutoCloseable {
    private final Demuxer media;
    private final AVStream stream;
    private final AVCodecContext decoder;
    private final Frame frame = new Frame();
    /** The latest picture that is not after the moment. */
    private final Frame shown = new Frame();

    private final double wantedSeconds;
    private boolean found;
    private boolean passed;
    private double endSeconds;

    private VideoFrame(Demuxer media, AVStream stream, AVCodecContext decoder, double wantedSeconds) {
        this.media = media;
        this.stream = stream;
        this.decoder = decoder;
        this.wantedSeconds = wantedSeconds;
    }

    /** The wished frame as a cover; nothing where none is wished for. */
    static Optional<Cover> cover(Plan plan, Sources sources, Cancellation cancellation) throws ExtractionException {
        if (plan.extras().coverFrame().isEmpty()) return Optional.empty();
        Duration time = plan.extras().coverFrame().get().offset();
        // Where seeking lands too late, what was wanted is reached from the start
        for (boolean seek : new boolean[] {true, false}) {
            try (Demuxer media = Demuxer.open(sources, plan.media().source());
                    VideoFrame video = open(media, time)) {
                if (seek) video.seek(time);
                video.read(cancellation);
                if (!video.found && seek) continue;
                Optional<Cover> cover = Cover.ofJpeg(video.jpeg(time));
                if (cover.isPresent()) return cover;
            }
        }
        throw pastTheEnd(time);
    }

    private static VideoFrame open(Demuxer media, Duration time) throws ExtractionException {
        AVFormatContext context = media.context();
        AVStream video = null;
        for (int i = 0; i < context.nb_streams(); i++) {
            AVStream stream = context.streams(i);
            boolean picture = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
            boolean first = video == null && stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO && !picture;
            if (first) video = stream;
            stream.discard(first ? AVDISCARD_DEFAULT : AVDISCARD_ALL);
        }
        if (video == null) {
            throw new ExtractionException(ErrorKind.USAGE, Text.of("error.no-video"), Text.of("next.no-video"));
        }
        AVCodec codec = avcodec_find_decoder(video.codecpar().codec_id());
        String name = Ffmpeg.text(avcodec_get_name(video.codecpar().codec_id()));
        if (codec == null) throw undecodable(name);
        AVCodecContext decoder = avcodec_alloc_context3(codec);
        avcodec_parameters_to_context(decoder, video.codecpar());
        decoder.pkt_timebase(video.time_base());
        if (avcodec_open2(decoder, codec, (AVDictionary) null) < 0) {
            avcodec_free_context(decoder);
            throw undecodable(name);
        }
        double origin = media.originMicros() / (double) Ffmpeg.MICROS_PER_SECOND;
        return new VideoFrame(media, video, decoder, origin + time.toNanos() / 1e9);
    }

    private static ExtractionException undecodable(String codec) {
        return new ExtractionException(
                ErrorKind.UNSUPPORTED_CODEC, Text.of("error.video-decoder", codec), Text.of("next.no-video"));
    }

    private static ExtractionException pastTheEnd(Duration time) {
        return new ExtractionException(
                ErrorKind.RANGE_OUTSIDE,
                Text.of("error.frame-outside", MediaTime.print(time)),
                Text.of("next.range-outside"));
    }

    private void seek(Duration time) {
        if (time.isZero()) return;
        long timestamp = (long) Math.floor(
                wantedSeconds * stream.time_base().den() / stream.time_base().num());
        // Where it fails the position stays at the start, from where everything is reached
        avformat_seek_file(media.context(), stream.index(), Long.MIN_VALUE, timestamp, timestamp, 0);
    }

    private void read(Cancellation cancellation) throws ExtractionException {
        try (Packet packet = new Packet()) {
            while (!passed) {
                cancellation.throwIfRequested();
                int read = av_read_frame(media.context(), packet.raw());
                if (Ffmpeg.isTryAgain(read)) continue;
                if (read < 0) {
                    media.rethrow();
                    break;
                }
                if (packet.raw().stream_index() == stream.index()) {
                    avcodec_send_packet(decoder, packet.raw()); // what cannot be decoded gives no picture
                    receive();
                }
                packet.clear();
            }
            if (!passed) {
                avcodec_send_packet(decoder, null);
                receive();
            }
        }
    }

    private void receive() throws ExtractionException {
        while (!passed && avcodec_receive_frame(decoder, frame.raw()) >= 0) {
            AVFrame raw = frame.raw();
            double begins = raw.best_effort_timestamp() == AV_NOPTS_VALUE
                    ? endSeconds
                    : Ffmpeg.seconds(raw.best_effort_timestamp(), stream.time_base());
            // Half a tick of the clock: a time that was typed is rarely a whole number of them
            double tick = Ffmpeg.seconds(1, stream.time_base()) / 2;
            passed = begins > wantedSeconds + tick;
            // The first picture also stands for the little that is before it
            boolean beginning = !found && begins - wantedSeconds < LEAD_SECONDS && wantedSeconds <= startSeconds();
            if (!passed || beginning) {
                shown.clear();
                Ffmpeg.require(av_frame_ref(shown.raw(), raw), "av_frame_ref");
                found = true;
            }
            double length = Ffmpeg.seconds(Math.max(0, raw.duration()), stream.time_base());
            endSeconds = Math.max(endSeconds, begins + length);
            frame.clear();
        }
    }

    /** As long as sound may begin before the first picture. */
    private static final double LEAD_SECONDS = 0.5;

    private double startSeconds() {
        return stream.start_time() == AV_NOPTS_VALUE ? 0 : Ffmpeg.seconds(stream.start_time(), stream.time_base());
    }

    private byte[] jpeg(Duration time) throws ExtractionException {
        double claimed = stream.duration() == AV_NOPTS_VALUE
                ? 0
                : startSeconds() + Ffmpeg.seconds(stream.duration(), stream.time_base());
        boolean after = !passed && wantedSeconds >= Math.max(endSeconds, claimed);
        if (!found || after) throw pastTheEnd(time);
        return Jpeg.of(shown.raw(), stream);
    }

    @Override
    public void close() {
        frame.close();
        shown.close();
        avcodec_free_context(decoder);
    }
}
