package dev.soundlift.batch;

import dev.soundlift.report.JsonLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One file of the journal, and where in it the lines about each file lie. Not thread-safe. */
final class JournalPage {
    private static final int PIECE = 1 << 16;

    private final Path file;
    private final @Nullable Object identity;
    /** By the hash of an input's or output's name, the places of its lines; what hashes alike is told apart by reading. */
    private final Map<Long, long[]> places = new HashMap<>();

    private long read;
    private int lines;

    JournalPage(Path file, BasicFileAttributes now) {
        this.file = file;
        this.identity = now.fileKey();
    }

    /** Whether the file is still the one that was read, or the same with more at its end. */
    boolean isPartOf(BasicFileAttributes now) {
        return Objects.equals(now.fileKey(), identity) && now.size() >= read;
    }

    int lines() {
        return lines;
    }

    /** Up to the last whole line: what follows is still being written, or was cut off. */
    void readOn(long size) throws IOException {
        if (size <= read) return;
        read = scan(read, (place, line) -> {
            JsonLine.read(line).ifPresent(entry -> {
                for (String of : List.of("input", "output")) {
                    if (!entry.containsKey(of)) continue;
                    places.merge(hash(entry.getOrDefault(of, "")), new long[] {place}, JournalPage::joined);
                }
            });
            lines++;
        });
    }

    private static long[] joined(long[] before, long[] more) {
        long[] all = Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, all, before.length, more.length);
        return all;
    }

    /** The entries that name a file, in the order written; with luck no others. */
    List<Map<String, String>> about(Path name) throws IOException {
        List<Map<String, String>> entries = new ArrayList<>();
        long[] found = places.getOrDefault(hash(name.toString()), new long[0]);
        if (found.length == 0) return entries;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long place : found) JsonLine.read(lineAt(channel, place)).ifPresent(entries::add);
        }
        return entries;
    }

    private static String lineAt(FileChannel channel, long place) throws IOException {
        for (int length = 2048; ; length *= 4) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining() && channel.read(bytes, place + bytes.position()) >= 0) {}
            for (int i = 0; i < bytes.position(); i++) {
                if (bytes.get(i) == '\n') return new String(bytes.array(), 0, i, StandardCharsets.UTF_8);
            }
            if (bytes.hasRemaining()) return ""; // shorter than it was: somebody else has written it anew
        }
    }

    void forEachLine(Consumer<String> reader) throws IOException {
        long end = scan(0, (place, line) -> reader.accept(line));
        if (end < read) throw new IOException("shorter than it was");
    }

    @FunctionalInterface
    private interface LineReader {
        void accept(long place, String line);
    }

    /** Whole lines from a place on; returns where they end. */
    private long scan(long from, LineReader reader) throws IOException {
        long place = from;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(from);
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (channel.read(piece) >= 0) {
                int begin = 0;
                for (int i = 0; i < piece.position(); i++) {
                    if (piece.get(i) != '\n') continue;
                    reader.accept(place, new String(piece.array(), begin, i - begin, StandardCharsets.UTF_8));
                    place += i + 1 - begin;
                    begin = i + 1;
                }
                piece.flip().position(begin);
                if (begin == 0 && piece.limit() == piece.capacity()) {
                    piece = ByteBuffer.allocate(piece.capacity() * 2).put(piece);
                } else {
                    piece.compact();
                }
            }
        }
        return place;
    }

    /** Writes the file anew with these lines only, by number from 0, in their order. */
    void keep(List<Integer> numbers) throws IOException {
        Set<Integer> kept = new HashSet<>(numbers);
        Path shorter = file.resolveSibling(file.getFileName() + ".new");
        try (BufferedWriter out = Files.newBufferedWriter(shorter)) {
            int[] number = {0};
            List<IOException> failures = new ArrayList<>();
            forEachLine(line -> {
                try {
                    if (kept.contains(number[0]++)) out.write(line + "\n");
                } catch (IOException full) {
                    failures.add(full);
                }
            });
            if (!failures.isEmpty()) throw failures.get(0);
        }
        Files.move(shorter, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The first eight bytes of the SHA-256. */
    static long hash(String text) {
        return ByteBuffer.wrap(Work.sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
