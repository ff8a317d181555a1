package dev.soundlift.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.Soundlift;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.sound.Wav;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rules of Reactive Streams that its own test kit was tried with by hand (all that it can verify held). */
@Timeout(60)
class SoundPublisherTest {
    private static final int SAMPLES = 10_500;

    @TempDir
    Path folder;

    private ExtractionRequest request;
    private final AtomicInteger opened = new AtomicInteger();

    @BeforeEach
    void makeTheSound() {
        int[] ramp = new int[SAMPLES];
        for (int i = 0; i < ramp.length; i++) ramp[i] = i;
        request = ExtractionRequest.of(Wav.of(8000, 16, ramp).write(folder.resolve("ramp.wav")));
    }

    private SoundPublisher<PcmBlock> publisher() throws ExtractionException {
        Soundlift soundlift = Soundlift.local();
        return SoundPublisher.of(cancellation -> {
            opened.incrementAndGet();
            return soundlift.stream(request, cancellation).inBlocksOf(1000);
        });
    }

    /** Writes down what it is told. */
    private static final class Ear implements Flow.Subscriber<PcmBlock> {
        private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        private final BlockingQueue<Flow.Subscription> subscriptions = new LinkedBlockingQueue<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriptions.add(subscription);
        }

        @Override
        public void onNext(PcmBlock block) {
            told.add(block);
        }

        @Override
        public void onError(Throwable failed) {
            told.add(failed);
        }

        @Override
        public void onComplete() {
            told.add("complete");
        }

        List<Short> next(int blocks) throws InterruptedException {
            List<Short> heard = new ArrayList<>();
            for (int i = 0; i < blocks; i++) {
                for (short sample : ((PcmBlock) told.take()).shorts()) heard.add(sample);
            }
            return heard;
        }
    }

    private static List<Short> ramp(int from, int to) {
        List<Short> ramp = new ArrayList<>();
        for (int i = from; i < to; i++) ramp.add((short) i);
        return ramp;
    }

    @Test
    void gives_what_is_requested_and_no_more() throws Exception {
        Ear ear = new Ear();
        publisher().subscribe(ear);
        Flow.Subscription subscription = ear.subscriptions.take();
        subscription.request(2);
        assertThat(ear.next(2)).isEqualTo(ramp(0, 2000));
        subscription.request(3);
        assertThat(ear.next(3)).isEqualTo(ramp(2000, 5000));
        // Whoever gave too much would have given it before this
        subscription.request(Long.MAX_VALUE);
        assertThat(ear.next(6)).isEqualTo(ramp(5000, SAMPLES));
        assertThat(ear.told.take()).isEqualTo("complete");
        subscription.request(1);
        subscription.cancel();
        assertThat(ear.told).isEmpty();
    }

    @Test
    void nothing_comes_unasked() throws Exception {
        Ear patient = new Ear();
        Ear eager = new Ear();
        SoundPublisher<PcmBlock> publisher = publisher();
        publisher.subscribe(patient);
        publisher.subscribe(eager);
        eager.subscriptions.take().request(100);
        assertThat(eager.next(11)).isEqualTo(ramp(0, SAMPLES));
        assertThat(eager.told.take()).isEqualTo("complete");
        assertThat(patient.told).isEmpty();
        patient.subscriptions.take().request(1);
        assertThat(patient.next(1)).isEqualTo(ramp(0, 1000));
        assertThat(opened).hasValue(2);
    }

    @Test
    void errors_are_signals() throws Exception {
        request = ExtractionRequest.of(folder.resolve("nowhere.mp4"));
        Ear ear = new Ear();
        publisher().subscribe(ear);
        assertThat(ear.told.take())
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.UNREADABLE));
    }

    @Test
    void a_request_for_nothing_is_an_error() throws Exception {
        Ear ear = new Ear();
        publisher().subscribe(ear);
        ear.subscriptions.take().request(0);
        assertThat(ear.told.take()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> publisher().subscribe(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void after_a_cancel_no_signal_comes_and_the_stream_is_closed() throws Exception {
        BlockingQueue<Thread> closers = new LinkedBlockingQueue<>();
        Soundlift soundlift = Soundlift.local();
        Ear ear = new Ear();
        SoundPublisher.of(
                        cancellation -> soundlift.stream(request, cancellation).inBlocksOf(1),
                        task -> new Thread(() -> {
                                    task.run();
                                    closers.add(Thread.currentThread());
                                })
                                .start())
                .subscribe(ear);
        Flow.Subscription subscription = ear.subscriptions.take();
        subscription.request(1);
        ear.next(1);
        subscription.cancel();
        subscription.request(5);
        closers.take();
        assertThat(ear.told).isEmpty();
    }
}
