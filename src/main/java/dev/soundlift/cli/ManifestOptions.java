package dev.soundlift.cli;

import dev.soundlift.batch.Input;
import dev.soundlift.batch.Inputs;
import dev.soundlift.batch.Manifest;
import dev.soundlift.batch.Shard;
import dev.soundlift.cli.UsageErrors.BadValue;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.nio.file.Files;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Inputs that stand in a list, and which share of them is meant. */
final class ManifestOptions {
    private static final String STANDARD_INPUT = "-";

    @Option(names = "--manifest", paramLabel = "FILE", descriptionKey = "manifest", order = 17)
    private @Nullable String manifest;

    @Option(names = "--shard", paramLabel = "N/COUNT", descriptionKey = "shard", order = 17)
    private @Nullable String shard;

    boolean given() {
        return manifest != null;
    }

    /** A list has all inputs; a share is one of a list. */
    void requireAlone(ConvertOptions options) {
        if (shard != null && manifest == null) throw new BadValue(Text.of("error.shard-alone"));
        if (manifest == null) return;
        if (manifest.isBlank()) throw ConvertOptions.bad("--manifest", manifest, "list.csv, list.jsonl, -");
        if (!options.inputs.isEmpty()) {
            throw new BadValue(Text.of("error.together", "--manifest", options.inputs.get(0)));
        }
        if (options.recurse && options.isTyped("--recurse")) {
            throw new BadValue(Text.of("error.together", "--manifest", "--recurse"));
        }
        if ("-".equals(options.output)) throw new BadValue(Text.of("error.together", "--manifest", "--output -"));
        share();
    }

    private Shard share() {
        String wanted = shard;
        if (wanted == null) return Shard.WHOLE;
        return Shard.parse(wanted).orElseThrow(() -> ConvertOptions.bad("--shard", wanted, "1/4 … 4/4"));
    }

    /** The inputs of the share, read as they are asked for. A list without any is an error, as a folder without any is. */
    Iterator<Input> inputs(CallWishes call) throws ExtractionException {
        String name = Objects.requireNonNull(manifest);
        Manifest list = name.equals(STANDARD_INPUT) ? Manifest.of(name, System.in) : Manifest.open(Inputs.one(name));
        if (!list.hasNext()) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE, Text.of("error.manifest-empty", name), Text.of("next.manifest-empty"));
        }
        return new ListedInputs(list, name, share(), call);
    }

    /** Whether it can be read again, to count its lines: out of a pipe each comes once. */
    boolean lasts() throws ExtractionException {
        return manifest != null && !manifest.equals(STANDARD_INPUT) && Files.isRegularFile(Inputs.one(manifest));
    }

    /** The same once more, to count them; none where the list has gone meanwhile, which the other reader tells. */
    Iterator<Input> again(CallWishes call) {
        try {
            return inputs(call);
        } catch (ExtractionException gone) {
            return Collections.emptyIterator();
        }
    }

    /** The same as words of another command line. */
    List<String> words() {
        String file = manifest;
        if (file == null) return List.of();
        Shard share = share();
        return share.equals(Shard.WHOLE)
                ? List.of("--manifest", file)
                : List.of("--manifest", file, "--shard", share.toString());
    }
}
