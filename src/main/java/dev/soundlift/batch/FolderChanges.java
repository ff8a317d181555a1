package dev.soundlift.batch;

import dev.soundlift.engine.Cancellation;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Wakes who waits for a change in folders; where the system does not tell of changes, it only lets the time pass. */
final class FolderChanges implements AutoCloseable {
    /** A wish to stop is heard so soon. */
    private static final long PATIENCE_MILLIS = 200;

    private final Optional<WatchService> service;
    private final Set<Path> watched = new HashSet<>();

    private FolderChanges(Optional<WatchService> service) {
        this.service = service;
    }

    static FolderChanges of(Path folder) {
        try {
            return new FolderChanges(Optional.of(folder.getFileSystem().newWatchService()));
        } catch (IOException | UnsupportedOperationException noneLeft) {
            return new FolderChanges(Optional.empty());
        }
    }

    void alsoIn(Set<Path> folders) {
        for (Path folder : folders) {
            if (service.isEmpty() || !watched.add(folder)) continue;
            try {
                folder.register(
                        service.get(), StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            } catch (IOException | UnsupportedOperationException cannot) {
                watched.add(folder); // the regular look serves it
            }
        }
    }

    /** Returns after a change, or so long, or a wish to stop. */
    void await(Duration longest, Cancellation cancellation) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!cancellation.isRequested()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) return;
            long wait = Math.min(left, PATIENCE_MILLIS);
            if (service.isEmpty()) {
                Thread.sleep(wait);
                continue;
            }
            WatchKey changed = service.get().poll(wait, TimeUnit.MILLISECONDS);
            if (changed == null) continue;
            changed.pollEvents();
            if (!changed.reset()) watched.clear(); // its folder is gone, and may come again
            return;
        }
    }

    @Override
    public void close() {
        try {
            if (service.isPresent()) service.get().close();
        } catch (IOException atTheEnd) {
            return;
        }
    }
}
