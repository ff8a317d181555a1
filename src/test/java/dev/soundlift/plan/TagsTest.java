package dev.soundlift.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.soundlift.SampleMedia;
import dev.soundlift.SampleTrack;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {
    private static Map<String, String> carried(Map<String, String> file, Map<String, String> track) {
        AudioTrack audio = SampleTrack.aac().tags(track).made();
        MediaInfo media = SampleMedia.of(Optional.empty(), List.of(audio), List.of(), file);
        return Tags.carried(media, audio, new Piece(Cut.NOTHING, "", "", List.of()));
    }

    @Test
    void title_and_artist_go_with_the_sound_with_keys_in_lower_case() {
        assertThat(carried(Map.of("TITLE", "Talk", "Artist", "名字"), Map.of()))
                .containsOnly(entry("title", "Talk"), entry("artist", "名字"));
    }

    @Test
    void the_file_comes_before_the_track() {
        assertThat(carried(Map.of("title", "Film"), Map.of("TITLE", "Stereo", "comment", "x")))
                .containsOnly(entry("title", "Film"), entry("comment", "x"));
    }

    @Test
    void the_order_of_the_file_is_kept() {
        Map<String, String> file = new LinkedHashMap<>();
        file.put("title", "1");
        file.put("album", "2");
        file.put("artist", "3");
        assertThat(carried(file, Map.of()))
                .containsExactly(entry("title", "1"), entry("album", "2"), entry("artist", "3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "major_brand",
                "ENCODER",
                "handler_name",
                "DURATION",
                "BPS",
                "NUMBER_OF_FRAMES",
                "_STATISTICS_TAGS",
                "_STATISTICS_WRITING_APP",
                "BPS-eng",
                "DURATION-eng",
                "language",
                "id3v2_priv.XMP",
                "CHAPTER001",
                "CHAPTER001NAME",
                "iTunSMPB",
                "METADATA_BLOCK_PICTURE",
                "canSeekToEnd",
                "hasKeyframes",
                "metadatacreator",
            })
    void what_describes_the_container_stays_behind(String key) {
        assertThat(carried(Map.of(key, "x"), Map.of(key, "y"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chapter", "chapters", "encoder_note", "bpm", "composer", "chapter1"})
    void what_only_looks_like_it_comes_along(String key) {
        assertThat(carried(Map.of(key, "x"), Map.of())).containsOnly(entry(key, "x"));
    }

    @Test
    void an_empty_tag_says_nothing() {
        assertThat(carried(Map.of("title", "  "), Map.of("title", "Track"))).containsOnly(entry("title", "Track"));
    }

    @Property
    void no_tag_is_made_up(@ForAll Map<String, String> file, @ForAll Map<String, String> track) {
        assertThat(carried(file, track).values())
                .allMatch(value -> file.containsValue(value) || track.containsValue(value));
    }
}
