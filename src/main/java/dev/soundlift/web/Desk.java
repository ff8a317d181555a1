package dev.soundlift.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.Quality;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.sentence.SentenceReader;
import dev.soundlift.sentence.Surroundings;
import dev.soundlift.stream.PcmStream;
import dev.soundlift.text.Text;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Answers a page's requests. */
final class Desk {
    private static final int PLAYED_RATE_HZ = 48_000;
    private static final int LONGEST_NAME = 255;

    private final WebOptions options;
    private final Soundlift soundlift;
    private final Pages pages;
    private final Jobs jobs;
    private final Clouds clouds;
    private final Previews previews;
    private final Shelf shelf;

    Desk(
            WebOptions options,
            Soundlift soundlift,
            Clouds clouds,
            Pages pages,
            Jobs jobs,
            Previews previews,
            Shelf shelf) {
        this.options = options;
        this.soundlift = soundlift;
        this.pages = pages;
        this.jobs = jobs;
        this.clouds = clouds;
        this.previews = previews;
        this.shelf = shelf;
    }

    void routes(RoutesConfig routes) {
        routes.get("/api/start", this::start);
        routes.post("/api/inputs", this::addInput);
        routes.put("/api/inputs/{id}/content", this::content);
        routes.delete("/api/inputs/{id}", this::removeInput);
        routes.get("/api/inputs/{id}", this::look);
        routes.get("/api/inputs/{id}/sketch", this::sketch);
        routes.get("/api/inputs/{id}/wave", this::wave);
        routes.get("/api/inputs/{id}/sound.wav", this::sound);
        routes.post("/api/inputs/{id}/plan", this::plan);
        routes.post("/api/inputs/{id}/cloud", this::cloud);
        routes.post("/api/sentence", this::sentence);
        routes.delete("/api/pages/{page}", this::leave);
        routes.post("/api/jobs", this::addJob);
    }

    private Locale locale(Context request) {
        return Static.locale(request, options.locale());
    }

    private void start(Context request) {
        ObjectNode answer = Answers.JSON.createObjectNode();
        answer.put("language", options.locale().getLanguage().equals("zh") ? "zh" : "en");
        answer.put("paths", options.host().isEmpty());
        answer.put("keepSeconds", options.keep().toSeconds());
        Clouds.host().ifPresent(host -> answer.put("cloud", host));
        Answers.give(request, answer);
    }

    /** A file that the page keeps, an address, or (for visitors from this machine) a path. */
    private void addInput(Context request) throws ExtractionException {
        JsonNode body = Answers.read(request.body());
        String page = body.path("page").asText();
        if (page.isEmpty() || page.length() > LONGEST_NAME) throw usage("error.web-body", "next.web-body");
        String id = Gate.random();
        MediaSource source;
        if (body.hasNonNull("url")) {
            source = address(body.path("url").asText());
        } else if (body.hasNonNull("path")) {
            source = path(body.path("path").asText());
        } else {
            long size = body.path("size").asLong(-1);
            if (size < 0) throw usage("error.web-body", "next.web-body");
            if (body.path("upload").asBoolean()) expect(id, page, size);
            else pages.keep(id, page, size);
            source = new MediaSource.Handed(id, plainName(body.path("name").asText()), size);
        }
        boolean taken = false;
        try {
            shelf.put(id, page, source);
            taken = true;
        } finally {
            if (!taken) pages.forget(id); // there are too many
        }
        pages.came(page);
        ObjectNode answer = Answers.JSON.createObjectNode();
        answer.put("id", id);
        answer.put("name", source.displayName());
        Answers.give(request, answer);
    }

    /** Its page has no line, and will send all of it. */
    private void expect(String id, String page, long size) throws ExtractionException {
        if (size > options.access().mostBytes()) {
            throw usage(
                    "error.too-large",
                    "next.too-large",
                    Long.toString(options.access().mostBytes()));
        }
        pages.expect(id, page, size, new Upload(jobs.folder().resolve(id + ".sent"), size));
    }

    private void content(Context request) throws ExtractionException, IOException {
        item(request);
        pages.upload(request.pathParam("id")).take(request.bodyInputStream());
    }

    /** A name and no path, whoever made it up. */
    private static String plainName(String told) {
        String name = told.replaceAll("^.*[/\\\\]", "").replaceAll("\\p{Cntrl}", "");
        return name.length() <= LONGEST_NAME ? name : name.substring(name.length() - LONGEST_NAME);
    }

    private static ExtractionException usage(String what, String next, Object... arguments) {
        return new ExtractionException(ErrorKind.USAGE, Text.of(what, arguments), Text.of(next));
    }

    private static MediaSource address(String text) throws ExtractionException {
        try {
            URI uri = new URI(text.strip());
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null) return new MediaSource.RemoteUrl(uri);
        } catch (URISyntaxException none) {
            // said below
        }
        throw usage("error.web-address", "next.web-address", text);
    }

    private MediaSource path(String text) throws ExtractionException {
        if (options.host().isPresent()) throw usage("error.web-no-paths", "next.web-no-paths");
        try {
            Path path = options.home().resolve(text.strip());
            if (Files.isRegularFile(path)) return new MediaSource.LocalFile(path);
        } catch (InvalidPathException none) {
            // said below
        }
        throw new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.input-missing"), Text.of("next.input-missing"));
    }

    private void removeInput(Context request) {
        String id = request.pathParam("id");
        shelf.remove(id);
        pages.forget(id);
    }

    private Shelf.Item item(Context request) throws ExtractionException {
        Shelf.Item item = shelf.get(request.pathParam("id"));
        pages.heard(item.page);
        return item;
    }

    private void look(Context request) throws ExtractionException, IOException {
        Shelf.Item item = item(request);
        boolean quick = request.queryParam("quick") != null;
        Soundlift.Look look = previews.run(
                item.page,
                cancellation -> quick
                        ? new Soundlift.Look(soundlift.probe(item.source, cancellation), Map.of())
                        : soundlift.look(item.source, cancellation));
        item.seen(look.media());
        Answers.give(request, Answers.media(look, locale(request)));
    }

    private MediaInfo media(Shelf.Item item, Cancellation cancellation) throws ExtractionException {
        Optional<MediaInfo> known = item.media();
        if (known.isPresent()) return known.get();
        MediaInfo media = soundlift.probe(item.source, cancellation);
        item.seen(media);
        return media;
    }

    private AudioTrack track(Context request, MediaInfo media) throws ExtractionException {
        String number = String.valueOf(request.queryParam("track"));
        return media.tracks().stream()
                .filter(track -> Integer.toString(track.number()).equals(number))
                .findFirst()
                .orElseThrow(() -> new ExtractionException(
                        ErrorKind.NO_SUCH_TRACK,
                        Text.of("error.bad-value", "track", number),
                        Text.of("next.web-form")));
    }

    /** A track as samples. */
    private PcmStream samples(
            Shelf.Item item,
            AudioTrack track,
            RangeWish range,
            OptionalInt rate,
            ChannelChoice channels,
            SampleDepth depth,
            Cancellation cancellation)
            throws ExtractionException {
        Encoding plain = new Encoding(
                Optional.of(AudioFormat.WAV),
                false,
                Quality.LIKE_THE_SOURCE,
                rate,
                channels,
                Optional.of(depth),
                Optional.empty(),
                Optional.empty());
        ExtractionRequest request = ExtractionRequest.of(item.source)
                .withEngine(options.engine())
                .withTracks(TrackChoice.parse(Integer.toString(track.number())).orElseThrow())
                .withRange(range)
                .withEncoding(plain);
        return soundlift.stream(request, cancellation);
    }

    private void sketch(Context request) throws ExtractionException, IOException {
        Shelf.Item item = item(request);
        previews.run(item.page, cancellation -> {
            MediaInfo media = media(item, cancellation);
            AudioTrack track = track(request, media);
            request.contentType("application/octet-stream");
            OutputStream out = Parts.straight(request);
            out.flush();
            Sketch.write(soundlift, media, track, out, cancellation);
            return true;
        });
    }

    /** Stretches per second and the track's length as text in headers; then the stretches as they become known. */
    private void wave(Context request) throws ExtractionException, IOException {
        Shelf.Item item = item(request);
        previews.run(item.page, cancellation -> {
            MediaInfo media = media(item, cancellation);
            AudioTrack track = track(request, media);
            double seconds = media.duration().orElse(Duration.ZERO).toNanos() / 1e9;
            Wave wave = new Wave(seconds);
            try (PcmStream sound = samples(
                    item,
                    track,
                    RangeWish.WHOLE,
                    OptionalInt.empty(),
                    ChannelChoice.AS_SOURCE,
                    SampleDepth.FLOAT_32,
                    cancellation)) {
                request.contentType("application/octet-stream");
                request.header("X-Per-Second", Integer.toString(wave.perSecond()));
                request.header("X-Seconds", Double.toString(seconds));
                OutputStream out = Parts.straight(request);
                out.flush();
                wave.write(sound, out);
            }
            return true;
        });
    }

    private void sound(Context request) throws ExtractionException, IOException {
        Shelf.Item item = item(request);
        previews.run(item.page, cancellation -> {
            MediaInfo media = media(item, cancellation);
            AudioTrack track = track(request, media);
            Duration length = media.duration().orElse(Duration.ofHours(1));
            try (WavView view = new WavView(
                    PLAYED_RATE_HZ,
                    2,
                    length,
                    start -> samples(
                            item,
                            track,
                            new RangeWish(new MediaTime(start, false), Optional.empty()),
                            OptionalInt.of(PLAYED_RATE_HZ),
                            ChannelChoice.parse("stereo").orElseThrow(),
                            SampleDepth.BITS_16,
                            cancellation))) {
                Parts.write(request, view, view.size(), "audio/wav");
            }
            return true;
        });
    }

    private ExtractionRequest wish(JsonNode form, Shelf.Item item) throws ExtractionException {
        return Form.request(form, item.source).withEngine(options.engine());
    }

    private void plan(Context request) throws ExtractionException, IOException {
        Shelf.Item item = item(request);
        ExtractionRequest wish = wish(Answers.read(request.body()), item);
        List<String> words = CommandLineForm.of(List.of(item.source.displayName()), wish);
        List<Soundlift.Planned> planned = previews.run(item.page, cancellation -> soundlift.plan(wish, cancellation));
        Answers.give(request, Answers.plans(planned, words, locale(request)));
    }

    /** What would be sent if the page agreed. */
    private void cloud(Context request) throws ExtractionException, IOException {
        Shelf.Item item = item(request);
        ExtractionRequest wish = Form.request(Answers.read(request.body()), item.source);
        Clouds.Offer offer = previews.run(item.page, cancellation -> clouds.offer(wish, cancellation));
        ObjectNode answer = Answers.JSON.createObjectNode();
        answer.put("consent", offer.id());
        ArrayNode words = answer.putArray("words");
        offer.words().forEach(word -> words.add(word.in(locale(request))));
        Answers.give(request, answer);
    }

    private void sentence(Context request) throws ExtractionException {
        String text = Answers.read(request.body()).path("text").asText();
        var reading = new SentenceReader(Surroundings.NONE).read(text, List.of());
        Answers.give(request, Answers.reading(reading, locale(request)));
    }

    /** A page goes for good. What was made for it stays for a while: it may still be on its way to a disk. */
    private void leave(Context request) {
        String page = request.pathParam("page");
        jobs.of(page).forEach(job -> job.cancellation.request());
        previews.sweep(page::equals);
        pages.leave(page);
        shelf.forget(Set.of(page));
    }

    private void addJob(Context request) throws ExtractionException {
        JsonNode body = Answers.read(request.body());
        Shelf.Item item = shelf.get(body.path("input").asText());
        Job job;
        if (body.hasNonNull("consent")) {
            Clouds.Offer offer = clouds.taken(body.path("consent").asText());
            if (!offer.request().source().equals(item.source)) throw usage("error.web-body", "next.web-body");
            job = jobs.add(item.page, locale(request), offer.request(), clouds.doing(offer));
        } else {
            job = jobs.add(item.page, locale(request), wish(body.path("form"), item), soundlift);
        }
        Answers.give(request, Answers.job(job, locale(request)));
    }
}
