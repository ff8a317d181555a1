package dev.soundlift.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.Align;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Combination;
import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.Preset;
import dev.soundlift.request.Quality;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The page's form as JSON, and what it asks for: the same words as on the command line, under the same names. */
final class Form {
    /** More files of one video nobody asks for by hand. */
    private static final int MOST_RANGES = 500;

    private final JsonNode json;

    private Form(JsonNode json) {
        this.json = json;
    }

    /**
     * Reads a form.
     *
     * @throws ExtractionException of kind {@link ErrorKind#USAGE} where a field says what cannot be
     */
    static ExtractionRequest request(JsonNode json, MediaSource source) throws ExtractionException {
        Form form = new Form(json);
        return ExtractionRequest.of(source)
                .withTracks(form.tracks())
                .withCombination(json.path("mix").asBoolean() ? Combination.MIX : Combination.SEPARATE)
                .withPieces(form.pieces())
                .withAlign(json.path("align").asText().equals("none") ? Align.NONE : Align.VIDEO)
                .withEncoding(form.encoding());
    }

    private TrackChoice[] tracks() throws ExtractionException {
        List<TrackChoice> tracks = new ArrayList<>();
        for (JsonNode track : json.path("tracks")) {
            tracks.add(TrackChoice.parse(track.asText()).orElseThrow(() -> bad("--track", track.asText())));
        }
        return tracks.isEmpty() ? new TrackChoice[] {TrackChoice.BEST} : tracks.toArray(TrackChoice[]::new);
    }

    private Pieces pieces() throws ExtractionException {
        String split = json.path("split").asText();
        if (!split.isEmpty()) return Pieces.parseSplit(split).orElseThrow(() -> bad("--split", split));
        String chapter = json.path("chapter").asText();
        if (!chapter.isEmpty()) {
            if (!chapter.matches("[1-9]\\d{0,4}")) throw bad("--chapter", chapter);
            return new Pieces.OneChapter(Integer.parseInt(chapter));
        }
        List<RangeWish> ranges = new ArrayList<>();
        for (JsonNode range : json.path("ranges")) {
            RangeWish wish = RangeWish.parse(range.asText()).orElseThrow(() -> bad("--range", range.asText()));
            if (wish.isBackwards()) throw bad("--range", range.asText());
            if (!ranges.contains(wish)) ranges.add(wish);
        }
        if (ranges.size() > MOST_RANGES) throw bad("--range", Integer.toString(ranges.size()));
        return ranges.isEmpty() ? Pieces.WHOLE : new Pieces.Ranges(ranges);
    }

    private Encoding encoding() throws ExtractionException {
        boolean copy = json.path("copy").asBoolean();
        Encoding wish = new Encoding(
                parsed("format", AudioFormat::named),
                copy,
                quality(),
                rate(),
                parsed("channels", ChannelChoice::parse).orElse(ChannelChoice.AS_SOURCE),
                parsed("bits", SampleDepth::named),
                parsed("loudness", LoudnessTarget::parse),
                parsed("preset", Preset::named));
        if (copy && (wish.changesTheSound() || wish.preset().isPresent())) {
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.copy-changes-nothing"), Text.of("next.web-form"));
        }
        return wish;
    }

    private Quality quality() throws ExtractionException {
        Optional<Quality> variable = parsed("vbr", Quality::parseVariable);
        if (variable.isPresent()) return variable.get();
        return parsed("bitrate", Quality::parseBitRate).orElse(Quality.LIKE_THE_SOURCE);
    }

    private OptionalInt rate() throws ExtractionException {
        Optional<Integer> rate = parsed("rate", Encoding::parseSampleRate);
        return rate.isPresent() ? OptionalInt.of(rate.get()) : OptionalInt.empty();
    }

    /** The field's value; nothing where it is left empty. */
    private <T> Optional<T> parsed(String field, Function<String, Optional<T>> parser) throws ExtractionException {
        String text = json.path(field).asText();
        if (text.isEmpty()) return Optional.empty();
        return Optional.of(parser.apply(text).orElseThrow(() -> bad("--" + field, text)));
    }

    private static ExtractionException bad(String option, String value) {
        return new ExtractionException(
                ErrorKind.USAGE, Text.of("error.bad-value", option, value), Text.of("next.web-form"));
    }

    /** A request as the form that asks for it. */
    static ObjectNode of(ExtractionRequest request) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        Encoding encoding = request.encoding();
        form.put("format", request.format().label());
        form.put("copy", encoding.copyOnly());
        if (encoding.quality() instanceof Quality.BitRate rate) form.put("bitrate", rate.toString());
        if (encoding.quality() instanceof Quality.Variable vbr) form.put("vbr", Integer.toString(vbr.level()));
        encoding.sampleRateHz().ifPresent(rate -> form.put("rate", Integer.toString(rate)));
        CommandLineForm.channels(encoding.channels()).ifPresent(name -> form.put("channels", name));
        encoding.depth().ifPresent(depth -> form.put("bits", depth.label()));
        encoding.loudness().ifPresent(loudness -> form.put("loudness", loudness.toString()));
        encoding.preset().ifPresent(preset -> form.put("preset", preset.label()));
        ArrayNode tracks = form.putArray("tracks");
        if (!request.tracks().equals(List.of(TrackChoice.BEST))) {
            request.tracks().forEach(track -> tracks.add(track.toString()));
        }
        form.put("mix", request.combination().mix());
        form.put("align", request.align() == Align.NONE ? "none" : "video");
        ArrayNode ranges = form.putArray("ranges");
        if (request.pieces() instanceof Pieces.Ranges some) {
            some.ranges().stream().filter(range -> !range.isWhole()).forEach(range -> ranges.add(range.toString()));
        } else if (request.pieces() instanceof Pieces.OneChapter chapter) {
            form.put("chapter", chapter.toString());
        } else {
            form.put("split", request.pieces().toString());
        }
        return form;
    }
}
