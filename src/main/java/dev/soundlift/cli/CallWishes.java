package dev.soundlift.cli;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What a call wishes for each of many inputs, some of which wish otherwise: an option that an input names for itself stands
 * in the place of the call's.
 */
public final class CallWishes {
    /** What one input may wish for itself; who works, what may leave the machine and what is run are the call's to say. */
    private static final Set<String> OF_ONE_INPUT =
            Set.of(("format copy bitrate vbr rate channels bits from to duration range chapter split piece-length"
                            + " piece-size track mix group align loudness preset id3 cover-frame keep-date chapter-list"
                            + " output on-exists verify strict")
                    .split(" "));

    /** What only a call may wish, where the one who calls sees to all the rest: what is read, how many at once. */
    private static final Set<String> OF_ALL_INPUTS = Set.of("engine", "ffmpeg");

    /** Of these, one that an input names takes the place of all that the call says. */
    private static final List<Set<String>> TOGETHER = List.of(
            Set.of("from", "to", "duration", "range", "chapter", "split", "piece-length", "piece-size"),
            Set.of("bitrate", "vbr"),
            Set.of("track", "mix", "group"));

    /** By the option's long name without dashes. */
    private final Map<String, List<String>> call;

    private final @Nullable IDefaultValueProvider settings;

    private CallWishes(Map<String, List<String>> call, @Nullable IDefaultValueProvider settings) {
        this.call = call;
        this.settings = settings;
    }

    /** Words of a call that has options of a conversion and nothing else; no settings add to them. */
    public static CallWishes of(List<String> words) throws ExtractionException {
        ConvertOptions options = new ConvertOptions();
        CommandLine parser = parser(options, null);
        try {
            parser.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException wrong) {
            throw usage(UsageErrors.explain(wrong));
        }
        if (!options.inputs.isEmpty()) throw usage(Text.of("error.unknown-option", options.inputs.get(0)));
        CallWishes wishes = of(parser);
        for (String name : wishes.call.keySet()) {
            boolean known = OF_ONE_INPUT.contains(name) || OF_ALL_INPUTS.contains(name);
            if (!known) throw usage(Text.of("error.unknown-option", "--" + name));
        }
        wishes.request(Map.of());
        return wishes;
    }

    /** What an input is that is no file of this machine. */
    public static MediaSource address(String input) throws ExtractionException {
        try {
            MediaSource source = AccessOptions.elsewhere(List.of(input)).get(0);
            if (source instanceof MediaSource.RemoteUrl) return source;
            throw usage(Text.of("error.manifest-stdin"));
        } catch (UsageErrors.BadValue bad) {
            throw usage(bad.text());
        }
    }

    /** A call that has been parsed. */
    static CallWishes of(CommandLine parsed) {
        Map<String, List<String>> said = new LinkedHashMap<>();
        Set<String> known =
                parser(new ConvertOptions(), null).getCommandSpec().optionsMap().keySet();
        parsed.getParseResult().matchedOptions().stream()
                .filter(option -> known.contains(option.longestName()))
                .forEach(option -> said.put(option.longestName().substring(2), option.originalStringValues()));
        return new CallWishes(said, parsed.getDefaultValueProvider());
    }

    private static CommandLine parser(ConvertOptions options, @Nullable IDefaultValueProvider settings) {
        CommandSpec spec = CommandSpec.create().addMixin("options", CommandSpec.forAnnotatedObject(options));
        CommandLine parser = new CommandLine(spec)
                .setOverwrittenOptionsAllowed(false)
                .setAbbreviatedOptionsAllowed(false)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
        if (settings != null) parser.setDefaultValueProvider(settings);
        return parser;
    }

    private static ExtractionException usage(Text what) {
        return new ExtractionException(ErrorKind.USAGE, what, Text.of("next.usage", "soundlift"));
    }

    /**
     * The wishes for an input that is put in later.
     *
     * @param own what the input names for itself
     */
    public ExtractionRequest request(Map<String, List<String>> own) throws ExtractionException {
        for (String name : own.keySet()) {
            if (!OF_ONE_INPUT.contains(name)) throw usage(Text.of("error.manifest-option", name));
        }
        Map<String, List<String>> all = new LinkedHashMap<>(call);
        for (Set<String> group : TOGETHER) {
            if (own.keySet().stream().anyMatch(group::contains)) all.keySet().removeAll(group);
        }
        all.putAll(own);
        List<String> words = new ArrayList<>();
        all.forEach((name, values) -> values.forEach(value -> words.add("--" + name + "=" + value)));
        ConvertOptions options = new ConvertOptions();
        try {
            parser(options, settings).parseArgs(words.toArray(String[]::new));
            ExtractionRequest request = options.request();
            boolean piped = StandardOutput.isMeant(request.destination());
            if (piped) throw usage(Text.of("error.pipe-several"));
            return request.withSource(new MediaSource.Typed("")); // no input yet
        } catch (UsageErrors.BadValue bad) {
            throw usage(bad.text());
        } catch (ParameterException wrong) {
            throw usage(UsageErrors.explain(wrong));
        }
    }
}
