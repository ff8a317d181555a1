package dev.soundlift.nemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.soundlift.emulator.Emulator;
import dev.soundlift.emulator.Endpoint;
import dev.soundlift.emulator.Fault;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.source.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against an emulator that behaves as the documents say. */
class ClientTest {
    @TempDir
    private Path folder;

    private static ExtractionException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        ExtractionException failed = catchThrowableOfType(ExtractionException.class, work);
        assertThat(failed).as("a failure").isNotNull();
        return failed;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_whole_job_succeeds_in_both_dialects(boolean other) throws Exception {
        try (Trial trial = Trial.fast(folder)) {
            if (other) trial.emulator.apiShape().frameworkStreams();
            assertThat(trial.wholeJob().kind()).isEqualTo(ContentKind.MP4);
            assertThat(trial.emulator.charges()).isEqualTo(1);
            assertThat(trial.said).containsExactly("Setting things up...", "The cloud account is ready.");
        }
    }

    @Test
    void every_call_says_who_asks_and_the_download_host_hears_nothing_of_us() throws Exception {
        try (Trial trial = Trial.fast(folder)) {
            trial.wholeJob();
            for (Emulator.Request request : trial.emulator.requests()) {
                if (request.endpoint() == Endpoint.FILE) {
                    assertThat(request.headers().keySet()).doesNotContain("authorization");
                    assertThat(request.headers().keySet()).noneMatch(name -> name.startsWith("x-"));
                    continue;
                }
                assertThat(request.headers())
                        .containsEntry("x-skill-source", "ffmpeg-audio-extract")
                        .containsEntry("x-skill-version", "1.0.0")
                        .containsEntry("x-skill-platform", "unknown");
                boolean signIn = request.endpoint() == Endpoint.TOKEN;
                assertThat(request.headers().containsKey("authorization")).isEqualTo(!signIn);
                assertThat(request.headers().containsKey("x-client-id")).isEqualTo(signIn);
            }
            assertThat(trial.emulator.count(Endpoint.FILE)).isEqualTo(1);
        }
    }

    @Test
    void a_file_is_sent_as_the_part_that_the_service_wants_under_its_own_name() throws Exception {
        try (Trial trial = Trial.fast(folder);
                NemoClient client = trial.client()) {
            Session session = client.newSession("zh-CN");
            List<Asset> files = client.upload(session, trial.upload);
            assertThat(files).hasSize(1);
            String body = trial.emulator.requests().stream()
                    .filter(request -> request.endpoint() == Endpoint.UPLOAD)
                    .findFirst()
                    .orElseThrow()
                    .body();
            String head = new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            assertThat(head)
                    .contains("name=\"files\"; filename=\"会议 %22a%22.mp4\"")
                    .doesNotContain(folder.toString());
        }
    }

    @Test
    void a_fresh_process_finds_the_token_and_the_session_again() throws Exception {
        try (Trial trial = Trial.fast(folder)) {
            trial.emulator.strictTokens();
            Session made;
            try (NemoClient first = trial.client()) {
                made = first.newSession("en");
            }
            try (NemoClient second = trial.client()) {
                second.credits();
                assertThat(second.lastSession()).contains(made);
                assertThat(second.account().expires()).isPresent();
            }
            assertThat(trial.emulator.count(Endpoint.TOKEN)).isEqualTo(1);
            assertThat(made.id()).hasSize(19);
        }
    }

    @Test
    void what_is_kept_is_for_the_user_alone() throws Exception {
        try (Trial trial = Trial.fast(folder);
                NemoClient client = trial.client()) {
            client.newSession("en");
            Path store = trial.home.resolve(".config/soundlift/nemovideo.json");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store)))
                    .isEqualTo("rw-------");
            Path id = trial.home.resolve(".config/nemovideo/client_id");
            assertThat(Files.readString(id)).matches("[0-9a-f-]{36}\n");
            try (Stream<Path> left = Files.list(store.getParent())) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("nemovideo.json", "nemovideo.json.lock", "nemovideo.json.signin");
            }
        }
    }

    @Test
    void a_token_that_has_ended_is_replaced_once_with_the_same_client_id() throws Exception {
        try (Trial trial = Trial.fast(folder)) {
            try (NemoClient client = trial.client()) {
                client.credits();
            }
            trial.emulator.expireTokens();
            try (NemoClient client = trial.client()) {
                client.credits();
            }
            List<String> ids = trial.emulator.requests().stream()
                    .filter(request -> request.endpoint() == Endpoint.TOKEN)
                    .map(request -> request.headers().get("x-client-id"))
                    .toList();
            assertThat(ids).hasSize(2);
            assertThat(ids.get(0)).isEqualTo(ids.get(1));
        }
    }

    @Test
    void a_configured_token_is_used_as_it_is_and_never_replaced() throws Exception {
        Map<String, String> good = Map.of("NEMO_TOKEN", "nmv_usr_CONFIGURED");
        try (Trial trial = new Trial(folder.resolve("a"), 0.001, Duration.ofSeconds(1), good);
                NemoClient client = trial.client()) {
            client.credits();
            assertThat(trial.emulator.count(Endpoint.TOKEN)).isZero();
        }
        Map<String, String> bad = Map.of("NEMO_TOKEN", "nmv_usr_WRONG");
        try (Trial trial = new Trial(folder.resolve("b"), 0.001, Duration.ofSeconds(1), bad);
                NemoClient client = trial.client()) {
            ExtractionException failed = failure(client::credits);
            assertThat(failed.kind()).isEqualTo(ErrorKind.CLOUD_SIGN_IN);
            assertThat(failed.whatHappened().toString()).contains("NEMO_TOKEN").doesNotContain("nmv_usr");
            assertThat(trial.emulator.count(Endpoint.TOKEN)).isZero();
        }
    }

    @Test
    void what_the_service_does_not_take_is_refused_before_a_byte_is_sent() throws Exception {
        try (Trial trial = Trial.fast(folder);
                NemoClient client = trial.client()) {
            Session session = client.newSession("en");
            Path file = Files.writeString(folder.resolve("talk.flac"), "x");
            assertThat(failure(() -> client.upload(session, file)).kind()).isEqualTo(ErrorKind.CLOUD_FILE_TYPE);
            assertThat(trial.emulator.count(Endpoint.UPLOAD)).isZero();
        }
    }

    @Test
    void lack_of_a_plan_is_not_told_as_lack_of_credits() throws Exception {
        try (Trial trial = Trial.fast(folder)) {
            trial.emulator.fault(Endpoint.SUBMIT, Fault.HTTP_402);
            ExtractionException failed = failure(trial::wholeJob);
            assertThat(failed.kind()).isEqualTo(ErrorKind.CLOUD_PLAN);
            assertThat(failed.nextStep().toString()).contains("nemovideo.ai", "/register?bind=anon_");
            assertThat(trial.emulator.count(Endpoint.SUBMIT)).isEqualTo(1);
        }
    }

    @Test
    void a_dropped_stream_is_recovered_by_looking() throws Exception {
        for (int bytes : new int[] {0, 1, 30, 100, 333}) {
            try (Trial trial = Trial.fast(folder.resolve("cut" + bytes))) {
                trial.emulator.agent().cutAfter(bytes);
                trial.wholeJob();
                assertThat(trial.emulator.count(Endpoint.SAY)).isEqualTo(1);
                assertThat(trial.said).anyMatch(line -> line.contains("not sent again"));
            }
        }
    }

    @Test
    void a_message_whose_fate_stays_open_is_given_up_and_not_sent_again() throws Exception {
        try (Trial trial = Trial.fast(folder);
                NemoClient client = trial.client()) {
            Session session = client.newSession("en");
            client.upload(session, trial.upload);
            trial.emulator.fault(Endpoint.SAY, Fault.DROP);
            ExtractionException failed = failure(() -> new Conversation(client).say(session, "hello"));
            assertThat(failed.kind()).isEqualTo(ErrorKind.CLOUD_NO_ANSWER);
            assertThat(failed.nextStep().toString()).contains("cloud tracks --session " + session.id());
            assertThat(trial.emulator.count(Endpoint.SAY)).isEqualTo(1);
            // One before, five after
            assertThat(trial.emulator.count(Endpoint.STATE)).isEqualTo(6);
        }
    }

    @Test
    void a_silent_edit_is_judged_by_what_changed() throws Exception {
        try (Trial trial = Trial.fast(folder);
                NemoClient client = trial.client()) {
            Session session = client.newSession("en");
            client.upload(session, trial.upload);
            trial.emulator.fault(Endpoint.SAY, Fault.SILENT, Fault.SILENT_AND_NOTHING_DONE, Fault.NOISE_TAIL);
            Conversation conversation = new Conversation(client);
            Answer done = conversation.say(session, "Extract the audio.");
            assertThat(done.paragraphs()).isEmpty();
            assertThat(done.changedAnything()).isTrue();
            assertThat(conversation.say(session, "Again.").changedAnything()).isFalse();
            assertThat(conversation.say(session, "More.").paragraphs())
                    .hasSize(2)
                    .noneMatch(text -> text.contains("temporary"));
        }
    }

    @Test
    void a_cancelled_wait_cancels_the_render_and_says_how_to_go_on() throws Exception {
        try (Trial trial = new Trial(folder, 0.02, Duration.ofSeconds(5), Map.of())) {
            trial.emulator.withoutConverting().fault(Endpoint.SUBMIT, Fault.SLOW);
            Thread impatient = new Thread(() -> {
                while (trial.emulator.count(Endpoint.POLL) == 0) Thread.onSpinWait();
                trial.cancellation.request();
            });
            impatient.start();
            ExtractionException failed = failure(trial::wholeJob);
            impatient.join();
            assertThat(failed.kind()).isEqualTo(ErrorKind.INTERRUPTED);
            assertThat(trial.emulator.anyCancelled()).isTrue();
            assertThat(failed.nextStep().toString()).contains("cloud export --render render_");
        }
    }

    @Test
    void a_download_that_broke_off_goes_on_where_it_was() throws Exception {
        try (Trial trial = Trial.fast(folder)) {
            trial.emulator.fault(Endpoint.FILE, Fault.DROP_MID);
            Path file = trial.wholeJob().file();
            assertThat(Files.readAllBytes(file)).hasSize(16);
            assertThat(trial.emulator.requests())
                    .filteredOn(request -> request.endpoint() == Endpoint.FILE)
                    .extracting(request -> String.valueOf(request.headers().get("range")))
                    .containsExactly("null", "bytes=8-");
        }
    }

    @Test
    void an_address_inside_the_users_network_is_left_alone_and_the_service_is_asked_itself() throws Exception {
        try (Trial trial = Trial.fast(folder)) {
            trial.emulator.fault(Endpoint.POLL, Fault.PRIVATE_URL);
            assertThat(Files.readAllBytes(trial.wholeJob().file())).hasSize(16);
            assertThat(trial.emulator.count(Endpoint.FALLBACK)).isEqualTo(1);
            trial.emulator.fault(Endpoint.POLL, Fault.PRIVATE_URL).fault(Endpoint.FALLBACK, Fault.HTTP_500, Fault.HTML);
            ExtractionException failed = failure(trial::wholeJob);
            assertThat(failed.kind()).isEqualTo(ErrorKind.CLOUD_REFUSED);
            assertThat(failed.whatHappened().toString()).contains("192.168.0.1");
        }
    }

    @Test
    void nothing_follows_a_redirect_with_what_the_service_alone_may_know() throws Exception {
        try (Trial trial = Trial.fast(folder.resolve("a"));
                Trial thief = Trial.fast(folder.resolve("b"))) {
            for (Endpoint endpoint : Endpoint.values()) {
                trial.emulator.redirectsTo(thief.emulator.url()).fault(endpoint, Fault.REDIRECT);
                if (endpoint == Endpoint.FALLBACK) trial.emulator.fault(Endpoint.POLL, Fault.NO_URL);
                try {
                    trial.wholeJob();
                } catch (ExtractionException refused) {
                    assertThat(refused.kind().exitCode()).as(endpoint.name()).isIn(7, 8);
                }
            }
            // A finished file may lie anywhere; who asks for it stays unknown there
            assertThat(thief.emulator.requests()).allSatisfy(request -> {
                assertThat(request.method()).isEqualTo("GET");
                assertThat(request.headers().keySet())
                        .noneMatch(name -> name.startsWith("x-") || name.equals("authorization"));
            });
        }
    }

    @Test
    void two_runs_that_sign_in_at_once_ask_for_one_token() throws Exception {
        try (Trial trial = Trial.fast(folder)) {
            trial.emulator.strictTokens();
            List<Thread> runs = new ArrayList<>();
            List<Throwable> failures = new CopyOnWriteArrayList<>();
            for (int run = 0; run < 6; run++) {
                Thread thread = new Thread(() -> {
                    try (NemoClient client = trial.client()) {
                        client.credits();
                    } catch (ExtractionException failed) {
                        failures.add(failed);
                    }
                });
                thread.start();
                runs.add(thread);
            }
            for (Thread run : runs) run.join();
            assertThat(failures).isEmpty();
            assertThat(trial.emulator.count(Endpoint.TOKEN)).isEqualTo(1);
        }
    }

    @Test
    void a_token_travels_over_https_or_on_this_machine_only() {
        for (String address :
                List.of("http://nemo.example", "ftp://x", "nonsense", "https://u:p@x", "http://192.168.0.1")) {
            ExtractionException failed =
                    failure(() -> CloudSettings.from(Map.of("NEMO_API_URL", address), folder, folder));
            assertThat(failed.kind()).isEqualTo(ErrorKind.USAGE);
        }
        for (String token : List.of("nmv_usr_A\nX-Evil: 1", "nmv_usr_é", "nmv usr")) {
            ExtractionException failed = failure(() -> CloudSettings.from(Map.of("NEMO_TOKEN", token), folder, folder));
            assertThat(failed.kind()).isEqualTo(ErrorKind.USAGE);
            assertThat(failed.whatHappened().toString()).contains("NEMO_TOKEN").doesNotContain("nmv");
        }
    }

    @Test
    void the_skill_and_where_it_is_installed_are_told() throws Exception {
        Path skill = Files.createDirectories(folder.resolve(".cursor/skills/mp4-to-mp3-converter"));
        Files.writeString(
                skill.resolve("SKILL.md"), "---\nname: mp4-to-mp3-converter\nversion: \"1.2.3\"\n---\nname: x\n");
        assertThat(Attribution.of(Map.of("SOUNDLIFT_SKILL", skill.toString()), folder))
                .isEqualTo(new Attribution("mp4-to-mp3-converter", "1.2.3", "cursor"));
        assertThat(Attribution.of(Map.of("SKILL_SOURCE", " mine "), folder).platform())
                .isEqualTo("mine");
        assertThat(Attribution.platform("C:\\Users\\x\\.clawhub\\soundlift")).isEqualTo("clawhub");
        failure(() -> Attribution.of(Map.of("SKILL_SOURCE", "a\nX-Evil: 1"), folder));
    }

    @Test
    void addresses_inside_the_users_network_are_known() throws IOException {
        for (String inside : List.of(
                "127.0.0.1",
                "10.1.2.3",
                "192.168.1.1",
                "172.16.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "::1",
                "fd00::1",
                "fe80::1")) {
            assertThat(Addresses.isPublic(InetAddress.getByName(inside)))
                    .as(inside)
                    .isFalse();
        }
        for (String outside : List.of("8.8.8.8", "172.32.0.1", "2001:4860:4860::8888")) {
            assertThat(Addresses.isPublic(InetAddress.getByName(outside)))
                    .as(outside)
                    .isTrue();
        }
    }

    @Test
    void the_claim_link_never_holds_the_token_unless_asked_for() throws Exception {
        try (Trial trial = Trial.fast(folder);
                NemoClient client = trial.client()) {
            Session session = client.newSession("en");
            assertThat(client.claimLink(session).address())
                    .isEqualTo("https://nemovideo.com/workspace/claim?ct=clm_SECRET0000000000000000");
            trial.emulator.fault(Endpoint.CLAIM, Fault.HTTP_404);
            assertThat(client.claimLink(session).address())
                    .doesNotContain("token=")
                    .contains("task=task_0&session=" + session.id()
                            + "&skill_name=ffmpeg-audio-extract&skill_version=1.0.0");
            assertThat(client.fullClaimLink(session).address()).contains("claim?token=nmv_usr_SECRET");
        }
    }
}
