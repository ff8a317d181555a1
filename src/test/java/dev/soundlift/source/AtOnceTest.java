package dev.soundlift.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits for what cannot come any more. */
class AtOnceTest {
    @Test
    void nothing_is_begun_after_a_failure() {
        AtomicInteger begun = new AtomicInteger();
        AtOnce.Task fails = () -> {
            begun.incrementAndGet();
            throw new ExtractionException(ErrorKind.NETWORK, Text.of("error.changed"), Text.of("next.changed"));
        };
        try (AtOnce two = new AtOnce(2)) {
            assertThatThrownBy(() -> two.all(Collections.nCopies(64, fails)))
                    .isInstanceOfSatisfying(
                            ExtractionException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NETWORK));
        }
        assertThat(begun.get()).isLessThan(64);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void who_waits_is_told_of_the_end() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtOnce one = new AtOnce(1);
        AtOnce.Task waits = () -> {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        };
        CompletableFuture<Void> all = CompletableFuture.runAsync(() -> interrupted(one, List.of(waits, waits, waits)));
        begun.await();
        one.close();
        requireEnds(all);
        interrupted(one, List.of(waits, waits));
    }

    private static void requireEnds(CompletableFuture<Void> all) throws InterruptedException, ExecutionException {
        try {
            all.get(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException waitsForEver) {
            throw new AssertionError(waitsForEver);
        }
    }

    private static void interrupted(AtOnce closed, List<AtOnce.Task> tasks) {
        assertThatThrownBy(() -> closed.all(tasks))
                .isInstanceOfSatisfying(
                        ExtractionException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INTERRUPTED));
    }
}
