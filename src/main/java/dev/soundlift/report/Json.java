package dev.soundlift.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.soundlift.engine.EncodedBy;
import dev.soundlift.engine.Loss;
import dev.soundlift.engine.Produced;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.ChannelNote;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.plan.Advice;
import dev.soundlift.plan.Joined;
import dev.soundlift.plan.MonoGroups;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.TrackPick;
import dev.soundlift.request.Combination;
import dev.soundlift.text.Text;
import dev.soundlift.verify.Check;
import dev.soundlift.verify.FileCheck;
import dev.soundlift.verify.Verdict;
import dev.soundlift.verify.Verification;
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
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reports for programs: one JSON object a line, with the stable keys of the contract. Longer than most files because all
 * keys stand in one.
 */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Names of files may hold lone surrogates and control characters; ASCII survives every pipe
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final JsonGenerator json;
    private final Locale locale;

    private Json(JsonGenerator json, Locale locale) {
        this.json = json;
        this.locale = locale;
    }

    @FunctionalInterface
    private interface Body {
        void writeTo(Json json) throws IOException;
    }

    private static String line(Locale locale, Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            generator.writeStartObject();
            body.writeTo(new Json(generator, locale));
            generator.writeEndObject();
        } catch (IOException impossible) { // nothing but memory is written to
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** {@code soundlift.report/1}. */
    public static String report(ExtractionReport report, Locale locale) {
        return line(locale, json -> json.writeReport(report));
    }

    /** {@code soundlift.media/1}. */
    public static String media(MediaInfo media, Optional<TrackPick> best, Locale locale) {
        return media(media, best, Map.of(), locale);
    }

    /** The same with what is odd about the channels, by the track's number. */
    public static String media(
            MediaInfo media, Optional<TrackPick> best, Map<Integer, ChannelNote> notes, Locale locale) {
        return line(locale, json -> json.writeMedia(media, best, notes));
    }

    /** {@code soundlift.plan/1}. */
    public static String plan(Plan plan, Path output, List<String> commandLine, Locale locale) {
        return line(locale, json -> json.writePlan(plan, output, commandLine));
    }

    /** The same with what stands against it; of what could not be planned, the report. */
    public static String plan(ExtractionReport report, List<String> commandLine, Locale locale) {
        if (report.plan().isEmpty() || report.output().isEmpty()) return report(report, locale);
        return line(locale, json -> {
            json.writePlan(report.plan().get(), report.output().get(), commandLine);
            json.json.writeStringField("status", report.status().label());
            json.writeFailure(report.failure());
        });
    }

    /** What of a sentence was understood, for {@code ask}. */
    public record Understanding(List<String> understood, List<String> notUnderstood) {}

    /** A line with what of a sentence was understood. */
    public static String with(Understanding words, String line) {
        String more = line(Locale.ROOT, json -> {
            json.writeStrings("understood", words.understood());
            json.writeStrings("notUnderstood", words.notUnderstood());
        });
        return line.substring(0, line.length() - 1) + "," + more.substring(1);
    }

    /** {@code soundlift.plan/1} of what could not be planned too: no route, engine and track then. */
    public static String intent(ExtractionReport report, List<String> commandLine, Locale locale) {
        if (report.plan().isPresent() && report.output().isPresent()) return plan(report, commandLine, locale);
        Optional<String> output = report.output().map(Path::toString);
        return intent(Optional.of(report.input().displayName()), output, commandLine, report.failure(), locale);
    }

    /**
     * The same where nothing was looked at.
     *
     * @param why it cannot be done, if that is known
     */
    public static String intent(
            Optional<String> input,
            Optional<String> output,
            List<String> commandLine,
            Optional<Failure> why,
            Locale locale) {
        return line(locale, json -> {
            json.json.writeStringField("schema", "soundlift.plan/1");
            json.writeOptional("input", input);
            json.writeOptional("output", output);
            json.writeDecision(Optional.empty());
            json.writeStrings("commandLine", commandLine);
            json.writeStrings("warnings", List.of());
            json.json.writeStringField("status", (why.isPresent() ? Status.FAILED : Status.PLANNED).label());
            json.writeFailure(why);
        });
    }

    private void writeStrings(String key, List<String> words) throws IOException {
        json.writeArrayFieldStart(key);
        for (String word : words) json.writeString(word);
        json.writeEndArray();
    }

    /** {@code soundlift.check/1}. */
    public static String check(MediaSource file, FileCheck.Result result, Locale locale) {
        return line(locale, json -> json.writeFileCheck(file, result));
    }

    /** {@code soundlift.finding/1}: one thing that {@code doctor} looked at; the name is stable. */
    public static String finding(String name, boolean good, Text text, Locale locale) {
        return line(locale, json -> {
            json.json.writeStringField("schema", "soundlift.finding/1");
            json.json.writeStringField("name", name);
            json.json.writeBooleanField("ok", good);
            json.json.writeStringField("text", text.in(locale));
        });
    }

    private void writeFileCheck(MediaSource file, FileCheck.Result result) throws IOException {
        json.writeStringField("schema", "soundlift.check/1");
        json.writeStringField("input", file.displayName());
        boolean failed = result.has(Verdict.FAIL);
        json.writeStringField("status", failed ? "failed" : result.has(Verdict.WARN) ? "warning" : "ok");
        json.writeStringField("codec", result.track().codecName());
        json.writeStringField("container", result.media().container());
        json.writeNumberField("sampleRateHz", result.heard().shape().sampleRateHz());
        json.writeNumberField("channels", result.heard().shape().channels());
        json.writeNumberField("sampleFrames", result.heard().sampleFrames());
        writeSeconds("durationSeconds", result.length());
        json.writeObjectFieldStart("loudness");
        writeDecibels("integratedLufs", OptionalDouble.of(result.heard().integratedLufs()));
        writeDecibels("peakDbfs", OptionalDouble.of(result.heard().peakDbfs()));
        json.writeEndObject();
        json.writeArrayFieldStart("checks");
        for (Check check : result.checks()) writeCheck(check);
        json.writeEndArray();
        writeTexts("warnings", result.warnings());
    }

    private void writeReport(ExtractionReport report) throws IOException {
        json.writeStringField("schema", "soundlift.report/1");
        json.writeStringField("input", report.input().displayName());
        writeOptional("output", report.output().map(Path::toString));
        json.writeArrayFieldStart("alsoWritten");
        for (Path file :
                report.delivered().map(ExtractionReport.Delivered::alsoWritten).orElse(List.of())) {
            json.writeString(file.toString());
        }
        json.writeEndArray();
        json.writeStringField("status", report.status().label());
        writeDecision(report.plan());
        writeRange(report.delivered().map(ExtractionReport.Delivered::source));
        Optional<Verification> file = report.delivered().map(ExtractionReport.Delivered::file);
        writeFormat(file);
        if (file.isPresent()) {
            writeSeconds("durationSeconds", file.get().duration());
            json.writeNumberField("bytes", file.get().bytes());
        } else {
            json.writeNullField("durationSeconds");
            json.writeNullField("bytes");
        }
        if (report.delivered().isPresent()) {
            json.writeNumberField("bytesRead", report.delivered().get().source().bytesRead());
        } else {
            json.writeNullField("bytesRead");
        }
        writeLoudness(file);
        json.writeArrayFieldStart("checks");
        List<Check> checks = file.map(Verification::checks)
                .orElseGet(() -> report.failure().map(Failure::checks).orElse(List.of()));
        for (Check check : checks) writeCheck(check);
        json.writeEndArray();
        writeTexts(
                "repairs",
                report.delivered()
                        .map(delivered -> delivered.source().repairs())
                        .orElse(List.of()));
        writeEncoder(report.delivered().flatMap(delivered -> delivered.source().encodedBy()));
        writeLosses(report.delivered().map(ExtractionReport.Delivered::lost).orElse(List.of()));
        writeTexts("warnings", report.warnings());
        writeSeconds("elapsedSeconds", report.elapsed());
        writeFailure(report.failure());
    }

    private void writeFailure(Optional<Failure> why) throws IOException {
        if (why.isEmpty()) {
            json.writeNullField("error");
            return;
        }
        Failure failure = why.get();
        json.writeObjectFieldStart("error");
        json.writeStringField("kind", failure.kind().label());
        json.writeStringField("message", failure.whatHappened().in(locale));
        json.writeStringField("nextStep", failure.nextStep().in(locale));
        json.writeEndObject();
    }

    private void writeEncoder(Optional<EncodedBy> encoder) throws IOException {
        if (encoder.isEmpty()) {
            json.writeNullField("encoder");
            return;
        }
        json.writeObjectFieldStart("encoder");
        json.writeStringField("name", encoder.get().name());
        json.writeBooleanField("system", encoder.get().system());
        json.writeNumberField("blocks", encoder.get().blocks());
        json.writeNumberField("blocksNotJoined", encoder.get().refused());
        json.writeEndObject();
    }

    private void writeLosses(List<Loss> losses) throws IOException {
        json.writeArrayFieldStart("lost");
        for (Loss loss : losses) {
            json.writeStartObject();
            writeSeconds("startSeconds", loss.start());
            writeSeconds("endSeconds", loss.end());
            json.writeStringField("why", loss.why().label());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writePlan(Plan plan, Path output, List<String> commandLine) throws IOException {
        json.writeStringField("schema", "soundlift.plan/1");
        json.writeStringField("input", plan.media().source().displayName());
        json.writeStringField("output", output.toString());
        writeDecision(Optional.of(plan));
        writeStrings("commandLine", commandLine);
        writeTexts("warnings", plan.warnings());
    }

    private void writeDecision(Optional<Plan> plan) throws IOException {
        writeOptional("route", plan.map(made -> made.route().label()));
        writeOptional("engine", plan.map(Plan::engine));
        writeTexts("reasons", plan.map(Plan::reasons).orElse(List.of()));
        if (plan.isEmpty()) {
            json.writeNullField("track");
            return;
        }
        TrackPick pick = plan.get().pick();
        json.writeObjectFieldStart("track");
        writeTrackName(pick.track());
        json.writeStringField("why", pick.why().in(locale));
        if (pick.runnerUp().isPresent()) {
            json.writeObjectFieldStart("runnerUp");
            writeTrackName(pick.runnerUp().get());
            json.writeEndObject();
        } else {
            json.writeNullField("runnerUp");
        }
        writeJoined(pick);
        json.writeEndObject();
    }

    /** How several tracks became one output, and which; null for one alone. */
    private void writeJoined(TrackPick pick) throws IOException {
        if (!pick.isJoined()) {
            json.writeNullField("joined");
            return;
        }
        json.writeObjectFieldStart("joined");
        json.writeStringField("how", pick.joined().how() == Joined.How.MIXED ? "mix" : "group");
        json.writeArrayFieldStart("tracks");
        for (AudioTrack track : pick.joined().tracks()) json.writeNumber(track.number());
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeTrackName(AudioTrack track) throws IOException {
        json.writeNumberField("number", track.number());
        json.writeNumberField("streamIndex", track.streamIndex());
        json.writeStringField("codec", track.codecName());
        json.writeStringField("language", track.language());
        json.writeStringField("title", track.title());
    }

    private void writeRange(Optional<Produced> produced) throws IOException {
        if (produced.isEmpty()) {
            json.writeNullField("range");
            return;
        }
        json.writeObjectFieldStart("range");
        writeSeconds("startSeconds", produced.get().taken().start());
        writeSeconds("endSeconds", produced.get().taken().end());
        json.writeEndObject();
    }

    private void writeFormat(Optional<Verification> file) throws IOException {
        if (file.isEmpty()) {
            json.writeNullField("format");
            return;
        }
        json.writeObjectFieldStart("format");
        json.writeStringField("codec", file.get().codec());
        json.writeStringField("container", file.get().container());
        json.writeNumberField("bitsPerSecond", file.get().bitsPerSecond());
        json.writeNumberField("sampleRateHz", file.get().sampleRateHz());
        json.writeNumberField("channels", file.get().channels());
        json.writeEndObject();
    }

    private void writeLoudness(Optional<Verification> file) throws IOException {
        if (file.isEmpty() || file.get().peakDbfs().isEmpty()) {
            json.writeNullField("loudness");
            return;
        }
        json.writeObjectFieldStart("loudness");
        writeDecibels("integratedLufs", file.get().integratedLufs());
        writeDecibels("peakDbfs", file.get().peakDbfs());
        json.writeEndObject();
    }

    /** JSON has no infinity: silence is null. */
    private void writeDecibels(String key, OptionalDouble value) throws IOException {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            json.writeNumberField(key, BigDecimal.valueOf(value.getAsDouble()).setScale(2, RoundingMode.HALF_UP));
        } else {
            json.writeNullField(key);
        }
    }

    private void writeCheck(Check check) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", check.name());
        json.writeStringField("verdict", check.verdict().label());
        json.writeStringField("expected", check.expected());
        json.writeStringField("actual", check.actual());
        json.writeStringField("tolerance", check.tolerance());
        json.writeEndObject();
    }

    private void writeMedia(MediaInfo media, Optional<TrackPick> best, Map<Integer, ChannelNote> notes)
            throws IOException {
        json.writeStringField("schema", "soundlift.media/1");
        json.writeStringField("input", media.source().displayName());
        json.writeStringField("container", media.container());
        if (media.duration().isPresent()) {
            writeSeconds("durationSeconds", media.duration().get());
        } else {
            json.writeNullField("durationSeconds");
        }
        json.writeArrayFieldStart("tracks");
        for (AudioTrack track : media.tracks()) writeTrack(track, Optional.ofNullable(notes.get(track.number())));
        json.writeEndArray();
        json.writeArrayFieldStart("chapters");
        for (Chapter chapter : media.chapters()) {
            json.writeStartObject();
            json.writeStringField("title", chapter.title());
            writeSeconds("startSeconds", chapter.start());
            writeSeconds("endSeconds", chapter.end());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("tags");
        for (Map.Entry<String, String> tag : media.tags().entrySet()) {
            json.writeStringField(tag.getKey(), tag.getValue());
        }
        json.writeEndObject();
        json.writeBooleanField("video", media.hasVideo());
        json.writeBooleanField("cover", media.hasCover());
        if (best.isPresent()) {
            json.writeNumberField("best", best.get().track().number());
            json.writeStringField("why", best.get().why().in(locale));
        } else {
            json.writeNullField("best");
            json.writeNullField("why");
        }
        writeTexts("warnings", best.flatMap(TrackPick::close).stream().toList());
        json.writeArrayFieldStart("advice");
        if (best.isPresent()) {
            for (Advice advice : Advice.of(media, best.get().track(), notes)) writeAdvice(advice);
        }
        json.writeEndArray();
        writeOptional("proposedGroups", MonoGroups.proposal(media).map(Combination::groupsLabel));
    }

    private void writeAdvice(Advice advice) throws IOException {
        json.writeStartObject();
        json.writeStringField("case", advice.about());
        json.writeNumberField("track", advice.track());
        json.writeStringField("message", advice.words().in(locale));
        json.writeArrayFieldStart("options");
        for (String option : advice.options()) json.writeString(option);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeTrack(AudioTrack track, Optional<ChannelNote> note) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", track.number());
        json.writeNumberField("streamIndex", track.streamIndex());
        json.writeStringField("codec", track.codecName());
        json.writeStringField("profile", track.profile());
        json.writeNumberField("sampleRateHz", track.shape().sampleRateHz());
        json.writeNumberField("channels", track.shape().channels());
        json.writeStringField("layout", track.shape().layout());
        json.writeNumberField("bitDepth", track.shape().bitDepth());
        if (track.bitsPerSecond().isPresent()) {
            json.writeNumberField("bitsPerSecond", track.bitsPerSecond().getAsLong());
        } else {
            json.writeNullField("bitsPerSecond");
        }
        json.writeStringField("language", track.language());
        json.writeStringField("title", track.title());
        json.writeBooleanField("default", track.has(dev.soundlift.media.TrackFlag.DEFAULT));
        json.writeArrayFieldStart("flags");
        for (String flag : track.flags().stream().map(Enum::name).sorted().toList()) {
            json.writeString(flag.toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        json.writeEndArray();
        json.writeBooleanField("decodable", track.decodable());
        writeOptional("channelsNote", note.map(ChannelNote::label));
        writeSeconds("startSeconds", track.start());
        if (track.duration().isPresent()) {
            writeSeconds("durationSeconds", track.duration().get());
        } else {
            json.writeNullField("durationSeconds");
        }
        json.writeEndObject();
    }

    private void writeOptional(String key, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(key, value.get());
        } else {
            json.writeNullField(key);
        }
    }

    private void writeTexts(String key, List<Text> texts) throws IOException {
        json.writeArrayFieldStart(key);
        for (Text text : texts) json.writeString(text.in(locale));
        json.writeEndArray();
    }

    /** Microseconds are kept; a sample at 192 kHz lasts five of them. */
    private void writeSeconds(String key, Duration time) throws IOException {
        BigDecimal seconds = BigDecimal.valueOf(time.toNanos(), 9)
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        json.writeNumberField(key, seconds.scale() < 1 ? seconds.setScale(1) : seconds);
    }
}
