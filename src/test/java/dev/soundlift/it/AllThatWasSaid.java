package dev.soundlift.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Keeps what the launched programs said, and with which words they and their children were started, so that the last step
 * of {@code verify} can look for secrets in it: see {@link NoSecretsLook}.
 */
final class AllThatWasSaid {
    static final Path FOLDER = Path.of("target", "test-logs");
    private static final long INTERVAL_MILLIS = 40;
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    private AllThatWasSaid() {}

    /** The one call that is made to show a secret is left out. */
    static void add(List<String> command, Launched launched) {
        if (command.contains("--show-claim-token")) return;
        append("launched.log", String.join(" ", command) + "\n" + launched.out() + launched.err());
    }

    /** Looks at the words of a process and its children as long as it lives, as anybody on the machine could. */
    static void watch(Process process) {
        Thread watcher = new Thread(() -> {
            while (process.isAlive()) {
                Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .flatMap(one -> one.info().commandLine().stream())
                        .filter(SEEN::add)
                        .forEach(words -> append("arguments.log", words + "\n"));
                try {
                    Thread.sleep(INTERVAL_MILLIS);
                } catch (InterruptedException stopped) {
                    return;
                }
            }
        });
        watcher.setDaemon(true);
        watcher.start();
    }

    private static synchronized void append(String name, String text) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
