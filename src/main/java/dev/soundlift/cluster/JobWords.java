package dev.soundlift.cluster;

import dev.soundlift.batch.Shard;
import dev.soundlift.cli.CallWishes;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the job is asked for.
 *
 * @param manifest a list of inputs; empty where a prefix is given
 * @param prefix of a bucket, or a folder, whose media files are the inputs
 * @param output the store's words
 * @param shard as in {@code 3/100}
 * @param itemsPerTask 0: as many as suit their number
 * @param table whether rows are also written as Parquet
 * @param retryFailed whether also what cannot be converted is tried again
 * @param allowPrivate whether an address may lead into a private network
 * @param wishes words of a conversion
 */
record JobWords(
        String manifest,
        String prefix,
        String output,
        String shard,
        int itemsPerTask,
        boolean table,
        boolean retryFailed,
        boolean allowPrivate,
        List<String> wishes)
        implements Serializable {

    private static final List<String> VALUES =
            List.of("--manifest", "--prefix", "--output", "-o", "--shard", "--items-per-task", "--rows");
    private static final List<String> FLAGS = List.of("--retry-failed", "--allow-private");

    static JobWords parse(List<String> words) throws ExtractionException {
        Map<String, String> own = new LinkedHashMap<>();
        List<String> wishes = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = equals < 0 ? word : word.substring(0, equals);
            if (FLAGS.contains(word)) {
                own.put(word, "true");
            } else if (VALUES.contains(name)) {
                if (equals < 0 && i + 1 == words.size()) throw usage(Text.of("error.missing-value", name));
                String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
                String before = own.put(name.equals("-o") ? "--output" : name, value);
                if (before != null) throw usage(Text.of("error.option-twice", name));
            } else {
                wishes.add(word);
            }
        }
        boolean list = own.containsKey("--manifest");
        if (!own.containsKey("--output")) throw usage(Text.of("error.cluster-missing", "--output"));
        if (list && own.containsKey("--prefix")) throw usage(Text.of("error.together", "--manifest", "--prefix"));
        String inputs = own.getOrDefault(list ? "--manifest" : "--prefix", "");
        if (inputs.isBlank()) throw usage(Text.of("error.cluster-missing", "--manifest"));
        if (!list && inputs.matches("(?!s3:)\\w+://.*")) throw bad("--prefix", inputs, "s3://bucket/prefix/");
        String shard = own.getOrDefault("--shard", "1/1");
        if (Shard.parse(shard).isEmpty()) throw bad("--shard", shard, "1/4 … 4/4");
        String count = own.getOrDefault("--items-per-task", "0");
        if (!count.matches("\\d{1,5}")) throw bad("--items-per-task", count, "1, 8, 100 …");
        String rows = own.getOrDefault("--rows", "jsonl");
        if (!List.of("jsonl", "parquet").contains(rows)) throw bad("--rows", rows, "jsonl, parquet");
        JobWords parsed = new JobWords(
                list ? inputs : "",
                list ? "" : inputs,
                own.getOrDefault("--output", ""),
                shard,
                Integer.parseInt(count),
                rows.equals("parquet"),
                own.containsKey("--retry-failed"),
                own.containsKey("--allow-private"),
                List.copyOf(wishes));
        requireSense(parsed.call().request(Map.of()));
        return parsed;
    }

    /** The list or the prefix, as it was typed. */
    String inputs() {
        return manifest + prefix;
    }

    /** The wishes of the call, or of one of its items. */
    static void requireSense(ExtractionRequest request) throws ExtractionException {
        if (request.destination().onExists() == OnExists.RENAME) {
            throw bad("--on-exists", "rename", "fail, skip, overwrite");
        }
        if (request.engine().kind() == EngineChoice.Kind.CLOUD)
            throw usage(Text.of("error.cluster-option", "--engine cloud"));
        if (request.extras().keepDate()) throw usage(Text.of("error.cluster-option", "--keep-date"));
    }

    CallWishes call() throws ExtractionException {
        return CallWishes.of(wishes);
    }

    /** The wishes in a form in which equal ones are equal. */
    List<String> canonical() throws ExtractionException {
        return CommandLineForm.of(List.of(), call().request(Map.of()));
    }

    private static ExtractionException bad(String option, String value, String takes) {
        return usage(Text.of("error.bad-option-value", option, value, takes));
    }

    private static ExtractionException usage(Text what) {
        return new ExtractionException(ErrorKind.USAGE, what, Text.of("next.cluster-usage"));
    }
}
