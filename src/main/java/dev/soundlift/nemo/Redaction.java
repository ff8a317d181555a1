package dev.soundlift.nemo;

import java.util.regex.Pattern;

/** Makes what the service said fit to be shown: no secrets, no controls, not endless. */
final class Redaction {
    private static final int LONGEST = 300;
    private static final Pattern TOKEN = Pattern.compile("(?i)\\b(nmv_[a-z]+_|clm_)[A-Za-z0-9_-]+");
    private static final Pattern PARAMETER = Pattern.compile("(?i)\\b(token|ct|access_token)=[^\\s&\"']+");
    private static final Pattern HEADER =
            Pattern.compile("(?i)\\b(bearer|authorization:?(?:\\s+bearer)?)\\s+[^\\s\"',]+");

    private Redaction() {}

    /** Everything that looks like a secret becomes three dots. */
    static String secrets(String text) {
        String safe = TOKEN.matcher(text).replaceAll("…");
        safe = PARAMETER.matcher(safe).replaceAll("$1=…");
        return HEADER.matcher(safe).replaceAll("$1 …");
    }

    /** One line for a message; an answer that is markup or JSON says nothing to people. */
    static String line(String text) {
        String flat = secrets(text).replaceAll("\\s+", " ").strip();
        if (flat.startsWith("<") || flat.startsWith("{") || flat.startsWith("[")) return "";
        return flat.length() <= LONGEST ? flat : flat.substring(0, LONGEST - 1) + "…";
    }
}
