package dev.soundlift.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.source.Keeper;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pages answer when they are asked to walk along a file: nothing of it is believed without a look. */
class PageWalkTest {
    private static final int SIZE = 1000;

    private static Keeper.Walked walk(Function<JsonNode, ByteBuffer> answer) throws ExtractionException {
        Pages pages = new Pages(Duration.ofSeconds(5));
        pages.keep("f", "p", SIZE);
        pages.opened(
                "p",
                words -> CompletableFuture.runAsync(() -> {
                    try {
                        JsonNode question = Answers.read(words);
                        byte[] found = answer.apply(question).array();
                        ByteBuffer message = ByteBuffer.allocate(8 + found.length);
                        message.putInt(question.path("number").asInt())
                                .putInt(0)
                                .put(found);
                        pages.answered("p", message.flip());
                    } catch (ExtractionException none) {
                        throw new IllegalStateException(none);
                    }
                }));
        RangeReader.Walk walk = new RangeReader.Walk(100, true, Set.of(1L), 0);
        return pages.walk(new MediaSource.Handed("f", "x.mkv", SIZE), walk, 500, new Cancellation());
    }

    private static ByteBuffer piece(long until, long position, int length, int bytes) {
        return ByteBuffer.allocate(20 + bytes).putLong(until).putLong(position).putInt(length);
    }

    @Test
    void what_was_found_is_taken() throws Exception {
        Keeper.Walked walked = walk(question -> {
            assertThat(question.toString())
                    .contains("\"type\":\"walk\"", "\"from\":100", "\"without\":[1]", "\"into\":true", "\"most\":500");
            return piece(700, 990, 10, 10);
        });
        assertThat(walked.until()).isEqualTo(700);
        assertThat(walked.pieces()).singleElement().satisfies(piece -> {
            assertThat(piece.position()).isEqualTo(990);
            assertThat(piece.bytes()).hasSize(10);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "700, 990, 11, 11, beyond the end of the file",
        "700, -5, 10, 10, before its beginning",
        "700, 9223372036854775807, 10, 10, nowhere",
        "700, 200, 11, 10, more than came",
        "700, 200, -1, 10, less than nothing",
        "700, 200, 0, 0, nothing at all",
        "99, 200, 10, 10, a walk that goes back",
        "700, 200, 4, 10, half a piece at the end",
    })
    void what_cannot_be_is_not_believed(long until, long position, int length, int bytes, String what) {
        assertThatThrownBy(() -> walk(question -> piece(until, position, length, bytes)))
                .as(what)
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.UNREADABLE));
    }

    @Test
    void an_answer_without_an_end_is_none() {
        assertThatThrownBy(() -> walk(question -> ByteBuffer.allocate(3))).isInstanceOf(ExtractionException.class);
    }
}
