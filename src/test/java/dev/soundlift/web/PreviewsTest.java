package dev.soundlift.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is done for a page that is not there. */
@Timeout(60)
class PreviewsTest {
    private static final MediaSource.Handed FILE = new MediaSource.Handed("f", "f.wav", 100);
    private static final Duration LONG = Duration.ofHours(1);

    private final Pages pages = new Pages(LONG);
    private final Previews previews = new Previews(LONG);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch asked = new CountDownLatch(1);

    @AfterEach
    void end() {
        previews.close();
        threads.shutdownNow();
    }

    private static ErrorKind kind(Future<byte[]> work) {
        return ((ExtractionException) catchThrowableOfType(ExecutionException.class, work::get)
                        .getCause())
                .kind();
    }

    private static boolean awaited(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    private Future<byte[]> reading() throws InterruptedException {
        pages.opened("p", text -> asked.countDown());
        pages.keep("f", "p", 100);
        Future<byte[]> work =
                threads.submit(() -> previews.run("p", cancellation -> pages.slice(FILE, 0, 10, cancellation)));
        asked.await();
        return work;
    }

    @Test
    void a_page_that_does_not_answer_is_given_up() throws Exception {
        Future<byte[]> work = reading();
        previews.sweep(page -> pages.isMissedFor(page, LONG));
        assertThat(work.isDone()).isFalse();
        previews.sweep(page -> pages.isMissedFor(page, Duration.ZERO));
        assertThat(kind(work)).isEqualTo(ErrorKind.NETWORK);
    }

    @Test
    void an_answer_is_waited_for() throws Exception {
        Future<byte[]> work = reading();
        pages.answered("p", ByteBuffer.allocate(18).putInt(0, 1));
        assertThat(work.get()).hasSize(10);
        assertThat(pages.isMissedFor("p", Duration.ZERO)).isFalse();
    }

    @Test
    void the_end_of_the_server_ends_them() throws Exception {
        Future<byte[]> work = reading();
        previews.close();
        assertThat(kind(work)).isEqualTo(ErrorKind.NETWORK);
    }

    @Test
    void a_job_does_not_wait_for_ever_for_a_page_that_is_there_and_does_not_answer() {
        Pages impatient = new Pages(Duration.ZERO);
        impatient.opened("p", text -> {});
        impatient.keep("f", "p", 100);
        ExtractionException failed =
                catchThrowableOfType(ExtractionException.class, () -> impatient.slice(FILE, 0, 10, new Cancellation()));
        assertThat(failed.kind()).isEqualTo(ErrorKind.NETWORK);
    }

    @Test
    void no_more_at_once_than_there_is_room_for() throws Exception {
        Previews few = new Previews(Duration.ofMillis(1));
        CountDownLatch begun = new CountDownLatch(Previews.AT_ONCE);
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < Previews.AT_ONCE; i++) {
            Future<?> unused = threads.submit(() -> few.run("p", cancellation -> {
                begun.countDown();
                return awaited(end);
            }));
        }
        begun.await();
        ExtractionException failed =
                catchThrowableOfType(ExtractionException.class, () -> few.run("p", cancellation -> 1));
        assertThat(failed.whatHappened().key()).isEqualTo("error.web-busy");
        end.countDown();
    }

    @Test
    void a_page_that_never_came_back_is_forgotten_with_its_files() throws Exception {
        pages.keep("f", "p", 100);
        pages.came("p");
        pages.opened("q", text -> {});
        assertThat(pages.forgetAwayFor(LONG)).isEmpty();
        assertThat(pages.size(FILE)).isEqualTo(100);
        assertThat(pages.forgetAwayFor(Duration.ZERO)).containsExactly("p"); // q is there
        assertThat(catchThrowableOfType(ExtractionException.class, () -> pages.size(FILE)))
                .isNotNull();
    }
}
