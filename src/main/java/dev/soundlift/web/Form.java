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
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Extras;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Pieces;
import dev.soundlift.request.Preset;
import dev.soundlift.request.Quality;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.request.VerifyLevel;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

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
                .withCombination(form.combination())
                .withPieces(form.pieces())
                .withAlign(form.parsed("align", text -> one(Align.class, text)).orElse(Align.VIDEO))
                .withEncoding(form.encoding())
                .withExtras(form.extras())
                .withVerify(form.parsed("verify", text -> one(VerifyLevel.class, text))
                        .orElse(VerifyLevel.FULL))
                .withStrict(json.path("strict").asBoolean());
    }

    /** What a request wishes for that no form can say, as the page is no place for it: in words for people. */
    static List<Text> notDone(ExtractionRequest request) {
        List<Text> not = new ArrayList<>();
        EngineChoice engine = request.engine();
        boolean cloud = engine.kind() == EngineChoice.Kind.CLOUD || engine.uploadAllowed();
        if (cloud) not.add(Text.of("web.not-done-cloud"));
        else if (!engine.equals(EngineChoice.AUTO)) not.add(Text.of("web.not-done-engine"));
        if (request.destination().output().isPresent()) not.add(Text.of("web.not-done-output"));
        if (request.destination().onExists() != OnExists.FAIL) not.add(Text.of("web.not-done-exists"));
        if (request.extras().keepDate()) not.add(Text.of("web.not-done-date"));
        return not;
    }

    private TrackChoice[] tracks() throws ExtractionException {
        List<TrackChoice> tracks = new ArrayList<>();
        for (JsonNode track : json.path("tracks")) {
            tracks.add(TrackChoice.parse(track.asText()).orElseThrow(() -> bad("track", track.asText())));
        }
        return tracks.isEmpty() ? new TrackChoice[] {TrackChoice.BEST} : tracks.toArray(TrackChoice[]::new);
    }

    private Combination combination() throws ExtractionException {
        Optional<Combination> groups = parsed("group", Combination::parseGroups);
        if (groups.isPresent()) return groups.get();
        return json.path("mix").asBoolean() ? Combination.MIX : Combination.SEPARATE;
    }

    private Extras extras() throws ExtractionException {
        return new Extras(
                parsed("id3", Form::id3).orElse(Extras.DEFAULT.id3()),
                parsed("coverFrame", MediaTime::parse),
                false, // a browser dates what it downloads
                parsed("chapterList", text -> one(Extras.ChapterList.class, text)));
    }

    private static Optional<Extras.Id3> id3(String label) {
        return Stream.of(Extras.Id3.values())
                .filter(version -> version.label().equals(label))
                .findFirst();
    }

    private static <E extends Enum<E>> Optional<E> one(Class<E> type, String name) {
        return Stream.of(type.getEnumConstants())
                .filter(value -> label(value).equals(name))
                .findFirst();
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private Pieces pieces() throws ExtractionException {
        Optional<Duration> longest = parsed("pieceLength", Form::length);
        Optional<Long> largest = parsed("pieceSize", Form::size);
        if (longest.isPresent() || largest.isPresent()) {
            return new Pieces.Silences(
                    longest, largest.isPresent() ? OptionalLong.of(largest.get()) : OptionalLong.empty());
        }
        String split = json.path("split").asText();
        if (!split.isEmpty()) return Pieces.parseSplit(split).orElseThrow(() -> bad("split", split));
        String chapter = json.path("chapter").asText();
        if (!chapter.isEmpty()) {
            if (!chapter.matches("[1-9]\\d{0,4}")) throw bad("chapter", chapter);
            return new Pieces.OneChapter(Integer.parseInt(chapter));
        }
        List<RangeWish> ranges = new ArrayList<>();
        for (JsonNode range : json.path("ranges")) {
            RangeWish wish = RangeWish.parse(range.asText()).orElseThrow(() -> bad("range", range.asText()));
            if (wish.isBackwards()) throw bad("range", range.asText());
            if (!ranges.contains(wish)) ranges.add(wish);
        }
        if (ranges.size() > MOST_RANGES) throw bad("range", Integer.toString(ranges.size()));
        return ranges.isEmpty() ? Pieces.WHOLE : new Pieces.Ranges(ranges);
    }

    private static Optional<Duration> length(String text) {
        return MediaTime.parse(text)
                .filter(time -> !time.fromEnd() && time.offset().toSeconds() >= 1)
                .map(MediaTime::offset);
    }

    private static Optional<Long> size(String text) {
        OptionalLong bytes = Pieces.Silences.parseSize(text);
        return bytes.isPresent() ? Optional.of(bytes.getAsLong()) : Optional.empty();
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
            throw new ExtractionException(ErrorKind.USAGE, Text.of("error.web-untouched"), Text.of("next.web-form"));
        }
        return wish;
    }

    private Quality quality() throws ExtractionException {
        Optional<Quality> variable = parsed("vbr", Quality::parseVariable);
        Optional<Quality> constant = parsed("bitrate", Quality::parseBitRate);
        if (variable.isPresent() && constant.isPresent()) {
            throw new ExtractionException(
                    ErrorKind.USAGE,
                    Text.of("error.together", field("bitrate"), field("vbr")),
                    Text.of("next.web-form"));
        }
        return variable.or(() -> constant).orElse(Quality.LIKE_THE_SOURCE);
    }

    private OptionalInt rate() throws ExtractionException {
        Optional<Integer> rate = parsed("rate", Encoding::parseSampleRate);
        return rate.isPresent() ? OptionalInt.of(rate.get()) : OptionalInt.empty();
    }

    /** The field's value; nothing where it is left empty. */
    private <T> Optional<T> parsed(String field, Function<String, Optional<T>> parser) throws ExtractionException {
        String text = json.path(field).asText();
        if (text.isEmpty()) return Optional.empty();
        return Optional.of(parser.apply(text).orElseThrow(() -> bad(field, text)));
    }

    /** What the page calls it. */
    private static Text field(String name) {
        return Text.of("web.field-" + name.toLowerCase(Locale.ROOT));
    }

    private static ExtractionException bad(String field, String value) {
        return new ExtractionException(
                ErrorKind.USAGE, Text.of("error.bad-value", field(field), value), Text.of("next.web-form"));
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
        if (!request.combination().groups().isEmpty())
            form.put("group", request.combination().groupsLabel());
        if (request.align() != Align.VIDEO) form.put("align", label(request.align()));
        if (request.verify() != VerifyLevel.FULL) form.put("verify", label(request.verify()));
        if (request.strict()) form.put("strict", true);
        extras(form, request.extras());
        ArrayNode ranges = form.putArray("ranges");
        if (request.pieces() instanceof Pieces.Ranges some) {
            some.ranges().stream().filter(range -> !range.isWhole()).forEach(range -> ranges.add(range.toString()));
        } else if (request.pieces() instanceof Pieces.OneChapter chapter) {
            form.put("chapter", chapter.toString());
        } else {
            form.put("split", request.pieces().toString());
        }
        if (request.pieces() instanceof Pieces.Silences silences) {
            silences.longest().ifPresent(length -> form.put("pieceLength", MediaTime.print(length)));
            silences.largestBytes().ifPresent(bytes -> form.put("pieceSize", Pieces.Silences.printSize(bytes)));
        }
        return form;
    }

    private static void extras(ObjectNode form, Extras extras) {
        if (extras.id3() != Extras.DEFAULT.id3()) form.put("id3", extras.id3().label());
        extras.coverFrame().ifPresent(time -> form.put("coverFrame", time.toString()));
        extras.chapterList().ifPresent(list -> form.put("chapterList", label(list)));
    }
}
