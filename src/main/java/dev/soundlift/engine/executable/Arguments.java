package dev.soundlift.engine.executable;

import dev.soundlift.engine.OpusChannels;
import dev.soundlift.media.Container;
import dev.soundlift.plan.Layouts;
import dev.soundlift.plan.TargetSound;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.SampleDepth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The words of each call of ffmpeg and ffprobe. Pure: no file is touched and no program is started here. */
final class Arguments {
    private final FfmpegProgram program;
    private final List<String> words = new ArrayList<>();

    private Arguments(FfmpegProgram program, Path name) {
        this.program = program;
        add(name.toString(), "-hide_banner");
    }

    private Arguments add(String... more) {
        words.addAll(Arrays.asList(more));
        return this;
    }

    private static Arguments ffmpeg(FfmpegProgram program, String loglevel) {
        // "repeat": a fault that comes twice is two faults; "level": we read how bad a line is
        return new Arguments(program, program.ffmpeg())
                .add("-nostdin", "-nostats", "-y", "-loglevel", "repeat+level+" + loglevel, "-max_error_rate", "1");
    }

    /**
     * A file that may open no other: no other protocol, no playlist. "file:" keeps a colon or a dash in a name from being
     * read as anything else.
     */
    private Arguments source(Path file) {
        return add(
                        "-protocol_whitelist",
                        "file",
                        "-format_whitelist",
                        program.abilities().demuxers())
                .add("-i", "file:" + file);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.6f", seconds);
    }

    static List<String> probe(FfmpegProgram program, Path file) {
        Arguments probe = new Arguments(program, program.ffprobe())
                .add("-loglevel", "repeat+level+verbose", "-show_format", "-show_streams", "-show_chapters");
        return probe.add("-of", "json").source(file).words;
    }

    /**
     * Decodes a track to standard output; every frame's time stamp and length is told on standard error first, in samples
     * of the container's own clock.
     *
     * @param from where to begin on that clock; nothing for the start
     */
    static List<String> decode(FfmpegProgram program, Path file, Stream track, OptionalDouble from) {
        Arguments decode = ffmpeg(program, "verbose").add("-copyts");
        if (from.isPresent()) {
            decode.add("-noaccurate_seek", "-seek_timestamp", "1", "-ss", seconds(from.getAsDouble()));
        }
        return decode.source(file).samples(track, ",ashowinfo").words;
    }

    /**
     * Decodes a track to standard output; lists its packets on standard error, and at the end their MD5 and the sound's
     * loudness (EBU R 128), which there is only for channels whose places are known.
     */
    static List<String> listen(FfmpegProgram program, Path file, Stream track) {
        String meter = track.layout().isEmpty() ? "" : ",ebur128=framelog=verbose";
        Arguments listen = ffmpeg(program, "info").source(file).samples(track, meter);
        return listen.listed(track, OptionalDouble.empty(), OptionalDouble.empty(), "pipe:2").words;
    }

    /** Decodes a track to standard output. */
    static List<String> hear(FfmpegProgram program, Path file, Stream track) {
        return ffmpeg(program, "info").source(file).samples(track, "").words;
    }

    private Arguments samples(Stream track, String more) {
        SampleForm form = track.sampleForm();
        // Samples whose shape changes midway are brought to the first one's
        String shape = "aformat=sample_fmts=" + form.filterName() + ":sample_rates=" + track.sampleRateHz()
                + (track.layout().isEmpty() ? "" : ":channel_layouts='" + track.layout() + "'");
        return add("-map", "0:" + track.index(), "-af", shape + more)
                .add("-c:a", form.codecName(), "-f", form.containerName(), "pipe:1");
    }

    /** Lists a track's packets on standard output, and the MD5 of what is in them at the end on standard error. */
    static List<String> packets(FfmpegProgram program, Path file, Stream track, OptionalDouble until) {
        Arguments packets = ffmpeg(program, "verbose").add("-copyts").source(file);
        return packets.listed(track, OptionalDouble.empty(), until, "pipe:1").words;
    }

    private Arguments listed(Stream track, OptionalDouble from, OptionalDouble until, String list) {
        return copied(track, from, until)
                .withoutHeaders(track)
                .add("-f", "framecrc", "-flush_packets", "1", list)
                .copied(track, from, until)
                .withoutHeaders(track)
                .add("-f", "md5", "pipe:2");
    }

    private Arguments copied(Stream track, OptionalDouble from, OptionalDouble until) {
        add("-map", "0:" + track.index(), "-c:a", "copy");
        // TrueHD can be entered only at a major sync; other codecs' packets stand alone, flagged or not
        if (!track.facts().text("codec_name").equals("truehd")) add("-copyinkf:a");
        from.ifPresent(start -> add("-ss", seconds(start)));
        until.ifPresent(end -> add("-to", seconds(end)));
        return this;
    }

    /** ADTS puts a header before every AAC frame, MP4 and Matroska do not: it is the container's (ISO/IEC 13818-7, 6.2). */
    private Arguments withoutHeaders(Stream track) {
        return track.facts().text("codec_name").equals("aac") ? add("-bsf:a", "aac_adtstoasc") : this;
    }

    /** The attached picture alone, to standard output. */
    static List<String> picture(FfmpegProgram program, Path file, Stream picture) {
        return ffmpeg(program, "error")
                .source(file)
                .add("-map", "0:" + picture.index(), "-c", "copy", "-frames:v", "1", "-f", "image2pipe", "pipe:1")
                .words;
    }

    /**
     * What goes with the sound into a file.
     *
     * @param tags a file in FFmpeg's form of tags and chapters
     * @param language of the track, empty where it is not known
     * @param title of the track, empty where it has none
     */
    record Attire(Path tags, String language, String title, Optional<CoverFile> cover) {}

    /** A picture as a file of its own. */
    record CoverFile(Path file, boolean png) {}

    /** Encodes samples that come on standard input. */
    static List<String> encode(FfmpegProgram program, Stream samples, TargetSound target, Attire attire, Path output) {
        SampleForm form = samples.sampleForm();
        Arguments encode = ffmpeg(program, "info")
                .add("-protocol_whitelist", "pipe", "-f", form.containerName())
                .add("-ar", Integer.toString(samples.sampleRateHz()))
                .add("-ac", Integer.toString(samples.channels()));
        if (!samples.layout().isEmpty()) encode.add("-channel_layout", samples.layout());
        encode.add("-i", "pipe:0");
        encode.attireInputs(attire, target.container()).add("-map", "0:a", "-af", filters(samples, target));
        encode.add("-c:a", Abilities.encoderFor(target.codecName()));
        target.bitsPerSecond().ifPresent(rate -> encode.add("-b:a", Integer.toString(rate)));
        target.vbrLevel().ifPresent(level -> encode.add("-q:a", Integer.toString(level)));
        encode.depth(target);
        if (OpusChannels.needFamilyOne(target.codecName(), channels(target, samples)))
            encode.add("-mapping_family", "1");
        return encode.attire(attire, target.container()).output(target, output).words;
    }

    /** The last filter tells how many samples the encoder gets. */
    private static String filters(Stream samples, TargetSound target) {
        List<String> chain = new ArrayList<>();
        if (target.channels() instanceof ChannelChoice.Side side) {
            chain.add("pan=mono|c0=c" + (side.left() || samples.channels() == 1 ? 0 : 1));
        }
        // FFmpeg takes one channel for the centre and turns it down by 3 dB; but both sides shall be what it was
        boolean widened = target.channels() instanceof ChannelChoice.Count && target.channelCount() == 2;
        if (widened && samples.channels() == 1) chain.add("pan=stereo|c0=c0|c1=c0");
        int rate = target.sampleRateHz() > 0 ? target.sampleRateHz() : samples.sampleRateHz();
        int count = channels(target, samples);
        String layout = layout(target, samples, count);
        // The next filter's wishes of rate and channels are met in this one: rounding comes last
        if (target.dither()) chain.add(dither(target.depth()));
        chain.add("aformat=sample_rates=" + rate + (layout.isEmpty() ? "" : ":channel_layouts='" + layout + "'"));
        if (target.encoderScale() < 1) {
            chain.add(String.format(
                    Locale.ROOT, "aformat=sample_fmts=fltp,volume=%.9f:precision=float", 1 / target.encoderScale()));
        }
        chain.add("ashowinfo");
        return String.join(",", chain);
    }

    private static String dither(SampleDepth depth) {
        return "aresample=osf=" + (depth == SampleDepth.BITS_16 ? "s16" : "s32") + ":output_sample_bits=" + depth.bits()
                + ":dither_method=triangular";
    }

    private static int channels(TargetSound target, Stream samples) {
        return target.channelCount() > 0 ? target.channelCount() : samples.channels();
    }

    /** Empty where the encoder may take the source's. */
    private static String layout(TargetSound target, Stream samples, int count) {
        Optional<String> fixed = Layouts.fixedBy(target.codecName(), count);
        if (fixed.isPresent()) return fixed.get();
        boolean mixed = target.channels() instanceof ChannelChoice.Count && count != samples.channels();
        return mixed ? defaultLayout(count) : "";
    }

    /** FFmpeg's own choice for a number of channels. */
    private static String defaultLayout(int channels) {
        return List.of("", "mono", "stereo", "2.1", "4.0", "5.0", "5.1", "6.1", "7.1")
                .get(channels);
    }

    private void depth(TargetSound target) {
        boolean deep = target.depth() != SampleDepth.BITS_16;
        switch (target.codecName()) {
            case "flac" -> add("-sample_fmt", deep ? "s32" : "s16");
            case "alac" -> add("-sample_fmt", deep ? "s32p" : "s16p");
            default -> {
                return;
            }
        }
        if (deep) add("-bits_per_raw_sample", Integer.toString(target.depth().bits()));
        // FFmpeg still calls FLAC's 32 bits experimental; RFC 9639 has them
        if (target.depth() == SampleDepth.BITS_32) add("-strict", "experimental");
    }

    /**
     * Copies packets into a file, and lists those that it took as {@link #packets} does.
     *
     * @param from the first packet's time on the container's clock, which becomes 0; nothing for all
     * @param until the end on the container's clock
     * @param shift what is added to the file's time stamps, in seconds
     */
    static List<String> copy(
            FfmpegProgram program,
            Path file,
            Stream track,
            OptionalDouble from,
            OptionalDouble until,
            double shift,
            TargetSound target,
            Attire attire,
            Path output) {
        return ffmpeg(program, "verbose")
                .add("-copyts")
                .source(file)
                .attireInputs(attire, target.container())
                .copied(track, from, until)
                .add("-output_ts_offset", seconds(shift))
                .attire(attire, target.container())
                .output(target, output)
                .listed(track, from, until, "pipe:1")
                .words;
    }

    private Arguments attireInputs(Attire attire, Container container) {
        add("-protocol_whitelist", "file", "-f", "ffmetadata", "-i", "file:" + attire.tags());
        if (holdsPictureAsStream(container)) {
            attire.cover()
                    .ifPresent(cover -> add("-protocol_whitelist", "file")
                            .add("-f", cover.png() ? "png_pipe" : "jpeg_pipe", "-i", "file:" + cover.file()));
        }
        return this;
    }

    private static boolean holdsPictureAsStream(Container container) {
        return container == Container.M4A || container == Container.FLAC_FILE;
    }

    /** The source's own tags are not taken over: those of the plan are. */
    private Arguments attire(Attire attire, Container container) {
        boolean commentsInstead = container == Container.FLAC_FILE; // its muxer knows no chapters
        add("-map_metadata", "1", "-map_metadata:s:a", "-1", "-map_chapters", commentsInstead ? "-1" : "1");
        if (!attire.language().isEmpty()) add("-metadata:s:a:0", "language=" + attire.language());
        if (container == Container.MKA && !attire.title().isEmpty()) add("-metadata:s:a:0", "title=" + attire.title());
        if (attire.cover().isEmpty()) return this;
        if (holdsPictureAsStream(container)) {
            return add("-map", "2:v", "-c:v", "copy", "-disposition:v:0", "attached_pic")
                    .add("-metadata:s:v:0", "comment=Cover (front)"); // the type, where the container has types
        }
        CoverFile cover = attire.cover().get();
        if (container != Container.MKA) return this;
        return add("-attach", "file:" + cover.file())
                .add("-metadata:s:t:0", "mimetype=" + (cover.png() ? "image/png" : "image/jpeg"))
                .add("-metadata:s:t:0", "filename=" + (cover.png() ? "cover.png" : "cover.jpg"));
    }

    private Arguments output(TargetSound target, Path output) {
        switch (target.container()) {
            // Our own tag comes before it (Id3Tag); the Xing header carries length and gapless data
            case MP3_FILE -> add("-id3v2_version", "0", "-write_xing", "1");
            // The index in front: playback over a network starts at once
            case M4A -> add("-movflags", "+faststart");
            case WAV -> add("-rf64", "auto");
            default -> {}
        }
        return add(
                        "-f",
                        target.container()
                                .muxerName(dev.soundlift.media.Codec.named(target.codecName())
                                        .orElse(dev.soundlift.media.Codec.PCM_S16LE)))
                .add("file:" + output);
    }
}
