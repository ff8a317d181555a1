package dev.soundlift.nemo;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Sends a request exactly once. OkHttp would send some again on its own: after a lost connection, after "503, Retry-After:
 * 0" (which also one-shot bodies prevent), and to where a redirect points, credentials included. All of that is off (it never sees a Retry-After), and
 * no connection is used twice, because a stale one looks like a message of unknown fate.
 */
final class Wire implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final long LARGEST_ANSWER_BYTES = 64L << 20;
    private static final long WATCH_MILLIS = 20;

    private final OkHttpClient client;
    private final Cancellation cancellation;
    private final Pace pace;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "cloud-watch");
        thread.setDaemon(true);
        return thread;
    });

    Wire(Pace pace, Cancellation cancellation) {
        this.pace = pace;
        this.cancellation = cancellation;
        this.client = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS))
                .connectTimeout(pace.patience(CONNECT))
                .writeTimeout(pace.patience(ANSWER))
                .readTimeout(pace.patience(ANSWER))
                .eventListenerFactory(call -> new Departure())
                .addNetworkInterceptor(chain -> chain.proceed(chain.request())
                        .newBuilder()
                        .removeHeader("Retry-After")
                        .build())
                .build();
    }

    /** Notes when the first byte of a request may have left. */
    private static final class Departure extends EventListener {
        @Override
        public void requestHeadersStart(Call call) {
            AtomicBoolean sent = call.request().tag(AtomicBoolean.class);
            if (sent != null) sent.set(true);
        }
    }

    /** What is done with an open answer. */
    @FunctionalInterface
    interface Reading<T> {
        T read(Response response) throws IOException, ExtractionException;
    }

    /** Reads the whole answer. */
    Reply send(Request request) throws ConnectionLost, ExtractionException {
        return send(request, ANSWER);
    }

    /** The same for a call that takes its time. */
    Reply send(Request request, Duration patience) throws ConnectionLost, ExtractionException {
        return send(request, patience, () -> false, Wire::whole);
    }

    /**
     * Sends a request once.
     *
     * @param request whose tag {@link Dns}, if it has one, says where its host is
     * @param silence longest wait for the next byte
     * @param enough looked at often, from another thread: when true, the connection is cut
     */
    <T> T send(Request request, Duration silence, BooleanSupplier enough, Reading<T> reading)
            throws ConnectionLost, ExtractionException {
        cancellation.throwIfRequested();
        AtomicBoolean sent = new AtomicBoolean();
        OkHttpClient.Builder line = client.newBuilder().readTimeout(pace.patience(silence));
        Dns guard = request.tag(Dns.class);
        if (guard != null) line.dns(guard);
        Call call = line.build()
                .newCall(request.newBuilder().tag(AtomicBoolean.class, sent).build());
        ScheduledFuture<?> watched = watch.scheduleAtFixedRate(
                () -> {
                    if (cancellation.isRequested() || enough.getAsBoolean()) call.cancel();
                },
                WATCH_MILLIS,
                WATCH_MILLIS,
                TimeUnit.MILLISECONDS);
        try (Response response = call.execute()) {
            return reading.read(response);
        } catch (IOException lost) {
            cancellation.throwIfRequested();
            throw new ConnectionLost(lost, sent.get());
        } finally {
            watched.cancel(false);
        }
    }

    static Reply whole(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(LARGEST_ANSWER_BYTES + 1)) throw new IOException("the answer is endless");
        String type = response.header("Content-Type", "");
        return new Reply(
                response.code(), type == null ? "" : type, source.getBuffer().readUtf8());
    }

    @Override
    public void close() {
        watch.shutdownNow();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
