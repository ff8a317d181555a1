package dev.soundlift.batch;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.output.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the journal tells of one input. */
final class History {
    /**
     * What an output was when it got its name.
     *
     * @param made the digest of what it was made from, see {@link Work#made}
     */
    record Output(Path name, String key, String made, long bytes, long modifiedNanos) {
        static Output of(Map<String, String> entry) {
            return new Output(
                    Path.of(entry.getOrDefault("output", "")),
                    entry.getOrDefault("key", ""),
                    entry.getOrDefault("made", ""),
                    number(entry, "outputBytes"),
                    number(entry, "outputModifiedNanos"));
        }

        /** Whether nothing is there any more; a list of chapters may still be. */
        boolean isGone() {
            return !Files.exists(name, LinkOption.NOFOLLOW_LINKS);
        }

        /** Whether it is still there, as we left it. */
        boolean isIntact() {
            try {
                return Files.isRegularFile(name) && Files.size(name) == bytes && Work.modified(name) == modifiedNanos;
            } catch (IOException unreadable) {
                return false;
            }
        }
    }

    /** Why an input is not tried again. */
    record SetAside(String key, String kind, String why) {
        ErrorKind errorKind() {
            for (ErrorKind known : ErrorKind.values()) if (known.label().equals(kind)) return known;
            return ErrorKind.BUG;
        }
    }

    private final Map<String, Output> outputs = new LinkedHashMap<>();
    private final Map<String, Integer> finished = new LinkedHashMap<>();
    private Optional<SetAside> setAside = Optional.empty();
    private String openKey = "";
    private Optional<Writer> openBy = Optional.empty();
    private int abruptEnds;

    /** Learns the next entry. */
    void learn(Map<String, String> entry) {
        String key = entry.getOrDefault("key", "");
        switch (entry.getOrDefault("event", "")) {
            case "begun" -> {
                boolean again = key.equals(openKey);
                abruptEnds = again && openBy.isPresent() ? abruptEnds + 1 : again ? abruptEnds : 0;
                openKey = key;
                openBy = Writer.parse(entry.getOrDefault("process", ""));
            }
            case "delivered" -> outputs.put(entry.getOrDefault("target", ""), Output.of(entry));
            case "ended" -> {
                openBy = Optional.empty();
                abruptEnds = 0;
                if (entry.getOrDefault("failed", "0").equals("0")) {
                    finished.put(key, (int) number(entry, "outputs"));
                } else {
                    finished.remove(key);
                }
            }
            case "crashed" -> {
                // The process of its own has crashed; the run that watched it goes on
                openBy = Optional.empty();
                abruptEnds++;
            }
            case "set-aside" ->
                setAside =
                        Optional.of(new SetAside(key, entry.getOrDefault("kind", ""), entry.getOrDefault("why", "")));
            default -> {} // of a later version
        }
    }

    private static long number(Map<String, String> entry, String name) {
        String text = entry.getOrDefault(name, "");
        return text.matches("-?\\d{1,18}|-?\\d{19}") ? Long.parseLong(text) : -1;
    }

    /** All outputs, where every one was delivered from the same work and is still as it was. */
    Optional<List<Path>> allDelivered(String key) {
        int count = finished.getOrDefault(key, 0);
        List<Path> intact = new ArrayList<>();
        for (Output output : outputs.values()) {
            if (output.key().equals(key) && output.isIntact()) intact.add(output.name());
        }
        return count > 0 && intact.size() == count ? Optional.of(intact) : Optional.empty();
    }

    Optional<Output> output(Path target) {
        return Optional.ofNullable(outputs.get(target.toString()));
    }

    /** How many runs in a row ended abruptly while they worked on it. */
    int abruptEnds(String key) {
        if (!key.equals(openKey)) return 0;
        return abruptEnds + (openBy.filter(Writer::isGone).isPresent() ? 1 : 0);
    }

    Optional<SetAside> setAside(String key) {
        return setAside.filter(aside -> aside.key().equals(key));
    }
}
