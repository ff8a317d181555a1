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
import org.jspecify.annotations.Nullable;

/** Wakes who waits for a change in folders; where the system does not tell of changes, it only lets the time pass. */
final class FolderChanges implements AutoCloseable {
    /** A wish to stop is heard so soon. */
    private static final long PATIENCE_MILLIS = 200;

    /** A file that is being written changes all the time: from one look to the next it is so long at least … */
    static final Duration PAUSE = Duration.ofMillis(500);

    /** … and so many times as long as the look took, which is long in a large folder. */
    private static final int SHARE = 10;

    private final Optional<WatchService> service;
    private final Set<Path> watched = new HashSet<>();
    private long lookBegan = System.nanoTime();

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
        for (Path folder : folders) if (watched.add(folder)) service.ifPresent(teller -> askOf(folder, teller));
    }

    private static void askOf(Path folder, WatchService teller) {
        try {
            folder.register(teller, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException | UnsupportedOperationException cannot) {
            return; // the regular look serves it
        }
    }

    /** Returns after a change, but not too soon after the last time; or so long, or a wish to stop. */
    void await(Duration longest, Cancellation cancellation) throws InterruptedException {
        long now = System.nanoTime();
        long end = now + longest.toNanos();
        long soonest = Math.min(end, lookBegan + Math.max(PAUSE.toNanos(), SHARE * (now - lookBegan)));
        boolean changed = false;
        while (!cancellation.isRequested()) {
            long until = changed ? soonest : end;
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) break;
            long wait = Math.min(left, PATIENCE_MILLIS);
            if (service.isEmpty() || changed) Thread.sleep(wait);
            else changed = hasChanged(service.get().poll(wait, TimeUnit.MILLISECONDS));
        }
        lookBegan = System.nanoTime();
    }

    private boolean hasChanged(@Nullable WatchKey key) {
        if (key == null) return false;
        key.pollEvents();
        if (!key.reset()) watched.clear(); // its folder is gone, and may come again
        return true;
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
