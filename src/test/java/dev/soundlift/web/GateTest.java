package dev.soundlift.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Under which names and with which words one gets in, from this machine and from others. */
class GateTest {
    private static final String TOKEN = "öl & 100% ?key=+#";

    @TempDir
    static Path home;

    private static WebServer server;

    @BeforeAll
    static void serve() throws Exception {
        server = Served.start(
                home, Duration.ofSeconds(20), Duration.ofHours(1), Optional.of("0.0.0.0"), Optional.of(TOKEN));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static Visitor local() {
        return new Visitor(server.address().getPort());
    }

    private static Visitor.Answer told(Visitor visitor, String token) {
        String form = "key=" + java.net.URLEncoder.encode(token, java.nio.charset.StandardCharsets.UTF_8);
        return visitor.send("POST", "/", Map.of("Content-Type", "application/x-www-form-urlencoded"), form);
    }

    private static Optional<String> lanAddress() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    @Test
    void a_token_of_any_letters_travels_in_the_printed_address() {
        assertThat(server.address().toString()).matches("[\\x21-\\x7E]+");
        Visitor friend = Visitor.letIn(server.address());
        assertThat(friend.get("/api/start").status()).isEqualTo(200);
    }

    @Test
    void other_machines_come_by_the_address_that_is_printed() throws Exception {
        Optional<String> address = lanAddress();
        assumeTrue(address.isPresent(), "this machine has no address but loopback");
        assertThat(server.address().getHost()).isNotIn("0.0.0.0", "127.0.0.1");
        URI there =
                URI.create(server.address().toString().replace(server.address().getHost(), address.get()));
        Visitor friend = Visitor.letIn(there);
        assertThat(friend.get("/api/start").json().path("paths").asBoolean()).isFalse();
        assertThat(friend.post("/api/inputs", "{\"page\":\"p\",\"path\":\"/etc/passwd\"}")
                        .text())
                .contains("other machines");
        Visitor stranger = new Visitor(address.get(), server.address().getPort());
        assertThat(stranger.get("/api/start").status()).isEqualTo(401);
        Map<String, String> rebound = Map.of("Host", "evil.example:" + there.getPort());
        assertThat(friend.send("GET", "/api/start", rebound, "").status()).isEqualTo(421);
    }

    @Test
    void without_host_nobody_from_elsewhere_gets_as_far_as_the_door() throws Exception {
        Optional<String> address = lanAddress();
        assumeTrue(address.isPresent(), "this machine has no address but loopback");
        try (WebServer alone = Served.start(home)) {
            Visitor other = new Visitor(address.get(), alone.address().getPort());
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> other.get("/")))
                    .hasMessageContaining("refused");
        }
    }

    @Test
    void the_form_takes_the_token_and_gives_a_cookie_that_is_another_word() {
        Visitor.Answer answer = told(local(), TOKEN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Set-Cookie")).contains("HttpOnly").doesNotContain("100", "%26");
        assertThat(Visitor.letIn(server.address()).get("/").text()).contains("app.js");
    }

    @ParameterizedTest
    @CsvSource({"'zh-CN,zh;q=0.9,en;q=0.8', 口令不对", "'en-US,en;q=0.9', That is not the token"})
    void a_wrong_token_is_told_in_the_visitors_language(String accepted, String words) throws Exception {
        try (WebServer other = Served.start(
                home, Duration.ofSeconds(20), Duration.ofHours(1), Optional.empty(), Optional.of("long enough"))) {
            Visitor.Answer wrong = new Visitor(other.address().getPort())
                    .send(
                            "POST",
                            "/",
                            Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept-Language", accepted),
                            "key=long+enough!");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.text()).contains(words, "for=\"key\"", "aria-invalid=\"true\"");
            assertThat(wrong.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void pictures_in_a_strangers_page_are_no_guesses_of_whoever_reads_it() throws Exception {
        try (WebServer other = Served.start(
                home, Duration.ofSeconds(20), Duration.ofHours(1), Optional.empty(), Optional.of("long enough"))) {
            Visitor reader = new Visitor(other.address().getPort());
            Map<String, String> picture = Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors");
            for (int i = 0; i < 2 * Guesses.FREE; i++) {
                assertThat(reader.send("GET", "/?key=x" + i, picture, "").status())
                        .isEqualTo(403);
            }
            assertThat(reader.get("/?key=long+enough").status()).isEqualTo(200);
        }
    }

    @Test
    void whoever_goes_on_guessing_has_to_wait_even_with_the_right_token() throws Exception {
        try (WebServer other = Served.start(
                home, Duration.ofSeconds(20), Duration.ofHours(1), Optional.empty(), Optional.of("long enough"))) {
            Visitor guesser = new Visitor(other.address().getPort());
            for (int i = 0; i < Guesses.FREE; i++) {
                assertThat(told(guesser, "guess " + i).status()).isEqualTo(401);
            }
            Visitor.Answer late = guesser.get("/?key=long+enough");
            assertThat(late.status()).isEqualTo(429);
            assertThat(late.header("Retry-After")).isNotEmpty();
            assertThat(late.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void the_pause_doubles_and_ends_with_the_right_word() {
        long[] now = {0};
        Guesses guesses = new Guesses(() -> now[0]);
        for (int i = 0; i < Guesses.FREE; i++)
            assertThat(guesses.begin("1.2.3.4")).isZero();
        assertThat(guesses.begin("1.2.3.4")).isEqualTo(Duration.ofSeconds(1));
        assertThat(guesses.begin("1.2.3.5")).isZero();
        now[0] += 1_000_000_000L;
        assertThat(guesses.begin("1.2.3.4")).isZero();
        assertThat(guesses.begin("1.2.3.4")).isEqualTo(Duration.ofSeconds(2));
        for (int i = 0; i < 40; i++) {
            now[0] += Guesses.LONGEST.toNanos();
            assertThat(guesses.begin("1.2.3.4")).isZero();
        }
        assertThat(guesses.begin("1.2.3.4")).isEqualTo(Guesses.LONGEST);
        guesses.right("1.2.3.4");
        assertThat(guesses.begin("1.2.3.4")).isZero();
        for (int i = 0; i < Guesses.FREE; i++) {
            assertThat(guesses.begin("2001:db8:0:1:0:0:0:" + i)).isZero();
        }
        assertThat(guesses.begin("2001:db8:0:1:9:9:9:9")).isPositive();
        assertThat(guesses.begin("2001:db8:0:2:0:0:0:0")).isZero();
    }

    @Test
    void strangers_see_the_entrance_as_it_is_meant_and_nothing_else() {
        assertThat(local().get("/assets/style.css").status()).isEqualTo(200);
        assertThat(local().get("/").text()).contains("type=\"password\"").doesNotContain("app.js");
        assertThat(local().get("/assets/words.js").status()).isEqualTo(401);
    }

    // ---- names

    @ParameterizedTest
    @CsvSource({
        "80, , 127.0.0.1, true",
        "80, , 127.0.0.1:80, true",
        "80, , LOCALHOST, true",
        "80, , evil.example, false",
        "8080, , 127.0.0.1, false",
        "8080, , 192.168.0.2:8080, false",
        "8080, , [::1]:8080, true",
        "8080, 0.0.0.0, 192.168.0.2:8080, true",
        "8080, ::, [fe80::12]:8080, true",
        "8080, box.lan, box.lan:8080, true",
        "8080, box.lan, other.lan:8080, false",
        "8080, box.lan, box.lan.evil.example:8080, false",
        "8080, box.lan, user@box.lan:8080, false",
        "8080, box.lan, box.lan:8080:8080, false",
        "8080, 0.0.0.0, '', false",
    })
    void a_host_is_ours(int port, String host, String told, boolean ours) {
        Gate gate = new Gate(Optional.of("long enough"), Optional.ofNullable(host));
        gate.at(port);
        assertThat(gate.isOurs(told)).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "80, , http://127.0.0.1/?key=a+b%26c",
        "81, ::1, http://[::1]:81/?key=a+b%26c",
        "81, '[::1]', http://[::1]:81/?key=a+b%26c",
        "81, localhost, http://localhost:81/?key=a+b%26c",
    })
    void the_printed_address_is_one(int port, String host, String printed) {
        Gate gate = new Gate(Optional.of("a b&c"), Optional.ofNullable(host));
        gate.at(port);
        assertThat(gate.address()).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "localhost"})
    void it_is_served_there(String host) throws Exception {
        try (WebServer other = Served.start(
                home, Duration.ofSeconds(20), Duration.ofHours(1), Optional.of(host), Optional.of("long enough"))) {
            assertThat(Visitor.letIn(other.address()).get("/api/start").status())
                    .isEqualTo(200);
        }
    }
}
