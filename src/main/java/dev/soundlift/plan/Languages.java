package dev.soundlift.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;

/**
 * Tells whether two spellings mean the same language: ISO 639-1, 639-2/B, 639-2/T, or the name in English, in Chinese
 * or in the language itself.
 */
final class Languages {
    /** ISO 639-2: the twenty languages whose bibliographic code is not the terminological one. */
    private static final Map<String, String> BIBLIOGRAPHIC = Map.ofEntries(
            Map.entry("alb", "sqi"),
            Map.entry("arm", "hye"),
            Map.entry("baq", "eus"),
            Map.entry("bur", "mya"),
            Map.entry("chi", "zho"),
            Map.entry("cze", "ces"),
            Map.entry("dut", "nld"),
            Map.entry("fre", "fra"),
            Map.entry("geo", "kat"),
            Map.entry("ger", "deu"),
            Map.entry("gre", "ell"),
            Map.entry("ice", "isl"),
            Map.entry("mac", "mkd"),
            Map.entry("mao", "mri"),
            Map.entry("may", "msa"),
            Map.entry("per", "fas"),
            Map.entry("rum", "ron"),
            Map.entry("slo", "slk"),
            Map.entry("tib", "bod"),
            Map.entry("wel", "cym"),
            // Withdrawn codes that old files have, and the one of ISO 639-3 for what everyone tags as Chinese
            Map.entry("scc", "srp"),
            Map.entry("scr", "hrv"),
            Map.entry("cmn", "zho"));

    /** Names that the tables do not have, because they are not the official ones. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("mandarin", "zho"),
            Map.entry("中文", "zho"),
            Map.entry("汉语", "zho"),
            Map.entry("漢語", "zho"),
            Map.entry("华语", "zho"),
            Map.entry("華語", "zho"),
            Map.entry("国语", "zho"),
            Map.entry("國語", "zho"),
            Map.entry("普通话", "zho"),
            Map.entry("普通話", "zho"),
            Map.entry("cantonese", "yue"),
            Map.entry("粤语", "yue"),
            Map.entry("粵語", "yue"),
            Map.entry("日文", "jpn"),
            Map.entry("英文", "eng"),
            Map.entry("法文", "fra"),
            Map.entry("德文", "deu"),
            Map.entry("castellano", "spa"),
            Map.entry("farsi", "fas"),
            Map.entry("flemish", "nld"));

    private Languages() {}

    static boolean same(String one, String other) {
        return !one.isBlank() && terminological(one).equals(terminological(other));
    }

    /** Whether a short word can be a whole name: 德语 is one, "de" a code or a preposition. */
    static boolean isIdeographic(String word) {
        return !word.isEmpty() && word.codePoints().allMatch(Character::isIdeographic);
    }

    private static String terminological(String text) {
        String code = text.strip().toLowerCase(Locale.ROOT);
        if (!isCode(code)) return named(code).orElse(code);
        int region = code.indexOf('-');
        if (region > 0) code = code.substring(0, region);
        return code.length() == 2 ? threeLetters(code) : BIBLIOGRAPHIC.getOrDefault(code, code);
    }

    /** {@code de}, {@code deu}, {@code pt-br}. */
    private static boolean isCode(String text) {
        return text.matches("[a-z]{2,3}(-[a-z0-9-]+)?");
    }

    private static String threeLetters(String code) {
        try {
            String three = Locale.forLanguageTag(code).getISO3Language();
            return three.isEmpty() ? code : three;
        } catch (MissingResourceException unknown) {
            return code;
        }
    }

    private static Optional<String> named(String name) {
        // Java's traditional names end in 文, but 德語 is said as well
        return Optional.ofNullable(NAMES.get(name))
                .or(() -> Optional.ofNullable(Tables.NAMES.get(name)))
                .or(() -> Optional.ofNullable(Tables.NAMES.get(name.replace('語', '语'))));
    }

    /** Java's own names of all languages, read when first needed. */
    private static final class Tables {
        private static final Map<String, String> NAMES = new HashMap<>();

        static {
            List<Locale> foreign = List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE, Locale.TRADITIONAL_CHINESE);
            for (Locale in : foreign) {
                for (String code : Locale.getISOLanguages()) add(code, in);
            }
            for (String code : Locale.getISOLanguages()) add(code, Locale.forLanguageTag(code));
        }

        private static void add(String code, Locale in) {
            String name = Locale.forLanguageTag(code).getDisplayLanguage(in).toLowerCase(Locale.ROOT);
            NAMES.putIfAbsent(name, threeLetters(code));
        }
    }
}
