package dev.soundlift.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.SampleMedia;
import dev.soundlift.SamplePlan;
import dev.soundlift.SampleTrack;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.Destination;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.TrackChoice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputNameTest {
    private static Plan plan(Path input, AudioTrack track) {
        return SamplePlan.of(ExtractionRequest.of(input), SampleMedia.at(input, track));
    }

    private static Path name(Plan plan, String output) throws ExtractionException {
        return OutputName.of(plan, new Destination(Optional.ofNullable(output), OnExists.FAIL), false);
    }

    private static Path nameOfOneOfSeveral(Plan plan, String output) throws ExtractionException {
        return OutputName.of(plan, new Destination(Optional.ofNullable(output), OnExists.FAIL), true);
    }

    private static final Path INPUT = Path.of("films", "talk.mkv");
    private static final AudioTrack PLAIN = SampleTrack.aac().made();

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    @Test
    void without_a_wish_the_output_lies_beside_the_input() throws ExtractionException {
        assertThat(name(plan(INPUT, PLAIN), null)).isEqualTo(Path.of("films", "talk.mp3"));
        assertThat(name(plan(Path.of("talk.mkv"), PLAIN), null)).isEqualTo(Path.of("talk.mp3"));
    }

    @Test
    void a_file_is_taken_at_its_word() throws ExtractionException {
        assertThat(name(plan(INPUT, PLAIN), "x/y.mp3")).isEqualTo(Path.of("x", "y.mp3"));
        assertThat(name(plan(INPUT, PLAIN), "y")).isEqualTo(Path.of("y"));
    }

    @Test
    void a_folder_gets_the_usual_name(@TempDir Path folder) throws ExtractionException {
        assertThat(name(plan(INPUT, PLAIN), folder.toString())).isEqualTo(folder.resolve("talk.mp3"));
        assertThat(name(plan(INPUT, PLAIN), "not there yet/")).isEqualTo(Path.of("not there yet", "talk.mp3"));
    }

    @Test
    void a_template_of_a_folder_gets_the_usual_name() throws ExtractionException {
        assertThat(name(plan(INPUT, PLAIN), "{dir}/{name}/")).isEqualTo(Path.of("films", "talk", "talk.mp3"));
        assertThat(name(plan(INPUT, PLAIN), "out/{lang}/")).isEqualTo(Path.of("out", "und", "talk.mp3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{name", "{dir}/{Name}.{ext}", "x/{ name }.mp3", "{EXT}"})
    void a_mistyped_placeholder_is_no_name(String output) {
        assertThatThrownBy(() -> name(plan(INPUT, PLAIN), output))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.USAGE);
    }

    @Test
    void braces_that_hold_no_placeholder_are_letters() throws ExtractionException {
        assertThat(name(plan(INPUT, PLAIN), "a{1}.mp3")).isEqualTo(Path.of("a{1}.mp3"));
    }

    @Test
    void a_template_is_filled_in() throws ExtractionException {
        AudioTrack track =
                SampleTrack.aac().number(2).language("eng").title("Main").made();
        assertThat(name(plan(INPUT, track), "{dir}/{name}.{lang}.{ext}")).isEqualTo(Path.of("films", "talk.eng.mp3"));
        assertThat(name(plan(INPUT, track), "out/{track}-{title}.{ext}")).isEqualTo(Path.of("out", "2-Main.mp3"));
    }

    @ParameterizedTest
    @CsvSource({
        "out/{dir}/{name}.{ext}, ../films/talk.mkv, out/films/talk.mp3",
        "out/{dir}/{name}.{ext}, ../../a/../films/talk.mkv, out/films/talk.mp3",
        "out/{dir}/{name}.{ext}, talk.mkv, out/talk.mp3",
        "out/{dir}/{name}.{ext}, /films/old/talk.mkv, out/films/old/talk.mp3",
        "{dir}//{name}.{ext}, talk.mkv, talk.mp3",
        "{dir}/{name}.{ext}, ../films/talk.mkv, ../films/talk.mp3",
    })
    void inside_another_folder_an_inputs_folder_does_not_lead_out_of_it(String output, Path input, Path name)
            throws ExtractionException {
        assertThat(name(plan(input, PLAIN), output)).isEqualTo(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "x/y.mp3",
                "y.mp3",
                "../there/",
                "src",
                "{dir}/{name}.{ext}",
                "{dir}/sound/{name}-{title}/",
                "b/{lang}/{dir}/{name}.{ext}",
                "{name}.{ext}",
                "/tmp/{name}.{ext}",
                "b/{dir}/{track}.{ext}"
            })
    void what_is_known_by_its_absolute_path_is_named_as_it_was(String output) throws ExtractionException {
        Destination destination = new Destination(Optional.ofNullable(output), OnExists.FAIL);
        for (Path input : List.of(INPUT, Path.of("talk.mkv"), Path.of("./talk.mkv"), INPUT.toAbsolutePath())) {
            Plan plan = plan(input, PLAIN);
            Path first = OutputName.of(plan, destination, true);
            Path known = first.toAbsolutePath().normalize();
            assertThat(OutputName.asNamed(plan.media().source(), destination, known))
                    .hasToString(first.toString());
        }
    }

    @Test
    void a_template_has_words_for_what_the_file_does_not_tell() throws ExtractionException {
        Plan plan = plan(Path.of("talk.mkv"), SampleTrack.aac().number(3).made());
        assertThat(name(plan, "{dir}/{lang}-{title}.{ext}")).isEqualTo(Path.of("und-talk.mp3"));
    }

    @Test
    void a_dollar_or_backslash_in_a_title_is_no_reference() throws ExtractionException {
        AudioTrack track = SampleTrack.aac().title("$1 \\2 ${x}").made();
        assertThat(name(plan(INPUT, track), "{title}.{ext}")).isEqualTo(Path.of("$1 _2 ${x}.mp3"));
    }

    @Test
    void a_placeholder_in_a_title_is_not_filled_in_again() throws ExtractionException {
        AudioTrack track = SampleTrack.aac().title("{name}").made();
        assertThat(name(plan(INPUT, track), "{title}.{ext}")).isEqualTo(Path.of("{name}.mp3"));
    }

    @Test
    void an_unknown_placeholder_is_an_error() {
        assertThatThrownBy(() -> name(plan(INPUT, PLAIN), "{artist}.{ext}"))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.USAGE)
                .hasMessageContaining("{artist}");
    }

    @Test
    void an_impossible_name_is_an_error_and_no_accident() {
        assertThatThrownBy(() -> name(plan(INPUT, PLAIN), "a\0b.mp3"))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.NOT_WRITABLE);
    }

    @Test
    void several_tracks_are_told_apart() throws ExtractionException {
        AudioTrack track = SampleTrack.aac()
                .number(2)
                .language("eng")
                .title("Director's cut")
                .made();
        assertThat(nameOfOneOfSeveral(plan(INPUT, track), null))
                .isEqualTo(Path.of("films", "talk.2.eng.Director's cut.mp3"));
        assertThat(nameOfOneOfSeveral(plan(INPUT, track), "x/y.mp3"))
                .isEqualTo(Path.of("x", "y.2.eng.Director's cut.mp3"));
        assertThat(nameOfOneOfSeveral(plan(INPUT, SampleTrack.aac().number(3).made()), "x/y"))
                .isEqualTo(Path.of("x", "y.3"));
    }

    @Test
    void several_tracks_of_an_input_with_the_longest_name_are_still_told_apart() throws ExtractionException {
        Path input = Path.of("a".repeat(251) + ".mkv");
        List<Plan> plans = SamplePlan.all(
                ExtractionRequest.of(input).withTracks(TrackChoice.ALL),
                SampleMedia.at(
                        input,
                        SampleTrack.aac().number(1).made(),
                        SampleTrack.aac().number(2).made()));
        assertThat(nameOfOneOfSeveral(plans.get(0), null)).isNotEqualTo(nameOfOneOfSeveral(plans.get(1), null));
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, _.._etc_passwd",
        "..\\x, _x",
        "C:\\x, C__x",
        "...hidden, hidden",
        "what?, what_",
        "'end. ', end",
        "'a\tb', a_b",
        "名字, 名字",
    })
    void what_comes_from_inside_a_file_cannot_leave_its_folder(String title, String name) {
        assertThat(OutputName.harmless(title)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "..", "...", ". . ."})
    void a_title_of_nothing_still_gives_a_name(String title) {
        assertThat(OutputName.harmless(title)).isNotBlank().doesNotMatch("\\.+");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x202E, 0x2066, 0x200B, 0x2028, 0x2029, 0x1B, 0x7F, 0x85, 0x00, 0xFEFF, 0xD800, 0xDFFF})
    void invisible_and_obeyed_characters_become_visible(int point) {
        String title = "a" + (point < 0x10000 ? String.valueOf((char) point) : Character.toString(point)) + "b";
        assertThat(OutputName.harmless(title)).isEqualTo("a_b");
    }

    @Test
    void a_title_of_300_characters_is_shortened_between_characters() {
        for (String letter : List.of("a", "ä", "长", "😀")) {
            String name = OutputName.harmless(letter.repeat(300));
            assertThat(bytes(name)).isBetween(60, 100);
            assertThat(letter.repeat(300)).startsWith(name);
            assertThat(bytes(name) % bytes(letter)).isZero();
        }
    }

    @Test
    void a_shortened_title_does_not_end_with_a_dot_either() {
        assertThat(OutputName.harmless("a" + ".".repeat(200) + "b")).doesNotEndWith(".");
    }

    @Property(tries = 3000)
    void any_title_becomes_a_harmless_part_of_a_name(@ForAll("texts") String title) {
        String name = OutputName.harmless(title);
        assertThat(name).isNotEmpty().doesNotStartWith(".").doesNotContainPattern("[/\\\\:*?\"<>|]");
        assertThat(bytes(name)).isLessThanOrEqualTo(100);
        assertThat(name.codePoints()).noneMatch(OutputNameTest::isObeyed);
        assertThat(Path.of(name).getNameCount()).isEqualTo(1);
    }

    private static boolean isObeyed(int point) {
        int type = Character.getType(point);
        return Character.isISOControl(point) || type == Character.FORMAT || type == Character.SURROGATE;
    }

    @Property(tries = 3000)
    void a_fitted_name_fits_and_is_cut_between_characters(@ForAll("texts") String stem) {
        String fitted = OutputName.fitted(stem, " (2).mp3");
        assertThat(bytes(fitted)).isLessThanOrEqualTo(255);
        String kept = fitted.substring(0, fitted.length() - " (2).mp3".length());
        assertThat(stem).startsWith(kept);
        boolean split = !kept.isEmpty()
                && kept.length() < stem.length()
                && Character.isHighSurrogate(kept.charAt(kept.length() - 1))
                && Character.isLowSurrogate(stem.charAt(kept.length()));
        assertThat(split).isFalse();
    }

    @Test
    void no_more_is_cut_than_must_be() {
        assertThat(OutputName.fitted("talk", ".mp3")).isEqualTo("talk.mp3");
        assertThat(OutputName.fitted("a".repeat(251), ".mp3")).hasSize(255);
        assertThat(bytes(OutputName.fitted("😀".repeat(100), ".mp3"))).isEqualTo(248 + 4);
    }

    @Test
    void an_ending_that_is_too_long_by_itself_is_no_accident() {
        assertThat(bytes(OutputName.fitted("talk", "." + "x".repeat(300)))).isLessThanOrEqualTo(255);
    }

    @Test
    void a_template_with_a_long_title_gives_a_possible_name() throws ExtractionException {
        AudioTrack track = SampleTrack.aac().title("长".repeat(100)).made();
        Path input = Path.of("片".repeat(60) + ".mkv");
        Path path = name(plan(input, track), "out/{name}.{title}.{ext}");
        assertThat(bytes(path.getFileName().toString())).isLessThanOrEqualTo(255);
        assertThat(path.getFileName().toString()).endsWith(".mp3");
    }

    @Property
    void any_title_and_language_stay_in_the_folder_and_fit(
            @ForAll("texts") String title, @ForAll("texts") String language) throws ExtractionException {
        AudioTrack track = SampleTrack.aac().title(title).language(language).made();
        Path path = nameOfOneOfSeveral(plan(INPUT, track), null);
        assertThat(path.getParent()).isEqualTo(Path.of("films"));
        assertThat(path.normalize()).isEqualTo(path);
        assertThat(bytes(path.getFileName().toString())).isLessThanOrEqualTo(255);
        assertThat(path.getFileName().toString()).startsWith("talk.").endsWith(".mp3");
    }

    @Test
    void such_a_name_can_really_be_made(@TempDir Path folder) throws Exception {
        AudioTrack track = SampleTrack.aac()
                .title("../\u202E<😀>" + "长".repeat(300))
                .language("e\u0007n/g")
                .made();
        Path path = nameOfOneOfSeveral(plan(folder.resolve("片".repeat(60) + ".mkv"), track), null);
        Files.createFile(path);
        assertThat(folder).isDirectoryContaining(file -> file.equals(path));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> odd = Arbitraries.of(
                ".", " ", "/", "\\", ":", "a", "名", "😀", "\u202E", "\u0000", "\n", "\uD83D", "\uDE00", "e\u0301");
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(400),
                odd.list().ofMaxSize(300).map(parts -> String.join("", parts)));
    }
}
