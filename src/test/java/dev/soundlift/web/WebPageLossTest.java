package dev.soundlift.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketFrame;
import com.microsoft.playwright.WebSocketRoute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a page makes of files and results that are lost on the way. */
class WebPageLossTest extends PageVisit {
    @Test
    void a_file_that_cannot_be_sent_is_told() throws Exception {
        page.close();
        page = browsing.page();
        page.routeWebSocket(Pattern.compile(".*/live.*"), socket -> socket.close());
        page.route("**/content", Route::abort);
        Browsing.visit(page, server.address());
        page.setInputFiles("#pick", song("unsent.mp4"));
        assertThat(page.locator("#file-list .error")).containsText("did not reach Soundlift");
    }

    @Test
    void a_file_that_broke_off_while_it_was_sent_is_looked_at_no_more() throws Exception {
        page.close();
        page = browsing.page();
        page.routeWebSocket(Pattern.compile(".*/live.*"), socket -> socket.close());
        Browsing.visit(page, server.address());
        page.evaluate("""
                void (() => {
                  const { open } = XMLHttpRequest.prototype;
                  XMLHttpRequest.prototype.open = function (method, to) { this.to = to; open.call(this, method, to); };
                  XMLHttpRequest.prototype.send = function (body) {
                    fetch(this.to, { method: 'PUT', headers: { 'X-Soundlift': 'en' }, body });
                    window.breakOff = () => this.onloadend();
                  };
                })()""");
        drop(song("broken.mp4"));
        page.evaluate("breakOff()");
        assertThat(page.locator("#file-list .error")).containsText("did not reach Soundlift");
        assertThat(page.locator("#file-list .name")).isDisabled();
        assertThat(page.locator("#file")).isHidden();
    }

    @Test
    void an_archive_that_cannot_be_made_leaves_the_page_where_it_is() throws Exception {
        drop(song("twice.mp4"));
        for (int made = 1; made <= 2; made++) {
            page.click("#convert");
            assertThat(page.locator("#jobs .good")).hasCount(made);
        }
        page.route(
                "**/files.zip*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(422)
                        .setContentType("application/json")
                        .setBody("{}")));
        assertThat(page.locator("#zip")).hasAttribute("download", "soundlift.zip");
        page.click("#zip");
        assertThat(page.locator("#jobs .good")).hasCount(2);
    }

    @Test
    void results_are_there_where_their_source_is_not_after_the_page_was_loaded_again() throws Exception {
        Path file = song("fleeting.mp4");
        page.fill("#address", file.toString());
        page.press("#address", "Enter");
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).isVisible();
        Files.delete(file);
        page.onDialog(dialog -> dialog.accept());
        page.reload();
        assertThat(page.locator("#file-list .error")).isVisible();
        assertThat(page.waitForDownload(() -> page.locator("#file-list li a").click())
                        .suggestedFilename())
                .isEqualTo("fleeting.mp3");
    }

    @Test
    void a_result_that_the_server_removed_is_shown_as_removed() throws Exception {
        drop(song("taken.mp4"));
        page.click("#convert");
        assertThat(page.locator("#file-list li a")).isVisible();
        page.evaluate("""
                () => fetch(document.querySelector('#jobs a').href.replace(/\\/files\\/.*/, ''),
                  { method: 'DELETE', headers: { 'X-Soundlift': 'en' } })""");
        assertThat(page.locator("#jobs .error")).containsText("removed");
        assertThat(page.locator("#file-list li")).containsText("removed");
        assertThat(page.locator("#jobs a, #jobs audio, #file-list li a")).hasCount(0);
    }

    @Test
    void what_was_removed_unheard_is_heard_of_when_the_line_is_back() throws Exception {
        List<WebSocketRoute> lines = new ArrayList<>();
        List<WebSocketRoute> servers = new ArrayList<>();
        page.routeWebSocket(Pattern.compile(".*/live.*"), socket -> {
            lines.add(socket);
            WebSocketRoute onwards = socket.connectToServer();
            servers.add(onwards);
            onwards.onMessage(frame -> {
                if (frame.text() == null || !frame.text().contains("removed")) pass(socket, frame);
            });
        });
        page.reload();
        drop(song("unheard.mp4"));
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).isVisible();
        page.evaluate("""
                () => fetch(document.querySelector('#jobs a').href.replace(/\\/files\\/.*/, ''),
                  { method: 'DELETE', headers: { 'X-Soundlift': 'en' } })""");
        assertThat(page.locator("#jobs a")).hasCount(1);
        lines.get(0).close();
        servers.get(0).close();
        assertThat(page.locator("#jobs .error")).containsText("removed");
    }

    private static void pass(WebSocketRoute socket, WebSocketFrame frame) {
        if (frame.text() == null) socket.send(frame.binary());
        else socket.send(frame.text());
    }

    @Test
    void what_is_not_known_of_the_server_is_not_said() throws Exception {
        page.route("**/api/start", Route::abort);
        page.reload();
        drop(song("unknown.mp4"));
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).isVisible();
        assertThat(page.locator("#kept")).isEmpty();
    }

    @Test
    void what_the_server_did_not_say_of_itself_is_asked_again_when_the_line_is_there() {
        AtomicInteger asked = new AtomicInteger();
        page.route("**/api/start", route -> {
            if (asked.getAndIncrement() == 0) route.abort();
            else route.resume();
        });
        page.reload();
        assertThat(page.locator("#kept")).containsText("hours");
    }
}
