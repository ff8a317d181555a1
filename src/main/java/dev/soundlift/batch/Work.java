package dev.soundlift.batch;

import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What outputs are made from: an input as it is now, the wishes, and the version of the program.
 *
 * @param input absolute
 * @param modifiedNanos since 1970
 * @param content the SHA-256 of the file, or of an address; empty where its date is trusted
 * @param settings the wishes in canonical form, without what is done about files that exist and without lists, which are
 *     made when they are missing
 */
record Work(Path input, long bytes, long modifiedNanos, String content, String settings, String version) {

    static Work of(Path input, ExtractionRequest wishes, String version, boolean byContent) throws IOException {
        Path absolute = input.toAbsolutePath().normalize();
        return new Work(
                absolute,
                Files.size(absolute),
                modified(absolute),
                byContent ? contentOf(absolute) : "",
                settings(wishes),
                version);
    }

    /**
     * An address is trusted to give the same whenever it is asked. It may hold a secret, so that its digest alone is
     * written down; where nothing else is said, its outputs stand in the folder that we work in.
     */
    static Work of(URI address, ExtractionRequest wishes, String version) {
        String digest = hex(sha256().digest(address.toString().getBytes(StandardCharsets.UTF_8)));
        Path name = Path.of("").toAbsolutePath().resolve("address-" + digest.substring(0, 24));
        return new Work(name, 0, 0, digest, settings(wishes), version);
    }

    static long modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
    }

    private static String settings(ExtractionRequest wishes) {
        Destination destination = new Destination(wishes.destination().output().map(Work::anchored), OnExists.FAIL);
        ExtractionRequest alone =
                wishes.withDestination(destination).withExtras(wishes.extras().alone());
        return String.join(" ", CommandLineForm.of(List.of(), alone));
    }

    /** The same words mean another place in another folder. */
    private static String anchored(String output) {
        boolean same = output.startsWith("{dir}") || Path.of(output).isAbsolute();
        return same ? output : Path.of("").toAbsolutePath() + "/" + output;
    }

    /** The same for the same work, whenever and wherever it is asked. */
    String key() {
        String all = String.join("\n", input.toString(), Long.toString(bytes), identity(), settings, version);
        return hex(sha256().digest(all.getBytes(StandardCharsets.UTF_8))).substring(0, 24);
    }

    /** The same for an equal output of the same input, whatever else was asked for besides. */
    String made(String essence) {
        String all = String.join("\n", input.toString(), Long.toString(bytes), identity(), version, essence);
        return hex(sha256().digest(all.getBytes(StandardCharsets.UTF_8))).substring(0, 24);
    }

    private String identity() {
        return content.isEmpty() ? Long.toString(modifiedNanos) : content;
    }

    /** An entry of the journal that tells all of it. */
    Map<String, Object> entry(String event) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("event", event);
        entry.put("key", key());
        entry.put("input", input);
        entry.put("bytes", bytes);
        entry.put("modifiedNanos", modifiedNanos);
        if (!content.isEmpty()) entry.put("sha256", content);
        entry.put("settings", settings);
        entry.put("version", version);
        return entry;
    }

    private static String contentOf(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {} // the digest hears of every byte
        }
        return hex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) { // every Java has it
            throw new IllegalStateException(impossible);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
