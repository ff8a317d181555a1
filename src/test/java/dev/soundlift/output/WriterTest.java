package dev.soundlift.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A living process is never taken for gone, and a gone one never for living. */
class WriterTest {
    private static Process another() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // Reads its program from standard input, and so waits
        return new ProcessBuilder(java, "--source", "17", "/dev/stdin").start();
    }

    @Test
    void this_process_lives() {
        Writer self = Writer.self();
        assertThat(Writer.parse(self.toString())).contains(self);
        assertThat(self.isGone()).isFalse();
        assertThat(self.isForeign()).isFalse();
    }

    @Test
    void another_process_lives_until_it_has_ended() throws Exception {
        Process process = another();
        Writer writer = Writer.of(process.toHandle());
        assertThat(writer.isGone()).isFalse();
        process.destroyForcibly().waitFor();
        assertThat(writer.isGone()).isTrue();
    }

    @Test
    void another_process_with_the_same_number_is_another_one() {
        Writer self = Writer.self();
        assertThat(new Writer(self.host(), self.pid(), "1").isGone()).isTrue();
    }

    @Test
    void nothing_is_known_of_another_machines_processes() {
        Writer foreign = new Writer("elsewhere", Writer.self().pid(), "1");
        assertThat(foreign.isForeign()).isTrue();
        assertThat(foreign.isGone()).isFalse();
    }

    /** What Java tells of the start of a process moves when the clock is set. */
    @Test
    void when_it_began_is_counted_from_the_start_of_the_machine() throws Exception {
        Path status = Path.of("/proc/self/stat");
        assumeTrue(Files.exists(status));
        String words = Files.readString(status);
        String ticks = words.substring(words.lastIndexOf(')') + 2).split(" ", -1)[19];
        assertThat(Writer.self().start()).startsWith(ticks);
    }
}
