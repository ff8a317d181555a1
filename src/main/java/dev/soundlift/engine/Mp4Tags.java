package dev.soundlift.engine;

import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Tags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tags of an M4A that FFmpeg cannot write: names for which it has no atom, as {@code ----:com.apple.iTunes:NAME}, and
 * {@code iTunSMPB}, which says how many samples the encoder put before and after the sound. The edit list says that too, but
 * Apple's players and those that follow them look here (Apple Technical Note TN2258). Behind the tags lies the sound, whose
 * place is already written down: so FFmpeg writes another tag of exactly their size, which is written over in the end.
 */
public final class Mp4Tags {
    /** For which FFmpeg has an atom, or another place. */
    private static final Set<String> ATOMS = Set.of(
            "title",
            "artist",
            "album_artist",
            "composer",
            "album",
            "date",
            "comment",
            "genre",
            "copyright",
            "grouping",
            "lyrics",
            "description",
            "synopsis",
            "show",
            "network",
            "keywords",
            "episode_sort",
            "season_number",
            "media_type",
            "hd_video",
            "gapless_playback",
            "compilation",
            "tmpo",
            "encoding_tool",
            "creation_time",
            "language");

    /** A tag that sound alone hardly ever has: the number of a television episode. */
    private static final String PLACEHOLDER_KEY = "episode_id";

    private static final byte[] PLACEHOLDER_ATOM = ascii("tven");
    /** What stands before the text in the tag that FFmpeg writes: two box headers, a type and a locale. */
    private static final int BEFORE_PLACEHOLDER = 24;

    private static final byte PLACEHOLDER = '~';
    private static final int GAPLESS_TEXT = 116;
    /** The index is in front; tags behind more than this are not worth the search. */
    private static final int SEARCHED_BYTES = 128 << 20;

    private static final int PIECE_BYTES = 1 << 20;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final boolean gapless;
    private final int size;

    /** @param gapless whether {@code iTunSMPB} is to be written: by engines that know the numbers in the end */
    public Mp4Tags(Plan plan, boolean gapless) {
        this.gapless = gapless;
        Tags.asWritten(plan).forEach((name, value) -> {
            boolean number = name.equals("track") || name.equals("disc");
            boolean atom = ATOMS.contains(name) || (number && value.matches("\\d{1,4}(/\\d{1,4})?"));
            if (!atom) texts.put(name, value.replace("\0", ""));
        });
        this.size = boxes(" ".repeat(GAPLESS_TEXT)).mapToInt(box -> box.length).sum();
    }

    /** What FFmpeg is to write in their place; nothing where there are none. */
    public Map<String, String> placeholder() {
        return size == 0
                ? Map.of()
                : Map.of(PLACEHOLDER_KEY, Character.toString(PLACEHOLDER).repeat(size - BEFORE_PLACEHOLDER));
    }

    /** Puts them there, where nothing is to be said of priming and padding. */
    public void write(Path file) throws IOException {
        write(file, "");
    }

    /**
     * Puts them there.
     *
     * @param priming samples before the sound
     * @param samples of the sound
     * @param padding samples after it
     */
    public void write(Path file, long priming, long samples, long padding) throws IOException {
        write(
                file,
                String.format(Locale.ROOT, " 00000000 %08X %08X %016X", priming, padding, samples)
                        + " 00000000".repeat(8));
    }

    private void write(Path file, String gaplessText) throws IOException {
        if (size == 0) return;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long at = place(channel, size - BEFORE_PLACEHOLDER);
            if (at < 0) throw new IOException("the tags have no place");
            ByteBuffer all = ByteBuffer.allocate(size);
            boxes(gaplessText).forEach(all::put);
            channel.write(all.flip(), at - BEFORE_PLACEHOLDER);
        }
    }

    /**
     * Where the placeholder's text begins in the file; -1 where it is not. Read in pieces, not mapped: Windows neither
     * shortens nor deletes a file as long as a mapping of it has not been collected.
     */
    private static long place(FileChannel channel, int wanted) throws IOException {
        int whole = BEFORE_PLACEHOLDER + wanted;
        ByteBuffer piece = ByteBuffer.allocate(Math.max(PIECE_BYTES, 2 * whole));
        long end = Math.min(SEARCHED_BYTES, channel.size());
        for (long from = 0; from < end; from += piece.capacity() - whole) {
            piece.clear();
            while (piece.hasRemaining() && channel.read(piece, from + piece.position()) > 0) {}
            int at = placeholder(piece.flip(), wanted);
            if (at >= 0) return from + at;
        }
        return -1;
    }

    /** Where its text begins; -1 where it is not. */
    private static int placeholder(ByteBuffer bytes, int wanted) {
        byte[] atom = new byte[PLACEHOLDER_ATOM.length];
        // Whole steps cannot jump over a run of equal characters
        for (int step = wanted - 1; step < bytes.limit(); step += wanted) {
            if (bytes.get(step) != PLACEHOLDER) continue;
            int first = step;
            while (first > 0 && bytes.get(first - 1) == PLACEHOLDER) first--;
            if (first < BEFORE_PLACEHOLDER) continue;
            bytes.get(first - BEFORE_PLACEHOLDER + 4, atom);
            if (Arrays.equals(atom, PLACEHOLDER_ATOM)) return first;
        }
        return -1;
    }

    private Stream<byte[]> boxes(String gaplessText) {
        Stream<byte[]> named = texts.entrySet().stream()
                .map(text -> text.getKey().equals(PLACEHOLDER_KEY)
                        ? box(PLACEHOLDER_ATOM, data(text.getValue()))
                        : freeform(text.getKey().toUpperCase(Locale.ROOT), text.getValue()));
        return gapless ? Stream.concat(Stream.of(freeform("iTunSMPB", gaplessText)), named) : named;
    }

    private static byte[] freeform(String name, String value) {
        byte[] versionAndFlags = new byte[4];
        return box(
                ascii("----"),
                box(ascii("mean"), versionAndFlags, ascii("com.apple.iTunes")),
                box(ascii("name"), versionAndFlags, name.getBytes(StandardCharsets.UTF_8)),
                data(value));
    }

    private static byte[] data(String value) {
        byte[] utf8AndLocale = {0, 0, 0, 1, 0, 0, 0, 0};
        return box(ascii("data"), utf8AndLocale, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] box(byte[] type, byte[]... parts) {
        int length = 8 + List.of(parts).stream().mapToInt(part -> part.length).sum();
        ByteBuffer box = ByteBuffer.allocate(length).putInt(length).put(type);
        for (byte[] part : parts) box.put(part);
        return box.array();
    }

    private static byte[] ascii(String words) {
        return words.getBytes(StandardCharsets.US_ASCII);
    }
}
