package dev.soundlift.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Chromium, as a person uses it. */
final class Browsing implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;
    /** What went wrong in the latest page: errors of scripts, and what the browser refused. */
    List<String> complaints = new ArrayList<>();

    Browsing() {
        Optional<Path> chromium = chromium();
        assumeTrue(chromium.isPresent(), "no chromium on the PATH: the page was not tried in a browser");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.get())
                        .setArgs(List.of("--no-sandbox", "--autoplay-policy=no-user-gesture-required")));
    }

    private static Optional<Path> chromium() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A fresh visitor's page. */
    Page page(Browser.NewContextOptions options) {
        Page page = browser.newContext(options.setAcceptDownloads(true)).newPage();
        page.setDefaultTimeout(60_000);
        List<String> own = new ArrayList<>(); // an earlier page may still have something to say
        page.onPageError(own::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) own.add(message.text());
        });
        complaints = own;
        return page;
    }

    Page page() {
        return page(new Browser.NewContextOptions().setViewportSize(1280, 900).setLocale("en"));
    }

    /** By the printed address, which leads on to the page itself. */
    static void visit(Page page, URI address) {
        page.navigate(address.toString());
        page.waitForURL(address.resolve("/").toString());
    }

    /** What axe-core finds wrong, by rule and place. */
    static List<String> violations(Page page) throws IOException {
        try (InputStream script =
                com.deque.html.axecore.playwright.AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            page.evaluate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        Object found = page.evaluate(
                "async () => (await axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}))"
                        + ".violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))");
        List<String> violations = new ArrayList<>();
        for (Object one : (List<?>) found) violations.add(String.valueOf(one));
        return violations;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
