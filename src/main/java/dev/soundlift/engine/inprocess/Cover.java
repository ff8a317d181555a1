package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Container;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.javacpp.BytePointer;

/** The picture that a file carries as its cover. Valid as long as the demuxer it comes from is open. */
record Cover(AVCodecParameters parameters, AVPacket picture, PictureSize size) {

    /** Tags are held in memory several times over; a larger picture is left behind. FLAC's own limit is 16 MiB. */
    private static final int LARGEST_BYTES = 8 << 20;

    /** The first attached picture in a form that tags can carry: JPEG or PNG. */
    static Optional<Cover> of(AVFormatContext media) {
        for (int i = 0; i < media.nb_streams(); i++) {
            AVStream stream = media.streams(i);
            boolean attached = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
            if (!attached || !isTagPicture(stream.codecpar().codec_id())) continue;
            AVPacket picture = stream.attached_pic();
            // A picture whose size cannot be told is no picture, and some muxers refuse it
            Optional<PictureSize> size = picture.size() > 0 && picture.size() <= LARGEST_BYTES
                    ? PictureSize.of(bytes(picture))
                    : Optional.empty();
            if (size.isPresent()) return Optional.of(new Cover(stream.codecpar(), picture, size.get()));
        }
        return Optional.empty();
    }

    private static boolean isTagPicture(int codecId) {
        return codecId == AV_CODEC_ID_MJPEG || codecId == AV_CODEC_ID_PNG;
    }

    boolean png() {
        return parameters.codec_id() == AV_CODEC_ID_PNG;
    }

    String mimeType() {
        return png() ? "image/png" : "image/jpeg";
    }

    byte[] bytes() {
        return bytes(picture);
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
            case MP3_FILE, M4A, FLAC_FILE -> Optional.of(addPicture(output));
            case MKA -> {
                addAttachment(output);
                yield Optional.empty();
            }
            // Ogg carries it as a tag (OutputTags); the others cannot carry one
            case OPUS_FILE, OGG, WAV, RAW_PCM, ADTS, WAVPACK_FILE, TTA_FILE -> Optional.empty();
        };
    }

    private AVPacket addPicture(AVFormatContext output) throws ExtractionException {
        AVStream stream = avformat_new_stream(output, null);
        Ffmpeg.require(avcodec_parameters_copy(stream.codecpar(), parameters), "avcodec_parameters_copy");
        stream.codecpar().codec_tag(0);
        stream.codecpar().width(size.width()).height(size.height());
        stream.disposition(AV_DISPOSITION_ATTACHED_PIC);
        AVPacket copy = av_packet_clone(picture);
        copy.stream_index(stream.index());
        return copy;
    }

    private void addAttachment(AVFormatContext output) {
        AVStream stream = avformat_new_stream(output, null);
        AVCodecParameters attachment = stream.codecpar();
        attachment.codec_type(AVMEDIA_TYPE_ATTACHMENT);
        attachment.codec_id(parameters.codec_id());
        byte[] bytes = bytes();
        BytePointer data = new BytePointer(av_mallocz(bytes.length + AV_INPUT_BUFFER_PADDING_SIZE));
        data.capacity(bytes.length).put(bytes);
        attachment.extradata(data);
        attachment.extradata_size(bytes.length);
        stream.metadata(
                Ffmpeg.dictionary(Map.of("filename", png() ? "cover.png" : "cover.jpg", "mimetype", mimeType())));
    }

    /** The block that FLAC and, in base64, Ogg carry pictures in (RFC 9639, section 8.8); type 3 is "front cover". */
    byte[] flacPictureBlock() {
        byte[] mime = mimeType().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] data = bytes();
        return ByteBuffer.allocate(32 + mime.length + data.length)
                .putInt(3)
                .putInt(mime.length)
                .put(mime)
                .putInt(0) // no description
                .putInt(size.width())
                .putInt(size.height())
                .putInt(24) // bits per pixel
                .putInt(0) // not an indexed picture
                .putInt(data.length)
                .put(data)
                .array();
    }
}
