package dev.soundlift.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
    private static Optional<String> misleading(String output, AudioFormat written) {
        return new Destination(Optional.of(output), OnExists.FAIL).misleadingExtension(written);
    }

    @ParameterizedTest
    @CsvSource({
        "x.opu, OPUS, opu",
        "x.xyz, MP3, xyz",
        "x.mp4, M4A, mp4",
        "x.mp4a, M4A, mp4a",
        "x.fla, FLAC, fla",
        "x.wv, WAV, wv",
        "x.mp2, MP3, mp2",
        "x.flac, MP3, flac",
        "dir.opus/x.OPS, OPUS, ops"
    })
    void an_ending_that_names_something_else_or_nothing_is_misleading(
            String output, AudioFormat written, String ending) {
        assertThat(misleading(output, written)).contains(ending);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x.opus",
                "x.OPUS",
                "x",
                "Talk with Dr. Smith",
                "take 3.5",
                "v1.final",
                "x.ogg.opus",
                "dir.opu/x",
                "Interview.Anna",
                "talk.v2",
                "talk.V12",
                "会议.第一集"
            })
    void any_other_dot_is_part_of_the_name(String output) {
        assertThat(misleading(output, AudioFormat.OPUS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"{name}.mp3, true", "a/{dir}/x, true", "x{y/z.mp3, false", "{}, false", "{Name}, false"})
    void only_a_word_in_braces_makes_a_template(String output, boolean template) {
        assertThat(new Destination(Optional.of(output), OnExists.FAIL).isTemplate())
                .isEqualTo(template);
    }
}
