package dev.soundlift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
    @ParameterizedTest
    @CsvSource({
        "en, eng",
        "de, ger",
        "de, deu",
        "ger, deu",
        "zh, chi",
        "chi, zho",
        "fre, fra",
        "cze, ces",
        "dut, nl",
        "slo, sk",
        "wel, cy",
        "English, eng",
        "german, ger",
        "Chinese, chi",
        "FRENCH, fra",
        "EN, eng",
        "en-US, eng",
        "zh-Hans, chi",
        "' eng ', en",
        "German, Deutsch",
        "德语, Deutsch",
        "德文, ger",
        "德語, de",
        "français, fre",
        "Español, spa",
        "castellano, es",
        "日本語, Japanese",
        "日语, jpn",
        "한국어, kor",
        "русский, rus",
        "العربية, ar",
        "普通话, chi",
        "Mandarin, zho",
        "cmn, zh",
        "粤语, yue",
        "scr, hr",
    })
    void one_language_has_many_spellings(String one, String other) {
        assertThat(Languages.same(one, other)).isTrue();
        assertThat(Languages.same(other, one)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "eng, ger",
        "de, da",
        "zho, jpn",
        "'', eng",
        "'', ''",
        "eng, ''",
        "und, eng",
        "Klingonish, eng",
        "xx, yy",
        "粤语, 普通话",
        "Deutsch, Dutch",
        "Deutschland, de",
    })
    void different_languages_are_told_apart_and_nothing_is_no_language(String one, String other) {
        assertThat(Languages.same(one, other)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1a, 2b", "??, !!"})
    void what_is_no_language_code_is_only_the_same_as_itself(String one, String other) {
        assertThat(Languages.same(one, other)).isFalse();
    }

    @Property
    void every_two_letter_code_is_the_same_as_its_three_letter_code_and_its_name(@ForAll("codes") String code) {
        Locale language = Locale.forLanguageTag(code);
        assertThat(Languages.same(code, language.getISO3Language())).isTrue();
        assertThat(Languages.same(language.getISO3Language(), code)).isTrue();
    }

    @Property
    void any_two_texts_can_be_compared_in_either_direction(@ForAll String one, @ForAll String other) {
        if (one.isBlank() || other.isBlank()) return;
        assertThat(Languages.same(one, other)).isEqualTo(Languages.same(other, one));
        assertThat(Languages.same(one, one)).isTrue();
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.of(Locale.getISOLanguages());
    }
}
