package dev.soundlift.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What stands on the page is there in the language of now, and wishes are there after the page was loaded again. */
class WebPageWordsTest extends PageVisit {
    private static final Pattern CHINESE = Pattern.compile("[\\u4e00-\\u9fff]");
    private static final Pattern ENGLISH = Pattern.compile("[a-z]{2,} [a-z0-9]");

    private void inBoth(Locator told) {
        assertThat(told).containsText(ENGLISH);
        page.click("#language");
        assertThat(told).containsText(CHINESE);
        assertThat(told).not().containsText(ENGLISH);
        page.click("#language");
        assertThat(told).containsText(ENGLISH);
        assertThat(told).not().containsText(CHINESE);
    }

    @Test
    void what_was_wrong_with_a_file_is_said_in_the_language_of_now() {
        page.fill("#address", home.resolve("missing.mp4").toString());
        page.press("#address", "Enter");
        inBoth(page.locator("#file-list .error"));
    }

    @Test
    void that_nobody_answers_is_said_in_the_language_of_now() throws Exception {
        page.route("**/api/inputs", Route::abort);
        page.setInputFiles("#pick", song("unheard.mp4"));
        inBoth(page.locator("#file-list .error"));
    }

    @Test
    void what_one_of_many_cannot_become_is_said_in_the_language_of_now() throws Exception {
        drop(song("one.mp4"), song("two.mp4"));
        assertThat(page.locator("#file-list .name:enabled")).hasCount(2);
        page.selectOption("#preset", "speech");
        page.selectOption("#format", "same");
        page.click("#all");
        assertThat(page.locator("#file-list .error")).hasCount(2);
        inBoth(page.locator("#file-list .error").first());
        inBoth(page.locator("#file-list .error").last());
        inBoth(page.locator("#plan-error"));
    }

    @Test
    void another_language_asks_for_few_at_once_and_converts_nothing() throws Exception {
        List<Route> held = new ArrayList<>();
        page.route("**/api/inputs", held::add);
        page.setInputFiles(
                "#pick", new Path[] {song("a.mp4"), song("b.mp4"), song("c.mp4"), song("d.mp4"), song("e.mp4")});
        page.waitForCondition(() -> held.size() == 3);
        page.click("#all");
        for (int answered = 0; answered < 5; answered++) {
            int next = answered;
            page.waitForCondition(() -> held.size() > next);
            held.get(next).fulfill(new Route.FulfillOptions().setStatus(500).setBody("{\"message\": \"not now\"}"));
        }
        assertThat(page.locator("#file-list .error")).hasCount(5);
        held.clear();
        page.click("#language");
        page.waitForCondition(() -> held.size() >= 3);
        page.evaluate("() => fetch('/api/start').then(() => 0)"); // whatever was asked for before has arrived
        org.assertj.core.api.Assertions.assertThat(held).hasSize(3);
        page.unroute("**/api/inputs");
        held.forEach(Route::resume);
        assertThat(page.locator("#file-list .name:enabled")).hasCount(5);
        assertThat(page.locator("#file-list li").first()).containsText("就绪");
        assertThat(page.locator("#file-list li").last()).containsText("就绪");
    }

    @Test
    void what_was_understood_and_what_is_no_time_is_said_in_the_language_of_now() throws Exception {
        drop(song("words.mp4"));
        page.fill("#sentence", "from 0:01 to 0:03 as flac");
        page.click("#read");
        assertThat(page.locator("#format")).hasValue("flac");
        page.selectOption("#format", "opus");
        page.fill("#from", "3");
        page.fill("#to", "1");
        page.click("#add-range");
        inBoth(page.locator("#range-error"));
        assertThat(page.locator("#understood")).containsText("Understood: ");
        page.click("#language");
        assertThat(page.locator("#understood")).containsText("已理解：");
        // Only said again, and not filled in again
        assertThat(page.locator("#format")).hasValue("opus");
    }

    @Test
    void wishes_are_there_after_the_page_was_loaded_again() throws Exception {
        page.fill("#address", song("wishes.mp4").toString());
        page.press("#address", "Enter");
        page.selectOption("#loudness", "podcast");
        page.selectOption("#format", "flac");
        page.fill("#from", "1");
        page.fill("#to", "2");
        page.click("#add-range");
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).isVisible();
        page.onDialog(dialog -> dialog.accept());
        page.reload();
        assertThat(page.locator("#jobs .good")).isVisible();
        assertThat(page.locator("#loudness")).hasValue("podcast");
        assertThat(page.locator("#format")).hasValue("flac");
        assertThat(page.locator("#ranges")).containsText("0:01 – 0:02");
        drop(song("other.mp4"));
        page.locator("#file-list .name").nth(1).click();
        assertThat(page.locator("#loudness")).hasValue("podcast");
        assertThat(page.locator("#ranges")).not().containsText("0:01 – 0:02");
        noComplaints();
    }
}
