package dev.soundlift.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.soundlift.media.Chapter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The texts of files that stand beside the sound and say what lies where in it. */
public final class Lists {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** In a cue sheet; of a second (Red Book audio). */
    private static final int FRAMES_PER_SECOND = 75;

    private static final String QUOTE = "\"";

    private Lists() {}

    /** A piece and the stretch of the input that it holds. */
    public record Located(Path file, Duration start, Duration end) {}

    @FunctionalInterface
    private interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static String document(String schema, Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("schema", schema);
            body.writeTo(json);
            json.writeEndObject();
        } catch (IOException impossible) { // nothing but memory is written to
            throw new UncheckedIOException(impossible);
        }
        return text + "\n";
    }

    /** {@code soundlift.pieces/1}: adding {@code startSeconds} to a time in a piece gives the time in the input. */
    public static String pieces(String input, List<Located> pieces) {
        return document("soundlift.pieces/1", json -> {
            json.writeStringField("input", input);
            json.writeArrayFieldStart("pieces");
            for (Located piece : pieces) {
                json.writeStartObject();
                json.writeStringField("file", String.valueOf(piece.file().getFileName()));
                writeStretch(json, piece.start(), piece.end());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** {@code soundlift.chapters/1}, on the sound's own clock. */
    public static String chapters(Path sound, List<Chapter> chapters) {
        return document("soundlift.chapters/1", json -> {
            json.writeStringField("file", String.valueOf(sound.getFileName()));
            json.writeArrayFieldStart("chapters");
            for (Chapter chapter : chapters) {
                json.writeStartObject();
                json.writeStringField("title", chapter.title());
                writeStretch(json, chapter.start(), chapter.end());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeStretch(JsonGenerator json, Duration start, Duration end) throws IOException {
        json.writeNumberField("startSeconds", seconds(start));
        json.writeNumberField("endSeconds", seconds(end));
    }

    private static BigDecimal seconds(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.toNanos(), 9)
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return seconds.scale() < 1 ? seconds.setScale(1) : seconds;
    }

    /**
     * A cue sheet, in UTF-8: a track for each chapter.
     *
     * @param tags of the sound; {@code title} and {@code artist} head the sheet
     */
    public static String cue(Path sound, Map<String, String> tags, List<Chapter> chapters) {
        StringBuilder sheet = new StringBuilder();
        if (tags.containsKey("artist")) line(sheet, "PERFORMER " + quoted(tags.get("artist")));
        if (tags.containsKey("title")) line(sheet, "TITLE " + quoted(tags.get("title")));
        String name = String.valueOf(sound.getFileName());
        // The format knows MP3, and calls everything else that has sound in it WAVE
        line(sheet, "FILE " + quoted(name) + (name.toLowerCase(Locale.ROOT).endsWith(".mp3") ? " MP3" : " WAVE"));
        for (int i = 0; i < chapters.size(); i++) {
            Chapter chapter = chapters.get(i);
            line(sheet, String.format(Locale.ROOT, "  TRACK %02d AUDIO", i + 1));
            if (!chapter.title().isBlank()) line(sheet, "    TITLE " + quoted(chapter.title()));
            line(sheet, "    INDEX 01 " + cueTime(chapter.start()));
        }
        return sheet.toString();
    }

    private static void line(StringBuilder sheet, String text) {
        sheet.append(text).append("\r\n");
    }

    /** The format has no way to write a quotation mark or the end of a line inside quotes. */
    private static String quoted(@org.jspecify.annotations.Nullable String text) {
        String plain = text == null ? "" : text;
        return QUOTE + plain.replace(QUOTE, "'").replaceAll("\\p{Cntrl}+", " ").strip() + QUOTE;
    }

    /** {@code MM:SS:FF}, minutes beyond 99 if need be; not after the time. */
    private static String cueTime(Duration time) {
        long frames = time.toMillis() * FRAMES_PER_SECOND / 1000;
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d",
                frames / FRAMES_PER_SECOND / 60,
                frames / FRAMES_PER_SECOND % 60,
                frames % FRAMES_PER_SECOND);
    }
}
