package dev.soundlift.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.sound.PeerFfmpeg;
import dev.soundlift.sound.TestMedia;
import dev.soundlift.sound.Wav;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What becomes of a page whose file, line, server or tab does not stay. */
class WebPageLifeTest extends PageVisit {
    @Test
    void a_file_that_changes_is_told_and_nothing_is_delivered() throws Exception {
        Path file = Wav.writeMinutes(home.resolve("changing.wav"), 48_000, 1);
        drop(file);
        assertThat(page.locator("#wave-state")).containsText("Drag");
        Files.write(file, new byte[5_000_000]);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        page.click("#convert");
        assertThat(page.locator("#jobs .error")).containsText("can no longer read this file");
        assertThat(page.locator("#jobs a")).hasCount(0);
    }

    @Test
    void a_broken_line_is_mended_and_the_job_goes_on() throws Exception {
        page.close();
        page = browsing.page();
        AtomicLong questions = new AtomicLong();
        page.routeWebSocket(java.util.regex.Pattern.compile(".*/live.*"), socket -> {
            var onwards = socket.connectToServer();
            onwards.onMessage(frame -> {
                if (questions.incrementAndGet() % 12 == 0) {
                    socket.close();
                    onwards.close();
                } else if (frame.text() != null) {
                    socket.send(frame.text());
                }
            });
        });
        Browsing.visit(page, server.address());
        drop(Wav.writeMinutes(home.resolve("bumpy.wav"), 48_000, 1));
        page.selectOption("#format", "flac");
        Path flac = convert();
        assertThat(PeerFfmpeg.decoded(flac).frames()).isEqualTo(60 * 48_000);
        assertThat(questions.get()).isGreaterThan(12);
    }

    @Test
    void a_page_that_is_loaded_again_asks_for_its_file_and_goes_on() throws Exception {
        Path file = Wav.writeMinutes(home.resolve("again.wav"), 48_000, 1);
        drop(file);
        assertThat(page.locator("#wave-state")).containsText("Drag");
        page.selectOption("#format", "flac");
        // From here on until it is loaded again it gives nothing, so that the conversion is still under way
        page.evaluate("void (Blob.prototype.arrayBuffer = () => new Promise(() => {}))");
        page.click("#convert");
        assertThat(page.locator("#jobs li")).hasCount(1);
        page.reload();
        assertThat(page.locator("#file-list")).containsText("Choose this same file again");
        page.setInputFiles("#pick", file);
        assertThat(page.locator("#wishes")).isVisible();
        page.locator("#jobs .good, #jobs .error").waitFor();
        assertThat(page.locator("#jobs .good")).containsText("Verified: 1:00");
        assertThat(page.locator("#file-list li")).hasCount(1);
        noComplaints();
    }

    @Test
    void a_server_that_has_ended_is_told() throws Exception {
        page.close();
        page = browsing.page();
        WebServer other = Served.start(home);
        Browsing.visit(page, other.address());
        drop(Wav.writeMinutes(home.resolve("ends.wav"), 48_000, 30));
        page.click("#convert");
        assertThat(page.locator("#jobs li")).hasCount(1);
        other.close();
        assertThat(page.locator("#line")).containsText("Soundlift has ended");
        assertThat(page.locator("#file-list")).containsText(java.util.regex.Pattern.compile("start it again|done"));
    }

    @Test
    void what_plays_and_what_has_the_focus_stays_while_news_comes() throws Exception {
        drop(Wav.writeMinutes(home.resolve("plays.wav"), 48_000, 1));
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).hasCount(1);
        page.evaluate("document.querySelector('#jobs audio').play()");
        page.click("#convert");
        page.focus("#file-list button.small");
        assertThat(page.locator("#jobs .good")).hasCount(2);
        assertThat(page.locator("#file-list button.small")).isFocused();
        assertThat(page.evaluate("[...document.querySelectorAll('#jobs audio')].map(sound => sound.paused).join()"))
                .isEqualTo("true,false");
        noComplaints();
    }

    @Test
    void leaving_asks_only_where_something_is_lost() throws Exception {
        List<String> asked = new ArrayList<>();
        page.onDialog(dialog -> {
            asked.add(dialog.type());
            dialog.accept();
        });
        drop(TestMedia.media("song.mp4"));
        page.reload();
        assertThat(asked).isEmpty();
        drop(TestMedia.media("song.mp4"));
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).isVisible();
        page.reload();
        assertThat(asked).containsExactly("beforeunload");
        page.setInputFiles("#pick", TestMedia.media("song.mp4"));
        assertThat(page.locator("#jobs .good")).isVisible();
        page.waitForDownload(() -> page.locator("#jobs a.primary").click());
        page.reload();
        assertThat(asked).hasSize(1);
    }
}
