package dev.soundlift.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.soundlift.Soundlift;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.ContainerName;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.TrackPick;
import dev.soundlift.plan.TrackPicker;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Json;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.sentence.Reading;
import dev.soundlift.text.Text;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What pages are told, as JSON; the parts that reports have too are written by them. */
final class Answers {
    static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException ours) {
            throw new IllegalStateException(ours);
        }
    }

    static void give(Context request, JsonNode json) {
        request.contentType("application/json").result(json.toString());
    }

    /** What a request's body says. */
    static JsonNode read(String body) throws ExtractionException {
        try {
            JsonNode read = JSON.readTree(body);
            if (read != null && read.isObject()) return read;
        } catch (JsonProcessingException foreign) {
            // no JSON is as wrong as JSON of another kind
        }
        throw new ExtractionException(ErrorKind.USAGE, Text.of("error.web-body"), Text.of("next.web-body"));
    }

    /** Tracks, chapters and tags, as {@code soundlift tracks --json} tells them. */
    static JsonNode media(Soundlift.Look look, Locale locale) throws ExtractionException {
        MediaInfo media = look.media();
        Optional<TrackPick> best = media.tracks().isEmpty()
                ? Optional.empty()
                : Optional.of(TrackPicker.pick(media, TrackChoice.BEST).get(0));
        ObjectNode told = (ObjectNode) tree(Json.media(media, best, look.notes(), locale));
        return told.put("containerName", ContainerName.of(media));
    }

    /** What a form would give: an entry for each output. */
    static ObjectNode plans(List<Soundlift.Planned> planned, List<String> commandLine, Locale locale) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode outputs = answer.putArray("outputs");
        double bytes = 0;
        for (Soundlift.Planned one : planned) {
            Plan plan = one.plan();
            ObjectNode output = (ObjectNode) tree(Json.plan(plan, fileName(one.output()), List.of(), locale));
            output.remove(List.of("commandLine", "input"));
            double size = Estimate.bytes(plan);
            output.put("estimatedBytes", Math.round(size));
            output.put("estimatedSeconds", Estimate.seconds(plan));
            outputs.add(output);
            bytes += size;
        }
        answer.put("estimatedBytes", Math.round(bytes));
        ArrayNode words = answer.putArray("commandLine");
        commandLine.forEach(words::add);
        return answer;
    }

    static ObjectNode reading(Reading reading, Locale locale) {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("form", Form.of(reading.request()));
        ArrayNode understood = answer.putArray("understood");
        reading.understood().forEach(understood::add);
        ArrayNode not = answer.putArray("notUnderstood");
        reading.notUnderstood().forEach(not::add);
        ArrayNode against = answer.putArray("contradictions");
        reading.contradictions().forEach(text -> against.add(text.in(locale)));
        ArrayNode notDone = answer.putArray("notDone");
        if (reading.other().isPresent()) {
            String command = "soundlift " + String.join(" ", reading.other().get());
            notDone.add(Text.of("web.not-done-other", command).in(locale));
        }
        if (!reading.inputs().isEmpty()) {
            notDone.add(Text.of("web.not-done-inputs", String.join(", ", reading.inputs()))
                    .in(locale));
        }
        if (!reading.handling().isEmpty()) {
            notDone.add(Text.of("web.not-done-handling", String.join(" ", reading.handling()))
                    .in(locale));
        }
        Form.notDone(reading.request()).forEach(text -> notDone.add(text.in(locale)));
        return answer;
    }

    /** How far a job is, and what came of it. */
    static ObjectNode job(Job job, Locale locale) {
        Job.Progress progress = job.progress();
        ObjectNode answer = JSON.createObjectNode();
        answer.put("type", "job");
        answer.put("id", job.id);
        answer.put("state", progress.state().name().toLowerCase(Locale.ROOT));
        answer.put("doneSeconds", progress.done().toNanos() / 1e9);
        progress.total().ifPresent(total -> answer.put("totalSeconds", total.toNanos() / 1e9));
        progress.said().ifPresent(words -> answer.put("says", words.in(locale)));
        answer.put("runningSeconds", progress.running().toNanos() / 1e9);
        ArrayNode reports = answer.putArray("reports");
        for (ExtractionReport report : job.reports()) {
            ObjectNode told = (ObjectNode) tree(Json.report(report, locale));
            // Where it lies is nobody's business but ours: pages fetch it by its name
            boolean delivered = report.output().isPresent() && report.failure().isEmpty();
            if (delivered) told.put("output", fileName(report.output().get()).toString());
            else told.putNull("output");
            ArrayNode more = told.putArray("alsoWritten");
            report.delivered()
                    .ifPresent(found -> found.alsoWritten()
                            .forEach(path -> more.add(fileName(path).toString())));
            reports.add(told);
        }
        return answer;
    }

    static ObjectNode failure(ExtractionException failed, Locale locale) {
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode error = answer.putObject("error");
        error.put("kind", failed.kind().label());
        error.put("message", failed.whatHappened().in(locale));
        error.put("nextStep", failed.nextStep().in(locale));
        return answer;
    }

    private static Path fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? path : name;
    }
}
