package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Timeline;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.Align;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/**
 * Moves a track's packets untouched into the output: those that lie, even in part, in the wanted stretch. Where the
 * container can say so, what is too much at the edges is hidden to the sample, and so is what a decoder needs to get
 * going; where it cannot, the output begins and ends with whole packets.
 */
final class CopyRun implements AutoCloseable {
    /** In samples: Opus decoders settle within 80 ms (RFC 7845, section 4.2). */
    static final int OPUS_LEAD_IN = 3840;
    /** The bit reservoir reaches back 511 bytes (ISO/IEC 11172-3, 2.4.3.4); the LAME tag can hide four frames. */
    private static final int MP3_LEAD_IN_PACKETS = 3;
    /** Of codecs whose packets overlap. */
    static final int LEAD_IN_PACKETS = 2;

    private final Plan plan;
    private final AVStream source;
    private final Optional<Cover> cover;
    private final Container container;
    private final Muxer muxer;
    private final Digest digest;
    private final boolean majorSyncNeeded;
    private final int codecId;
    private final int rateHz;
    private final PacketClock clock;
    private final long wantedStart;
    private final long wantedEnd;

    /** Which sample of the media clock is the output's 0; known with the first packet. */
    private long zero = Long.MIN_VALUE;
    /** Whether players are told what to drop; known with the first packet. */
    private boolean hides;

    private long firstPosition;
    private long hiddenAtEnd;
    private long begin;
    private long end;
    private boolean complete;
    private boolean cutShort;
    private long packets;
    private final FaultPlaces faults;

    CopyRun(Plan plan, Path file, Demuxer media, Optional<Cover> cover) throws ExtractionException {
        this.plan = plan;
        this.source = media.stream(plan.pick().track());
        this.codecId = source.codecpar().codec_id();
        this.cover = cover;
        this.container = plan.target().container();
        this.rateHz = Math.max(1, source.codecpar().sample_rate());
        this.clock = new PacketClock(media, source, rateHz);
        this.wantedStart = plan.cut().isWhole()
                ? Long.MIN_VALUE
                : Timeline.samples(plan.cut().start(), rateHz);
        long cutEnd =
                plan.cut().end().map(last -> Timeline.samples(last, rateHz)).orElse(Long.MAX_VALUE);
        this.wantedEnd = Math.min(cutEnd, media.endOfSound(plan.pick().track(), rateHz));
        this.majorSyncNeeded = codecId == AV_CODEC_ID_TRUEHD;
        this.faults = new FaultPlaces(plan.cut().start());
        this.digest = new Digest(codecId);
        this.muxer = Muxer.create(file, plan);
    }

    void accept(Packet packet) throws ExtractionException {
        AVPacket raw = packet.raw();
        boolean marked = FaultPlaces.isMarked(packet);
        faults.met(marked, position());
        PacketClock.Place place = trimmed(raw, clock.place(raw));
        faults.placed(
                Timeline.duration(place.end(), rateHz), Timeline.duration(place.samples() - place.padding(), rateHz));
        faults.decoded(marked, position());
        boolean wholePacketsBefore = plan.cut().isWhole() && packets == 0;
        if (place.position() >= wantedEnd && !wholePacketsBefore) {
            complete = true;
            return;
        }
        if (!plan.cut().isWhole() && place.end() <= wantedStart - leadIn(place.samples())) return;
        // TrueHD can be entered only at a major sync; other codecs' packets stand alone, flagged or not
        if (packets == 0 && majorSyncNeeded && (raw.flags() & AV_PKT_FLAG_KEY) == 0) return;
        if (packets == 0) {
            if (isCodec(AV_CODEC_ID_VORBIS)) place = new PacketClock.Place(place.end(), 0, 0);
            begin(place);
        }
        long last = Math.min(place.end(), canHideEnd() ? wantedEnd : Long.MAX_VALUE);
        long after = place.position() + place.samples();
        hideEnd(raw, after - last, place.padding());
        cutShort |= last < place.end();
        // Padding may reach into the packet before: one that is hidden whole does not make the sound longer
        boolean heard = last > place.position();
        long position = heard ? place.position() : Math.min(place.position(), end);
        if (heard) end = Math.max(end, last);
        hiddenAtEnd = after - end;
        raw.pts(position - zero);
        raw.dts(raw.pts());
        raw.duration(heard ? last - position : 0);
        if (!plan.cut().isWhole() && isCodec(AV_CODEC_ID_FLAC)) {
            FlacStreamInfo.tell(raw, source.codecpar(), end - begin);
        }
        packets++;
        digest.add(raw);
        muxer.write(packet);
    }

    private boolean isCodec(int id) {
        return codecId == id;
    }

    private boolean isPcm() {
        return plan.pick().track().codec().filter(Codec::linearPcm).isPresent();
    }

    /** Plain samples can be cut anywhere. */
    private PacketClock.Place trimmed(AVPacket packet, PacketClock.Place place) {
        if (plan.cut().isWhole() || !isPcm()) return place;
        long from = Math.max(place.position(), wantedStart);
        long to = Math.min(place.end(), wantedEnd);
        if (to <= from || to - from == place.samples()) return place;
        long frameBytes = packet.size() / place.samples();
        packet.data(packet.data().getPointer((from - place.position()) * frameBytes));
        packet.size((int) ((to - from) * frameBytes));
        return new PacketClock.Place(from, to - from, 0);
    }

    /** Packets before the wanted start that go along unheard. */
    private long leadIn(long packetSamples) {
        // Its first packet gives no sound, only what the next overlaps with
        if (isCodec(AV_CODEC_ID_VORBIS)) return ParsedLengths.longest(source.codecpar());
        if (!canHideStart() || isPcm()) return 0;
        return switch (container) {
            case OPUS_FILE, OGG -> OPUS_LEAD_IN;
            case MP3_FILE -> MP3_LEAD_IN_PACKETS * packetSamples;
            default -> LEAD_IN_PACKETS * packetSamples;
        };
    }

    /** Whether the container can say that players are to drop what is decoded before a certain sample. */
    private boolean canHideStart() {
        return plan.pick().track().codec().filter(container::hidesEdges).isPresent();
    }

    private boolean canHideEnd() {
        return hides || container == Container.MKA;
    }

    private void begin(PacketClock.Place first) throws ExtractionException {
        long start = source.start_time() == AV_NOPTS_VALUE ? first.position() : clock.position(source.start_time());
        boolean keepsOffset = plan.align() == Align.VIDEO && container.holdsOffset();
        if (plan.cut().isWhole()) {
            long sound = Math.max(start, first.position() + source.codecpar().initial_padding());
            boolean hidesEarly = plan.align() == Align.VIDEO
                    && canHideStart()
                    && !isPcm()
                    && (container != Container.MP3_FILE || -first.position() <= LameTag.MOST_HIDDEN);
            zero = keepsOffset ? 0 : hidesEarly ? Math.max(sound, 0) : sound;
        } else if (keepsOffset && first.position() > wantedStart) {
            zero = wantedStart;
        } else {
            zero = canHideStart() ? Math.max(wantedStart, first.position()) : first.position();
        }
        firstPosition = first.position();
        hides = canHideStart();
        if (container == Container.MP3_FILE && zero - firstPosition < LameTag.DECODER_DELAY) {
            zero = firstPosition; // fewer cannot be said, and what is not said is not dropped
            hides = false;
        }
        begin = Math.max(first.position(), zero);
        end = begin;
        AVCodecParameters parameters = avcodec_parameters_alloc();
        try {
            Ffmpeg.require(avcodec_parameters_copy(parameters, source.codecpar()), "avcodec_parameters_copy");
            boolean preSkip = container == Container.OPUS_FILE || container == Container.OGG;
            if (canHideStart() && preSkip) skipStart(parameters, zero - first.position());
            if (!plan.cut().isWhole() && isCodec(AV_CODEC_ID_FLAC)) FlacStreamInfo.forget(parameters);
            try (AVRational sampleClock = new AVRational().num(1).den(rateHz)) {
                muxer.begin(parameters, sampleClock, cover);
            }
        } finally {
            avcodec_parameters_free(parameters);
        }
    }

    private static void skipStart(AVCodecParameters parameters, long samples) {
        int hidden = (int) Math.max(0, Math.min(0xffff, samples));
        parameters.initial_padding(hidden);
        // Pre-skip, in samples at 48 kHz (RFC 7845, section 5.1)
        BytePointer header = parameters.extradata();
        if (parameters.codec_id() == AV_CODEC_ID_OPUS && parameters.extradata_size() >= 12) {
            header.put(10, (byte) hidden).put(11, (byte) (hidden >> 8));
        }
    }

    /** Ogg tells the end by the last page's position, MP4 by durations; MP3 and Matroska by a number of samples. */
    private static void hideEnd(AVPacket packet, long hidden, long hiddenAlready) throws ExtractionException {
        if (hidden <= 0 || hidden == hiddenAlready) return;
        BytePointer data = av_packet_new_side_data(packet, AV_PKT_DATA_SKIP_SAMPLES, 10);
        if (data == null) throw new OutOfMemoryError("av_packet_new_side_data");
        for (int i = 0; i < 10; i++) data.put(i, (byte) (i >= 4 && i < 8 ? hidden >> (8 * (i - 4)) : 0));
    }

    boolean complete() {
        return complete;
    }

    Duration position() {
        return Timeline.duration(Math.max(0, end), rateHz);
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
        if (container == Container.MP3_FILE && hides) muxer.writeLameTag(zero - firstPosition, hiddenAtEnd);
        if (container == Container.MP3_FILE && !hides) muxer.clearLameTag();
        Duration start = Timeline.duration(Math.max(0, begin), rateHz);
        return new Produced(
                bytesRead,
                new Produced.Taken(start, position()),
                0,
                Optional.of(digest.finish()),
                true,
                repairs(start),
                damage.at(faults.within(start, position())));
    }

    private List<Text> repairs(Duration start) {
        List<Text> repairs = new ArrayList<>(edges(start));
        if (clock.movedOn() > 0) repairs.add(Text.of("repair.moved-on", Long.toString(clock.movedOn())));
        return repairs;
    }

    /** Where the container could not hide what is too much: where the output really begins and ends. */
    private List<Text> edges(Duration start) {
        boolean asWanted = plan.cut().isWhole()
                || ((begin == wantedStart || hides) && (cutShort || canHideEnd() || end <= wantedEnd));
        return asWanted ? List.of() : List.of(Text.of("repair.copy-edges", seconds(start), seconds(position())));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }

    @Override
    public void close() {
        clock.close();
        muxer.close();
    }
}
