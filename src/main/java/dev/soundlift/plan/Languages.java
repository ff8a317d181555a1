package dev.soundlift.plan;

import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;

/** Tells whether two spellings mean the same language: ISO 639-1, 639-2/B, 639-2/T, or the English name. */
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
            Map.entry("wel", "cym"));

    private Languages() {}

    static boolean same(String one, String other) {
        return !one.isBlank() && terminological(one).equals(terminological(other));
    }

    private static String terminological(String text) {
        String code = text.strip().toLowerCase(Locale.ROOT);
        int region = code.indexOf('-');
        if (region > 0) code = code.substring(0, region);
        if (code.length() > 3) code = named(code);
        if (code.length() == 2) {
            try {
                String three = Locale.forLanguageTag(code).getISO3Language();
                return three.isEmpty() ? code : three;
            } catch (MissingResourceException unknown) {
                return code;
            }
        }
        return BIBLIOGRAPHIC.getOrDefault(code, code);
    }

    private static String named(String name) {
        for (String code : Locale.getISOLanguages()) {
            if (Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH).equalsIgnoreCase(name)) return code;
        }
        return name;
    }
}
