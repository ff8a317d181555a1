package dev.soundlift.it;

import static dev.soundlift.sound.TestMedia.namesIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.sound.Wav;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch that is killed without warning, again and again, and goes on with --resume. Five kills; more with
 * -Dsoundlift.kills=200, at other moments with
 * -Dsoundlift.kills.seed=2, and up to so many milliseconds after a start with -Dsoundlift.kills.latest=5000.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("soundlift.kills", 5);
    private static final long SEED = Long.getLong("soundlift.kills.seed", 1);
    private static final int CLIPS = 12;
    private static final int LATEST_MILLIS = Integer.getInteger("soundlift.kills.latest", 2500);

    @TempDir
    Path folder;

    @TempDir
    Path state;

    private Path reference() {
        return folder.resolve("reference");
    }

    private Path work() {
        return folder.resolve("work");
    }

    private List<String> command(Path where) {
        return List.of(Launched.LAUNCHER.toString(), where.toString(), "--resume", "-j", "2", "--json");
    }

    @Test
    void no_half_file_gets_a_name_the_rest_is_finished_and_nothing_is_done_twice() throws Exception {
        Files.createDirectories(reference());
        for (int i = 0; i < CLIPS; i++)
            Wav.writeSeconds(reference().resolve("clip" + i + ".wav"), 48_000, 8 + 6 * (i % 4));
        Launched.command(folder, environment(), command(reference())).succeeded();
        Random random = new Random(SEED);
        int kills = 0;
        int rounds = 0;
        while (kills < KILLS) {
            kills += oneRound(random, KILLS - kills);
            rounds++;
        }
        System.out.printf("KillIT: %d kills in %d rounds of %d files%n", kills, rounds, CLIPS);
    }

    private Map<String, String> environment() {
        return Map.of("SOUNDLIFT_STATE", state.toString());
    }

    /** From nothing to all delivered, with kills on the way; returns how many. */
    private int oneRound(Random random, int mostKills) throws Exception {
        Map<String, Object> delivered = new HashMap<>();
        Files.createDirectories(work());
        for (String name : namesIn(reference())) {
            if (name.endsWith(".wav")) Files.copy(reference().resolve(name), work().resolve(name));
        }
        int kills = 0;
        while (kills < mostKills && wasKilled(random.nextInt(LATEST_MILLIS))) {
            kills++;
            look(delivered);
        }
        Launched last = Launched.command(folder, environment(), command(work())).succeeded();
        look(delivered);
        assertThat(namesIn(work())).as("all there, no leftovers").isEqualTo(namesIn(reference()));
        long skipped = last.json().stream()
                .filter(report -> report.path("status").asText().equals("skipped"))
                .count();
        assertThat(last.json()).hasSize(CLIPS);
        assertThat(skipped).isBetween(0L, (long) CLIPS);
        for (String name : namesIn(work())) Files.delete(work().resolve(name));
        return kills;
    }

    /** Whether a run was still at it after so long. */
    private boolean wasKilled(int millis) throws Exception {
        Launched.Running running = Launched.start(folder, environment(), command(work()));
        boolean ended = running.process().waitFor(millis, TimeUnit.MILLISECONDS);
        running.process().destroyForcibly();
        Launched launched = running.await();
        if (ended) launched.succeeded();
        return !ended;
    }

    /** What has its name is whole, and what had it before has not been touched again. */
    private void look(Map<String, Object> delivered) throws IOException {
        for (String name : namesIn(work())) {
            if (name.endsWith(".part") || name.endsWith(".wav")) continue;
            Path file = work().resolve(name);
            assertThat(Files.mismatch(file, reference().resolve(name))).as(name).isEqualTo(-1);
            Object now = List.of(Files.getAttribute(file, "unix:ino"), Files.getLastModifiedTime(file));
            Object before = delivered.putIfAbsent(name, now);
            if (before != null) assertThat(now).as(name).isEqualTo(before);
        }
    }
}
