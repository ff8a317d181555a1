package dev.soundlift.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.soundlift.sound.TestMedia;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A visitor of the page, in a real browser. */
abstract class PageVisit {
    @TempDir
    static Path home;

    static WebServer server;
    static Browsing browsing;
    Page page;

    @BeforeAll
    static void open() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
        browsing = new Browsing();
        server = Served.start(home);
    }

    @AfterAll
    static void end() {
        if (browsing != null) browsing.close();
        if (server != null) server.close();
    }

    @BeforeEach
    void visit() {
        browsing.complaints.clear();
        page = browsing.page();
        Browsing.visit(page, server.address());
    }

    @AfterEach
    void leave() {
        page.context().close();
    }

    void drop(Path... files) {
        page.setInputFiles("#pick", files);
        assertThat(page.locator("#wishes")).isVisible();
    }

    Path song(String name) throws Exception {
        return TestMedia.copyAs(Files.createTempDirectory(home, "song").resolve(name), "song.mp4");
    }

    Path convert() throws Exception {
        page.click("#convert");
        assertThat(page.locator("#jobs .good").first()).containsText("Verified");
        Download download = page.waitForDownload(
                () -> page.locator("#jobs a.primary").first().click());
        Path file = home.resolve(download.suggestedFilename());
        download.saveAs(file);
        return file;
    }

    void noComplaints() {
        assertThat(browsing.complaints).isEmpty();
    }
}
