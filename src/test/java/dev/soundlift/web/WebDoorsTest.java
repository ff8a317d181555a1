package dev.soundlift.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the page lets somebody in, and what it lets out, in a real browser. */
@Timeout(120)
class WebDoorsTest {
    @TempDir
    static Path home;

    private static WebServer server;
    private static Browsing browsing;
    private Page page;

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
    void forget() {
        browsing.complaints.clear();
    }

    @AfterEach
    void leave() {
        page.context().close();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280, en, That is not the token", "DARK, 390, zh, 口令不对"})
    void whoever_has_no_link_is_asked_for_the_token(ColorScheme scheme, int width, String language, String wrong)
            throws Exception {
        Duration hour = Duration.ofHours(1);
        try (WebServer other = Served.start(home, hour, hour, Optional.empty(), Optional.of("open sesame"))) {
            page = browsing.page(new Browser.NewContextOptions()
                    .setViewportSize(width, 800)
                    .setColorScheme(scheme)
                    .setLocale(language));
            page.navigate(other.address().resolve("/").toString());
            assertThat(page.locator("#key")).isFocused();
            page.keyboard().type("open says me");
            page.keyboard().press("Enter");
            assertThat(page.locator("#entrance-wrong")).containsText(wrong);
            browsing.complaints.clear(); // the browser's own, of 401
            assertThat(Browsing.violations(page)).isEmpty();
            page.fill("#key", "open sesame");
            page.keyboard().press("Enter");
            assertThat(page.locator("#drop-title")).isVisible();
            assertThat(page).hasURL(other.address().resolve("/").toString());
            page.context().close(); // before the server goes
        }
    }

    /** As from a web mail: the cookie of this one is not sent where another site has led to. */
    @Test
    void a_link_in_another_sites_page_leads_in() throws Exception {
        HttpServer mail = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] letter = ("<!doctype html><title>Mail</title><a href=\"" + server.address() + "\">your sound</a>")
                .getBytes(StandardCharsets.UTF_8);
        mail.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, letter.length);
            exchange.getResponseBody().write(letter);
            exchange.close();
        });
        mail.start();
        try {
            page = browsing.page();
            page.navigate("http://localhost:" + mail.getAddress().getPort() + "/"); // which is not 127.0.0.1
            page.click("a");
            assertThat(page.locator("#drop-title")).isVisible();
            assertThat(page).hasURL(server.address().resolve("/").toString());
        } finally {
            mail.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({"en, Send nothing, 2 times", "zh, 什么都不发送, 2 次"})
    void before_anything_goes_to_the_cloud_the_page_says_what(String language, String no, String times)
            throws Exception {
        page = browsing.page(
                new Browser.NewContextOptions().setViewportSize(390, 800).setLocale(language));
        Browsing.visit(page, server.address());
        page.setInputFiles("#pick", TestMedia.media("interview.mkv"));
        assertThat(page.locator("#wishes")).isVisible();
        page.click("#cloud");
        assertThat(page.locator("#cloud-words")).containsText("interview.mkv");
        assertThat(page.locator("#cloud-words")).containsText("0.3 MB");
        assertThat(page.locator("#cloud-words li")).hasCount(1);
        assertThat(page.locator("#cloud-send")).isEnabled();
        assertThat(page.locator("#cloud-not")).hasText(no);
        assertThat(browsing.complaints).isEmpty();
        assertThat(Browsing.violations(page)).isEmpty();
        page.keyboard().press("Escape");
        assertThat(page.locator("#cloud-panel")).isHidden();
        assertThat(page.locator("#jobs li")).hasCount(0);
        page.locator("#track-list input").nth(1).check();
        page.click("#cloud");
        assertThat(page.locator("#cloud-words li")).hasCount(2);
        assertThat(page.locator("#cloud-words li").nth(1)).containsText(times);
    }

    @Test
    void where_no_socket_comes_through_files_are_sent_whole() throws Exception {
        page = browsing.page();
        page.addInitScript("window.WebSocket = function () { setTimeout(() => this.onclose()); };");
        Browsing.visit(page, server.address());
        page.setInputFiles("#pick", TestMedia.media("interview.mkv"));
        assertThat(page.locator("#wishes")).isVisible();
        assertThat(page.locator("#line")).containsText("sent to Soundlift whole");
        assertThat(page.locator("#wave-state")).containsText("Drag");
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).containsText("Verified");
        assertThat(page.locator("#jobs a.primary")).containsText("interview.mp3");
        assertThat(browsing.complaints).isEmpty();
        assertThat(sent()).isPositive();
    }

    @Test
    void a_page_that_goes_without_conversions_takes_along_what_it_sent() throws Exception {
        page = browsing.page();
        page.addInitScript("window.WebSocket = function () { setTimeout(() => this.onclose()); };");
        Browsing.visit(page, server.address());
        long before = sent();
        page.setInputFiles("#pick", TestMedia.media("song.mp4"));
        assertThat(page.locator("#wave-state")).containsText("Drag");
        assertThat(sent()).isEqualTo(before + 1);
        page.navigate("about:blank");
        while (sent() > before) Thread.sleep(20); // it says good-bye, and what it sent goes
    }

    private static long sent() throws IOException {
        try (Stream<Path> files = Files.list(server.folder())) {
            return files.filter(file -> file.toString().endsWith(".sent")).count();
        }
    }
}
