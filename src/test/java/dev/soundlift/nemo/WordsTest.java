package dev.soundlift.nemo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.nemo.Routing.Intent;
import dev.soundlift.nemo.Translation.Instead;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user says is routed, and what the service says is translated, in both languages. */
class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "export, EXPORT",
        "Export!, EXPORT",
        "please DOWNLOAD it, EXPORT",
        "send me the video, EXPORT",
        "导出, EXPORT",
        "帮我导出视频, EXPORT",
        "how many credits are left?, CREDITS",
        "my balance, CREDITS",
        "还有多少积分, CREDITS",
        "余额, CREDITS",
        "status, STATE",
        "show tracks, STATE",
        "现在什么样了, STATE",
        "项目状态, STATE",
        "upload, UPLOAD",
        "上传这个文件, UPLOAD",
        "regenerate, MESSAGE",
        "regenerate and export, MESSAGE",
        "重新生成, MESSAGE",
        "再来一个, MESSAGE",
        "make it louder, MESSAGE",
        "exported goods, MESSAGE",
        "an unbalanced mix, MESSAGE",
        "export the audio as mp3, MESSAGE",
        "download this URL and extract the sound, MESSAGE",
        "export 0:10 to 0:25, MESSAGE",
        "导出 mp3, MESSAGE",
        "导出前 30 秒, MESSAGE",
    })
    void a_sentence_is_routed_before_anything_is_sent(String sentence, Intent intent) {
        assertThat(Routing.of(sentence)).isEqualTo(intent);
    }

    private static Translation translated(String... paragraphs) {
        return Translation.of(List.of(paragraphs));
    }

    @Test
    void an_instruction_for_a_screen_becomes_what_the_program_does() {
        assertThat(translated("Click the Export button to save it."))
                .isEqualTo(new Translation(List.of(), Set.of(Instead.EXPORT)));
        assertThat(translated("Trimmed to 15 s. You can check your account for billing details."))
                .isEqualTo(new Translation(List.of("Trimmed to 15 s."), Set.of(Instead.CREDITS)));
        assertThat(translated("I cut the audio to 0:10-0:25. Preview it in the timeline."))
                .isEqualTo(new Translation(List.of("I cut the audio to 0:10-0:25."), Set.of(Instead.SUMMARY)));
        assertThat(translated("The audio is extracted now, click Export to download it."))
                .isEqualTo(new Translation(List.of("The audio is extracted now."), Set.of(Instead.EXPORT)));
        assertThat(translated("打开素材面板。音频已提取。")).isEqualTo(new Translation(List.of("音频已提取。"), Set.of(Instead.SUMMARY)));
        assertThat(translated("拖拽片段到时间线。")).isEqualTo(new Translation(List.of(), Set.of(Instead.EDIT)));
        assertThat(translated("请查看账户余额。")).isEqualTo(new Translation(List.of(), Set.of(Instead.CREDITS)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Done: the audio track was extracted.",
                "The bit rate is 192.5 kbps, stereo.",
                "音频已提取完成,时长 30.5 秒。",
                "The video opens with a title."
            })
    void what_was_done_is_kept_word_for_word(String sentence) {
        assertThat(translated(sentence)).isEqualTo(new Translation(List.of(sentence), Set.of()));
    }

    @Test
    void an_edit_by_hand_is_ours_to_do_only_where_it_was_asked_for() {
        assertThat(Translation.asksForAnEdit("move the clip to the start")).isTrue();
        assertThat(Translation.asksForAnEdit("把片段移动到开头")).isTrue();
        assertThat(Translation.asksForAnEdit("extract the audio as mp3")).isFalse();
    }

    @Test
    void secrets_are_never_shown() {
        for (String text : List.of(
                "bad token nmv_usr_abc-DEF_123",
                "see https://x/claim?token=nmv_usr_abc&task=1",
                "Authorization: Bearer abc.def",
                "ct=clm_abcdef0123")) {
            assertThat(Redaction.line(text)).doesNotContain("abc", "123");
        }
        assertThat(Redaction.line("{\"code\":1}")).isEmpty();
        assertThat(Redaction.line("<html>busy</html>")).isEmpty();
        assertThat(String.valueOf(new Token("nmv_usr_abc"))).doesNotContain("nmv");
    }
}
