package dev.soundlift.sentence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.sound.TestMedia;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of {@code testdata/sentences.tsv}: what people say, and the call that it stands for. */
class SentencesTest {
    /** @param notUnderstood what has to be named as such, with bars between */
    record Line(String sentence, String commandLine, String notUnderstood) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    static Stream<Line> lines() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String line : Files.readAllLines(TestMedia.testdata().resolve("sentences.tsv"))) {
            if (line.isBlank() || line.startsWith("#")) continue;
            String[] columns = line.split("\t", -1);
            lines.add(new Line(columns[0], columns[1], columns.length > 2 ? columns[2] : ""));
        }
        return lines.stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void a_sentence_is_read_as_the_table_says(Line line) {
        Reading reading = new SentenceReader(Surroundings.NONE).read(line.sentence(), List.of());
        if (line.commandLine().equals("refused")) {
            assertThat(reading.contradictions()).isNotEmpty();
            return;
        }
        assertThat(reading.contradictions()).isEmpty();
        assertThat(String.join(" ", reading.commandLine())).isEqualTo(line.commandLine());
        assertThat(String.join("|", reading.notUnderstood())).isEqualTo(line.notUnderstood());
    }

    /** What is refused says why. */
    @ParameterizedTest
    @CsvSource({
        "compress a.mp4 to 10 MB, ask.size",
        "a.mp4 最多8兆, ask.size",
        "the sound of a.mp4 as wma, ask.no-format",
        "the best bits of a.mp4, ask.which-part",
        "the first minute of a.mp4 is silence, ask.told",
        "a.mp4 前两分钟是试音, ask.told",
        "save a.mp4 on my desktop, ask.place",
        "cut a.mp4 at 5:00, ask.unclear",
        "a.mp4 取 30%, ask.unclear",
        "a.mp4 and b.mp4 into one mp3, ask.other-job",
        "a.mp4 as mp3 and email it to me, ask.other-job",
        "a.mp4 转mp3 然后自动关机, ask.other-job",
        "a.mp4 at 1.5x speed, ask.other-job",
        "a.mp4 from 3:00 and drop everything after 48, ask.no-unit",
        "hello there, ask.nothing"
    })
    void a_refusal_says_why(String sentence, String why) {
        Reading reading = new SentenceReader(Surroundings.NONE).read(sentence, List.of());
        assertThat(reading.contradictions().stream().map(Text::key)).contains(why);
    }

    /** In its own words, and never among what is understood. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete the video",
                "email it to me",
                "upload it to youtube",
                "shut down",
                "play it",
                "burn to CD",
                "删除视频",
                "发到我邮箱"
            })
    void what_is_to_be_done_besides_is_not_understood(String besides) {
        boolean chinese = Character.isIdeographic(besides.codePointAt(0));
        String sentence = chinese ? "a.mp4 转成 mp3，然后" + besides : "convert a.mp4 to mp3 and then " + besides;
        Reading reading = new SentenceReader(Surroundings.NONE).read(sentence, List.of());
        assertThat(String.join(" ", reading.understood())).doesNotContain(besides);
        assertThat(reading.contradictions())
                .anySatisfy(why -> assertThat(why.key() + " " + why.arguments()).contains("ask.other-job", besides));
    }

    /** Of a folder with songs beside the videos, "the videos" are not all of it. */
    @Test
    void videos_are_not_the_sounds_beside_them() {
        Surroundings here = new Surroundings() {
            @Override
            public Kind look(String name) {
                return name.equals("trip") || name.equals(".") ? Kind.FOLDER : Kind.NOTHING;
            }

            @Override
            public List<String> videosBesideSounds(String folder) {
                return List.of("mp4", "MOV");
            }
        };
        SentenceReader reader = new SentenceReader(here);
        assertThat(reader.read("all the videos in this folder as m4a", List.of())
                        .inputs())
                .containsExactly("*.mp4", "*.MOV");
        assertThat(reader.read("把trip文件夹里的视频转成mp3", List.of()).inputs()).containsExactly("trip/*.mp4", "trip/*.MOV");
        assertThat(reader.read("all the files in this folder as m4a", List.of()).inputs())
                .containsExactly(".");
        assertThat(reader.read("every mkv in this folder as m4a", List.of()).inputs())
                .containsExactly("*.mkv");
    }

    /** Every word that is said to wish for something is a wish, or is asked about, whatever else is clear. */
    @Test
    void no_word_that_wishes_is_passed_over() {
        SentenceReader reader = new SentenceReader(Surroundings.NONE);
        List<String> ignored = new ArrayList<>();
        for (String kind : Unspent.KINDS) {
            for (String word : Vocabulary.WORDS.ofKind(kind)) {
                boolean chinese = Character.isIdeographic(word.codePointAt(0));
                String base = chinese ? "把 a.mp4、b.mp4 和 c.mp4 转成 mp3" : "a.mp4, b.mp4 and c.mp4 as mp3";
                Reading reading = reader.read(base + (chinese ? "，" : ", ") + word, List.of());
                if (word.matches("after|past|before|prior to|统一")) continue; // said of much else
                boolean asked = !reading.contradictions().isEmpty();
                boolean wished = !reading.understood()
                        .equals(reader.read(base, List.of()).understood());
                if (!asked && !wished) ignored.add(kind + " " + word);
            }
        }
        assertThat(ignored).isEmpty();
    }

    /** A word that nobody knows is asked about wherever something is wished; where something is told, it is only listed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.mp4 as zorbly mp3",
                "a.mp4 to mp3 zorbly",
                "a.mp4 as mp3 with zorbling",
                "a.mp4 as mp3 using zorbs",
                "a.mp4 to mp3, zorbly",
                "a.mp4 to mp3, very zorby",
                "a.mp4 as mp3, make it zorby",
                "a.mp4 as mp3 but a bit zorbier",
                "extract the zorb from a.mp4",
                "zorb fest.mp4 to mp3",
                "a.mp4 转成嘎嘣mp3",
                "a.mp4 转成mp3，让声音更嘎嘣"
            })
    void an_unknown_word_is_asked_about_where_something_is_wished(String sentence) {
        Reading reading = new SentenceReader(Surroundings.NONE).read(sentence, List.of());
        assertThat(reading.contradictions()).isNotEmpty();
        Reading told = new SentenceReader(Surroundings.NONE).read("our zorb filmed it, a.mp4 as mp3", List.of());
        assertThat(told.contradictions()).isEmpty();
        assertThat(told.notUnderstood()).anyMatch(words -> words.contains("zorb"));
    }

    /** Every phrase with a Chinese "not" or "the" in it is known in Cantonese too. */
    @ParameterizedTest
    @CsvSource({"不用转码, 唔使转码", "不要视频, 唔好视频", "不要视频, 唔要视频", "重要的部分, 重要嘅部分", "没有声音的地方, 冇声音嘅地方", "不需要画面, 唔使画面"})
    void a_phrase_is_known_in_cantonese(String mandarin, String cantonese) {
        List<String> atoms = mandarin.codePoints().mapToObj(Character::toString).toList();
        assertThat(Cantonese.of(atoms).stream().map(other -> String.join("", other)))
                .contains(cantonese);
    }

    /** A greeting wishes for nothing, whatever file stands beside it. */
    @Test
    void a_file_beside_a_sentence_makes_no_request_of_it() {
        SentenceReader reader = new SentenceReader(Surroundings.NONE);
        assertThat(reader.read("hello there", List.of("a.mp4")).contradictions())
                .isNotEmpty();
        assertThat(reader.read("asdf", List.of("a.mp4")).contradictions()).isNotEmpty();
        assertThat(reader.read("the sound please", List.of("a.mp4")).contradictions())
                .isEmpty();
    }

    @Test
    void the_table_is_large_and_half_of_it_chinese() throws IOException {
        List<Line> lines = lines().toList();
        long chinese = lines.stream()
                .filter(line -> line.sentence().codePoints().anyMatch(Character::isIdeographic))
                .count();
        assertThat(lines.stream().map(Line::sentence)).doesNotHaveDuplicates();
        assertThat(lines.size()).isGreaterThanOrEqualTo(1200);
        assertThat(chinese * 2).isGreaterThanOrEqualTo(lines.size());
    }
}
