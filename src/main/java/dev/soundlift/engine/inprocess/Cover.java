package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.engine.Picture;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Container;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;

/** A picture for tags: JPEG or PNG. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Cover(byte[] bytes, boolean png, PictureSize size) {

    /** Tags are held in memory several times over; a larger picture is left behind. FLAC's own limit is 16 MiB. */
    private static final int LARGEST_BYTES = 8 << 20;

    /** The first attached picture in a form that tags can carry: JPEG or PNG. */
    static Optional<Cover> of(AVFormatContext media) {
        for (int i = 0; i < media.nb_streams(); i++) {
            AVStream stream = media.streams(i);
            boolean attached = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
            if (!attached || !isTagPicture(stream.codecpar().codec_id())) continue;
            AVPacket picture = stream.attached_pic();
            if (picture.size() <= 0 || picture.size() > LARGEST_BYTES) continue;
            Optional<Cover> cover = of(bytes(picture), stream.codecpar().codec_id() == AV_CODEC_ID_PNG);
            if (cover.isPresent()) return cover;
        }
        return Optional.empty();
    }

    private static boolean isTagPicture(int codecId) {
        return codecId == AV_CODEC_ID_MJPEG || codecId == AV_CODEC_ID_PNG;
    }

    /** A picture whose size cannot be told is no picture, and some muxers refuse it. */
    private static Optional<Cover> of(byte[] bytes, boolean png) {
        return PictureSize.of(bytes).map(size -> new Cover(bytes, png, size));
    }

    static Optional<Cover> ofJpeg(byte[] bytes) {
        return of(bytes, false);
    }

    String mimeType() {
        return png ? "image/png" : "image/jpeg";
    }

    private static byte[] bytes(AVPacket picture) {
        byte[] bytes = new byte[picture.size()];
        new BytePointer(picture.data()).get(bytes);
        return bytes;
    }

    /**
     * Gives the output a stream for the picture, where its container has pictures as streams.
     *
     * @return the packet to write after the header, if one is to be written
     */
    Optional<AVPacket> addTo(AVFormatContext output, Container container) throws ExtractionException {
        return switch (container) {
            case M4A, FLAC_FILE -> Optional.of(addPicture(output));
            case MKA -> {
                addAttachment(output);
                yield Optional.empty();
            }
            // These carry it as a tag; the others cannot carry one
            case MP3_FILE, OPUS_FILE, OGG, WAV, RAW_PCM, ADTS, WAVPACK_FILE, TTA_FILE -> Optional.empty();
        };
    }

    private AVPacket addPicture(AVFormatContext output) throws ExtractionException {
        AVStream stream = avformat_new_stream(output, null);
        AVCodecParameters parameters = stream.codecpar();
        parameters.codec_type(AVMEDIA_TYPE_VIDEO).codec_id(codecId());
        parameters.width(size.width()).height(size.height());
        parameters.format(png ? AV_PIX_FMT_RGB24 : AV_PIX_FMT_YUVJ420P);
        stream.disposition(AV_DISPOSITION_ATTACHED_PIC);
        stream.metadata(
                Ffmpeg.dictionary(Map.of("comment", "Cover (front)"))); // the type, where the container has types
        AVPacket packet = av_packet_alloc();
        Ffmpeg.require(av_new_packet(packet, bytes.length), "av_new_packet");
        packet.data().put(bytes);
        packet.flags(packet.flags() | AV_PKT_FLAG_KEY);
        packet.stream_index(stream.index());
        return packet;
    }

    private int codecId() {
        return png ? AV_CODEC_ID_PNG : AV_CODEC_ID_MJPEG;
    }

    private void addAttachment(AVFormatContext output) {
        AVStream stream = avformat_new_stream(output, null);
        AVCodecParameters attachment = stream.codecpar();
        attachment.codec_type(AVMEDIA_TYPE_ATTACHMENT);
        attachment.codec_id(codecId());
        BytePointer data = new BytePointer(av_mallocz(bytes.length + AV_INPUT_BUFFER_PADDING_SIZE));
        data.capacity(bytes.length).put(bytes);
        attachment.extradata(data);
        attachment.extradata_size(bytes.length);
        stream.metadata(Ffmpeg.dictionary(Map.of("filename", png ? "cover.png" : "cover.jpg", "mimetype", mimeType())));
    }

    Picture picture() {
        return new Picture(bytes, png);
    }

    byte[] flacPictureBlock() {
        return picture().flacBlock(size.width(), size.height());
    }
}
