package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avformat.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.ClaimedTime;
import dev.soundlift.engine.Glimpses;
import dev.soundlift.engine.Heard;
import dev.soundlift.engine.Prober;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.ChannelNote;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.media.SoundMap;
import dev.soundlift.media.TrackFlag;
import dev.soundlift.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avformat.AVStreamGroup;

/** Facts about a file, from FFmpeg's libraries in this JVM. */
public final class InProcessProber implements Prober {
    private static final Map<Integer, TrackFlag> FLAGS = Map.of(
            AV_DISPOSITION_DEFAULT, TrackFlag.DEFAULT,
            AV_DISPOSITION_FORCED, TrackFlag.FORCED,
            AV_DISPOSITION_ORIGINAL, TrackFlag.ORIGINAL,
            AV_DISPOSITION_DUB, TrackFlag.DUB,
            AV_DISPOSITION_COMMENT, TrackFlag.COMMENTARY,
            AV_DISPOSITION_HEARING_IMPAIRED, TrackFlag.HEARING_IMPAIRED,
            AV_DISPOSITION_VISUAL_IMPAIRED, TrackFlag.VISUAL_IMPAIRED,
            AV_DISPOSITION_DESCRIPTIONS, TrackFlag.DESCRIPTIONS,
            AV_DISPOSITION_CLEAN_EFFECTS, TrackFlag.CLEAN_EFFECTS);

    private final Sources sources;

    /** Files of this machine. */
    public InProcessProber() {
        this(Sources.FILES);
    }

    public InProcessProber(Sources sources) {
        this.sources = sources;
    }

    @Override
    public MediaInfo probe(MediaSource source) throws ExtractionException {
        try (Demuxer media = Demuxer.open(sources, source)) {
            AVFormatContext context = media.context();
            List<AudioTrack> tracks = new ArrayList<>();
            double share = media.shareThere();
            Set<Integer> encrypted = media.encrypted();
            boolean video = false;
            for (int i = 0; i < context.nb_streams(); i++) {
                AVStream stream = context.streams(i);
                int type = stream.codecpar().codec_type();
                if (type == AVMEDIA_TYPE_AUDIO)
                    tracks.add(track(media, stream, tracks.size() + 1, share, encrypted.contains(i)));
                if (type == AVMEDIA_TYPE_VIDEO && (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) == 0) {
                    video = true;
                }
            }
            return new MediaInfo(
                    source,
                    Ffmpeg.text(context.iformat().name()),
                    media.endMicros() <= 0
                            ? Optional.empty()
                            : Optional.of(ClaimedTime.of(media.endMicros() / (double) Ffmpeg.MICROS_PER_SECOND)),
                    estimated(context),
                    tracks,
                    chapters(media),
                    Ffmpeg.map(context.metadata()),
                    video,
                    Cover.of(context).isPresent());
        }
    }

    private static AudioTrack track(Demuxer media, AVStream stream, int number, double share, boolean encrypted) {
        AVCodecParameters codec = stream.codecpar();
        Map<String, String> tags = new LinkedHashMap<>(Ffmpeg.map(stream.metadata()));
        boolean partOfMix = isPartOfMix(media.context(), stream.index());
        boolean misread = media.isMisread(stream);
        return new AudioTrack(
                number,
                stream.index(),
                partOfMix ? "iamf" : Ffmpeg.text(avcodec_get_name(codec.codec_id())),
                Ffmpeg.text(avcodec_profile_name(codec.codec_id(), codec.profile())),
                shape(codec),
                bitRate(media.context(), stream, tags),
                language(media, tags),
                tags.getOrDefault("title", ""),
                flags(stream.disposition()),
                start(media, stream),
                claimedDuration(media.context(), stream, tags, share),
                !partOfMix && !misread && avcodec_find_decoder(codec.codec_id()) != null,
                encrypted,
                tags);
    }

    /** A file of one track may well say it for the whole, as MP3 and WAV have to (ID3v2: TLAN). */
    private static String language(Demuxer media, Map<String, String> tags) {
        String ofAll = media.isAlone() ? Ffmpeg.map(media.context().metadata()).getOrDefault("language", "") : "";
        String language = tags.getOrDefault("language", ofAll.matches("[A-Za-z]{3}") ? ofAll : "");
        return language.equals("und") ? "" : language;
    }

    /**
     * Immersive audio (IAMF) spreads one sound over several streams that only a renderer can put together again; each
     * alone is a fragment that nobody asked for.
     */
    private static boolean isPartOfMix(AVFormatContext context, int streamIndex) {
        for (int i = 0; i < context.nb_stream_groups(); i++) {
            AVStreamGroup group = context.stream_groups(i);
            if (group.type() != AV_STREAM_GROUP_PARAMS_IAMF_AUDIO_ELEMENT || group.nb_streams() < 2) continue;
            for (int j = 0; j < group.nb_streams(); j++) {
                if (group.streams(j).index() == streamIndex) return true;
            }
        }
        return false;
    }

    /** DTS is both, and its profile says which (ETSI TS 102 114: DTS-HD Master Audio is lossless). */
    private static boolean isLossless(AVCodecParameters codec, int properties) {
        if ((properties & AV_CODEC_PROP_LOSSLESS) == 0) return false;
        if ((properties & AV_CODEC_PROP_LOSSY) == 0) return true;
        return codec.codec_id() == AV_CODEC_ID_DTS
                && (codec.profile() == AV_PROFILE_DTS_HD_MA
                        || codec.profile() == AV_PROFILE_DTS_HD_MA_X
                        || codec.profile() == AV_PROFILE_DTS_HD_MA_X_IMAX);
    }

    /** Whether decoding gives back the very samples that were encoded. */
    static boolean isLossless(AVCodecParameters codec) {
        AVCodecDescriptor descriptor = avcodec_descriptor_get(codec.codec_id());
        return descriptor != null && isLossless(codec, descriptor.props());
    }

    private static AudioShape shape(AVCodecParameters codec) {
        AVCodecDescriptor descriptor = avcodec_descriptor_get(codec.codec_id());
        int properties = descriptor == null ? 0 : descriptor.props();
        boolean lossless = isLossless(codec, properties);
        int format = av_get_packed_sample_fmt(codec.format());
        boolean floating = lossless && (format == AV_SAMPLE_FMT_FLT || format == AV_SAMPLE_FMT_DBL);
        int rawBits = codec.bits_per_raw_sample();
        int bits = !lossless ? 0 : rawBits > 0 ? rawBits : 8 * Math.max(0, av_get_bytes_per_sample(codec.format()));
        return new AudioShape(
                codec.sample_rate(),
                codec.ch_layout().nb_channels(),
                codec.ch_layout().nb_channels() > 0 ? FilterGraph.describe(codec.ch_layout()) : "",
                bits,
                floating);
    }

    /** FFmpeg divides the size by the first packets' bit rate where there is no index: a guess that no one claimed. */
    private static boolean estimated(AVFormatContext context) {
        return context.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE;
    }

    /** What the file itself says of the track's length, which is what a truncated one does not keep. */
    private static Optional<Duration> claimedDuration(
            AVFormatContext context, AVStream stream, Map<String, String> tags, double share) {
        if (share < 1 && context.duration() > 0) {
            return Optional.of(ClaimedTime.of(context.duration() / (double) Ffmpeg.MICROS_PER_SECOND / share));
        }
        if (estimated(context)) return Optional.empty();
        if (stream.duration() != AV_NOPTS_VALUE && stream.duration() > 0) {
            double hidden = Demuxer.preSkip(context, stream) / 48_000.0;
            return Optional.of(ClaimedTime.of(Ffmpeg.seconds(stream.duration(), stream.time_base()) - hidden))
                    .filter(length -> !length.isNegative() && !length.isZero());
        }
        OptionalDouble first = stream.start_time() == AV_NOPTS_VALUE
                ? OptionalDouble.empty()
                : OptionalDouble.of(Ffmpeg.seconds(stream.start_time(), stream.time_base()));
        return ClaimedTime.ofMatroska(tags, Ffmpeg.map(context.metadata()), first);
    }

    private static OptionalLong bitRate(AVFormatContext context, AVStream stream, Map<String, String> tags) {
        if (stream.codecpar().bit_rate() > 0)
            return OptionalLong.of(stream.codecpar().bit_rate());
        // mkvmerge and FFmpeg write the track's statistics as a tag
        String statistics = tags.getOrDefault("BPS", tags.getOrDefault("BPS-eng", ""));
        if (statistics.matches("[1-9]\\d{0,9}")) return OptionalLong.of(Long.parseLong(statistics));
        boolean alone = context.nb_streams() == 1 && context.bit_rate() > 0;
        return alone ? OptionalLong.of(context.bit_rate()) : OptionalLong.empty();
    }

    private static Set<TrackFlag> flags(int disposition) {
        Set<TrackFlag> flags = EnumSet.noneOf(TrackFlag.class);
        FLAGS.forEach((bit, flag) -> {
            if ((disposition & bit) != 0) flags.add(flag);
        });
        return flags;
    }

    private static Duration start(Demuxer media, AVStream stream) {
        if (stream.start_time() == AV_NOPTS_VALUE) return Duration.ZERO;
        return ClaimedTime.of(Ffmpeg.seconds(stream.start_time(), stream.time_base())
                - media.originMicros() / (double) Ffmpeg.MICROS_PER_SECOND);
    }

    private static List<Chapter> chapters(Demuxer media) {
        AVFormatContext context = media.context();
        List<Chapter> chapters = new ArrayList<>();
        // ID3 counts from where the sound begins, not from the priming before it
        boolean id3 = Ffmpeg.text(context.iformat().name()).equals("mp3");
        double origin = id3 ? 0 : media.originMicros() / (double) Ffmpeg.MICROS_PER_SECOND;
        for (int i = 0; i < context.nb_chapters(); i++) {
            AVChapter chapter = context.chapters(i);
            double start = Math.max(0, Ffmpeg.seconds(chapter.start(), chapter.time_base()) - origin);
            double end = Math.max(start, Ffmpeg.seconds(chapter.end(), chapter.time_base()) - origin);
            String title = Ffmpeg.map(chapter.metadata()).getOrDefault("title", "");
            chapters.add(new Chapter(title, ClaimedTime.of(start), ClaimedTime.of(end)));
        }
        return chapters;
    }

    @Override
    public Map<Integer, ChannelNote> channels(MediaInfo media, Cancellation cancellation) throws ExtractionException {
        return new ChannelDoctor(sources, media).examine(cancellation);
    }

    @Override
    public Heard listen(MediaSource source, AudioTrack track, Cancellation cancellation) throws ExtractionException {
        return listen(source, track, true, cancellation);
    }

    @Override
    public Optional<Counted> count(MediaSource source, AudioTrack track, Cancellation cancellation)
            throws ExtractionException {
        Heard heard = listen(source, track, false, cancellation);
        return heard.samples()
                .map(samples -> new Counted(heard.sampleFrames(), heard.shape(), samples, heard.damage()));
    }

    private Heard listen(MediaSource source, AudioTrack track, boolean measures, Cancellation cancellation)
            throws ExtractionException {
        Optional<Heard> heard = listen(source, track, measures, true, cancellation);
        return heard.isPresent()
                ? heard.get()
                : listen(source, track, measures, false, cancellation).orElseThrow();
    }

    /** Nothing where what was decoded in blocks is in doubt. */
    private Optional<Heard> listen(
            MediaSource source, AudioTrack track, boolean measures, boolean inBlocks, Cancellation cancellation)
            throws ExtractionException {
        try (Demuxer media = Demuxer.open(sources, source);
                Listening listening = new Listening(media.stream(track), measures, inBlocks);
                Packet packet = new Packet()) {
            media.select(track);
            media.readInLargePieces();
            while (!listening.doubts() && media.readInto(packet, track)) {
                cancellation.throwIfRequested();
                listening.hear(packet);
            }
            return listening.finish(media);
        }
    }

    @Override
    public void glimpse(MediaInfo media, AudioTrack track, int most, Glimpses into, Cancellation cancellation)
            throws ExtractionException {
        try (Glimpsing glimpsing = new Glimpsing(sources, media, track, cancellation)) {
            glimpsing.hear(most, into);
        }
    }

    @Override
    public SoundMap map(Plan plan, Cancellation cancellation) throws ExtractionException {
        return PlannedSound.hear(plan, sources, cancellation, sound -> {
            try (LevelMeter meter = new LevelMeter()) {
                Optional<Produced.Taken> taken = sound.into(meter, position -> {});
                if (taken.isEmpty()) return Optional.empty();
                return Optional.of(meter.finish(taken.get().start(), taken.get().end()));
            }
        });
    }

    @Override
    public Glance glance(MediaSource source, AudioTrack track, Cancellation cancellation) throws ExtractionException {
        try (Demuxer media = Demuxer.open(sources, source);
                Glancing glancing = new Glancing(media.stream(track), track.decodable());
                Packet packet = new Packet()) {
            media.select(track);
            while (media.readInto(packet, track)) {
                cancellation.throwIfRequested();
                glancing.look(packet);
            }
            return glancing.finish(media);
        }
    }
}
