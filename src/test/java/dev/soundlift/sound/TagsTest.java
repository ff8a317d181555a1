package dev.soundlift.sound;

import static dev.soundlift.sound.TestMedia.media;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Extras;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener sees: title, artist, chapters and the picture on the cover. */
class TagsTest {
    @TempDir
    Path folder;

    private JsonNode made(String input, String ending) {
        return PeerFfmpeg.probed(Lift.delivered(Lift.to(folder.resolve("out." + ending), media(input))));
    }

    /** Of the container and of its first audio track, keys in lower case: Ogg keeps them on the track. */
    private static Map<String, String> tags(JsonNode probed) {
        Map<String, String> tags = new TreeMap<>();
        for (JsonNode stream : probed.path("streams")) {
            if (stream.path("codec_type").asText().equals("audio")) add(tags, stream.path("tags"));
        }
        add(tags, probed.path("format").path("tags"));
        return tags;
    }

    private static void add(Map<String, String> tags, JsonNode node) {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            String lower = name.toLowerCase(Locale.ROOT);
            // ID3 says in which language they are
            tags.put(
                    lower.startsWith("lyrics-") ? "lyrics" : lower,
                    node.path(name).asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "flac", "opus", "mka", "ogg"})
    void title_artist_date_and_comment_arrive_in_every_script(String ending) {
        Map<String, String> tags = tags(made("interview.mkv", ending));
        assertThat(tags)
                .containsEntry("title", "The Lighthouse Keeper")
                .containsEntry("artist", "Ada & Ben")
                .containsEntry("date", "2024-05-17")
                .containsEntry("comment", "Recorded by the sea 🌊 在海边录制");
    }

    private Path tagged(String comment) {
        Path tagged = folder.resolve("tagged.mkv");
        Path tags = folder.resolve("tags.txt");
        try {
            Files.writeString(
                    tags,
                    ";FFMETADATA1\ntitle=a\u0007b\u202ec 🎼\ntrack=3/12\ndisc=1/2\nisrc=DEAB71900001\nlyrics=la\\\nla\ncomment="
                            + comment + "\n");
        } catch (IOException full) {
            throw new AssertionError(full);
        }
        PeerFfmpeg.ffmpeg(
                "-i",
                media("song.mp4").toString(),
                "-i",
                tags.toString(),
                "-map",
                "0:a:0",
                "-map_metadata",
                "1",
                "-metadata:s:a:0",
                "language=ger",
                "-c",
                "copy",
                tagged.toString());
        return tagged;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "flac", "opus", "mka", "ogg"})
    void what_an_archivist_writes_arrives_and_so_does_the_language(String ending) {
        Path made = Lift.delivered(Lift.to(folder.resolve("out." + ending), tagged("评论 🌊")));
        Map<String, String> tags = tags(PeerFfmpeg.probed(made));
        assertThat(tags)
                .containsEntry("title", "a\u0007b\u202ec 🎼")
                .containsEntry("track", "3/12")
                .containsEntry("disc", "1/2")
                .containsEntry("lyrics", "la\nla")
                .containsEntry("comment", "评论 🌊")
                .containsEntry("language", "ger");
        assertThat(tags.get(ending.equals("mp3") ? "tsrc" : "isrc")).isEqualTo("DEAB71900001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "flac", "opus", "mka", "ogg", "wav"})
    void a_comment_of_a_megabyte_arrives_whole(String ending) {
        String comment = "日x🎵".repeat(130_000);
        Path made = Lift.delivered(Lift.to(folder.resolve("out." + ending), tagged(comment)));
        assertThat(tags(PeerFfmpeg.probed(made)).get("comment")).isEqualTo(comment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V2_3", "V2_4"})
    void the_comment_of_an_mp3_is_in_the_frame_that_players_show(Extras.Id3 version) throws IOException {
        Extras extras = new Extras(version, Optional.empty(), false, Optional.empty());
        Path made = Lift.delivered(
                Lift.to(folder.resolve("out.mp3"), tagged("评论 🌊")).withExtras(extras));
        String bytes = Files.readString(made, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("COMM").doesNotContain("c\0o\0m\0m\0e\0n\0t");
        int frame = bytes.indexOf("COMM");
        assertThat(bytes.substring(frame + 11, frame + 14)).isEqualTo("ger");
        assertThat(PeerFfmpeg.decoded(made).frames()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "flac", "opus", "mka"})
    void a_song_keeps_its_place_on_its_album(String ending) {
        assertThat(tags(made("song.mp4", ending)))
                .containsEntry("title", "Blue Harbour")
                .containsEntry("artist", "The Tide Tables")
                .containsEntry("album", "Songs for Boats")
                .containsEntry("genre", "Folk")
                .containsEntry("date", "2019");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m4a", "flac", "opus", "mka", "mp3"})
    void chinese_tags_of_an_mp3_arrive(String ending) {
        assertThat(tags(made("vbr.mp3", ending)))
                .containsEntry("title", "海上的灯塔")
                .containsEntry("artist", "艾达")
                .containsEntry("album", "声音");
    }

    @ParameterizedTest
    @CsvSource({"speech.ogg, mp3", "speech.ogg, flac", "speech.flac, m4a", "speech.flac, opus"})
    void tags_of_the_track_count_where_the_container_has_none(String input, String ending) {
        assertThat(tags(made(input, ending)))
                .containsEntry("title", "Spoken words")
                .containsEntry("artist", "Ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "mka", "opus"})
    void chapters_arrive_with_their_titles_and_places(String ending) {
        JsonNode chapters = made("interview.mkv", ending).path("chapters");
        assertThat(chapters.size()).isEqualTo(3);
        String[] titles = {"Opening", "The question", "Closing – 结束"};
        for (int i = 0; i < 3; i++) {
            assertThat(chapters.get(i).path("tags").path("title").asText()).isEqualTo(titles[i]);
            assertThat(chapters.get(i).path("start_time").asDouble()).isBetween(20.0 * i - 0.1, 20.0 * i + 0.1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "interview.mkv, mp3, mjpeg, 240", "interview.mkv, m4a, mjpeg, 240", "interview.mkv, flac, mjpeg, 240",
        "interview.mkv, opus, mjpeg, 240", "song.mp4, mp3, png, 160", "song.mp4, m4a, png, 160",
        "song.mp4, flac, png, 160", "song.mp4, opus, png, 160"
    })
    void the_cover_arrives_as_the_picture_it_was(String input, String ending, String codec, int width) {
        JsonNode picture = null;
        for (JsonNode stream : made(input, ending).path("streams")) {
            if (stream.path("codec_type").asText().equals("video")) picture = stream;
        }
        assertThat(picture).as("picture").isNotNull();
        assertThat(picture.path("codec_name").asText()).isEqualTo(codec);
        assertThat(picture.path("width").asInt()).isEqualTo(width);
        assertThat(picture.path("disposition").path("attached_pic").asInt()).isEqualTo(1);
    }

    @Test
    void the_cover_in_a_matroska_file_is_an_attachment_or_a_picture() {
        boolean found = false;
        for (JsonNode stream : made("interview.mkv", "mka").path("streams")) {
            String type = stream.path("codec_type").asText();
            found |= type.equals("attachment")
                    || stream.path("disposition").path("attached_pic").asInt() == 1;
        }
        assertThat(found).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "m4a", "flac", "opus", "wav"})
    void there_is_no_film_in_the_output(String ending) {
        for (JsonNode stream : made("phone.mov", ending).path("streams")) {
            assertThat(stream.path("codec_type").asText()).isEqualTo("audio");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MP3", "M4A", "FLAC", "OPUS", "MKA", "WAV"})
    void hostile_tags_are_carried_or_dropped_but_break_nothing(AudioFormat format) {
        Path made = Lift.delivered(Lift.to(folder.resolve("out." + format.label()), media("tags-evil.mp4"), format));
        assertThat(PeerFfmpeg.decoded(made).strongest(0, 300, 440, 600)).isEqualTo(440);
        if (format != AudioFormat.WAV) {
            assertThat(tags(PeerFfmpeg.probed(made)).get("artist")).isEqualTo("Ж 日本 🎵");
        }
    }
}
