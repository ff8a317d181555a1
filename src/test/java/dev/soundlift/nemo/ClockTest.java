package dev.soundlift.nemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.soundlift.emulator.Endpoint;
import dev.soundlift.emulator.Fault;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The documented waits and limits, to the second, by a clock that the test moves. */
@Timeout(120) // a limit that is not kept would hang
class ClockTest {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final OwnTime time = new OwnTime();

    private static ExtractionException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        ExtractionException failed = catchThrowableOfType(ExtractionException.class, work);
        assertThat(failed).as("a failure").isNotNull();
        return failed;
    }

    private static Answer say(Trial trial) throws ExtractionException {
        try (NemoClient client = trial.client()) {
            Session session = client.newSession("en");
            client.upload(session, trial.upload);
            return new Conversation(client).say(session, "Extract the audio.");
        }
    }

    private static List<String> stillWorking(Trial trial) {
        return trial.said.stream()
                .filter(line -> line.startsWith("Still working"))
                .toList();
    }

    @Test
    void signs_of_life_alone_are_given_up_after_ten_minutes_with_a_word_every_two() throws Exception {
        try (Trial trial = Trial.by(time, folder)) {
            trial.emulator.fault(Endpoint.SAY, Fault.HEARTBEATS_ONLY);
            trial.heard = stage -> {
                if (stage == CloudProgress.Stage.PROCESSING) time.pass(Duration.ofSeconds(10));
            };
            Answer answer = say(trial);
            assertThat(answer.recovered()).isTrue();
            assertThat(stillWorking(trial))
                    .containsExactly(
                            "Still working (2 min).",
                            "Still working (4 min).",
                            "Still working (6 min).",
                            "Still working (8 min).");
            // The work was done all the same: found at the first look, and looked at once more
            assertThat(time.waits).containsExactly(HALF_A_MINUTE, Duration.ofMinutes(1));
            assertThat(time.passed()).isEqualTo(Duration.ofSeconds(600 + 30 + 60));
            assertThat(trial.emulator.count(Endpoint.SAY)).isEqualTo(1);
        }
    }

    @Test
    void a_stream_that_talks_on_is_given_up_after_fifteen_minutes() throws Exception {
        try (Trial trial = Trial.by(time, folder)) {
            trial.emulator.agent().talksForever();
            trial.heard = stage -> {
                if (stage == CloudProgress.Stage.PROCESSING) time.pass(Duration.ofSeconds(30));
            };
            Answer answer = say(trial);
            assertThat(answer.recovered()).isTrue();
            assertThat(stillWorking(trial)).hasSize(7).last().isEqualTo("Still working (14 min).");
            assertThat(time.passed()).isEqualTo(Duration.ofSeconds(900 + 30 + 60));
            assertThat(trial.emulator.count(Endpoint.SAY)).isEqualTo(1);
        }
    }

    @Test
    void a_line_that_is_silent_altogether_is_given_up_after_ten_minutes() throws Exception {
        try (Trial trial = Trial.by(time, folder)) {
            trial.emulator.fault(Endpoint.SAY, Fault.HANG);
            Thread clock = new Thread(() -> {
                while (trial.emulator.count(Endpoint.SAY) == 0) Thread.onSpinWait();
                time.pass(Duration.ofMinutes(10));
            });
            clock.start();
            ExtractionException failed = failure(() -> say(trial));
            clock.join();
            assertThat(failed.kind()).isEqualTo(ErrorKind.CLOUD_NO_ANSWER);
            assertThat(trial.emulator.count(Endpoint.SAY)).isEqualTo(1);
        }
    }

    @Test
    void after_a_drop_the_state_is_looked_at_after_30_seconds_and_then_every_minute_five_times_in_all()
            throws Exception {
        try (Trial trial = Trial.by(time, folder)) {
            trial.emulator.fault(Endpoint.SAY, Fault.DROP);
            failure(() -> say(trial));
            List<Duration> expected = new ArrayList<>(List.of(HALF_A_MINUTE));
            expected.addAll(Collections.nCopies(4, Duration.ofMinutes(1)));
            assertThat(time.waits).isEqualTo(expected);
        }
    }

    @Test
    void too_many_requests_are_waited_out_for_30_seconds_and_tried_once() throws Exception {
        try (Trial trial = Trial.by(time, folder);
                NemoClient client = trial.client()) {
            client.credits();
            trial.emulator.fault(Endpoint.CREDITS, Fault.HTTP_429);
            client.credits();
            assertThat(time.waits).containsExactly(HALF_A_MINUTE);
            trial.emulator.fault(Endpoint.CREDITS, Fault.HTTP_429, Fault.HTTP_429);
            assertThat(failure(client::credits).kind()).isEqualTo(ErrorKind.CLOUD_BUSY);
            assertThat(time.waits).containsExactly(HALF_A_MINUTE, HALF_A_MINUTE);
        }
    }

    @Test
    void a_render_is_looked_at_every_30_seconds_and_left_after_five_minutes() throws Exception {
        try (Trial trial = Trial.by(time, folder)) {
            trial.emulator.fault(Endpoint.SUBMIT, Fault.SLOW);
            ExtractionException failed = failure(trial::wholeJob);
            assertThat(failed.kind()).isEqualTo(ErrorKind.CLOUD_NO_ANSWER);
            assertThat(failed.nextStep().toString()).contains("cloud export --render render_");
            assertThat(time.waits).isEqualTo(Collections.nCopies(10, HALF_A_MINUTE));
            assertThat(trial.emulator.count(Endpoint.POLL)).isEqualTo(10);
            assertThat(trial.emulator.count(Endpoint.CANCEL)).isZero();
        }
    }

    @Test
    void a_token_is_used_for_its_week_and_then_replaced() throws Exception {
        OwnTime now = new OwnTime(Instant.now());
        try (Trial trial = Trial.by(now, folder)) {
            trial.emulator.strictTokens();
            for (int day = 0; day < 6; day++) {
                try (NemoClient client = trial.client()) {
                    client.credits();
                }
                now.pass(Duration.ofDays(1));
            }
            assertThat(trial.emulator.count(Endpoint.TOKEN)).isEqualTo(1);
            now.pass(Duration.ofDays(1));
            trial.emulator.expireTokens();
            try (NemoClient client = trial.client()) {
                client.credits();
            }
            assertThat(trial.emulator.count(Endpoint.TOKEN)).isEqualTo(2);
        }
    }

    @Test
    void a_clock_that_is_a_month_ahead_does_not_throw_the_token_away() throws Exception {
        OwnTime ahead = new OwnTime(Instant.now().plus(Duration.ofDays(30)));
        try (Trial trial = Trial.by(ahead, folder)) {
            trial.emulator.strictTokens();
            for (int run = 0; run < 2; run++) {
                try (NemoClient client = trial.client()) {
                    client.credits();
                }
            }
            assertThat(trial.emulator.count(Endpoint.TOKEN)).isEqualTo(1);
            // Put right, and then wrong again: no new one is given, so the old one is tried
            ahead.pass(Duration.ofDays(30));
            try (NemoClient client = trial.client()) {
                client.credits();
            }
            assertThat(trial.emulator.count(Endpoint.TOKEN)).isEqualTo(3);
        }
    }
}
