package dev.soundlift.engine;

import dev.soundlift.media.Chapter;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Tags;
import dev.soundlift.request.Extras;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ID3v2 tag: texts in the frames that players read them from, chapters and a picture. FFmpeg's own puts comment and
 * lyrics where hardly any player looks (id3.org: "ID3v2.3.0", "ID3v2.4.0 – Native Frames", "ID3v2 Chapter Frame Addendum").
 */
public final class Id3Tag {
    private static final String WRITER = "Soundlift";
    private static final Map<String, String> FRAMES = Map.ofEntries(
            Map.entry("title", "TIT2"),
            Map.entry("artist", "TPE1"),
            Map.entry("album", "TALB"),
            Map.entry("album_artist", "TPE2"),
            Map.entry("conductor", "TPE3"),
            Map.entry("genre", "TCON"),
            Map.entry("track", "TRCK"),
            Map.entry("disc", "TPOS"),
            Map.entry("composer", "TCOM"),
            Map.entry("copyright", "TCOP"),
            Map.entry("language", "TLAN"),
            Map.entry("encoded_by", "TENC"),
            Map.entry("publisher", "TPUB"),
            Map.entry("isrc", "TSRC"),
            Map.entry("bpm", "TBPM"),
            Map.entry("lyricist", "TEXT"),
            Map.entry("grouping", "TIT1"),
            Map.entry("compilation", "TCMP"));
    private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d{2})-(\\d{2}))?.*", Pattern.DOTALL);
    /** The table of contents counts them in one byte. */
    private static final int MOST_LISTED = 255;

    private final boolean old;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Id3Tag(Extras.Id3 version) {
        this.old = version == Extras.Id3.V2_3;
    }

    /** With all that the plan wants to be told; empty where that is nothing. */
    public static byte[] of(Plan plan, Optional<Picture> picture) {
        Id3Tag tag = new Id3Tag(plan.extras().id3());
        Map<String, String> texts = Tags.asWritten(plan);
        if (texts.isEmpty() && plan.chapters().isEmpty() && picture.isEmpty()) return new byte[0];
        String language = plan.pick().track().language();
        texts.forEach((name, value) -> tag.text(name, value, language, texts.containsKey("conductor")));
        tag.frame("TSSE", tag.encoded(WRITER, false));
        tag.chapters(plan.chapters());
        picture.ifPresent(tag::picture);
        return tag.finish();
    }

    private void text(String name, String value, String language, boolean conducted) {
        String words = value.replace("\0", "");
        switch (name) {
            case "comment" -> frame("COMM", described(language, words));
            case "lyrics" -> frame("USLT", described(language, words));
            case "date" -> date(words);
            // Players show one performer; where there is a conductor too, the frame is the conductor's
            case "performer" -> named(conducted ? "" : "TPE3", name, words);
            default -> named(FRAMES.getOrDefault(name, ""), name, words);
        }
    }

    /** In a frame of its own, or in one for texts that have a name; those without a frame here. */
    private void named(String frame, String name, String words) {
        if (frame.isEmpty()) frame("TXXX", encoded(name.replace("\0", ""), true, words));
        else frame(frame, encoded(words, false));
    }

    private void date(String words) {
        Matcher parts = DATE.matcher(words);
        if (!old) {
            named("TDRC", "date", words);
            return;
        }
        if (!parts.matches()) {
            named("TYER", "date", words);
            return;
        }
        frame("TYER", encoded(parts.group(1), false));
        if (parts.group(2) != null) frame("TDAT", encoded(parts.group(3) + parts.group(2), false));
    }

    /** What comments and lyrics have in front: a language, where it is known, and an empty description. */
    private byte[] described(String language, String words) {
        byte[] text = encoded("", true, words);
        String code = language.matches("[a-z]{3}") ? language : "XXX"; // not known (ID3v2.3, section 4.11)
        return join(new byte[] {text[0]}, ascii(code), java.util.Arrays.copyOfRange(text, 1, text.length));
    }

    /** The encoding's number, then the texts, of which only the last may go without an end mark. */
    private byte[] encoded(String words, boolean ended, String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // Every reader of 2.3 knows UTF-16 with a byte order mark, but its 8 bits are taken for many things
        out.write(old ? 1 : 3);
        put(out, words, ended);
        for (String text : more) put(out, text, false);
        return out.toByteArray();
    }

    private void put(ByteArrayOutputStream out, String words, boolean ended) {
        out.writeBytes(
                old ? ("\uFEFF" + words).getBytes(StandardCharsets.UTF_16LE) : words.getBytes(StandardCharsets.UTF_8));
        if (ended) out.writeBytes(new byte[old ? 2 : 1]);
    }

    private void chapters(List<Chapter> chapters) {
        if (!chapters.isEmpty() && chapters.size() <= MOST_LISTED) {
            ByteArrayOutputStream list = new ByteArrayOutputStream();
            list.writeBytes(ascii("toc\0"));
            list.write(3); // the only list, and in this order
            list.write(chapters.size());
            for (int i = 0; i < chapters.size(); i++) list.writeBytes(ascii("ch" + i + "\0"));
            frame("CTOC", list.toByteArray());
        }
        for (int i = 0; i < chapters.size(); i++) {
            Chapter chapter = chapters.get(i);
            Id3Tag title = new Id3Tag(old ? Extras.Id3.V2_3 : Extras.Id3.V2_4);
            if (!chapter.title().isEmpty())
                title.named("TIT2", "title", chapter.title().replace("\0", ""));
            int unknown = -1; // places in bytes: the times count
            frame(
                    "CHAP",
                    join(
                            ascii("ch" + i + "\0"),
                            number(millis(chapter.start())),
                            number(millis(chapter.end())),
                            number(unknown),
                            number(unknown),
                            title.bytes.toByteArray()));
        }
    }

    private static int millis(Duration time) {
        return (int) Math.min(0xffff_fffeL, time.toMillis());
    }

    private void picture(Picture picture) {
        byte frontCover = 3;
        byte[] noWords = encoded("", true);
        frame(
                "APIC",
                join(
                        new byte[] {noWords[0]},
                        ascii(picture.mimeType() + "\0"),
                        new byte[] {frontCover},
                        java.util.Arrays.copyOfRange(noWords, 1, noWords.length),
                        picture.bytes()));
    }

    private void frame(String name, byte[] content) {
        bytes.writeBytes(
                join(ascii(name), old ? number(content.length) : sevenBits(content.length), new byte[2], content));
    }

    private byte[] finish() {
        byte[] frames = bytes.toByteArray();
        return join(ascii("ID3"), new byte[] {(byte) (old ? 3 : 4), 0, 0}, sevenBits(frames.length), frames);
    }

    private static byte[] ascii(String words) {
        return words.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    /** Four times seven bits: a size must not look like sound. */
    private static byte[] sevenBits(int value) {
        return new byte[] {
            (byte) (value >> 21 & 127), (byte) (value >> 14 & 127), (byte) (value >> 7 & 127), (byte) (value & 127)
        };
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }
}
