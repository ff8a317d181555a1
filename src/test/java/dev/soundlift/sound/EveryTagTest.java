package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.soundlift.engine.FileTags;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Extras;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tags arrive in which format, as another program reads them: all of them, everywhere but in a bare stream. */
class EveryTagTest {
    private static final String LONG = "长🎵 ".repeat(5000).strip();
    private static final Map<String, String> TAGS = Map.ofEntries(
            entry("title", "Tïtle 🎼 标题"),
            entry("artist", "Ada & فيروز"),
            entry("album", "a\u0007b\u202e = ; # \\ \" ' \u00a0 c"),
            entry("album_artist", "Various 艺术家"),
            entry("date", "2024-05-17"),
            entry("genre", "Folk"),
            entry("track", "3/12"),
            entry("disc", "1/2"),
            entry("composer", "J. S. Bach"),
            entry("comment", "line one\nline two 🌊"),
            entry("copyright", "© 2024 我"),
            entry("encoded_by", "Somebody"),
            entry("lyrics", "la\nla 歌词 أغنية"),
            entry("isrc", "DEAB71900001"),
            entry("publisher", "Harbour Records"),
            entry("label", "Label X"),
            entry("bpm", "120"),
            entry("mood", "Quiet 🌙"),
            entry("lyricist", "L. Writer"),
            entry("conductor", "C. Ductor"),
            entry("grouping", "Group"),
            entry("description", LONG),
            entry("catalognumber", "CAT 001"),
            entry("episode_id", "E07"),
            entry("my_own_key", "mine 🐚"));

    /** How FFmpeg calls what it reads from ID3 frames. */
    private static final Map<String, String> READ_AS = Map.of(
            "tsrc",
            "isrc",
            "tbpm",
            "bpm",
            "tmpo",
            "bpm",
            "text",
            "lyricist",
            "tit1",
            "grouping",
            "performer",
            "conductor",
            "synopsis",
            "description");

    @TempDir
    Path folder;

    private Path source;

    @BeforeEach
    void everything() throws IOException {
        StringBuilder text = new StringBuilder(";FFMETADATA1\n");
        TAGS.forEach((name, value) ->
                text.append(escaped(name)).append('=').append(escaped(value)).append('\n'));
        text.append("[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=One 一\n");
        text.append("[CHAPTER]\nTIMEBASE=1/1000\nSTART=1000\nEND=2000\ntitle=Two 🌊\n");
        Path tags = Files.writeString(folder.resolve("tags.txt"), text);
        Path cover = folder.resolve("cover.png");
        PeerFfmpeg.ffmpeg("-f", "lavfi", "-i", "color=red:s=64x48", "-frames:v", "1", cover.toString());
        source = folder.resolve("source.mka");
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "sine=440:d=2,volume=0.3",
                "-i",
                tags.toString(),
                "-map",
                "0:a",
                "-map_metadata",
                "1",
                "-map_chapters",
                "1",
                "-metadata:s:a:0",
                "language=deu",
                "-c:a",
                "flac",
                "-attach",
                cover.toString(),
                "-metadata:s:t",
                "mimetype=image/png",
                "-metadata:s:t",
                "filename=cover.png",
                source.toString());
    }

    private static String escaped(String words) {
        return words.replaceAll("([\\\\=;#\n])", "\\\\$1");
    }

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
            String known = lower.startsWith("lyrics-") ? "lyrics" : READ_AS.getOrDefault(lower, lower);
            tags.put(known, node.path(name).asText());
        }
    }

    private static void assertChaptersAndCover(JsonNode probed) {
        assertThat(probed.path("chapters"))
                .extracting(chapter -> chapter.path("tags").path("title").asText())
                .containsExactly("One 一", "Two 🌊");
        assertThat(probed.path("chapters").get(1).path("start_time").asDouble()).isEqualTo(1);
        assertThat(probed.path("streams"))
                .anySatisfy(stream -> assertThat(
                                stream.path("disposition").path("attached_pic").asInt())
                        .isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "MP3, mp3, V2_3",
        "MP3, mp3, V2_4",
        "M4A, m4a, V2_3",
        "ALAC, m4a, V2_3",
        "FLAC, flac, V2_3",
        "OPUS, opus, V2_3",
        "OGG, ogg, V2_3",
        "MKA, mka, V2_3"
    })
    void every_tag_the_chapters_and_the_cover_arrive(AudioFormat format, String ending, Extras.Id3 version) {
        Extras extras = new Extras(version, Optional.empty(), false, Optional.empty());
        Path made = Lift.delivered(
                Lift.to(folder.resolve("out." + ending), source, format).withExtras(extras));
        JsonNode probed = PeerFfmpeg.probed(made);
        Map<String, String> expected = new LinkedHashMap<>(TAGS);
        expected.put("language", "deu");
        // It is there, in an atom of two bytes, of which FFmpeg reads one
        if (ending.equals("m4a")) expected.remove("bpm");
        assertThat(tags(probed)).containsAllEntriesOf(expected);
        assertChaptersAndCover(probed);
        assertThat(PeerFfmpeg.decoded(made).strongest(0, 300, 440, 600)).isEqualTo(440);
    }

    /** Its own list holds few; all of them are in an ID3 tag behind the sound, which FFmpeg does not read beside a list. */
    @Test
    void a_wav_file_has_the_usual_ones_in_its_list_and_all_in_an_id3_tag() throws IOException {
        Path made = Lift.delivered(Lift.to(folder.resolve("out.wav"), source));
        JsonNode probed = PeerFfmpeg.probed(made);
        assertThat(tags(probed))
                .contains(
                        entry("title", TAGS.get("title")),
                        entry("artist", TAGS.get("artist")),
                        entry("album", TAGS.get("album")),
                        entry("date", TAGS.get("date")),
                        entry("genre", TAGS.get("genre")),
                        entry("track", TAGS.get("track")),
                        entry("copyright", TAGS.get("copyright")),
                        entry("comment", TAGS.get("comment")));
        assertChaptersAndCover(probed);
        assertThat(Wav.read(made).frames()).isEqualTo(2 * 44_100);
        JsonNode tag = PeerFfmpeg.probed(asMp3(id3ChunkOf(made)));
        assertThat(tags(tag)).containsAllEntriesOf(TAGS).containsEntry("language", "deu");
        assertChaptersAndCover(tag);
    }

    private static byte[] id3ChunkOf(Path wav) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt(4)).isEqualTo(bytes.limit() - 8);
        for (int at = 12; at < bytes.limit(); ) {
            int length = bytes.getInt(at + 4);
            boolean found = new String(bytes.array(), at, 4, StandardCharsets.US_ASCII).equals("id3 ");
            if (found) return Arrays.copyOfRange(bytes.array(), at + 8, at + 8 + length);
            at += 8 + length + (length & 1);
        }
        throw new AssertionError("no ID3 tag");
    }

    private Path asMp3(byte[] tag) {
        Path sound = folder.resolve("bare.mp3");
        PeerFfmpeg.ffmpeg("-f", "lavfi", "-i", "sine=d=1", "-id3v2_version", "0", "-f", "mp3", sound.toString());
        try {
            Path tagged = folder.resolve("tagged.mp3");
            Files.write(tagged, tag);
            Files.write(tagged, Files.readAllBytes(sound), java.nio.file.StandardOpenOption.APPEND);
            return tagged;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void what_a_wav_file_holds_comes_back_from_it() throws IOException {
        Lift.onlyByTheLibraries(); // FFmpeg 5.1 reads no ID3 beside a list
        Path wav = Lift.delivered(Lift.to(folder.resolve("1.wav"), source));
        Path mp3 = Lift.delivered(Lift.to(folder.resolve("2.mp3"), wav));
        Path again = Lift.delivered(Lift.to(folder.resolve("3.wav"), mp3));
        JsonNode tag = PeerFfmpeg.probed(asMp3(id3ChunkOf(again)));
        Map<String, String> all = new TreeMap<>(TAGS);
        all.remove("description"); // FFmpeg reads none in WAV
        assertThat(tags(tag)).containsAllEntriesOf(all).containsEntry("language", "deu");
        assertChaptersAndCover(tag);
    }

    /** As a WAV file is that passes 4 GB, where the lengths are in another chunk. */
    @Test
    void a_large_wav_file_has_its_id3_tag_where_readers_find_it() throws IOException {
        Lift.onlyByTheLibraries(); // FFmpeg 5.1 reads no ID3 beside a list
        Path large = folder.resolve("large.wav");
        PeerFfmpeg.ffmpeg("-f", "lavfi", "-i", "sine=d=1", "-map_metadata", "-1", "-rf64", "always", large.toString());
        Plan plan =
                Lift.report(Lift.to(folder.resolve("small.wav"), source)).plan().orElseThrow();
        FileTags.addToWav(large, plan, Optional.empty());
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(large)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getLong(20)).isEqualTo(bytes.limit() - 8);
        Path mp3 = Lift.delivered(Lift.to(folder.resolve("large.mp3"), large));
        assertThat(tags(PeerFfmpeg.probed(mp3)))
                .containsEntry("album_artist", TAGS.get("album_artist"))
                .containsEntry("language", "deu");
        assertThat(PeerFfmpeg.decoded(mp3).frames()).isEqualTo(44_100);
    }

    @Test
    void what_arrived_in_one_format_arrives_in_the_next() {
        Path mp3 = Lift.delivered(Lift.to(folder.resolve("1.mp3"), source));
        Path m4a = Lift.delivered(Lift.to(folder.resolve("2.m4a"), mp3));
        Path flac = Lift.delivered(Lift.to(folder.resolve("3.flac"), m4a));
        Map<String, String> tags = tags(PeerFfmpeg.probed(flac));
        for (String name : List.of("title", "album_artist", "lyrics", "isrc", "publisher", "mood", "my_own_key")) {
            assertThat(tags).containsEntry(name, TAGS.get(name));
        }
        assertChaptersAndCover(PeerFfmpeg.probed(flac));
    }
}
