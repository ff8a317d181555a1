package dev.soundlift.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.soundlift.Consent;
import dev.soundlift.Soundlift;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.sound.Wav;
import dev.soundlift.source.Access;
import dev.soundlift.source.OpenSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of results, and of jobs that nobody wants. */
@Timeout(60)
class JobsTest {
    @TempDir
    Path home;

    private final Pages pages = new Pages(Duration.ofHours(1));
    private Instant now = Instant.EPOCH;
    private volatile long free = Long.MAX_VALUE;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final Set<String> toldRemoved = ConcurrentHashMap.newKeySet();
    private Soundlift soundlift;
    private Jobs jobs;

    @BeforeEach
    void open() throws Exception {
        OpenSources sources = new OpenSources(Access.DEFAULT, Optional.of(pages));
        soundlift = Soundlift.with(EngineChoice.AUTO, sources, Consent.OF_THE_REQUEST);
        jobs = new Jobs(1, Duration.ofHours(1), clock(), folder -> free, silent::contains, gone::contains, this::told);
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private void told(Job job) {
        String news = Answers.job(job, Locale.ENGLISH).path("state").asText();
        if (news.equals("removed")) toldRemoved.add(job.id);
    }

    private Job done() throws Exception {
        return done("p");
    }

    private Job done(String page) throws Exception {
        Path file = Wav.of(8000, 16, Wav.noise(1, 8000, 16)).write(home.resolve("noise.wav"));
        Job job = jobs.add(page, Locale.ENGLISH, ExtractionRequest.of(file), soundlift);
        until(() -> job.state() == Job.State.DONE);
        return job;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void until(Condition condition) throws Exception {
        while (!condition.holds()) Thread.sleep(5);
    }

    private static long filesIn(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void results_go_after_a_time() throws Exception {
        Job job = done();
        assertThat(filesIn(job.folder)).isEqualTo(1);
        now = now.plus(Duration.ofMinutes(59));
        jobs.tidy();
        assertThat(jobs.get(job.id)).isSameAs(job);
        assertThat(toldRemoved).isEmpty();
        now = now.plus(Duration.ofMinutes(2));
        jobs.tidy();
        assertThat(job.folder).doesNotExist();
        assertThat(toldRemoved).containsExactly(job.id);
        assertThat(job.reports()).isEmpty();
        assertThat(catchThrowableOfType(ExtractionException.class, () -> jobs.get(job.id)))
                .isNotNull();
    }

    @Test
    void results_go_with_the_server() throws Exception {
        Job job = done();
        jobs.close();
        assertThat(job.folder).doesNotExist();
        assertThat(jobs.folder()).doesNotExist();
    }

    @Test
    void a_job_that_is_removed_while_it_runs_leaves_nothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        pages.opened("p", text -> asked.countDown());
        pages.keep("f", "p", 1000);
        Job job = jobs.add(
                "p", Locale.ENGLISH, ExtractionRequest.of(new MediaSource.Handed("f", "f.wav", 1000)), soundlift);
        asked.await();
        Files.writeString(job.folder.resolve("half"), "written by whoever runs");
        jobs.remove(job);
        until(() -> job.state() == Job.State.CANCELLED);
        until(() -> !Files.exists(job.folder));
        assertThat(filesIn(jobs.folder())).isZero();
    }

    /** The only worker waits for a page that says nothing. */
    @Test
    void a_waiting_job_that_is_stopped_has_ended_and_never_runs() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        pages.opened("p", text -> asked.countDown());
        pages.keep("f", "p", 1000);
        Job running = jobs.add(
                "p", Locale.ENGLISH, ExtractionRequest.of(new MediaSource.Handed("f", "f.wav", 1000)), soundlift);
        asked.await();
        Path file = Wav.of(8000, 16, Wav.noise(1, 8000, 16)).write(home.resolve("noise.wav"));
        Job waiting = jobs.add("p", Locale.ENGLISH, ExtractionRequest.of(file), soundlift);
        jobs.stop(waiting);
        assertThat(waiting.state()).isEqualTo(Job.State.CANCELLED);
        jobs.stop(running);
        until(() -> running.state() == Job.State.CANCELLED);
        jobs.close();
        assertThat(waiting.reports()).isEmpty();
        assertThat(waiting.state()).isEqualTo(Job.State.CANCELLED);
    }

    /** The only worker waits for a page that does not answer. */
    @Test
    void others_go_before_a_job_whose_page_is_silent() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        pages.opened("away", text -> asked.countDown());
        pages.keep("f", "away", 1000);
        Job still = jobs.add(
                "away", Locale.ENGLISH, ExtractionRequest.of(new MediaSource.Handed("f", "f.wav", 1000)), soundlift);
        asked.await();
        silent.add("away");
        Path file = Wav.of(8000, 16, Wav.noise(1, 8000, 16)).write(home.resolve("noise.wav"));
        Job other = jobs.add("p", Locale.ENGLISH, ExtractionRequest.of(file), soundlift);
        assertThat(other.state()).isEqualTo(Job.State.WAITING);
        jobs.tidy();
        until(() -> other.state() == Job.State.DONE);
        assertThat(still.state()).isEqualTo(Job.State.RUNNING);
    }

    @Test
    void results_of_pages_that_are_gone_make_room() throws Exception {
        Job oldest = done();
        gone.add("p");
        Job there = done("here");
        free = Jobs.SPARED_BYTES;
        jobs.tidy();
        assertThat(oldest.folder).exists();
        free = Jobs.SPARED_BYTES - 1;
        jobs.tidy();
        assertThat(oldest.folder).doesNotExist();
        assertThat(toldRemoved).containsExactly(oldest.id);
        assertThat(there.folder).exists();
        Job refused = done("here");
        assertThat(refused.reports().get(0).failure().orElseThrow().kind()).isEqualTo(ErrorKind.NO_SPACE);
        assertThat(there.folder).exists();
    }

    @Test
    void results_stay_where_something_else_fills_the_disk() throws Exception {
        Job left = done();
        gone.add("p");
        free = 0;
        jobs.tidy();
        assertThat(left.folder).exists();
        assertThat(toldRemoved).isEmpty();
    }

    @Test
    void results_of_a_page_that_only_owes_an_answer_make_no_room() throws Exception {
        Job there = done();
        silent.add("p");
        free = Jobs.SPARED_BYTES - 1;
        jobs.tidy();
        assertThat(there.folder).exists();
    }

    @Test
    void a_page_that_owes_an_answer_is_silent_and_not_gone() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Pages.Line line = text -> asked.countDown();
        pages.opened("p", line);
        pages.keep("f", "p", 1000);
        assertThat(pages.isMissedFor("p", Duration.ZERO)).isFalse();
        Job job = jobs.add(
                "p", Locale.ENGLISH, ExtractionRequest.of(new MediaSource.Handed("f", "f.wav", 1000)), soundlift);
        asked.await();
        assertThat(pages.isMissedFor("p", Duration.ZERO)).isTrue();
        assertThat(pages.isGoneFor("p", Duration.ZERO)).isFalse();
        pages.closed("p", line);
        assertThat(pages.isGoneFor("p", Duration.ofHours(1))).isFalse();
        assertThat(pages.isGoneFor("p", Duration.ZERO)).isTrue();
        jobs.remove(job);
    }
}
