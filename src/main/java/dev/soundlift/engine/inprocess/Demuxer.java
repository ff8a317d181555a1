package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_SUBTITLE;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_OPT_SEARCH_CHILDREN;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_opt_set_int;

import dev.soundlift.engine.ClaimedBytes;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.EncryptedTracks;
import dev.soundlift.engine.Mp4Box;
import dev.soundlift.engine.Mp4Fragments;
import dev.soundlift.engine.Sources;
import dev.soundlift.engine.Stretches;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaSource;
import dev.soundlift.source.MatroskaView;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIndexEntry;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * An opened media file. It reads what it was given and nothing else: a playlist or reference movie opens no file. A little
 * longer than most files because all of FFmpeg's quirks in reading stand here.
 */
final class Demuxer implements AutoCloseable {
    /** The demuxers whose seeking lands where it says: their index is exact, or every packet carries its position. */
    private static final Set<String> TRUSTED_SEEKING =
            Set.of("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "wav", "flac", "ogg");

    /** Priming and reordering delay a video by less. */
    private static final long LONGEST_VIDEO_DELAY_MICROS = 500_000;

    /** FFmpeg reads over a shorter gap rather than seek (aviobuf.c, SHORT_SEEK_THRESHOLD). */
    private static final long READ_OVER_BYTES = 32 << 10;

    /** Of packets of plain samples: such are read without a detour through buffers. */
    private static final int LARGE_BYTES = 256 << 10;

    private final ReaderInput input;
    private final AVFormatContext context;
    /** By stream: what the header says, before FFmpeg decodes some packets to see for itself. */
    private final int[] headerChannels;

    private long corrupt;
    private boolean brokenOff;
    private boolean moved;

    private Demuxer(ReaderInput input, AVFormatContext context, int[] headerChannels) {
        this.input = input;
        this.context = context;
        this.headerChannels = headerChannels;
    }

    /** Opens the source and reads as much of it as it takes to know its tracks. */
    static Demuxer open(Sources sources, MediaSource source) throws ExtractionException {
        ReaderInput input = new ReaderInput(sources.open(source));
        AVInputFormat format = knownFormat(input);
        input.expect(() -> Mp4Fragments.of(input.reader(), READ_OVER_BYTES));
        AVFormatContext context = avformat_alloc_context();
        context.pb(input.context());
        // No protocol is called that, so whatever the file refers to stays closed
        AVDictionary options = Ffmpeg.dictionary(Map.of("protocol_whitelist", "none"));
        int opened = avformat_open_input(context, (BytePointer) null, format, options);
        av_dict_free(options);
        if (opened < 0) { // FFmpeg has freed the context, but not an input that is ours
            try (input) {
                input.rethrow();
                throw notMedia(source, opened, input);
            }
        }
        Demuxer demuxer = new Demuxer(input, context, headerChannels(context));
        int understood = avformat_find_stream_info(context, (AVDictionary) null);
        try {
            input.rethrow();
            if (understood < 0) throw notMedia(source, understood, input);
            return demuxer;
        } catch (ExtractionException failed) {
            demuxer.close();
            throw failed;
        }
    }

    /** Nothing where FFmpeg is to find out. */
    private static @Nullable AVInputFormat knownFormat(ReaderInput input) throws ExtractionException {
        try {
            Optional<String> name = FewFrames.format(input.reader());
            return name.isPresent() ? av_find_input_format(name.get()) : null;
        } catch (ExtractionException failed) {
            input.close();
            throw failed;
        }
    }

    private static ExtractionException notMedia(MediaSource source, int code, ReaderInput input)
            throws ExtractionException {
        if (Mp4Box.lacksIndex(input.reader())) return Mp4Box.noIndex();
        return new ExtractionException(
                ErrorKind.NOT_MEDIA,
                Text.of("error.not-media", source.displayName(), Ffmpeg.message(code)),
                Text.of(input.isWebPage() ? "next.web-page" : "next.not-media"));
    }

    /** From here on plain samples come in large packets, for somebody to whom it is all one: they cost least. */
    void readInLargePieces() {
        // Not before it is known what they are, which FFmpeg looks for in the first packets
        av_opt_set_int(context, "max_size", LARGE_BYTES, AV_OPT_SEARCH_CHILDREN);
    }

    AVFormatContext context() {
        return context;
    }

    AVStream stream(AudioTrack track) throws ExtractionException {
        if (track.streamIndex() >= context.nb_streams()) {
            throw new ExtractionException(ErrorKind.UNREADABLE, Text.of("error.changed"), Text.of("next.changed"));
        }
        return context.streams(track.streamIndex());
    }

    private static int[] headerChannels(AVFormatContext context) {
        return IntStream.range(0, context.nb_streams())
                .map(i -> context.streams(i).codecpar().ch_layout().nb_channels())
                .toArray();
    }

    /**
     * Whether the decoder takes interleaved channels for one, as FFmpeg's for G.726 does: what it gives is noise, and
     * twice as long. Other codecs may well have fewer channels than their header says.
     */
    boolean isMisread(AVStream stream) {
        boolean known = stream.index() < headerChannels.length && headerChannels[stream.index()] > 1;
        int codec = stream.codecpar().codec_id();
        boolean oneChannelDecoder = codec == AV_CODEC_ID_ADPCM_G726 || codec == AV_CODEC_ID_ADPCM_G726LE;
        return known && oneChannelDecoder && stream.codecpar().ch_layout().nb_channels() == 1;
    }

    /** From here on only this track's packets are read; where the container allows, the rest is skipped unread. */
    void select(AudioTrack track) throws ExtractionException {
        select(List.of(track));
    }

    /** The same with several tracks. */
    void select(List<AudioTrack> tracks) throws ExtractionException {
        for (int i = 0; i < context.nb_streams(); i++) {
            int index = i;
            boolean wanted = tracks.stream().anyMatch(track -> track.streamIndex() == index);
            context.streams(i).discard(wanted ? AVDISCARD_DEFAULT : AVDISCARD_ALL);
        }
        if (isFormat("mov,mp4,m4a,3gp,3g2,mj2")) input.expect(() -> stretches(tracks));
        if (isFormat("matroska,webm")) {
            input.readOnly(
                    matroskaTypes(),
                    tracks.stream().map(AudioTrack::streamIndex).collect(Collectors.toSet()));
        }
        // What was wrong with the other tracks while the file was opened is not our concern
        Complaints.forget();
    }

    /** What was selected is going to be read to this time of the media clock, or to the end. */
    void readTo(Optional<Duration> end) {
        input.readTo(end.map(time -> time.toNanos() / 1000 + originMicros()).orElse(Long.MAX_VALUE));
    }

    /** Where the packets of these tracks lie, as the sample tables say. */
    private Stretches stretches(List<AudioTrack> tracks) {
        List<Stretches.Stretch> packets = new ArrayList<>();
        for (AudioTrack track : tracks) {
            if (track.streamIndex() >= context.nb_streams()) continue; // another file than before, as is told later
            AVStream stream = context.streams(track.streamIndex());
            int count = avformat_index_get_entries_count(stream);
            for (int i = 0; i < count; i++) {
                AVIndexEntry entry = avformat_index_get_entry(stream, i);
                if (entry.pos() < 0 || entry.size() <= 0) continue;
                packets.add(new Stretches.Stretch(entry.pos(), entry.pos() + entry.size()));
            }
        }
        return Stretches.of(packets, READ_OVER_BYTES);
    }

    /** Of the streams that are tracks; FFmpeg puts attached files and pictures after them. */
    private List<Integer> matroskaTypes() {
        List<Integer> types = new ArrayList<>();
        for (int i = 0; i < context.nb_streams(); i++) {
            AVStream stream = context.streams(i);
            if ((stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) break;
            int type = stream.codecpar().codec_type();
            if (type == AVMEDIA_TYPE_VIDEO) types.add(1);
            else if (type == AVMEDIA_TYPE_AUDIO) types.add(2);
            else if (type == AVMEDIA_TYPE_SUBTITLE) types.add(17);
            else break;
        }
        return types;
    }

    /**
     * Where the media clock is zero, in microseconds of the container's own clock: at the video's first picture. Where
     * that comes much later than the sound, the pause is meant, and the clock begins with the sound.
     */
    long originMicros() {
        long earliest = context.start_time() == AV_NOPTS_VALUE ? 0 : context.start_time();
        if (isAlone() && isFormat("matroska,webm")) return afterPriming(earliest);
        for (int i = 0; i < context.nb_streams(); i++) {
            AVStream stream = context.streams(i);
            boolean video = stream.codecpar().codec_type() == AVMEDIA_TYPE_VIDEO
                    && (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) == 0;
            if (!video || stream.start_time() == AV_NOPTS_VALUE) continue;
            long start = Math.round(Ffmpeg.seconds(stream.start_time(), stream.time_base()) * Ffmpeg.MICROS_PER_SECOND);
            return start - earliest <= LONGEST_VIDEO_DELAY_MICROS ? start : earliest;
        }
        return earliest;
    }

    /** Where on the media clock the container says that its longest track ends; 0 where it does not, in microseconds. */
    long endMicros() {
        if (context.duration() == AV_NOPTS_VALUE || context.duration() <= 0) return 0;
        long start = context.start_time() == AV_NOPTS_VALUE ? 0 : context.start_time();
        long hidden = Long.MAX_VALUE;
        for (int i = 0; i < context.nb_streams(); i++) {
            boolean picture = (context.streams(i).disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
            if (!picture) hidden = Math.min(hidden, preSkip(context, context.streams(i)));
        }
        if (hidden == Long.MAX_VALUE) hidden = 0;
        return start + context.duration() - hidden * Ffmpeg.MICROS_PER_SECOND / 48_000 - originMicros();
    }

    /** What FFmpeg counts of an Opus track in Ogg although it is not played (RFC 7845, section 4.3); samples at 48 kHz. */
    static long preSkip(AVFormatContext context, AVStream stream) {
        boolean counted = Ffmpeg.text(context.iformat().name()).equals("ogg")
                && stream.codecpar().codec_id() == AV_CODEC_ID_OPUS;
        return counted ? stream.codecpar().initial_padding() : 0;
    }

    /** Whether FFmpeg's demuxer of this name reads the file. */
    boolean isFormat(String name) {
        return Ffmpeg.text(context.iformat().name()).equals(name);
    }

    /** Matroska's time stamps begin before the encoder's priming, rounded to its clock's tick; the sound begins after it. */
    private long afterPriming(long earliestMicros) {
        for (int i = 0; i < context.nb_streams(); i++) {
            AVStream stream = context.streams(i);
            if (stream.codecpar().codec_type() != AVMEDIA_TYPE_AUDIO) continue;
            long primingMicros = stream.codecpar().initial_padding()
                    * Ffmpeg.MICROS_PER_SECOND
                    / Math.max(1, stream.codecpar().sample_rate());
            double tickMicros = Ffmpeg.seconds(1, stream.time_base()) * Ffmpeg.MICROS_PER_SECOND;
            long start = earliestMicros + primingMicros;
            return Math.abs(start) <= 1.5 * tickMicros ? 0 : start;
        }
        return earliestMicros;
    }

    /** Whether packets carry a clock of their own; in a raw stream their place in the file is all there is. */
    boolean hasClock() {
        int rawStream = AVFMT_GENERIC_INDEX | AVFMT_NOTIMESTAMPS;
        // Ogg's pages tell the time (RFC 3533, section 6: granule position), though FFmpeg makes its index as for those
        return (context.iformat().flags() & rawStream) == 0 || isFormat("ogg") || !isAlone();
    }

    /** Whether the track is all there is: then there is nothing that it could be in sync with. */
    boolean isAlone() {
        int others = 0;
        for (int i = 0; i < context.nb_streams(); i++) {
            int type = context.streams(i).codecpar().codec_type();
            boolean picture = (context.streams(i).disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
            if ((type == AVMEDIA_TYPE_VIDEO && !picture) || type == AVMEDIA_TYPE_AUDIO) others++;
        }
        return others <= 1;
    }

    /**
     * Where the container says, to the sample, that the track's sound ends: after that comes what an encoder filled its
     * last frame up with. An MP4's sample table and edit list do (ISO/IEC 14496-12, 8.6.6); in samples of the media
     * clock, or {@link Long#MAX_VALUE}.
     */
    long endOfSound(AudioTrack track, int rateHz) throws ExtractionException {
        AVStream stream = stream(track);
        if (lengthOfSound(stream, rateHz) == Long.MAX_VALUE || stream.start_time() == AV_NOPTS_VALUE) {
            return Long.MAX_VALUE;
        }
        return stream.start_time()
                + stream.duration()
                - Math.round(originMicros() * (double) rateHz / Ffmpeg.MICROS_PER_SECOND);
    }

    /** Clusters of a Matroska file, as far as they are plain; see {@link MatroskaView#clusters}. */
    List<MatroskaView.Cluster> clusters() throws ExtractionException {
        return input.clusters();
    }

    /** Whether an MP3's header says that all its frames have one size. */
    boolean hasConstantRate() throws ExtractionException {
        return LameTag.saysConstantRate(input.reader());
    }

    /** Whether one can go straight to a time. */
    boolean seeks() {
        return TRUSTED_SEEKING.contains(Ffmpeg.text(context.iformat().name()));
    }

    /** The same, counted from the track's own first sample. */
    long lengthOfSound(AVStream stream, int rateHz) {
        boolean table = Ffmpeg.text(context.iformat().name()).startsWith("mov,") && stream.nb_frames() > 0;
        boolean sampleClock =
                stream.time_base().num() == 1 && stream.time_base().den() == rateHz;
        return table && sampleClock && stream.duration() > 0 ? stream.duration() : Long.MAX_VALUE;
    }

    /** Goes to a packet at or before that time of the media clock; stays at the start where that cannot be trusted. */
    void seekBefore(AudioTrack track, Duration time) throws ExtractionException {
        AVStream stream = stream(track);
        if (time.isZero() || !seeks() || isUncountable(stream)) return;
        Approach approach = new Approach(context, stream, time.toNanos() / 1000.0 + originMicros());
        // A failed seek leaves the position where it was: at the start, from where everything can be reached
        moved = (isFormat("matroska,webm") && approach.byPictures()) || approach.byTrack();
    }

    /** Vorbis packets differ in length, and Matroska rounds time stamps: places are known by counting only. */
    private boolean isUncountable(AVStream stream) {
        return stream.codecpar().codec_id() == AV_CODEC_ID_VORBIS && isFormat("matroska,webm");
    }

    /** Whether reading went on elsewhere than at the start. */
    boolean hasMoved() {
        return moved;
    }

    /**
     * Reads the next packet of the selected track.
     *
     * @return false at the end of the file, or where it breaks off: see {@link #damage}
     */
    boolean readInto(Packet packet, AudioTrack track) throws ExtractionException {
        return readInto(packet, List.of(track));
    }

    /** The same with several tracks; the packet says whose it is. */
    boolean readInto(Packet packet, List<AudioTrack> tracks) throws ExtractionException {
        while (true) {
            packet.clear();
            int read = av_read_frame(context, packet.raw());
            if (Ffmpeg.isTryAgain(read)) continue;
            if (read < 0) {
                input.rethrow();
                brokenOff = !Ffmpeg.isEnd(read) || input.brokenOff();
                return false;
            }
            if (!isOf(packet.raw().stream_index(), tracks)) continue;
            if ((packet.raw().flags() & AV_PKT_FLAG_CORRUPT) != 0) corrupt++;
            return true;
        }
    }

    private static boolean isOf(int streamIndex, List<AudioTrack> tracks) {
        for (AudioTrack track : tracks) if (track.streamIndex() == streamIndex) return true;
        return false;
    }

    /** Where reading ended early because nothing more will come. */
    void rethrow() throws ExtractionException {
        input.rethrow();
    }

    Damage damage(long undecodable) {
        return new Damage(undecodable, corrupt, Complaints.count(), Complaints.first(), brokenOff);
    }

    /** Streams whose samples need a key, as far as the container says so. */
    Set<Integer> encrypted() throws ExtractionException {
        return isFormat("mov,mp4,m4a,3gp,3g2,mj2") ? EncryptedTracks.of(input.reader()) : Set.of();
    }

    /** Which part of what the file claims to hold is there; 1 where nothing is missing, or nothing is claimed. */
    double shareThere() throws ExtractionException {
        return ClaimedBytes.shareThere(input.reader());
    }

    /** How many the file has, where that is known. */
    OptionalLong bytes() throws ExtractionException {
        try {
            return input.reader().size();
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }

    long bytesRead() {
        return input.reader().bytesRead();
    }

    @Override
    public void close() {
        avformat_close_input(context);
        input.close();
    }
}
