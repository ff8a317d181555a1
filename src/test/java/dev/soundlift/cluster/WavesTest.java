package dev.soundlift.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.batch.ManifestLine;
import dev.soundlift.cluster.Waves.Ended;
import dev.soundlift.cluster.Waves.Wave;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WavesTest {
    private static ManifestLine line(String input) {
        return new ManifestLine(1, input, Map.of(), OptionalLong.empty(), Optional.empty());
    }

    private static Iterator<ManifestLine> lines(String... inputs) {
        return Stream.of(inputs).map(WavesTest::line).iterator();
    }

    private static JobWords job(String... more) throws ExtractionException {
        List<String> words = new ArrayList<>(List.of("--manifest", "list", "--output", "out"));
        words.addAll(List.of(more));
        return JobWords.parse(words);
    }

    private static long key(String input) throws ExtractionException {
        return Keys.number(Item.of(line(input), input, job().canonical()).key());
    }

    private static List<Wave> waves(JobWords job, Iterator<ManifestLine> lines, Ended before, int most)
            throws ExtractionException {
        Waves waves = new Waves(job, lines, before, most);
        List<Wave> all = new ArrayList<>();
        while (waves.hasNext()) all.add(waves.next());
        return all;
    }

    private static List<List<String>> inputs(List<Wave> waves) {
        return waves.stream()
                .map(wave -> wave.items().stream().map(Item::input).toList())
                .toList();
    }

    private static Ended none() {
        return new Ended(new Keys(), new Keys());
    }

    @Test
    void a_wave_has_no_more_than_a_driver_can_keep_and_each_input_comes_once() throws Exception {
        List<Wave> waves = waves(job(), lines("a", "b", "a", "c", "d", "b", "e"), none(), 2);
        assertThat(inputs(waves)).isEqualTo(List.of(List.of("a", "b"), List.of("c", "d"), List.of("e")));
    }

    @Test
    void what_earlier_runs_are_through_with_is_counted_and_left_out() throws Exception {
        Ended before = none();
        before.delivered().add(key("a"));
        before.failed().add(key("a")); // in another run, before
        before.failed().add(key("c"));
        List<Wave> waves = waves(job(), lines("a", "b", "c", "d"), before, 9);
        assertThat(inputs(waves)).isEqualTo(List.of(List.of("b", "d")));
        assertThat(waves.get(0).deliveredBefore()).isEqualTo(1);
        assertThat(waves.get(0).failedBefore()).isEqualTo(1);
    }

    @Test
    void a_line_that_cannot_be_read_is_a_row_once() throws Exception {
        ExtractionException why =
                new ExtractionException(ErrorKind.USAGE, Text.of("error.manifest-json"), Text.of("next.manifest-line"));
        ManifestLine bad = new ManifestLine(3, "{", Map.of(), OptionalLong.empty(), Optional.of(why));
        List<Wave> waves = waves(job(), List.of(bad, bad, line("a")).iterator(), none(), 9);
        assertThat(waves.get(0).faults()).singleElement().asString().contains("\"input\":\"list:3\"");
        assertThat(inputs(waves)).isEqualTo(List.of(List.of("a")));
    }

    @Test
    void the_shares_are_all_of_it() throws Exception {
        List<String> all = new ArrayList<>();
        for (int share = 1; share <= 3; share++) {
            List<Wave> waves = waves(job("--shard", share + "/3"), lines("a", "b", "c", "d", "e"), none(), 9);
            inputs(waves).forEach(all::addAll);
        }
        assertThat(all).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void a_list_that_breaks_off_ends_the_job() throws Exception {
        Iterator<ManifestLine> lines = new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new UncheckedIOException(new IOException("cut off"));
            }

            @Override
            public ManifestLine next() {
                throw new AssertionError();
            }
        };
        assertThatThrownBy(() -> waves(job(), lines, none(), 9))
                .isInstanceOf(ExtractionException.class)
                .hasMessageContaining("cut off");
    }
}
