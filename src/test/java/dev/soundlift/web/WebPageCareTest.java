package dev.soundlift.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import dev.soundlift.sound.TestMedia;
import dev.soundlift.sound.Wav;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What a page does when two things happen at once, or something goes wrong. */
class WebPageCareTest extends PageVisit {
    private void dropTwo() throws Exception {
        drop(TestMedia.media("interview.mkv"));
        page.setInputFiles("#pick", song("song.mp4"));
        assertThat(page.locator("#file-list .name:enabled")).hasCount(2);
        assertThat(page.locator("#file-title")).hasText("interview.mkv");
    }

    /** Requests for this wait until they are let go. */
    private List<Route> held(String what) {
        List<Route> held = new ArrayList<>();
        page.route(what, held::add);
        return held;
    }

    @Test
    void a_file_that_is_removed_while_it_is_looked_at_stays_away() throws Exception {
        List<Route> held = held("**/api/inputs");
        page.setInputFiles("#pick", song("gone.mp4"));
        page.waitForCondition(() -> !held.isEmpty());
        page.click("#file-list button.small");
        assertThat(page.locator("#file-list li")).hasCount(0);
        Request forgotten = page.waitForRequest(
                request -> request.method().equals("DELETE"), () -> held.get(0).resume());
        assertThat(forgotten.url()).contains("/api/inputs/");
        assertThat(page.locator("#file")).isHidden();
        noComplaints();
    }

    @Test
    void all_files_become_what_is_chosen() throws Exception {
        dropTwo();
        page.selectOption("#format", "flac");
        page.fill("#from", "1");
        page.fill("#to", "2");
        page.press("#to", "Enter");
        page.click("#all");
        assertThat(page.locator("#file-list li").nth(0)).containsText("· done");
        assertThat(page.locator("#file-list li").nth(1)).containsText("· done");
        assertThat(page.waitForDownload(() -> page.locator("#file-list li")
                                .nth(1)
                                .locator("a")
                                .click())
                        .suggestedFilename())
                .isEqualTo("song.flac");
        Path saved = home.resolve("two.zip");
        page.waitForDownload(() -> page.click("#zip")).saveAs(saved);
        try (ZipFile content = new ZipFile(saved.toFile())) {
            assertThat(content.stream().map(entry -> entry.getName()))
                    .hasSize(2)
                    .allMatch(name -> name.endsWith(".flac"));
        }
        page.locator("#file-list .name").nth(1).click();
        assertThat(page.locator("#format")).hasValue("flac");
        assertThat(page.locator("#ranges")).containsText("All of it"); // a stretch belongs to one file
        assertThat(page.locator("#jobs .good")).not().containsText("Verified: 0:01 ");
        noComplaints();
    }

    @Test
    void what_one_of_many_files_cannot_become_stands_beside_it() throws Exception {
        dropTwo();
        page.selectOption("#preset", "speech");
        page.selectOption("#format", "same");
        page.click("#all");
        assertThat(page.locator("#file-list .error")).hasCount(2);
        assertThat(page.locator("#file-list .name:enabled")).hasCount(2);
        page.locator("#file-list .name").nth(1).click();
        page.selectOption("#preset", "");
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).isVisible();
        assertThat(page.locator("#file-list li").nth(1)).containsText("· done");
    }

    @Test
    void the_pieces_of_one_file_come_as_a_zip() throws Exception {
        drop(TestMedia.media("interview.mkv"));
        assertThat(page.locator("#zip")).isHidden();
        for (String from : List.of("1", "3")) {
            page.fill("#from", from);
            page.fill("#to", from + ".5");
            page.press("#to", "Enter");
        }
        page.click("#convert");
        Path saved = home.resolve("pieces.zip");
        page.waitForDownload(() -> page.click("#zip")).saveAs(saved);
        try (ZipFile content = new ZipFile(saved.toFile())) {
            assertThat(content.size()).isEqualTo(2);
        }
        noComplaints();
    }

    @Test
    void what_was_opened_by_its_path_is_there_after_the_page_was_loaded_again() throws Exception {
        page.fill("#address", song("path.mp4").toString());
        page.press("#address", "Enter");
        assertThat(page.locator("#wishes")).isVisible();
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).isVisible();
        page.onDialog(dialog -> dialog.accept());
        page.reload();
        assertThat(page.locator("#jobs .good")).isVisible();
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).hasCount(2);
        noComplaints();
    }

    @Test
    void what_was_verified_is_said_as_it_is() throws Exception {
        drop(song("copied.mp4"));
        page.selectOption("#format", "same");
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).containsText("✓ the same sound, byte for byte");
        assertThat(page.locator("#jobs .good")).containsText("✓ sound is there");
        page.click("#file-list button.small");
        drop(Wav.of(8000, 16, new int[16_000]).write(home.resolve("silent.wav")));
        page.selectOption("#format", "flac");
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).containsText("⚠ silent, as its source is");
        assertThat(page.locator("#jobs .good")).not().containsText("sound is there");
    }

    @Test
    void what_the_server_says_later_is_in_the_language_that_was_chosen_meanwhile() throws Exception {
        drop(song("meanwhile.mp4"));
        assertThat(page.locator("#wave-state")).containsText("Drag");
        page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);
        page.evaluate(
                "void (window.asked = [], Blob.prototype.arrayBuffer = () => window.fails ? Promise.reject() : new Promise((_, no) => asked.push(no)))");
        page.click("#convert");
        page.waitForCondition(() -> (Boolean) page.evaluate("asked.length > 0"));
        page.waitForResponse("**/api/jobs/*", () -> page.click("#language"));
        page.evaluate("void (window.fails = true, asked.forEach(no => no()))");
        assertThat(page.locator("#jobs .error")).containsText("浏览器已无法读取");
    }

    @Test
    void a_sentence_that_was_read_late_is_not_written_into_another_form() throws Exception {
        dropTwo();
        List<Route> held = held("**/api/sentence");
        page.fill("#sentence", "second track, 64k opus");
        page.press("#sentence", "Enter");
        page.waitForCondition(() -> !held.isEmpty());
        page.locator("#file-list .name").nth(1).click();
        page.waitForResponse("**/api/sentence", () -> held.get(0).resume());
        page.evaluate("0");
        assertThat(page.locator("#format")).hasValue("mp3");
        assertThat(page.locator("#understood")).isHidden();
        page.locator("#file-list .name").nth(0).click();
        assertThat(page.locator("#track-list input").nth(0)).isChecked();
        noComplaints();
    }

    @Test
    void what_is_not_to_be_re_encoded_is_not_until_another_format_is_chosen() throws Exception {
        drop(song("copy.mp4"));
        page.fill("#sentence", "as m4a without re-encoding");
        page.press("#sentence", "Enter");
        assertThat(page.locator("#also")).containsText("not re-encoded");
        assertThat(page.locator("#command")).hasText("soundlift copy.mp4 --format m4a --copy");
        page.selectOption("#format", "mp3");
        assertThat(page.locator("#command")).hasText("soundlift copy.mp4 --format mp3");
        assertThat(page.locator("#also li")).hasCount(0);
    }

    @Test
    void a_choice_made_just_before_another_file_is_looked_at_is_kept() throws Exception {
        dropTwo();
        page.evaluate("""
                void (() => {
                  const chapter = document.querySelector('#chapter');
                  chapter.value = '2';
                  chapter.dispatchEvent(new Event('change'));
                  document.querySelectorAll('#file-list .name')[1].click();
                  document.querySelectorAll('#file-list .name')[0].click();
                })()""");
        assertThat(page.locator("#file-title")).hasText("interview.mkv");
        assertThat(page.locator("#chapter")).hasValue("2");
    }

    @Test
    void the_track_that_was_ticked_is_heard_and_one_is_always_taken() {
        drop(TestMedia.media("interview.mkv"));
        page.waitForRequest(
                Pattern.compile("wave\\?track=3"),
                () -> page.locator("#track-list input").nth(2).check());
        page.locator("#track-list input").nth(2).uncheck();
        page.locator("#track-list input").nth(0).click();
        assertThat(page.locator("#track-list input").nth(0)).isChecked();
    }

    @Test
    void the_focus_goes_on_from_what_was_removed() throws Exception {
        dropTwo();
        page.fill("#from", "1");
        page.press("#from", "Enter");
        page.locator("#ranges button[aria-label^=Remove]").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#from")).isFocused();
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).isVisible();
        page.locator("#jobs > li > button").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#convert")).isFocused();
        page.locator("#file-list button.small").nth(0).focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#file-list button.small")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#pick")).isFocused();
    }

    @Test
    void an_address_is_pasted_anywhere() {
        page.evaluate("""
                void (() => {
                  const data = new DataTransfer();
                  data.setData('text/plain', ' http://127.0.0.1:9/talk.mp4 ');
                  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
                })()""");
        assertThat(page.locator("#file-list .error")).isVisible();
        assertThat(page.locator("#file-list")).containsText("talk.mp4");
    }

    @Test
    void what_does_not_answer_is_told_in_words() throws Exception {
        page.route("**/plan", Route::abort);
        drop(song("mute.mp4"));
        assertThat(page.locator("#plan-error")).hasText("Soundlift does not answer.");
        assertThat(page.locator("#wave-state")).containsText("Drag");
        page.route("**/sound.wav*", Route::abort);
        page.click("#play");
        assertThat(page.locator("#wave-state")).containsText("cannot be played");
    }

    @Test
    void looking_at_a_file_with_its_own_stretch_leaves_the_others_split() throws Exception {
        dropTwo();
        page.fill("#from", "1");
        page.press("#from", "Enter");
        page.locator("#file-list .name").nth(1).click();
        page.selectOption("#split", "10:00");
        page.locator("#file-list .name").nth(0).click();
        assertThat(page.locator("#split")).hasValue("");
        page.locator("#file-list .name").nth(1).click();
        assertThat(page.locator("#split")).hasValue("10:00");
        page.selectOption("#split", "");
        page.locator("#file-list .name").nth(0).click();
        page.locator("#file-list .name").nth(1).click();
        assertThat(page.locator("#split")).hasValue("");
    }

    @Test
    void what_was_said_of_one_file_does_not_stand_under_another() throws Exception {
        dropTwo();
        assertThat(page.locator("#command")).containsText("interview.mkv");
        page.route("**/plan", Route::abort);
        page.locator("#file-list .name").nth(1).click();
        assertThat(page.locator("#plan-error")).hasText("Soundlift does not answer.");
        assertThat(page.locator("#command")).isEmpty();
        page.unroute("**/plan");
        page.selectOption("#format", "flac");
        assertThat(page.locator("#command")).containsText("song.mp4");
        page.route("**/plan", Route::abort);
        page.selectOption("#format", "mp3");
        assertThat(page.locator("#command")).isEmpty();
    }

    @Test
    void a_result_that_is_dropped_on_its_own_page_is_no_input() {
        page.evaluate("""
                void (() => {
                  for (const from of [location.origin, 'http://127.0.0.1:9']) {
                    const dataTransfer = new DataTransfer();
                    dataTransfer.setData('text/uri-list', `${from}/api/jobs/j/files/talk.mp3`);
                    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
                  }
                })()""");
        assertThat(page.locator("#file-list li")).hasCount(1);
        assertThat(page.locator("#file-list")).containsText("127.0.0.1:9");
    }

    @Test
    void a_conversion_of_a_file_that_was_removed_meanwhile_is_removed_too() throws Exception {
        drop(song("unwanted.mp4"));
        List<Route> held = held("**/api/jobs");
        page.click("#convert");
        page.waitForCondition(() -> !held.isEmpty());
        page.click("#file-list button.small");
        page.waitForRequest(
                request -> request.method().equals("DELETE") && request.url().endsWith("/api/jobs/unseen"),
                () -> begun(held.get(0), "unseen"));
        assertThat(page.locator("#file")).isHidden();
    }

    private static void begun(Route asked, String id) {
        asked.fulfill(new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody("{\"type\":\"job\",\"id\":\"" + id + "\",\"state\":\"waiting\",\"reports\":[]}"));
    }

    /** A yes is for what is shown. */
    @Test
    void what_would_be_sent_of_another_file_is_not_shown() throws Exception {
        dropTwo();
        List<Route> held = held("**/cloud");
        page.click("#cloud");
        page.waitForCondition(() -> held.size() == 1);
        page.click("#cloud-not");
        page.locator("#file-list .name").nth(1).click();
        page.click("#cloud");
        page.waitForCondition(() -> held.size() == 2);
        offer(held.get(1), "the second file");
        assertThat(page.locator("#cloud-words")).hasText("the second file");
        page.waitForResponse("**/cloud", () -> offer(held.get(0), "the first file"));
        page.evaluate("0");
        assertThat(page.locator("#cloud-words")).hasText("the second file");
    }

    @Test
    void an_answer_for_one_file_does_not_close_what_is_asked_of_another() throws Exception {
        dropTwo();
        page.route("**/cloud", route -> offer(route, "what would be sent"));
        List<Route> held = held("**/api/jobs");
        page.click("#cloud");
        page.click("#cloud-send");
        page.waitForCondition(() -> !held.isEmpty());
        page.click("#cloud-not");
        page.locator("#file-list .name").nth(1).click();
        page.click("#cloud");
        assertThat(page.locator("#cloud-words")).hasText("what would be sent");
        begun(held.get(0), "first");
        assertThat(page.locator("#file-list li").nth(0)).containsText("waiting");
        assertThat(page.locator("#cloud-panel")).isVisible();
    }

    private static void offer(Route asked, String words) {
        asked.fulfill(new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody("{\"consent\":\"c\",\"words\":[\"" + words + "\"]}"));
    }
}
