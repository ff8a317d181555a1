package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_copy;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;

import dev.soundlift.engine.FileTags;
import dev.soundlift.engine.Id3Tag;
import dev.soundlift.engine.Mp4Tags;
import dev.soundlift.engine.Picture;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.plan.Plan;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/** Writes one audio track, with tags, chapters and cover, into a file. */
final class Muxer implements AutoCloseable {
    private final Path file;
    private final Container container;
    private final String codecName;
    private final AVFormatContext context;
    private final AVIOContext output = new AVIOContext(null);
    private final AVStream audio;
    private final int audioIndex;
    /** The stream's own, which the header changes. */
    private final AVRational audioTimeBase;

    private final Plan plan;
    private final Optional<Mp4Tags> mp4Tags;
    private Optional<Picture> picture = Optional.empty();
    private long packets;
    /** Of the packets that come. */
    private final AVRational packetTimeBase = new AVRational().num(1).den(1);

    private Muxer(Path file, Plan plan, AVFormatContext context) {
        this.file = file;
        this.plan = plan;
        this.container = plan.target().container();
        this.codecName = plan.target().codecName();
        this.mp4Tags = container == Container.M4A
                ? Optional.of(new Mp4Tags(plan, OutputTags.hasGaplessTag(plan)))
                : Optional.empty();
        this.context = context;
        this.audio = avformat_new_stream(context, null);
        this.audioIndex = audio.index();
        this.audioTimeBase = audio.time_base();
    }

    static Muxer create(Path file, Plan plan) throws ExtractionException {
        Container container = plan.target().container();
        // Raw PCM is the one container whose muxer depends on the codec, and that codec is always one of ours
        String name = container.muxerName(Codec.named(plan.target().codecName()).orElse(Codec.PCM_S16LE));
        AVFormatContext context = new AVFormatContext(null);
        try (BytePointer muxerName = Ffmpeg.utf8(name);
                BytePointer url = Ffmpeg.utf8("file:" + file)) {
            // The MP4 muxer opens the file a second time, by its name, to move the index to the front
            int made = avformat_alloc_output_context2(context, (AVOutputFormat) null, muxerName, url);
            Ffmpeg.require(made, "muxer " + name);
        }
        Muxer muxer = new Muxer(file, plan, context);
        try (BytePointer url = Ffmpeg.utf8("file:" + file)) {
            int opened = avio_open2(muxer.output, url, AVIO_FLAG_WRITE, null, (AVDictionary) null);
            if (opened < 0) throw cannotWrite(opened);
        } catch (ExtractionException failed) {
            muxer.close();
            throw failed;
        }
        context.pb(muxer.output);
        return muxer;
    }

    static ExtractionException cannotWrite(int code) {
        boolean full = code == Ffmpeg.NO_SPACE;
        return new ExtractionException(
                full ? ErrorKind.NO_SPACE : ErrorKind.NOT_WRITABLE,
                Text.of(full ? "error.no-space" : "error.write", Ffmpeg.message(code)),
                Text.of(full ? "next.no-space" : "next.write"));
    }

    /** Whether packets must come without the codec's set-up data, because the container's header has it. */
    boolean wantsGlobalHeader() {
        return (context.oformat().flags() & AVFMT_GLOBALHEADER) != 0;
    }

    /**
     * Writes the header; packets may follow.
     *
     * @param timeBase of the packets' time stamps
     */
    void begin(AVCodecParameters parameters, AVRational timeBase, Optional<Cover> cover) throws ExtractionException {
        Ffmpeg.require(avcodec_parameters_copy(audio.codecpar(), parameters), "avcodec_parameters_copy");
        audio.codecpar().codec_tag(0); // the tag of the source's container means nothing here
        audio.time_base(timeBase);
        packetTimeBase.num(timeBase.num()).den(timeBase.den());
        picture = cover.map(Cover::picture);
        Map<String, String> placeholder = mp4Tags.map(Mp4Tags::placeholder).orElse(Map.of());
        OutputTags.write(context, audio, container, plan, cover, placeholder);
        if (container == Container.MP3_FILE) writeFirst(Id3Tag.of(plan, picture));
        Optional<AVPacket> first = cover.isPresent() ? cover.get().addTo(context, container) : Optional.empty();
        AVDictionary options = Ffmpeg.dictionary(options(parameters.sample_rate()));
        try {
            long complaints = Complaints.count();
            int written = avformat_write_header(context, options);
            Complaints.forgetSince(complaints); // what is said of the output is no fault of the source
            if (written < 0) throw output.error() < 0 ? cannotWrite(output.error()) : refused(written);
            if (first.isPresent()) requireWritten(av_interleaved_write_frame(context, first.get()));
        } finally {
            av_dict_free(options);
            first.ifPresent(packet -> av_packet_free(packet));
        }
    }

    private void writeFirst(byte[] tag) throws ExtractionException {
        if (tag.length == 0) return;
        try (BytePointer bytes = new BytePointer(tag)) {
            avio_write(output, bytes, tag.length);
        }
        requireWritten(0);
    }

    private Map<String, String> options(int sampleRateHz) {
        return switch (container) {
            // The Xing header carries length and gapless data
            case MP3_FILE -> Map.of("id3v2_version", "0"); // ours is there
            // The index in front: playback over a network starts at once. The edit list counts in the movie's clock: in
            // milliseconds it could not say to the sample where the sound ends (ISO/IEC 14496-12, 8.6.6)
            case M4A ->
                sampleRateHz > 0
                        ? Map.of("movflags", "+faststart", "movie_timescale", Integer.toString(sampleRateHz))
                        : Map.of("movflags", "+faststart");
            case WAV -> Map.of("rf64", "auto");
            // Where the first page is the last one too, FFmpeg takes what Vorbis' silent first packet lasts off the end
            case OGG -> Map.of("page_duration", "200000");
            default -> Map.of();
        };
    }

    private ExtractionException refused(int code) {
        return new ExtractionException(
                ErrorKind.DOES_NOT_FIT,
                Text.of(
                        "error.muxer-refused",
                        container.extension(),
                        codecName,
                        Complaints.last().isEmpty() ? Ffmpeg.message(code) : Complaints.last()),
                Text.of("next.does-not-fit"));
    }

    void write(Packet packet) throws ExtractionException {
        AVPacket raw = packet.raw();
        raw.stream_index(audioIndex);
        raw.pos(-1);
        av_packet_rescale_ts(raw, packetTimeBase, audioTimeBase);
        long complaints = Complaints.count();
        requireWritten(av_interleaved_write_frame(context, raw));
        Complaints.forgetSince(complaints);
        packets++;
    }

    /** Completes the file: index, lengths, seek tables. */
    void finish() throws ExtractionException {
        long complaints = Complaints.count();
        requireWritten(av_write_trailer(context));
        Complaints.forgetSince(complaints);
        avio_flush(output);
        requireWritten(output.error());
        if (container == Container.WAV) rewrite(() -> FileTags.addToWav(file, plan, picture));
        if (mp4Tags.isPresent() && !OutputTags.hasGaplessTag(plan))
            rewrite(() -> mp4Tags.get().write(file));
    }

    /** After the end: tells players that read no edit list where the sound begins and ends. */
    void writeGaplessTag(long priming, long samples) throws ExtractionException {
        long frame = audio.codecpar().frame_size();
        long padding = frame <= 0 ? 0 : Math.floorMod(-(priming + samples), frame);
        rewrite(() -> mp4Tags.orElseThrow().write(file, priming, samples, padding));
    }

    /**
     * After the end: FFmpeg's encoder does not say that more than one frame is to be dropped, but LAME may well fill up
     * with more. Where the priming reaches into the first of those, as in three short frames, FFmpeg's reader would
     * forget the one over the other, and what is there comes nearer.
     */
    void completeLameTag(long priming, long samples) throws ExtractionException {
        long frame = audio.codecpar().frame_size();
        long padding = packets * frame - priming - samples;
        boolean apart = priming <= frame || packets > 3;
        if (padding > frame && apart) writeLameTag(priming, padding);
    }

    /** After the end: how much of what is decoded players are to drop. */
    void writeLameTag(long before, long after) throws ExtractionException {
        rewrite(() -> LameTag.write(file, before, after));
    }

    /** After the end: players are to drop nothing. */
    void clearLameTag() throws ExtractionException {
        rewrite(() -> LameTag.clear(file));
    }

    private interface Rewriting {
        void run() throws IOException;
    }

    private void rewrite(Rewriting change) throws ExtractionException {
        avio_closep(output);
        try {
            change.run();
        } catch (IOException failed) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.write", String.valueOf(failed.getMessage())),
                    Text.of("next.write"),
                    failed);
        }
    }

    private void requireWritten(int code) throws ExtractionException {
        if (output.error() < 0) throw cannotWrite(output.error());
        if (code < 0) throw refused(code);
    }

    @Override
    public void close() {
        avio_closep(output);
        avformat_free_context(context);
        packetTimeBase.close();
    }
}
