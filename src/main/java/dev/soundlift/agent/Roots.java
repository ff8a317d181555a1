package dev.soundlift.agent;

import dev.soundlift.batch.Fence;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders that a client has opened to us, as it names them, or that the user has where the client names none. A file
 * is inside where it really lies inside, all links followed. Thread-safe.
 */
final class Roots implements Fence {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://.*");

    /** What a client can be asked. */
    @FunctionalInterface
    interface Client {
        /**
         * The addresses of its roots.
         *
         * @return nothing where it knows of no such thing
         */
        Optional<List<String>> roots() throws IOException;
    }

    private final List<Path> named;
    private final Path here;
    private final boolean uploads;
    /** As it was told last; work that has begun goes by it until something else is told. */
    private volatile List<Path> opened = List.of();
    /** Counts what has changed. */
    private final AtomicInteger changes = new AtomicInteger(1);
    /** How many changes what is told includes. */
    private volatile int told;

    /**
     * Before any client was asked.
     *
     * @param named by the user; they also narrow what a client opens
     * @param here the current folder, for a client that knows no roots where the user has named none
     * @param uploads whether the user allows them
     */
    Roots(List<Path> named, Path here, boolean uploads) {
        this.named = List.copyOf(named);
        this.here = here;
        this.uploads = uploads;
    }

    /** They have changed: whoever comes next asks again. */
    void forget() {
        changes.incrementAndGet();
    }

    /** Asks the client, unless it has said already. */
    void ask(Client client) throws ExtractionException {
        int now = changes.get();
        if (told == now) return;
        try {
            tell(client.roots(), now);
        } catch (IOException noAnswer) {
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.agent-roots"), Text.of("next.agent-roots"), noAnswer);
        }
    }

    private synchronized void tell(Optional<List<String>> addresses, int change) {
        if (change < told) return;
        if (addresses.isPresent()) {
            List<Path> folders =
                    addresses.get().stream().flatMap(one -> file(one).stream()).toList();
            // Many say that they know roots and then have none
            opened = folders.isEmpty()
                    ? named
                    : folders.stream().flatMap(this::narrowed).toList();
        } else {
            // A client that starts us at the top of the file system has not meant to open all of it
            boolean anywhere = here.getParent() == null;
            opened = !named.isEmpty() ? named : anywhere ? List.of() : List.of(here);
        }
        told = change; // last: whoever sees it goes by what is open
    }

    /** What the client opens, as far as the user's folders go. */
    private Stream<Path> narrowed(Path folder) {
        if (named.isEmpty()) return Stream.of(folder);
        return named.stream().flatMap(own -> {
            if (isIn(List.of(own), folder)) return Stream.of(folder);
            return isIn(List.of(folder), own) ? Stream.of(own) : Stream.empty();
        });
    }

    private static Optional<Path> file(String address) {
        try {
            return Optional.of(Path.of(URI.create(address)));
        } catch (IllegalArgumentException | FileSystemNotFoundException noFile) {
            return Optional.empty();
        }
    }

    @Override
    public String place(String name) {
        Matcher scheme = SCHEME.matcher(name);
        if (scheme.matches()) {
            boolean file = scheme.group(1).toLowerCase(Locale.ROOT).equals("file");
            return file ? file(name).map(Path::toString).orElse(name) : name;
        }
        if (name.equals("-")) return name; // no file, and refused as what it is
        if (name.startsWith("~/")) return System.getProperty("user.home") + name.substring(1);
        List<Path> folders = opened;
        if (name.isEmpty() || folders.isEmpty() || isAbsolute(name)) return name;
        String folder = folders.get(0) + here.getFileSystem().getSeparator();
        return name.equals("./") ? folder : folder + name; // resolving it would lose a slash at the end
    }

    private static boolean isAbsolute(String name) {
        try {
            return Path.of(name).isAbsolute();
        } catch (InvalidPathException noName) {
            return false;
        }
    }

    @Override
    public void requireReadable(Path file) throws ExtractionException {
        require(file, ErrorKind.UNREADABLE);
    }

    @Override
    public void requireWritable(Path file) throws ExtractionException {
        require(file, ErrorKind.NOT_WRITABLE);
    }

    @Override
    public boolean allowsUploads() {
        return uploads;
    }

    private void require(Path file, ErrorKind kind) throws ExtractionException {
        List<Path> folders = opened;
        if (isIn(folders, file)) return;
        String open = String.join(", ", folders.stream().map(Path::toString).toList());
        throw new ExtractionException(
                kind,
                Text.of("error.agent-outside", file.toString()),
                folders.isEmpty() ? Text.of("next.agent-no-folder") : Text.of("next.agent-outside", open));
    }

    private static boolean isIn(List<Path> folders, Path file) {
        Optional<Path> real = real(file);
        return real.isPresent()
                && folders.stream()
                        .map(Roots::real)
                        .anyMatch(
                                folder -> folder.filter(real.get()::startsWith).isPresent());
    }

    /** Where it really lies, or would; nothing for names that climb, and for links that lead nowhere. */
    private static Optional<Path> real(Path file) {
        Path absolute = file.toAbsolutePath();
        for (Path part : absolute) if (part.toString().equals("..")) return Optional.empty();
        Path there = absolute;
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
            Path above = there.getParent();
            if (above == null) return Optional.empty();
            there = above;
        }
        try {
            return Optional.of(there.toRealPath().resolve(there.relativize(absolute)));
        } catch (IOException leadsNowhere) {
            return Optional.empty();
        }
    }
}
