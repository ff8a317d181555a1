package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Status;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is printed, in which language, and the code at the end. */
class ConsoleTest {
    @Property(tries = 3000)
    void nothing_that_a_terminal_would_obey_gets_through(@ForAll("texts") String text) {
        assertThat(Console.clean(text).codePoints()).noneMatch(ConsoleTest::isObeyed);
    }

    /** C0, DEL, C1, and the bidirectional controls of Unicode's UAX 9, section 2. */
    private static boolean isObeyed(int point) {
        return point < 0x20
                || (point >= 0x7F && point <= 0x9F)
                || point == 0x200E
                || point == 0x200F
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }

    @Test
    void the_arabic_letter_mark_is_a_bidirectional_control_too() {
        assertThat(Console.clean("a\u061Cb")).isEqualTo("a\uFFFDb");
    }

    @Property
    void all_other_text_is_left_as_it_is(@ForAll String text) {
        boolean plain = text.codePoints()
                .noneMatch(
                        point -> isObeyed(point) || point == 0x061C || Character.getType(point) == Character.SURROGATE);
        if (plain) assertThat(Console.clean(text)).isEqualTo(text);
        assertThat(Console.clean(text).codePoints())
                .hasSameSizeAs(text.codePoints().boxed().toList());
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> odd = Arbitraries.of(
                "\u001b[31m",
                "\u0007",
                "\r",
                "\n",
                "\u009b",
                "\u202E",
                "\u2066",
                "\u200F",
                "\u0000",
                "\uD83D",
                "a",
                "名");
        return Arbitraries.oneOf(Arbitraries.strings(), odd.list().map(parts -> String.join("", parts)));
    }

    @ParameterizedTest
    @CsvSource({
        "'--lang zh x.mkv', zh",
        "'--lang=zh x.mkv', zh",
        "'--lang zh-CN', zh",
        "'--lang ZH', zh",
        "'x.mkv --lang en', en",
        "'--lang fr', en",
        "'--lang', en",
        "'-- --lang zh', en",
        "'-- --lang=zh', en",
        "'', en",
    })
    void the_language_is_known_before_the_arguments_are(String arguments, String language) {
        Locale before = Locale.getDefault(Locale.Category.DISPLAY);
        Locale.setDefault(Locale.Category.DISPLAY, Locale.GERMANY);
        try {
            assertThat(Language.of(arguments.split(" "), "").getLanguage()).isEqualTo(language);
        } finally {
            Locale.setDefault(Locale.Category.DISPLAY, before);
        }
    }

    @Test
    void the_language_is_the_systems_where_none_is_asked_for() {
        Locale before = Locale.getDefault(Locale.Category.DISPLAY);
        try {
            Locale.setDefault(Locale.Category.DISPLAY, Locale.TAIWAN);
            assertThat(Language.of(new String[0], "")).isEqualTo(Locale.SIMPLIFIED_CHINESE);
            System.setProperty("soundlift.locale", "en_US.UTF-8");
            assertThat(Language.of(new String[0], "")).isEqualTo(Locale.ENGLISH);
            System.setProperty("soundlift.locale", "zh_CN.UTF-8");
            Locale.setDefault(Locale.Category.DISPLAY, Locale.FRANCE);
            assertThat(Language.of(new String[0], "")).isEqualTo(Locale.SIMPLIFIED_CHINESE);
        } finally {
            System.clearProperty("soundlift.locale");
            Locale.setDefault(Locale.Category.DISPLAY, before);
        }
    }

    // Exit codes

    private static ExtractionReport report(int code) {
        MediaSource input = new MediaSource.LocalFile(Path.of("x.mkv"));
        if (code != 0 && code != 6) {
            ErrorKind kind = List.of(ErrorKind.values()).stream()
                    .filter(each -> each.exitCode() == code)
                    .findFirst()
                    .orElseThrow();
            return ExtractionReport.failed(
                    input,
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ZERO,
                    new ExtractionException(kind, Text.of("error.no-audio"), Text.of("next.no-audio")));
        }
        return new ExtractionReport(
                input,
                code == 6 ? Status.WARNING : Status.OK,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                code == 6,
                List.of(),
                Duration.ZERO,
                Optional.empty());
    }

    private static int codeOf(int inputs, int... codes) {
        return ExitCode.of(
                java.util.Arrays.stream(codes).mapToObj(ConsoleTest::report).toList(), inputs);
    }

    @ParameterizedTest
    @CsvSource({"0", "2", "3", "4", "5", "6", "9", "70", "130"})
    void a_single_input_ends_with_its_own_code(int code) {
        assertThat(codeOf(1, code)).isEqualTo(code);
    }

    @Test
    void a_single_input_with_several_outputs_ends_with_the_first_code_that_is_not_zero() {
        assertThat(codeOf(1, 0, 9, 5)).isEqualTo(9);
        assertThat(codeOf(1, 0, 0)).isZero();
    }

    @Test
    void several_inputs_of_which_one_failed_end_with_one() {
        assertThat(codeOf(2, 0, 4)).isEqualTo(1);
        assertThat(codeOf(2, 4, 4)).isEqualTo(1);
        assertThat(codeOf(2, 0, 0)).isZero();
        assertThat(codeOf(2, 0, 6)).isEqualTo(6);
    }

    @Test
    void an_interruption_outweighs_everything() {
        assertThat(codeOf(3, 4, 130, 0)).isEqualTo(130);
    }

    @Test
    void every_kind_of_failure_has_a_code_of_the_contract_and_a_stable_name() {
        assertThat(ErrorKind.values()).allSatisfy(kind -> {
            assertThat(kind.exitCode()).isIn(2, 3, 4, 5, 7, 8, 9, 70, 130);
            assertThat(kind.label()).matches("[a-z]+(-[a-z]+)*");
        });
        assertThat(ErrorKind.NO_AUDIO.label()).isEqualTo("no-audio");
    }
}
