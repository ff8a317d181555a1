package dev.soundlift.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.failure.ExtractionException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static List<ManifestLine> read(String text) throws ExtractionException {
        Manifest manifest = Manifest.of("list", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        List<ManifestLine> lines = new ArrayList<>();
        manifest.forEachRemaining(lines::add);
        return lines;
    }

    @Test
    void csv_and_json_say_the_same() throws Exception {
        List<ManifestLine> csv =
                read("\uFEFFinput,track,range,range,bytes\r\n\"a, \"\"b\"\".mkv\",2,0-1,2-3,900\r\n\r\n影片.mp4,,,,\n");
        List<ManifestLine> json = read("""
                {"input": "a, \\"b\\".mkv", "track": 2, "range": ["0-1", "2-3"], "bytes": 900}

                {"input": "影片.mp4", "track": null}
                """);
        ManifestLine first = csv.get(0);
        assertThat(first.input()).isEqualTo("a, \"b\".mkv");
        assertThat(first.options()).isEqualTo(Map.of("track", List.of("2"), "range", List.of("0-1", "2-3")));
        assertThat(first.bytes()).isEqualTo(OptionalLong.of(900));
        assertThat(first.number()).isEqualTo(2);
        assertThat(csv.get(1).number()).isEqualTo(4);
        assertThat(json).hasSameSizeAs(csv);
        for (int i = 0; i < csv.size(); i++) {
            assertThat(json.get(i).input()).isEqualTo(csv.get(i).input());
            assertThat(json.get(i).options()).isEqualTo(csv.get(i).options());
            assertThat(json.get(i).bytes()).isEqualTo(csv.get(i).bytes());
            assertThat(json.get(i).fault()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void cells_are_separated_by_what_stands_in_the_first_line(String sign) throws Exception {
        String text = "\uFEFFInput,Format\r\n\"a,;\tb.mkv\",flac\r\n"
                .replace(",F", sign + "F")
                .replace(",f", sign + "f");
        ManifestLine line = read(text).get(0);
        assertThat(line.fault()).isEmpty();
        assertThat(line.input()).isEqualTo("a,;\tb.mkv");
        assertThat(line.options()).isEqualTo(Map.of("format", List.of("flac")));
    }

    @Test
    void a_tab_at_an_end_of_a_line_is_an_empty_cell() throws Exception {
        List<ManifestLine> lines = read("format\tinput\tto\n\ta.mkv\t\n flac\tb.mkv\t1 \n\t{c}.mkv\t2\n");
        assertThat(lines).allSatisfy(line -> assertThat(line.fault()).isEmpty());
        assertThat(lines).extracting(ManifestLine::input).containsExactly("a.mkv", "b.mkv", "{c}.mkv");
        assertThat(lines.get(0).options()).isEmpty();
        assertThat(lines.get(1).options()).isEqualTo(Map.of("format", List.of("flac"), "to", List.of("1")));
        assertThat(read("\t{\"input\": \"a.mkv\"}\t\n").get(0).input()).isEqualTo("a.mkv");
    }

    @Test
    void in_a_single_column_a_name_may_have_any_sign_in_it() throws Exception {
        assertThat(read("input\nTom, Dick & Harry; live.mkv\n\"a \"\"b\"\".mkv\"\n"))
                .allSatisfy(line -> assertThat(line.fault()).isEmpty())
                .extracting(ManifestLine::input)
                .containsExactly("Tom, Dick & Harry; live.mkv", "a \"b\".mkv");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "input,track|a.mkv|1 cells",
                "input,track|a.mkv,1,2|3 cells",
                "input,track|\"a.mkv,1|quotation mark",
                "input,track|\"a\"b,1|quotation mark",
                "input,track|,1|names no input",
                "input,input|a,b|or several",
                "input,bytes|a,many|bytes",
                "{\"input\":\"a\"}|{\"input\":\"b|no JSON",
                "{\"input\":\"a\"}|b.mkv|no JSON",
                "{\"input\":\"a\"}|{\"name\":\"b\"}|names no input",
            })
    void a_bad_line_is_told_by_its_number_and_the_rest_is_read(String first, String bad, String told) throws Exception {
        String good = first.startsWith("{") ? first : "z.mkv".concat(",".repeat(first.split(",").length - 1));
        List<ManifestLine> lines = read(String.join("\n", first, bad, good));
        ManifestLine wrong = lines.get(lines.size() - 2);
        assertThat(wrong.fault()).isPresent();
        assertThat(wrong.number()).isEqualTo(2);
        assertThat(wrong.fault().get().whatHappened().toString()).contains(told);
        assertThat(lines.get(lines.size() - 1).number()).isEqualTo(3);
    }

    @Test
    void what_names_no_column_for_inputs_is_no_list() {
        assertThatThrownBy(() -> read("a.mkv\nb.mkv\n")).hasMessageContaining("\"input\"");
    }

    @Test
    void an_empty_list_has_no_lines() throws Exception {
        assertThat(read("")).isEmpty();
        assertThat(read("input,track\n\n")).isEmpty();
    }

    @Property
    void every_input_is_in_exactly_one_share(@ForAll String input, @ForAll @IntRange(min = 1, max = 40) int shares) {
        assertThat(IntStream.rangeClosed(1, shares).filter(number -> new Shard(number, shares).has(input)))
                .hasSize(1);
    }

    /** Other programs may count on it. */
    @Test
    void the_share_is_that_of_the_documented_rule() {
        // printf talk.mkv | sha256sum, first 16 digits, modulo 100
        assertThat(IntStream.rangeClosed(1, 100).filter(number -> new Shard(number, 100).has("talk.mkv")))
                .containsExactly(43);
    }

    @ParameterizedTest
    @CsvSource({"0/3", "4/3", "1/0", "1", "a/b", "-1/3", "1/1000000"})
    void what_is_no_share_is_refused(String text) {
        assertThat(Shard.parse(text)).isEmpty();
    }
}
