package dev.soundlift.nemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.soundlift.nemo.Timeline.Track;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every payload beside the protocol document is read as its index expects, where the documents are at hand. */
class SamplesTest {
    private static final Path SAMPLES = Path.of("../shared/nemovideo/samples");

    private static String read(String name) {
        assumeTrue(Files.isDirectory(SAMPLES), "the protocol's samples are not here");
        try {
            return Files.readString(SAMPLES.resolve(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Reply reply(String name) {
        int status = name.contains("http402") ? 402 : name.contains("http429") ? 429 : 200;
        if (name.contains("http404")) status = 404;
        if (name.contains("http422")) status = 422;
        if (name.contains("http400")) status = 400;
        return new Reply(status, "application/json", read(name));
    }

    private static Transcript transcript(String name) {
        assumeTrue(Files.isDirectory(SAMPLES), "the protocol's samples are not here");
        Transcript transcript = new Transcript();
        try (InputStream in = Files.newInputStream(SAMPLES.resolve(name))) {
            SseReader reader = new SseReader(in);
            for (Optional<SseReader.Item> item = reader.next(); item.isPresent(); item = reader.next()) {
                transcript.accept(item.get());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return transcript;
    }

    @TestFactory
    Stream<DynamicTest> what_the_index_expects() throws IOException {
        if (!Files.isDirectory(SAMPLES)) return Stream.empty();
        JsonNode files = new ObjectMapper().readTree(read("index.json")).path("files");
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            JsonNode expect = file.getValue().path("expect");
            tests.add(DynamicTest.dynamicTest(file.getKey(), () -> check(file.getKey(), expect)));
        }
        return tests.stream();
    }

    private static void check(String name, JsonNode expect) {
        if (name.endsWith(".sse")) {
            checkStream(transcript(name), expect);
        } else if (name.startsWith("state")) {
            checkState(State.of(reply(name)), expect);
        } else if (name.startsWith("render_poll")) {
            checkRender(Render.of(reply(name)), expect);
        } else if (name.startsWith("error") && expect.has("code")) {
            for (int status : new int[] {200, 400, 500}) {
                Reply reply = new Reply(status, "application/json", read(name));
                assertThat(Problem.of(reply).orElseThrow().code())
                        .isEqualTo(expect.path("code").asLong());
            }
        } else {
            assertThat(reply(name).json().isObject()).isTrue();
        }
    }

    private static void checkStream(Transcript transcript, JsonNode expect) {
        if (expect.has("paragraphs")) assertThat(transcript.paragraphs()).isEqualTo(texts(expect.path("paragraphs")));
        if (expect.has("shown")) assertThat(transcript.shown()).isEqualTo(texts(expect.path("shown")));
        if (expect.has("silent"))
            assertThat(transcript.silent()).isEqualTo(expect.path("silent").asBoolean());
        if (expect.has("tools"))
            assertThat(transcript.tools()).isEqualTo(expect.path("tools").asInt());
        if (expect.has("heartbeats")) {
            assertThat(transcript.heartbeats())
                    .isEqualTo(expect.path("heartbeats").asInt());
        }
        if (expect.has("code")) {
            assertThat(transcript.problem().orElseThrow().code())
                    .isEqualTo(expect.path("code").asLong());
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static void checkState(State state, JsonNode expect) {
        Timeline timeline = state.timeline();
        assertThat(timeline.ready()).isEqualTo(expect.path("ready").asBoolean());
        if (expect.has("summary"))
            assertThat(timeline.summary()).isEqualTo(expect.path("summary").asText());
        if (expect.has("warn_extra_audio")) {
            assertThat(timeline.extraAudio()).extracting(Track::name).containsExactly("Lo-fi");
        }
    }

    private static void checkRender(Render render, JsonNode expect) {
        assertThat(render.failed()).isEqualTo(expect.path("status").asText().equals("failed"));
        if (expect.has("status"))
            assertThat(render.status()).isEqualTo(expect.path("status").asText());
        if (expect.has("url")) {
            String url = expect.path("url").isNull() ? null : expect.path("url").asText();
            assertThat(render.url().map(Object::toString).orElse(null)).isEqualTo(url);
        }
    }

    @Test
    void a_draft_is_kept_to_the_last_digit_and_sent_back_untouched() {
        String text = read("state_after_edit.json");
        String draft = State.of(reply("state_after_edit.json")).draftAsWritten().orElseThrow();
        assertThat(text).contains(draft);
        assertThat(draft).startsWith("{").endsWith("}");
        assertThat(draft).contains("5529798706024415233", "\"ratio\": 1.0", "\"nul\": null", "时间线 ⏳", "a\\\"b\\\\c/d");
    }

    @Test
    void our_own_sound_is_not_taken_for_music() {
        assertThat(State.of(reply("state_after_edit.json")).timeline().extraAudio())
                .isEmpty();
        assertThat(State.of(reply("state_after_edit.json")).timeline().summary())
                .isEqualTo("Timeline (2 tracks): 1. Video: lecture.mp4 (0-30.5s) 2. Audio: lecture (audio) (0-30.5s)");
        assertThat(State.of(reply("state_documented_keys.json")).timeline().summary())
                .isEqualTo("Timeline (3 tracks): 1. Video: part one … (0-10.5s) 2. Audio: Audio (0-10.5s) 3. Title: -");
    }

    @Test
    void made_sound_is_found_in_either_shape() {
        State before = State.of(reply("state_after_upload.response.json"));
        assertThat(State.of(reply("state_generated_audio.json"))
                        .newAudio(before)
                        .orElseThrow()
                        .url())
                .contains("https://cdn.example.com/gen/9b/lecture.mp3");
        assertThat(State.of(reply("state_generated_audio_list.json"))
                        .newAudio(before)
                        .orElseThrow()
                        .url())
                .contains("https://cdn.example.com/gen/9b/lecture.wav");
        assertThat(State.of(reply("state_after_edit.json")).newAudio(before)).isEmpty();
    }

    @Test
    void nothing_null_and_empty_are_the_same_state() {
        State empty = State.of(reply("state_empty.response.json"));
        State nulls = State.of(reply("state_null_draft.response.json"));
        assertThat(nulls.differsFrom(empty)).isFalse();
        assertThat(State.of(reply("state_after_upload.response.json")).differsFrom(empty))
                .isTrue();
    }

    @Test
    void an_edit_that_was_done_in_silence_shows_in_the_state() {
        assertThat(State.of(reply("state_after_edit.json"))
                        .differsFrom(State.of(reply("state_after_upload.response.json"))))
                .isTrue();
    }

    @Test
    void what_the_backend_says_is_translated() {
        Translation english = Translation.of(transcript("flat_text.sse").shown());
        assertThat(english.kept()).containsExactly("Working on it now.", "Your audio is ready.");
        assertThat(english.instead()).containsExactly(Translation.Instead.EXPORT);
        Translation chinese = Translation.of(transcript("flat_zh.sse").shown());
        assertThat(chinese.kept()).containsExactly("音频已提取完成。");
        assertThat(chinese.instead()).containsExactlyInAnyOrder(Translation.Instead.EXPORT, Translation.Instead.EDIT);
    }
}
