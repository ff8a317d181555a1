package dev.soundlift.plan;

import java.util.regex.Pattern;

/**
 * What people write into the title of a track, in the languages that films come in. Only words that mean one thing:
 * a title is free text.
 */
enum TrackWords {
    COMMENTARY("comment|kommentar|kommentti|comentario|comentári|commento\\b|komentarz|komentář|yorum|комментар"
            + "|评论|評論|评述|解说|解說|旁白|コメンタリー|オーディオコメント|코멘터리|해설"),
    /** For people who do not see the picture. */
    DESCRIPTION("descripti|audiodes[ck]|audio des[ck]|descrizione|hörfilm|hoerfilm|syntolkning|synstolkning|lydtolkning"
            + "|visually impaired|visual impaired|тифло|口述影像|无障碍|無障礙|解説放送|音声解説|音声ガイド|화면해설|화면 해설|\\bAD\\b|\\bDVS\\b"),
    /** A part of the sound, not the whole: music and effects, the score alone, a voice taken out. */
    PART("\\bM ?& ?E\\b|music (and|&) effects|musik und effekte|isolated score|score only|music only|effects only"
            + "|karaoke|instrumental|国际声|國際聲|纯音乐|伴奏|ナレーションなし|カラオケ"),
    DUB(
            "\\bdub(s|bed|bing)?\\b|doblaj|doublage|doppiagg|dublag|dubbing|synchronfassung|synchronisiert|\\bVFF?\\b|\\bVFQ\\b"
                    + "|дубляж|дублир|многоголос|одноголос|закадров|dublaj|配音|译制|譯製|吹替|吹き替え|더빙"),
    ORIGINAL(
            "\\boriginal (audio|language|sound|version)\\b|^original$|original-?ton|\\bo-ton\\b|\\bVO\\b|version originale"
                    + "|versión original|versione originale|оригинал|原声|原聲|原版|原音|オリジナル|원음");

    private final Pattern pattern;

    TrackWords(String alternatives) {
        this.pattern = Pattern.compile(
                alternatives, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
    }

    boolean in(String title) {
        return pattern.matcher(title).find();
    }
}
