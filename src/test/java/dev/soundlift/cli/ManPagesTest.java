package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that the installers put into their places. */
class ManPagesTest {
    private final Locale usual = Locale.getDefault();

    @TempDir
    Path folder;

    @BeforeEach
    void all_are_written() throws IOException {
        ManPages.main(new String[] {folder.toString()});
    }

    @AfterEach
    void the_language_is_as_before() {
        Locale.setDefault(usual);
    }

    private String page(String name) throws IOException {
        try (GZIPInputStream page = new GZIPInputStream(Files.newInputStream(folder.resolve(name)))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void every_command_has_a_page_in_both_languages() throws IOException {
        for (String language : List.of("man1", "zh_CN/man1")) {
            assertThat(folder.resolve(language + "/soundlift.1.gz")).exists();
            assertThat(folder.resolve(language + "/soundlift-cloud-say.1.gz")).exists();
            for (String command : Commands.words()) {
                assertThat(folder.resolve(language + "/soundlift-" + command + ".1.gz"))
                        .exists();
            }
        }
    }

    @Test
    void a_page_says_what_the_help_says() throws IOException {
        assertThat(page("man1/soundlift.1.gz"))
                .startsWith(".TH \"SOUNDLIFT\" 1")
                .contains("\\fB\\-f\\fR, \\fB\\-\\-format\\fR", ".SH OPTIONS", "the track's packets as they are")
                .contains("\\fBtracks\\fR", "\\fBsoundlift\\-tracks\\fR(1)", "soundlift talk.mkv");
        assertThat(page("zh_CN/man1/soundlift.1.gz")).contains(".SH 选项", "\\-\\-format");
    }

    @Test
    void roff_obeys_no_line_of_the_texts_and_picocli_has_left_nothing_of_its_own() throws IOException {
        try (Stream<Path> pages = Files.walk(folder)) {
            for (Path page : pages.filter(Files::isRegularFile).toList()) {
                String roff = page(folder.relativize(page).toString());
                assertThat(roff).as(page.toString()).doesNotContain("%n", "%%", "@|", "${");
                assertThat(roff.lines().filter(line -> line.matches("[.'].*")))
                        .as(page.toString())
                        .allMatch(line -> line.matches("\\.(TH \"|SH |TP$|B |nf$|fi$).*"));
            }
        }
    }
}
