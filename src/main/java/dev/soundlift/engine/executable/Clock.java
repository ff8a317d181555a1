package dev.soundlift.engine.executable;

import java.util.List;
import java.util.Set;

/**
 * How the time stamps of one track relate to the media clock, whose zero is the video's first picture.
 *
 * @param originSeconds where the media clock is zero, on the container's own clock
 * @param running whether packets carry a clock of their own; in a raw stream their place in the file is all there is
 * @param alone whether the track is all there is, so that there is nothing that it could be in sync with
 * @param endOfSound sample of the media clock at which the container says that the sound ends; {@link Long#MAX_VALUE}
 *     where it does not
 * @param seekable whether going to a time lands where it says
 */
record Clock(double originSeconds, boolean running, boolean alone, long endOfSound, boolean seekable) {
    /** A pause before the first picture that is longer than priming and reordering is meant. */
    private static final double LONGEST_VIDEO_DELAY_SECONDS = 0.5;

    /** Demuxers whose index is exact, and whose packets tell their position to the sample. */
    private static final Set<String> TRUSTED_SEEKING = Set.of("mov,mp4,m4a,3gp,3g2,mj2", "wav", "flac", "ogg");

    /** FFmpeg's demuxers of sound without time stamps (AVFMT_GENERIC_INDEX or AVFMT_NOTIMESTAMPS). */
    private static final Set<String> RAW = Set.of(
            ("aac aax ac3 ac4 ace acm adx aea aix amr amrnb amrwb apac aptx aptx_hd ast boa bonk codec2 codec2raw "
                            + "data dcstr dfpwm dsf dts dtshd eac3 epaf flac fsb g722 g723_1 g726 g726le g728 g729 gsm "
                            + "hca iamf ico iff ilbc ircam laf lc3 loas mlp mods mp3 msp nistsphere nsp oma osq alaw "
                            + "mulaw f64be f64le f32be f32le s32be s32le s24be s24le s16be s16le s8 u32be u32le u24be "
                            + "u24le u16be u16le u8 pvf qoa rsd s337m sbc sdns sdr2 sds sdx shn sln spdif sup tak 3dostr "
                            + "truehd vidc w64 wady wavarc wav wsd wv xmd")
                    .split(" "));

    static Clock of(String container, double containerStart, List<Stream> streams, Stream track) {
        double origin = origin(containerStart, streams);
        boolean alone = streams.stream()
                        .filter(stream -> stream.isAudio() || stream.isFilm())
                        .count()
                <= 1;
        return new Clock(
                origin,
                !RAW.contains(container) || !alone,
                alone,
                endOfSound(container, track, origin),
                TRUSTED_SEEKING.contains(container) && track.hasSampleClock());
    }

    static double origin(double containerStart, List<Stream> streams) {
        return streams.stream()
                .filter(stream -> stream.isFilm() && stream.startTicks().isPresent())
                .findFirst()
                .map(film -> film.seconds(film.startTicks().getAsLong()))
                .filter(start -> start - containerStart <= LONGEST_VIDEO_DELAY_SECONDS)
                .orElse(containerStart);
    }

    /** An MP4's sample table and edit list say it to the sample (ISO/IEC 14496-12, 8.6.6). */
    private static long endOfSound(String container, Stream track, double origin) {
        long length = track.facts().number("duration_ts").orElse(0);
        boolean table = container.startsWith("mov,") && track.facts().count("nb_frames") > 0;
        if (!table
                || !track.hasSampleClock()
                || length <= 0
                || track.startTicks().isEmpty()) return Long.MAX_VALUE;
        return track.startTicks().getAsLong() + length - Math.round(origin * track.sampleRateHz());
    }
}
