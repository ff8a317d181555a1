package dev.soundlift.stream;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives sound to whoever subscribes, as much as they request and no sooner (Reactive Streams 1.0.4, the rules of
 * {@link Flow}). Each subscriber gets all of it, from a stream of its own that is opened at once and closed before the last
 * signal. Whoever wants to know of {@link SoundStream#damage} keeps the stream that it opens. Errors arrive as {@link ExtractionException}.
 *
 * <pre>{@code
 * SoundPublisher.of(cancellation -> soundlift.stream(request, cancellation).inBlocksOf(16_000))
 *         .subscribe(subscriber);
 * }</pre>
 *
 * @param <T> what is given out
 */
public final class SoundPublisher<T> implements Flow.Publisher<T> {
    /** Decoding waits for files and the network, so it gets threads of its own; idle ones end after a minute. */
    private static final Supplier<Executor> USUAL = new Supplier<>() {
        private @Nullable ExecutorService threads;

        @Override
        public synchronized Executor get() {
            if (threads == null) {
                threads = Executors.newCachedThreadPool(task -> {
                    Thread thread = new Thread(task, "soundlift-stream");
                    thread.setDaemon(true);
                    return thread;
                });
            }
            return threads;
        }
    };

    /** Opens a stream. */
    @FunctionalInterface
    public interface Opening<T> {
        /**
         * Opens one for a subscriber.
         *
         * @param cancellation of the subscription: already the opening is to end with it
         */
        SoundStream<T> open(Cancellation cancellation) throws ExtractionException;
    }

    private final Opening<T> opening;
    private final Executor executor;

    private SoundPublisher(Opening<T> opening, Executor executor) {
        this.opening = opening;
        this.executor = executor;
    }

    /** On daemon threads of its own. */
    public static <T> SoundPublisher<T> of(Opening<T> opening) {
        return of(opening, USUAL.get());
    }

    /**
     * On threads of the caller's.
     *
     * @param executor reads, decodes and signals; it must not run tasks in the thread that hands them in
     */
    public static <T> SoundPublisher<T> of(Opening<T> opening, Executor executor) {
        return new SoundPublisher<>(opening, executor);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber);
        Delivery delivery = new Delivery(subscriber);
        subscriber.onSubscribe(delivery);
        delivery.begin();
    }

    /** Section 3.17: more than can be counted is without end. */
    private static long sum(long had, long more) {
        return had > Long.MAX_VALUE - more ? Long.MAX_VALUE : had + more;
    }

    /** To one subscriber. */
    private final class Delivery implements Flow.Subscription {
        private final Flow.Subscriber<? super T> subscriber;
        private final AtomicLong wanted = new AtomicLong();
        /**
         * How many times something changed since it was last looked at; whoever makes it 1 sees to it that it is. The first
         * is that the subscriber knows of its subscription: nothing may come before.
         */
        private final AtomicInteger changes = new AtomicInteger(1);

        private final Cancellation cancellation = new Cancellation();
        private volatile boolean nonsense;
        private volatile boolean over;
        /** Touched by the one that delivers only. */
        private @Nullable SoundStream<T> stream;

        Delivery(Flow.Subscriber<? super T> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long more) {
            if (more <= 0) nonsense = true;
            else wanted.accumulateAndGet(more, SoundPublisher::sum);
            changed();
        }

        @Override
        public void cancel() {
            cancellation.request();
            changed();
        }

        private void changed() {
            if (!over && changes.getAndIncrement() == 0) hand(this::deliver);
        }

        void begin() {
            hand(() -> {
                if (!cancellation.isRequested()) open();
                deliver();
            });
        }

        private void hand(Runnable work) {
            try {
                executor.execute(work);
            } catch (RejectedExecutionException failed) {
                fail(failed);
            }
        }

        private void deliver() {
            int seen = 1;
            do {
                while (!over && (cancellation.isRequested() || nonsense || wanted.get() > 0)) step();
                seen = changes.addAndGet(-seen);
            } while (seen != 0);
        }

        private void step() {
            if (cancellation.isRequested()) {
                end();
            } else if (nonsense) {
                end();
                subscriber.onError(new IllegalArgumentException("3.9: a non-positive subscription request"));
            } else {
                give();
            }
        }

        private void open() {
            try {
                stream = opening.open(cancellation);
            } catch (ExtractionException | RuntimeException | Error failed) {
                fail(failed);
            }
        }

        private void give() {
            Optional<T> next;
            try {
                next = Objects.requireNonNull(stream).next();
            } catch (ExtractionException | RuntimeException | Error failed) {
                fail(failed);
                return;
            }
            if (cancellation.isRequested()) return;
            if (next.isPresent()) {
                if (wanted.get() != Long.MAX_VALUE) wanted.decrementAndGet();
                take(next.get());
            } else {
                complete();
            }
        }

        private void complete() {
            try {
                end();
            } catch (RuntimeException failed) {
                subscriber.onError(failed);
                return;
            }
            subscriber.onComplete();
        }

        private void fail(Throwable failed) {
            boolean told = over || cancellation.isRequested();
            end();
            if (!told) subscriber.onError(failed);
        }

        private void take(T item) {
            boolean taken = false;
            try {
                subscriber.onNext(item);
                taken = true;
            } finally {
                if (!taken) end(); // Section 2.13: it will never ask for more
            }
        }

        private void end() {
            over = true;
            SoundStream<T> open = stream;
            if (open != null) open.close();
        }
    }
}
