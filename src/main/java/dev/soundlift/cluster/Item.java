package dev.soundlift.cluster;

import dev.soundlift.batch.ManifestLine;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One input on its way to a machine.
 *
 * @param line where it stands, from 1; 0 where no list names it
 * @param name as reports call the input: without what an address holds in secret
 * @param options what it wishes for itself, by an option's long name
 * @param bytes of the input; -1 where nobody has said
 * @param key the same for the same input with the same wishes in any run
 */
record Item(long line, String input, String name, Map<String, List<String>> options, long bytes, String key)
        implements Serializable {

    /**
     * A line for a call.
     *
     * @param call the call's words, each wish in one form
     */
    static Item of(ManifestLine line, String name, List<String> call) {
        String all = String.join("\n", call) + "\n" + line.input() + "\n" + new TreeMap<>(line.options());
        return new Item(
                line.number(), line.input(), name, line.options(), line.bytes().orElse(-1), digest(all));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
