package dev.soundlift.nemo;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.nemo.CloudProgress.Stage;
import dev.soundlift.source.Addresses;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Dns;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a finished file. Its host is another one: no token and no name of ours goes there, redirects are looked at one
 * by one, and addresses inside the user's own network are refused. What came is measured and looked into.
 */
public final class Download {
    private static final int TRIES = 3;
    private static final int REDIRECTS = 5;
    private static final int PIECE_BYTES = 64 << 10;
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration BACKOFF = Duration.ofSeconds(2);

    private final NemoClient client;

    Download(NemoClient client) {
        this.client = client;
    }

    /** A file that is whole, and what it is. */
    public record Fetched(Path file, ContentKind kind) {}

    /** An asset's file. */
    public static Fetched asset(NemoClient client, Asset asset, Path file) throws ExtractionException {
        URI url = asset.url().flatMap(Render::address).orElseThrow(Download::incomplete);
        return new Download(client).tried(url, OptionalLong.empty(), file).orElseThrow(Download::incomplete);
    }

    /** A render's file, from its own address or else through the service. */
    Fetched render(String renderId, Optional<URI> url, OptionalLong bytes, Path file) throws ExtractionException {
        Optional<ExtractionException> unusable = Optional.empty();
        if (url.isPresent()) {
            try {
                Optional<Fetched> fetched = tried(url.get(), bytes, file);
                if (fetched.isPresent()) return fetched.get();
            } catch (ExtractionException refused) {
                if (refused.kind() != ErrorKind.CLOUD_REFUSED) throw refused;
                unusable = Optional.of(refused);
            }
        }
        for (int attempt = 1; attempt <= 2; attempt++) {
            Request request = client.authorized(
                    client.address("/api/render/proxy/" + renderId + "/download")
                            .get(),
                    client.token());
            Optional<Fetched> fetched = attempt(request, bytes, file, false, new AtomicReference<>());
            if (fetched.isPresent()) return fetched.get();
            client.pause(BACKOFF);
        }
        throw unusable.orElseGet(() -> new ExtractionException(
                ErrorKind.CLOUD_NO_ANSWER, Text.of("error.cloud-download"), Text.of("next.cloud-resume", renderId)));
    }

    private static ExtractionException incomplete() {
        return new ExtractionException(
                ErrorKind.CLOUD_NO_ANSWER, Text.of("error.cloud-download"), Text.of("next.cloud-later"));
    }

    private Optional<Fetched> tried(URI url, OptionalLong bytes, Path file) throws ExtractionException {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<Fetched> fetched = followed(url, bytes, file, attempt > 1);
            if (fetched.isPresent()) return fetched;
            client.pause(BACKOFF.multipliedBy(attempt));
        }
        return Optional.empty();
    }

    private Optional<Fetched> followed(URI url, OptionalLong bytes, Path file, boolean goOn)
            throws ExtractionException {
        URI address = url;
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            check(address);
            AtomicReference<@Nullable URI> elsewhere = new AtomicReference<>();
            Request request = new Request.Builder()
                    .url(address.toString())
                    .tag(Dns.class, this::lookUp)
                    .build();
            Optional<Fetched> fetched = attempt(request, bytes, file, goOn, elsewhere);
            URI next = elsewhere.get();
            if (fetched.isPresent() || next == null) return fetched;
            address = address.resolve(next);
        }
        return Optional.empty();
    }

    private static @Nullable URI redirect(Response response) {
        String location = response.header("Location");
        if (!response.isRedirect() || location == null) return null;
        try {
            return URI.create(location);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private void check(URI address) throws ExtractionException {
        String host = address.getHost();
        boolean emulated = client.settings().isEmulated();
        if (emulated && CloudSettings.isLoopbackName(host)) return;
        boolean inside = !"https".equals(address.getScheme());
        try {
            for (InetAddress place : InetAddress.getAllByName(host)) inside |= !Addresses.isPublic(place);
        } catch (IOException unknown) {
            return; // the attempt itself will say so
        }
        if (inside) {
            throw new ExtractionException(
                    ErrorKind.CLOUD_REFUSED,
                    Text.of("error.cloud-private-address", host.toLowerCase(Locale.ROOT)),
                    Text.of("next.cloud-later"));
        }
    }

    /** Once more at the moment of connecting: a name may lead somewhere else by then. */
    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        List<InetAddress> places = Dns.SYSTEM.lookup(host);
        boolean emulated = client.settings().isEmulated() && CloudSettings.isLoopbackName(host);
        if (!emulated && !places.stream().allMatch(Addresses::isPublic)) throw new UnknownHostException(host);
        return places;
    }

    /** Nothing where it is worth another try, here or elsewhere. */
    private Optional<Fetched> attempt(
            Request request, OptionalLong bytes, Path file, boolean goOn, AtomicReference<@Nullable URI> elsewhere)
            throws ExtractionException {
        try {
            if (!goOn) Files.write(file, new byte[0]);
            long there = Files.size(file);
            Request.Builder asked = request.newBuilder().header("Accept-Encoding", "identity"); // lengths are compared
            if (there > 0) asked.header("Range", "bytes=" + there + "-");
            boolean whole = client.wire().send(asked.build(), SILENCE, () -> false, response -> {
                elsewhere.set(redirect(response));
                return save(response, there, bytes, file);
            });
            if (!whole) return Optional.empty();
            Optional<ContentKind> kind = ContentKind.of(file);
            if (kind.isEmpty()) Files.write(file, new byte[0]);
            return kind.map(known -> new Fetched(file, known));
        } catch (ConnectionLost lost) {
            return Optional.empty();
        } catch (IOException disk) {
            throw notWritable(disk);
        }
    }

    private boolean save(Response response, long there, OptionalLong bytes, Path file)
            throws IOException, ExtractionException {
        if (response.code() == 416) clear(file); // there is more than the whole: begin anew
        if (!response.isSuccessful()) return false;
        String type = String.valueOf(response.header("Content-Type")).toLowerCase(Locale.ROOT);
        if (type.startsWith("text/html") || type.contains("json")) return false;
        boolean rest = response.code() == 206
                && String.valueOf(response.header("Content-Range")).startsWith("bytes " + there + "-");
        if (response.code() == 206 && !rest) return false;
        long done = rest ? there : 0;
        long announced = response.body().contentLength();
        long total = announced < 0 ? bytes.orElse(-1) : done + announced;
        BufferedSource source = response.body().source();
        try (OutputStream out = open(file, rest)) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int read = source.read(piece); read >= 0; read = source.read(piece)) {
                write(out, piece, read);
                done += read;
                double share = total > 0 ? Math.min(1.0, done / (double) total) : Double.NaN;
                client.progress().advanced(Stage.DOWNLOAD, share);
            }
        }
        boolean right = done > 0 && (bytes.isEmpty() || bytes.getAsLong() == done);
        if (!right && (bytes.isEmpty() || done > bytes.getAsLong() || announced >= 0)) clear(file);
        return right;
    }

    private static void clear(Path file) throws ExtractionException {
        try {
            Files.write(file, new byte[0]);
        } catch (IOException disk) {
            throw notWritable(disk);
        }
    }

    private static OutputStream open(Path file, boolean append) throws ExtractionException {
        try {
            return append
                    ? Files.newOutputStream(file, StandardOpenOption.APPEND)
                    : Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException disk) {
            throw notWritable(disk);
        }
    }

    /** The disk's failures must not look like the network's. */
    private static void write(OutputStream out, byte[] piece, int length) throws ExtractionException {
        try {
            out.write(piece, 0, length);
        } catch (IOException disk) {
            throw notWritable(disk);
        }
    }

    private static ExtractionException notWritable(IOException disk) {
        boolean full =
                String.valueOf(disk.getMessage()).toLowerCase(Locale.ROOT).contains("no space");
        String reason = String.valueOf(disk.getMessage());
        return new ExtractionException(
                full ? ErrorKind.NO_SPACE : ErrorKind.NOT_WRITABLE,
                full ? Text.of("error.no-space", reason) : Text.of("error.write", reason),
                Text.of(full ? "next.no-space" : "next.write"),
                disk);
    }
}
