package dev.soundlift.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.SampleMedia;
import dev.soundlift.SamplePlan;
import dev.soundlift.SampleProduced;
import dev.soundlift.SampleTrack;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Loss;
import dev.soundlift.engine.Produced;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.media.TrackFlag;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.text.Text;
import dev.soundlift.verify.Check;
import dev.soundlift.verify.Verdict;
import dev.soundlift.verify.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The keys of CONTRACT.md, in its order. */
class JsonTest {
    private static final MediaSource INPUT = new MediaSource.LocalFile(Path.of("talk.mkv"));
    private static final AudioTrack TRACK = SampleTrack.aac()
            .number(2)
            .language("eng")
            .title("Main")
            .flag(TrackFlag.DEFAULT)
            .made();
    private static final Plan PLAN = SamplePlan.of(AudioFormat.MP3, TRACK);

    private static JsonNode parsed(String line) {
        assertThat(line).doesNotContain("\n").matches("\\p{ASCII}*");
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(line, broken);
        }
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static ExtractionReport delivered(double peak, double loudness) {
        Produced produced =
                SampleProduced.transcode(Duration.ofSeconds(120), Duration.ofSeconds(300), 0, true, Damage.NONE);
        Verification file = new Verification(
                "mp3",
                "mp3",
                192_000,
                44_100,
                2,
                Duration.ofSeconds(180),
                4_321_000,
                OptionalDouble.of(peak),
                OptionalDouble.of(loudness),
                true,
                List.of(new Loss(Duration.ofSeconds(299), Duration.ofSeconds(300), Loss.Why.CUT_OFF)),
                List.of(new Check("duration", Verdict.PASS, "180 s", "180 s", "0.9 s")),
                List.of());
        return new ExtractionReport(
                INPUT,
                Status.WARNING,
                Optional.of(PLAN),
                Optional.of(Path.of("talk.mp3")),
                Optional.of(new ExtractionReport.Delivered(produced, file)),
                false,
                List.of(Text.of("warning.quiet", "-50.0")),
                Duration.ofMillis(1230),
                Optional.empty());
    }

    private static ExtractionReport failed() {
        return ExtractionReport.failed(
                INPUT,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                new ExtractionException(ErrorKind.NO_AUDIO, Text.of("error.no-audio"), Text.of("next.no-audio")));
    }

    private static final String[] REPORT_KEYS = {
        "schema",
        "input",
        "output",
        "alsoWritten",
        "status",
        "route",
        "engine",
        "reasons",
        "track",
        "range",
        "format",
        "durationSeconds",
        "bytes",
        "bytesRead",
        "loudness",
        "checks",
        "repairs",
        "encoder",
        "lost",
        "warnings",
        "elapsedSeconds",
        "error"
    };

    @Test
    void a_report_has_the_keys_of_the_contract_in_its_order() {
        JsonNode json = parsed(Json.report(delivered(-1.2, -16.1), Locale.ENGLISH));
        assertThat(keys(json)).containsExactly(REPORT_KEYS);
        assertThat(json.get("schema").textValue()).isEqualTo("soundlift.report/1");
        assertThat(json.get("status").textValue()).isEqualTo("warning");
        assertThat(json.get("route").textValue()).isEqualTo("transcode");
        assertThat(keys(json.get("track")))
                .containsSubsequence("number", "streamIndex", "codec", "language", "title", "why", "runnerUp");
        assertThat(keys(json.get("range"))).containsExactly("startSeconds", "endSeconds");
        assertThat(keys(json.get("format")))
                .containsExactly("codec", "container", "bitsPerSecond", "sampleRateHz", "channels");
        assertThat(keys(json.get("loudness"))).containsExactly("integratedLufs", "peakDbfs");
        assertThat(keys(json.get("checks").get(0)))
                .containsExactly("name", "verdict", "expected", "actual", "tolerance");
        assertThat(json.get("checks").get(0).get("verdict").textValue()).isEqualTo("pass");
        assertThat(json.get("error").isNull()).isTrue();
    }

    @Test
    void numbers_are_those_of_the_contracts_example() {
        JsonNode json = parsed(Json.report(delivered(-1.2, -16.1), Locale.ENGLISH));
        assertThat(json.get("range").toString()).isEqualTo("{\"startSeconds\":120.0,\"endSeconds\":300.0}");
        assertThat(json.get("durationSeconds").toString()).isEqualTo("180.0");
        assertThat(json.get("bytes").longValue()).isEqualTo(4_321_000);
        assertThat(json.get("bytesRead").longValue()).isEqualTo(5_000_000);
        assertThat(json.get("elapsedSeconds").doubleValue()).isEqualTo(1.23);
        assertThat(json.get("loudness").get("integratedLufs").doubleValue()).isEqualTo(-16.1);
    }

    @Test
    void a_failure_has_the_same_keys_and_tells_kind_message_and_next_step() {
        JsonNode json = parsed(Json.report(failed(), Locale.ENGLISH));
        assertThat(keys(json)).containsExactly(REPORT_KEYS);
        assertThat(json.get("status").textValue()).isEqualTo("failed");
        assertThat(json.get("error").toString())
                .isEqualTo(
                        "{\"kind\":\"no-audio\",\"message\":\"there is no audio track in it\","
                                + "\"nextStep\":\"nothing more is to be found in it: it was recorded or exported without sound, or the sound is in another file; ask for the original\"}");
        assertThat(json.get("track").isNull()).isTrue();
        assertThat(json.get("format").isNull()).isTrue();
        assertThat(json.get("loudness").isNull()).isTrue();
        assertThat(json.get("checks").isArray()).isTrue();
    }

    @Test
    void sentences_are_in_the_users_language_and_names_are_not() {
        JsonNode json = parsed(Json.report(failed(), Locale.SIMPLIFIED_CHINESE));
        assertThat(json.get("error").get("message").textValue()).isEqualTo("其中没有音轨");
        assertThat(json.get("error").get("kind").textValue()).isEqualTo("no-audio");
    }

    @Test
    void silence_is_null_because_json_has_no_infinity() {
        JsonNode json =
                parsed(Json.report(delivered(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY), Locale.ENGLISH));
        assertThat(json.get("loudness").toString()).isEqualTo("{\"integratedLufs\":null,\"peakDbfs\":null}");
        JsonNode undefined = parsed(Json.report(delivered(Double.NaN, -20), Locale.ENGLISH));
        assertThat(undefined.get("loudness").get("peakDbfs").isNull()).isTrue();
    }

    @Test
    void a_plan_has_the_keys_of_the_contract_in_its_order() {
        JsonNode json =
                parsed(Json.plan(PLAN, Path.of("talk.mp3"), List.of("talk.mkv", "--format", "mp3"), Locale.ENGLISH));
        assertThat(keys(json))
                .containsSubsequence("schema", "input", "output", "route", "engine", "reasons", "track", "commandLine");
        assertThat(json.get("schema").textValue()).isEqualTo("soundlift.plan/1");
        assertThat(json.get("commandLine").toString()).isEqualTo("[\"talk.mkv\",\"--format\",\"mp3\"]");
        assertThat(json.get("reasons").get(0).textValue()).isEqualTo("the track is aac, mp3 was asked for");
    }

    @Test
    void media_have_the_keys_of_the_contract_in_their_order() {
        MediaInfo media = SampleMedia.of(
                Optional.of(Duration.ofMillis(60_500)),
                List.of(TRACK),
                List.of(new Chapter("One", Duration.ZERO, Duration.ofSeconds(20))),
                Map.of("title", "Talk"));
        JsonNode json = parsed(Json.media(media, Optional.of(PLAN.pick()), Locale.ENGLISH));
        assertThat(keys(json))
                .containsSubsequence(
                        "schema", "input", "container", "durationSeconds", "tracks", "chapters", "tags", "best", "why");
        assertThat(keys(json.get("tracks").get(0)))
                .containsSubsequence(
                        "number",
                        "streamIndex",
                        "codec",
                        "profile",
                        "sampleRateHz",
                        "channels",
                        "layout",
                        "bitsPerSecond",
                        "language",
                        "title",
                        "default",
                        "startSeconds",
                        "durationSeconds");
        assertThat(keys(json.get("chapters").get(0))).containsExactly("title", "startSeconds", "endSeconds");
        assertThat(json.get("schema").textValue()).isEqualTo("soundlift.media/1");
        assertThat(json.get("durationSeconds").toString()).isEqualTo("60.5");
        assertThat(json.get("tracks").get(0).get("default").booleanValue()).isTrue();
        assertThat(json.get("tags").get("title").textValue()).isEqualTo("Talk");
        assertThat(json.get("best").intValue()).isEqualTo(2);
    }

    @Test
    void media_without_sound_have_no_best_track() {
        JsonNode json = parsed(Json.media(
                SampleMedia.of(Optional.empty(), List.of(), List.of(), Map.of()), Optional.empty(), Locale.ENGLISH));
        assertThat(json.get("best").isNull()).isTrue();
        assertThat(json.get("durationSeconds").isNull()).isTrue();
        assertThat(json.get("tracks").isEmpty()).isTrue();
    }

    @Test
    void controls_and_lone_surrogates_survive() {
        String odd = "a\u0000\u001b\u0007\n\"\\\uD83Dx\uDE00 名😀\u2028";
        assertThat(titleAfter(odd)).isEqualTo(odd);
    }

    @Property
    void any_title_survives(@ForAll String title) {
        assertThat(titleAfter(title)).isEqualTo(title);
    }

    private static String titleAfter(String title) {
        MediaInfo media = SampleMedia.with(SampleTrack.aac().title(title).made());
        return parsed(Json.media(media, Optional.empty(), Locale.ENGLISH))
                .get("tracks")
                .get(0)
                .get("title")
                .textValue();
    }

    @Test
    void the_exit_code_of_a_report_is_that_of_its_failure_or_of_its_damage() {
        assertThat(failed().exitCode()).isEqualTo(4);
        assertThat(delivered(-1, -16).exitCode()).isZero();
        ExtractionReport good = delivered(-1, -16);
        ExtractionReport damaged = new ExtractionReport(
                good.input(),
                good.status(),
                good.plan(),
                good.output(),
                good.delivered(),
                true,
                good.warnings(),
                good.elapsed(),
                good.failure());
        assertThat(damaged.exitCode()).isEqualTo(6);
    }
}
