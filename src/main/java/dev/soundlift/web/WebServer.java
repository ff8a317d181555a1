package dev.soundlift.web;

import dev.soundlift.Consent;
import dev.soundlift.Soundlift;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.source.OpenSources;
import dev.soundlift.text.Text;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.javalin.websocket.WsConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.websocket.api.Session;

/** The page's server: what comes in passes the {@link Gate} and goes to the {@link Desk}. */
public final class WebServer implements AutoCloseable {
    private static final long MOST_BODY_BYTES = 1 << 20;
    /** A page answers with the bytes that were asked for, and a few of its own. */
    private static final long MOST_MESSAGE_BYTES = (2 << 20) + 1024;

    private static final int MOST_PAGES = 10_000;
    private static final int MOST_HEADER_BYTES = 16 << 10;
    private static final Duration IDLE = Duration.ofMinutes(1);
    /** So often it is looked whether somebody is gone, and something is too old. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    /** Somebody who waits for a page stops sooner than a job does: this share of its time. */
    private static final int SOONER = 10;

    /** So long a page may be silent before others go before its jobs: one that is loaded again is back sooner. */
    private static final Duration SILENT = Duration.ofSeconds(5);

    /** So long a page may have no line before its results make room for others: a lid that is shut, a way through a tunnel. */
    private static final Duration GONE = Duration.ofMinutes(10);

    private final WebOptions options;
    private final Gate gate;
    private final Pages pages;
    private final Shelf shelf = new Shelf();
    private final Previews previews;
    private final Dawdlers dawdlers;
    private final Jobs jobs;
    private final Javalin server;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(WebServer::timer);

    private WebServer(WebOptions options) throws ExtractionException {
        this.options = options;
        this.gate = new Gate(options.token(), options.host());
        this.pages = new Pages(options.away());
        this.previews = new Previews(previewPatience());
        this.dawdlers = new Dawdlers(previewPatience());
        OpenSources sources = new OpenSources(options.access(), Optional.of(pages));
        Soundlift soundlift = Soundlift.with(options.engine(), sources, Consent.OF_THE_REQUEST);
        try {
            this.jobs = new Jobs(
                    options.jobs(),
                    options.keep(),
                    Clock.systemUTC(),
                    folder -> Files.getFileStore(folder).getUsableSpace(),
                    page -> pages.isMissedFor(page, SILENT),
                    page -> pages.isGoneFor(page, GONE),
                    job -> pages.tell(job.page, Answers.job(job, job.locale).toString()));
        } catch (IOException failed) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.no-temporary", String.valueOf(failed.getMessage())),
                    Text.of("next.no-temporary"),
                    failed);
        }
        Desk desk = new Desk(options, soundlift, new Clouds(sources), pages, jobs, previews, shelf);
        Results results = new Results(options, pages, jobs);
        this.server = Javalin.create(config -> {
            configure(config);
            desk.routes(config.routes);
            results.routes(config.routes);
        });
    }

    private static Thread timer(Runnable work) {
        Thread thread = new Thread(work, "looking after the page");
        thread.setDaemon(true);
        return thread;
    }

    private Duration previewPatience() {
        return options.away().dividedBy(SOONER);
    }

    /** Forgets what is too old, and ends what nobody waits for. */
    private void sweep() {
        dawdlers.sweep();
        previews.sweep(page -> pages.isMissedFor(page, previewPatience()));
        shelf.forget(pages.forgetAwayFor(options.keep()));
        jobs.tidy();
    }

    /**
     * Serves until it is closed.
     *
     * @throws ExtractionException of kind {@link ErrorKind#NOT_WRITABLE} where the port is taken or the address is not
     *     this machine's
     */
    public static WebServer start(WebOptions options) throws ExtractionException {
        WebServer web = new WebServer(options);
        String host = web.gate.listened();
        try {
            web.server.start(host, options.port());
        } catch (JavalinBindException taken) {
            web.close();
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.web-port", host, Integer.toString(options.port())),
                    Text.of("next.web-port"),
                    taken);
        }
        web.gate.at(web.server.port());
        web.server.jettyServer().server().addBeanToAllConnectors(web.dawdlers);
        long pause = BETWEEN_LOOKS.toMillis();
        ScheduledFuture<?> unused = web.timer.scheduleWithFixedDelay(web::sweep, pause, pause, TimeUnit.MILLISECONDS);
        return web;
    }

    /** Whoever opens it may use the page. */
    public URI address() {
        return gate.address();
    }

    /** Where results are until they are fetched. */
    Path folder() {
        return jobs.folder();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = MOST_BODY_BYTES;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(MOST_HEADER_BYTES);
            http.setIdleTimeout(IDLE.toMillis());
        });
        config.jetty.modifyWebSocketServletFactory(sockets -> {
            sockets.setMaxBinaryMessageSize(MOST_MESSAGE_BYTES);
            sockets.setMaxTextMessageSize(MOST_BODY_BYTES);
            sockets.setIdleTimeout(IDLE);
        });
        config.routes.before(request -> {
            Static.guard(request);
            if (!gate.admits(request, options.locale())) request.skipRemainingHandlers();
        });
        config.routes.get("/", Static::page);
        config.routes.get("/assets/{name}", Static::asset);
        config.routes.wsBeforeUpgrade(request -> {
            Static.guard(request);
            boolean admitted = gate.admitsSocket(request, options.locale());
            if (admitted && pages.count() < MOST_PAGES) return;
            if (admitted) request.status(HttpStatus.SERVICE_UNAVAILABLE);
            request.skipRemainingHandlers();
        });
        config.routes.ws("/live", this::live);
        config.routes.exception(ExtractionException.class, (failed, request) -> failed(request, failed));
        config.routes.exception(Exception.class, (bug, request) -> {
            Text words = Text.of("error.bug", bug.getClass().getSimpleName());
            failed(request, new ExtractionException(ErrorKind.BUG, words, Text.of("next.bug"), bug));
        });
    }

    private void failed(Context request, ExtractionException failed) {
        if (request.res().isCommitted()) {
            breakOff(request);
            return;
        }
        request.res().resetBuffer();
        request.status(
                switch (failed.kind()) {
                    case BUG, CRASHED -> HttpStatus.INTERNAL_SERVER_ERROR;
                    case NO_SPACE, NOT_WRITABLE -> HttpStatus.INSUFFICIENT_STORAGE;
                    case NETWORK -> HttpStatus.GATEWAY_TIMEOUT;
                    default -> HttpStatus.UNPROCESSABLE_CONTENT;
                });
        request.header(Header.CACHE_CONTROL, "no-store");
        request.contentType("application/json")
                .result(Answers.failure(failed, Static.locale(request, options.locale()))
                        .toString());
    }

    /** An answer that is on its way must not end as if it were whole: the visitor sees the connection break. */
    private static void breakOff(Context request) {
        ServletContextRequest.getServletContextRequest(request.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    private void live(WsConfig socket) {
        socket.onConnect(opened -> {
            opened.enableAutomaticPings();
            String page = String.valueOf(opened.queryParam("page"));
            Session session = opened.session;
            Pages.Line line = new Pages.Line() {
                @Override
                public synchronized void send(String text) {
                    if (session.isOpen()) session.sendText(text, org.eclipse.jetty.websocket.api.Callback.NOOP);
                }
            };
            opened.attribute("line", line);
            pages.opened(page, line);
            jobs.of(page).forEach(job -> line.send(Answers.job(job, job.locale).toString()));
        });
        socket.onBinaryMessage(message -> pages.answered(String.valueOf(message.queryParam("page")), message.data()));
        socket.onClose(closed -> {
            Pages.Line line = closed.attribute("line");
            if (line != null) pages.closed(String.valueOf(closed.queryParam("page")), line);
        });
    }

    /** Ends all jobs, and takes all results with it. */
    @Override
    public void close() {
        timer.shutdownNow();
        previews.close(); // first: the server waits for what it answers
        server.stop();
        jobs.close();
    }
}
