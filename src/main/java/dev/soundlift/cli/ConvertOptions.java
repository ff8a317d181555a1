package dev.soundlift.cli;

import dev.soundlift.cli.UsageErrors.BadValue;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.Align;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Combination;
import dev.soundlift.request.Destination;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Preset;
import dev.soundlift.request.Quality;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.request.VerifyLevel;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of a conversion, as CONTRACT.md names them. */
final class ConvertOptions {
    @Parameters(paramLabel = "INPUT", arity = "0..*", descriptionKey = "input")
    List<String> inputs = List.of();

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            descriptionKey = "format",
            order = 1)
    @Nullable
    String format;

    @Option(names = "--copy", descriptionKey = "copy", order = 2)
    boolean copy;

    @Option(
            names = {"-b", "--bitrate"},
            paramLabel = "RATE",
            descriptionKey = "bitrate",
            order = 3)
    @Nullable
    String bitrate;

    @Option(
            names = {"-V", "--vbr"},
            paramLabel = "0-9",
            descriptionKey = "vbr",
            order = 4)
    @Nullable
    String vbr;

    @Option(names = "--rate", paramLabel = "HZ", descriptionKey = "rate", order = 5)
    @Nullable
    String rate;

    @Option(names = "--channels", paramLabel = "CHANNELS", descriptionKey = "channels", order = 6)
    @Nullable
    String channels;

    @Option(names = "--bits", paramLabel = "BITS", descriptionKey = "bits", order = 7)
    @Nullable
    String bits;

    @Mixin
    final PieceOptions pieces = new PieceOptions();

    @Option(
            names = {"-t", "--track"},
            paramLabel = "TRACK",
            descriptionKey = "track",
            order = 12)
    List<String> tracks = List.of();

    @Option(names = "--mix", descriptionKey = "mix", order = 12)
    boolean mix;

    @Option(names = "--group", paramLabel = "1+2,3+4", descriptionKey = "group", order = 12)
    @Nullable
    String group;

    @Option(names = "--align", paramLabel = "video|none", descriptionKey = "align", order = 12)
    @Nullable
    String align;

    @Option(names = "--loudness", paramLabel = "LUFS", descriptionKey = "loudness", order = 12)
    @Nullable
    String loudness;

    @Option(names = "--preset", paramLabel = "NAME", descriptionKey = "preset", order = 12)
    @Nullable
    String preset;

    @Mixin
    final ExtraOptions extras = new ExtraOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUTPUT",
            descriptionKey = "output",
            order = 13)
    @Nullable
    String output;

    @Option(names = "--on-exists", paramLabel = "WHAT", descriptionKey = "on-exists", order = 14)
    @Nullable
    String onExists;

    @Option(names = "--engine", paramLabel = "ENGINE", descriptionKey = "engine", order = 15)
    @Nullable
    String engine;

    @Option(names = "--ffmpeg", paramLabel = "PATH", descriptionKey = "ffmpeg", order = 15)
    @Nullable
    String ffmpeg;

    @Option(names = "--allow-upload", descriptionKey = "allow-upload", order = 15)
    boolean allowUpload;

    @Option(
            names = {"-y", "--yes"},
            descriptionKey = "yes",
            order = 15)
    boolean yes;

    @Option(names = "--verify", paramLabel = "LEVEL", descriptionKey = "verify", order = 15)
    @Nullable
    String verify;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            descriptionKey = "jobs",
            order = 16)
    @Nullable
    String jobs;

    @Option(
            names = {"-r", "--recurse"},
            descriptionKey = "recurse",
            order = 17)
    boolean recurse;

    @Option(names = "--resume", descriptionKey = "resume", order = 18)
    private boolean resume;

    @Option(names = "--resume-by-content", descriptionKey = "resume-by-content", order = 18)
    boolean resumeByContent;

    @Option(names = "--isolate", descriptionKey = "isolate", order = 18)
    boolean isolate;

    @Option(names = "--dry-run", descriptionKey = "dry-run", order = 18)
    boolean dryRun;

    @Option(names = "--strict", descriptionKey = "strict", order = 19)
    boolean strict;

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec command;

    /** The wishes, for an input that is put in later. */
    ExtractionRequest request() {
        return new ExtractionRequest(
                new MediaSource.LocalFile(Path.of("")),
                tracks.isEmpty()
                        ? List.of(TrackChoice.BEST)
                        : tracks.stream().map(ConvertOptions::track).toList(),
                combination(),
                pieces.wish(),
                one(Align.class, "--align", align, Align.VIDEO),
                encoding(),
                extras.wish(),
                new Destination(
                        parsed(
                                "--output",
                                output,
                                given -> Optional.of(given).filter(name -> !name.isBlank()),
                                OUTPUTS),
                        one(OnExists.class, "--on-exists", onExists, OnExists.FAIL)),
                new EngineChoice(
                        one(EngineChoice.Kind.class, "--engine", engine, EngineChoice.Kind.AUTO),
                        Optional.ofNullable(ffmpeg),
                        allowUpload),
                one(VerifyLevel.class, "--verify", verify, VerifyLevel.FULL),
                strict);
    }

    /** As it was parsed. */
    CommandLine commandLine() {
        return Objects.requireNonNull(command).commandLine();
    }

    /** Whether it stands on the command line, and not only among the settings, which are for every input alike. */
    boolean isTyped(String option) {
        return command != null && command.commandLine().getParseResult().hasMatchedOption(option);
    }

    boolean resume() {
        return resume || resumeByContent;
    }

    private Combination combination() {
        String groups = group;
        if (groups == null) return mix ? Combination.MIX : Combination.SEPARATE;
        if (mix) throw new BadValue(Text.of("error.together", "--mix", "--group"));
        if (!tracks.isEmpty()) throw new BadValue(Text.of("error.together", "--track", "--group"));
        return Combination.parseGroups(groups).orElseThrow(() -> bad("--group", groups, "1+2; 1+2,3+4; 1+2+3+4+5+6 …"));
    }

    int jobCount() {
        if (jobs == null) return Runtime.getRuntime().availableProcessors();
        if (!jobs.matches("[1-9]\\d{0,2}")) throw bad("--jobs", jobs, "1, 2, 3 …");
        return Integer.parseInt(jobs);
    }

    private Encoding encoding() {
        if (bitrate != null && vbr != null) throw new BadValue(Text.of("error.together", "--bitrate", "--vbr"));
        Encoding wish = new Encoding(
                parsed("--format", format, AudioFormat::named, FORMATS),
                copy,
                quality(),
                sampleRate(),
                parsed("--channels", channels, ChannelChoice::parse, CHANNELS).orElse(ChannelChoice.AS_SOURCE),
                parsed("--bits", bits, SampleDepth::named, "16, 24, 32, 32f"),
                parsed("--loudness", loudness, LoudnessTarget::parse, "podcast (-16), broadcast (-23), -70 … -5"),
                parsed("--preset", preset, Preset::named, "speech, podcast, music, archive"));
        if (copy && preset != null) throw new BadValue(Text.of("error.together", "--copy", "--preset"));
        if (copy && wish.changesTheSound()) throw new BadValue(Text.of("error.copy-changes-nothing"));
        return wish;
    }

    private static final String FORMATS = "mp3, m4a, aac, alac, flac, wav, pcm, opus, ogg, mka, same";
    private static final String OUTPUTS = "talk.flac, sound/, {dir}/{name}.{lang}.{ext}, -";
    private static final String CHANNELS = "mono, stereo, 5.1, left, right, 1 … 8";

    private Quality quality() {
        return parsed("--vbr", vbr, Quality::parseVariable, "0 … 9")
                .or(() -> parsed("--bitrate", bitrate, Quality::parseBitRate, "128k, 192k, 320k …"))
                .orElse(Quality.LIKE_THE_SOURCE);
    }

    private OptionalInt sampleRate() {
        Optional<Integer> hertz = parsed("--rate", rate, Encoding::parseSampleRate, "8000 … 768000");
        return hertz.isPresent() ? OptionalInt.of(hertz.get()) : OptionalInt.empty();
    }

    private static TrackChoice track(String text) {
        return TrackChoice.parse(text).orElseThrow(() -> bad("--track", text, "best, 2, lang:eng, title:TEXT, all"));
    }

    /** The option's value, nothing where it was not given. */
    private static <T> Optional<T> parsed(
            String option, @Nullable String text, Function<String, Optional<T>> parser, String allowed) {
        if (text == null) return Optional.empty();
        return Optional.of(parser.apply(text).orElseThrow(() -> bad(option, text, allowed)));
    }

    static <E extends Enum<E>> E one(Class<E> type, String option, @Nullable String text, E usual) {
        if (text == null) return usual;
        for (E value : type.getEnumConstants()) if (value.name().equalsIgnoreCase(text)) return value;
        throw bad(
                option,
                text,
                Arrays.stream(type.getEnumConstants())
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    static BadValue bad(String option, String value, String allowed) {
        return new BadValue(Text.of("error.bad-option-value", option, value, allowed));
    }
}
