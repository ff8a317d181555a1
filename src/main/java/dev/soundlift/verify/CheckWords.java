package dev.soundlift.verify;

import dev.soundlift.text.Text;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A check in words for people. Programs get its stable name and values instead. */
public final class CheckWords {
    private static final Set<String> NAMES = Set.of(
            "container",
            "codec",
            "shape",
            "samples",
            "content",
            "duration",
            "decodes",
            "packets",
            "level",
            "whole-frames");

    private static final Map<String, String> WORDS = Map.of(
            "sound", "check.sound",
            "1 errors", "check.error",
            "silence", "check.silence",
            "silence, as the source", "check.silence-as-source",
            "not decodable here", "check.not-decodable");

    private static final Map<Pattern, String> PHRASES = Map.of(
            Pattern.compile("(\\d+) errors"), "check.errors",
            Pattern.compile("peak (\\S+) dBFS"), "check.peak",
            Pattern.compile("source (\\S+ s)"), "check.source-length",
            Pattern.compile("claims (\\S+ s)"), "check.claimed-length");

    private CheckWords() {}

    public static Text name(Check check) {
        return NAMES.contains(check.name()) ? Text.of("check.name." + check.name()) : asItIs(check.name());
    }

    /** Of what was expected or found; numbers and names of codecs are the same in every language. */
    public static Text value(String value) {
        String key = WORDS.get(value);
        if (key != null) return Text.of(key);
        for (Map.Entry<Pattern, String> phrase : PHRASES.entrySet()) {
            Matcher matcher = phrase.getKey().matcher(value);
            if (matcher.matches()) return Text.of(phrase.getValue(), matcher.group(1));
        }
        return asItIs(value);
    }

    private static Text asItIs(String words) {
        return Text.of("check.as-it-is", words);
    }
}
