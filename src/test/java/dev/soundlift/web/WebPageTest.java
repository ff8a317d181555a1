package dev.soundlift.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import dev.soundlift.sound.PeerFfmpeg;
import dev.soundlift.sound.TestMedia;
import dev.soundlift.sound.Wav;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser, as a person uses it. */
class WebPageTest extends PageVisit {
    @Test
    void a_file_shows_what_is_in_it_and_becomes_sound() throws Exception {
        drop(TestMedia.media("interview.mkv"));
        assertThat(page.locator("#track-list label")).hasCount(3);
        assertThat(page.locator("#track-list label").nth(2)).containsText("Director's commentary");
        assertThat(page.locator("#why")).containsText("default");
        assertThat(page.locator("#wave-state")).containsText("Drag");
        assertThat(page.locator("#estimate")).containsText("kB");
        Path mp3 = convert();
        assertThat(mp3.getFileName()).hasToString("interview.mp3");
        Path same = home.resolve("same.mp3");
        dev.soundlift.sound.Made.here(TestMedia.media("interview.mkv"), same);
        assertThat(Files.readAllBytes(mp3)).isEqualTo(Files.readAllBytes(same));
        noComplaints();
    }

    @Test
    void the_waveform_is_drawn_and_a_dragged_stretch_is_what_comes_out() throws Exception {
        Wav noise = Wav.of(48_000, 16, Wav.noise(5, 480_000, 16));
        drop(noise.write(home.resolve("ten.wav")));
        assertThat(page.locator("#wave-state")).containsText("Drag");
        page.selectOption("#format", "flac");
        page.locator("#wave").scrollIntoViewIfNeeded();
        var box = page.locator("#wave").boundingBox();
        Mouse mouse = page.mouse();
        mouse.move(box.x + box.width * 0.2, box.y + 50);
        mouse.down();
        mouse.move(box.x + box.width * 0.3, box.y + 50, new Mouse.MoveOptions().setSteps(4));
        mouse.move(box.x + box.width * 0.5, box.y + 50, new Mouse.MoveOptions().setSteps(4));
        mouse.up();
        assertThat(page.locator("#ranges li").first()).containsText(java.util.regex.Pattern.compile("^0:02.* – 0:05"));
        page.locator("#ranges button[aria-label^=Remove]").first().click();
        page.fill("#from", "2.5");
        page.fill("#to", "0:05.25");
        page.click("#add-range");
        assertThat(page.locator("#ranges li").first()).containsText("0:02.5 – 0:05.25");
        Wav cut = PeerFfmpeg.decoded(convert());
        assertThat(noise.cut(120_000, 252_000).in32Bits().firstDifference(cut)).isEqualTo(-1);
        noComplaints();
    }

    /** How much of the waveform's left half and of its right half is painted, in rows on average. */
    private int painted(double from, double to) {
        return ((Number) page.evaluate("""
                        ([from, to]) => {
                          const host = document.querySelector('#wave > div');
                          const canvases = [...host?.shadowRoot?.querySelectorAll('.canvases canvas') ?? []];
                          let painted = 0, columns = 0, all = 0, before = 0;
                          for (const canvas of canvases) all += canvas.width;
                          for (const canvas of canvases) {
                            const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                            for (let x = 0; x < canvas.width; x++) {
                              if (before + x < from * all || before + x >= to * all) continue;
                              columns++;
                              for (let y = 0; y < canvas.height; y++) if (data[4 * (y * canvas.width + x) + 3] > 0) painted++;
                            }
                            before += canvas.width;
                          }
                          return columns ? Math.round(painted / columns) : 0;
                        }
                        """, java.util.List.of(from, to))).intValue();
    }

    @Test
    void a_long_file_has_a_rough_outline_before_the_exact_one() {
        page.route("**/wave?*", route -> {}); // the exact one does not come
        int[] samples = new int[5 * 60 * 8000]; // silence but for the fourth minute
        System.arraycopy(Wav.noise(3, 60 * 8000, 16), 0, samples, 3 * 60 * 8000, 60 * 8000);
        drop(Wav.of(8000, 16, samples).write(home.resolve("minutes.wav")));
        page.waitForCondition(() -> painted(0.62, 0.78) > 90);
        page.waitForCondition(() -> painted(0.05, 0.58) < 10);
        page.waitForCondition(() -> painted(0.82, 0.95) < 10);
        noComplaints();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"second track, from 10 to 20 seconds, 192k mp3", "第二条音轨，从10秒到20秒，192k mp3"})
    void a_sentence_fills_the_form(String sentence) {
        drop(TestMedia.media("interview.mkv"));
        page.fill("#sentence", sentence);
        page.press("#sentence", "Enter");
        assertThat(page.locator("#track-list input").nth(1)).isChecked();
        assertThat(page.locator("#track-list input").nth(0)).not().isChecked();
        assertThat(page.locator("#ranges li").first()).containsText("0:10 – 0:20");
        assertThat(page.locator("#quality")).hasValue("192k");
        page.locator("summary").click();
        assertThat(page.locator("#command")).containsText("--bitrate 192k --track 2 --range 0:10-0:20");
        noComplaints();
    }

    @Test
    void edges_snap_to_silences_and_pieces_have_limits() {
        int rate = 8000;
        int[] samples = Wav.noise(4, 10 * rate, 16);
        java.util.Arrays.fill(samples, 3 * rate, 4 * rate, 0);
        java.util.Arrays.fill(samples, 6 * rate, 7 * rate, 0);
        drop(Wav.of(rate, 16, samples).write(home.resolve("pauses.wav")));
        assertThat(page.locator("#wave-state")).containsText("Drag");
        page.focus("#snap");
        page.keyboard().press("Space");
        page.fill("#from", "3.2");
        page.fill("#to", "0:05.9");
        page.press("#to", "Enter");
        // A breath of the silence stays
        assertThat(page.locator("#ranges li").first()).containsText("0:03.8 – 0:06.2");
        assertThat(page.locator("#moved")).containsText("0:05.9 moved to 0:06.2 (silence)");
        page.focus("#snap");
        page.keyboard().press("Space");
        page.fill("#from", "8.5");
        page.press("#from", "Enter");
        assertThat(page.locator("#ranges li").nth(1)).containsText("0:08.5 – 0:10");
        assertThat(page.locator("#pieces-words")).containsText("a file of its own");
        page.selectOption("#split", "silence");
        page.selectOption("#pieceSize", "25MB");
        page.locator("summary").click();
        assertThat(page.locator("#command")).containsText("--piece-size 25MB");
        assertThat(page.locator("#pieces-words")).containsText("only in silences");
        noComplaints();
    }

    @Test
    void the_sound_is_played_from_any_place() {
        drop(TestMedia.media("interview.mkv"));
        assertThat(page.locator("#wave-state")).containsText("Drag");
        page.click("#play");
        assertThat(page.locator("#play")).hasText("Pause");
        assertThat(page.locator("#clock")).containsText("0:01");
        page.click("#play");
        page.locator("#wave").scrollIntoViewIfNeeded();
        var box = page.locator("#wave").boundingBox();
        page.mouse().click(box.x + box.width * 0.75, box.y + 60);
        page.click("#play");
        assertThat(page.locator("#clock")).containsText("0:46");
        noComplaints();
    }

    @Test
    void many_files_at_once_and_all_of_them_as_a_zip() throws Exception {
        Path[] files = new Path[12];
        for (int i = 0; i < files.length; i++) {
            files[i] = TestMedia.copyAs(home.resolve("clip " + i + ".mp4"), "song.mp4");
        }
        drop(files);
        page.click("#all");
        for (int i = 0; i < files.length; i++) {
            assertThat(page.locator("#file-list li").nth(i)).containsText("· done");
        }
        Download zip = page.waitForDownload(() -> page.click("#zip"));
        Path saved = home.resolve("all.zip");
        zip.saveAs(saved);
        try (ZipFile content = new ZipFile(saved.toFile())) {
            assertThat(content.size()).isEqualTo(12);
            assertThat(content.getEntry("clip 7.mp3").getSize()).isGreaterThan(1000);
        }
        noComplaints();
    }

    @Test
    void a_job_is_stopped() {
        drop(Wav.writeMinutes(home.resolve("long.wav"), 48_000, 30));
        page.click("#convert");
        page.locator("#jobs button").first().click();
        assertThat(page.locator("#jobs")).containsText("stopped");
        noComplaints();
    }

    @Test
    void only_the_parts_with_the_sound_travel() throws Exception {
        Path film = home.resolve("film.mkv");
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=1280x720:rate=5",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440",
                "-t",
                "30",
                "-c:v",
                "rawvideo",
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "aac",
                "-b:a",
                "128k",
                film.toString());
        AtomicLong sent = new AtomicLong();
        AtomicLong trips = new AtomicLong();
        page.close();
        page = browsing.page();
        page.onWebSocket(socket -> socket.onFrameSent(frame -> {
            if (frame.binary() == null) return;
            trips.incrementAndGet();
            sent.addAndGet(frame.binary().length);
        }));
        Browsing.visit(page, server.address());
        drop(film);
        assertThat(page.locator("#wave-state")).containsText("Drag");
        page.waitForLoadState(LoadState.NETWORKIDLE); // the channels have been listened to
        sent.set(0);
        trips.set(0);
        convert();
        // The pictures are 150 blocks, and nothing of them but their beginnings is asked for
        assertThat(trips.get()).isLessThan(40);
        assertThat(sent.get()).isLessThan(Files.size(film) / 20);
        assertThat(Files.size(film)).isGreaterThan(200_000_000);
        assertThat(page.locator("#jobs")).containsText("of 208 MB");
        assertThat(page.locator("#jobs .good")).containsText("Verified: 0:30");
        noComplaints();
    }

    @Test
    void tags_and_names_are_text() throws Exception {
        Path evil = home.resolve("<img src=x onerror=alert(1)>.mp4");
        TestMedia.copyAs(evil, "tags-evil.mp4");
        drop(evil);
        assertThat(page.locator("#file-title")).hasText("<img src=x onerror=alert(1)>.mp4");
        convert();
        assertThat(page.locator("main img")).hasCount(0);
        assertThat(page.locator("main script")).hasCount(0);
        noComplaints();
    }

    @ParameterizedTest
    @CsvSource({"nosound.mp4, no audio", "text.mp4, media", "empty.mp4, empty"})
    void what_has_no_sound_says_so(String name, String words) {
        page.setInputFiles("#pick", TestMedia.media(name));
        assertThat(page.locator("main")).containsText(words);
        assertThat(page.locator("#convert")).isHidden();
    }

    @Test
    void a_path_of_this_machine_needs_no_browser_to_read_it() throws Exception {
        Path file = TestMedia.copyTo(home, "song.mp4");
        page.fill("#address", file.toString());
        page.press("#address", "Enter");
        assertThat(page.locator("#wishes")).isVisible();
        convert();
        noComplaints();
    }

    @Test
    void all_of_it_by_keyboard() {
        page.setInputFiles("#pick", TestMedia.media("interview.mkv")); // the file dialog is the system's own
        assertThat(page.locator("#wishes")).isVisible();
        page.keyboard().press("Home");
        Locator focus = page.locator(":focus");
        for (int i = 0; i < 60 && !"convert".equals(focus.count() == 0 ? "" : focus.getAttribute("id")); i++) {
            page.keyboard().press("Tab");
            String id = focus.count() == 0 ? "" : String.valueOf(focus.getAttribute("id"));
            if (id.equals("from")) page.keyboard().type("0:05");
            if (id.equals("to")) page.keyboard().type("0:10");
            if (id.equals("add-range")) page.keyboard().press("Enter");
            if (id.equals("format")) page.keyboard().type("FLAC");
        }
        assertThat(focus).hasAttribute("id", "convert");
        page.keyboard().press("Enter");
        assertThat(page.locator("#jobs .good")).containsText("0:05");
        assertThat(page.locator("#jobs a.primary")).containsText(".flac");
        noComplaints();
    }

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280, en", "DARK, 1280, zh", "LIGHT, 390, zh", "DARK, 390, en"})
    void everybody_can_read_it(ColorScheme scheme, int width, String language) throws Exception {
        page.close();
        page = browsing.page(new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(scheme)
                .setLocale(language));
        Browsing.visit(page, server.address());
        assertThat(page.locator("#drop-title")).containsText(language.equals("zh") ? "拖到" : "Drop your");
        assertThat(Browsing.violations(page)).isEmpty();
        browsing.complaints.clear(); // of the checker's own style, which the page's policy refuses
        drop(TestMedia.media("interview.mkv"));
        assertThat(page.locator("#wave-state")).containsText(language.equals("zh") ? "拖动" : "Drag");
        page.locator("summary").click();
        page.click("#convert");
        assertThat(page.locator("#jobs .good")).isVisible();
        noComplaints();
        page.setInputFiles("#pick", TestMedia.media("text.mp4"));
        assertThat(page.locator("#file-list .error")).isVisible();
        page.fill("#from", "soon");
        page.press("#from", "Enter");
        assertThat(page.locator("#range-error")).isVisible();
        assertThat(Browsing.violations(page)).isEmpty();
        Object over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(over).as("nothing sticks out to the right").isEqualTo(0);
    }
}
