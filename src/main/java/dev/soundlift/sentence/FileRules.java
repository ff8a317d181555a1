package dev.soundlift.sentence;

import dev.soundlift.request.AudioFormat;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What goes in, and where it goes. */
final class FileRules {
    private static final Set<String> VIDEO_ENDINGS =
            Set.of("mp4 mkv mov avi webm flv wmv ts mpg mpeg m4v 3gp vob rmvb m2ts mts ogv".split(" "));

    private static final int MOST_KINDS = 4;

    /** Pages with a player, no media files. */
    private static final Pattern VIDEO_PAGE = Pattern.compile(
            "(?i)^https?://(?:[\\w-]+\\.)*(youtube\\.com|youtu\\.be|bilibili\\.com|b23\\.tv|vimeo\\.com|tiktok\\.com"
                    + "|douyin\\.com|instagram\\.com|facebook\\.com|twitch\\.tv|dailymotion\\.com|youku\\.com|iqiyi\\.com"
                    + "|soundcloud\\.com|spotify\\.com|twitter\\.com|x\\.com|kuaishou\\.com|xiaohongshu\\.com)"
                    + "(?=/(?![^?#]*\\.\\w{3,4}(?:[?#]|$))|$)");

    private static final List<Rule> SINGLE = List.of(
            Rule.of("name", (match, wishes) -> title(match, wishes) || input(wishes, match.name())),
            // A title to be written is none of a file
            Rule.of("NAMING|TITLED thing? name", (match, wishes) -> {
                String words = match.text(match.has("NAMING") ? "NAMING" : "TITLED");
                if (match.name().contains(".") || !words.matches(".*title|标题.*")) return false;
                wishes.problem(Text.of("ask.other-job", match.written()));
                return true;
            }),
            // "If talk.mp3 exists overwrite it"
            Rule.of(
                    "name EXISTING",
                    (match, wishes) -> wishes.files.isNamed()
                            && AudioFormat.ofExtension(
                                            match.name().substring(match.name().lastIndexOf('.') + 1))
                                    .isPresent()),
            // "Make a video out of talk.mp3"
            Rule.of("EXTRACT MEDIA FILLER? IN|SOURCE|FROM name", (match, wishes) -> {
                boolean video = match.text("EXTRACT").matches("mak(?:e|ing)|turn")
                        && match.text("MEDIA").matches("video|movie|film");
                return video && played(match, wishes);
            }),
            // Out of the file, not from the disk
            Rule.of(
                    "OTHERJOB IN|FROM|SOURCE name",
                    (match, wishes) ->
                            match.text("OTHERJOB").equals("delete the video") && input(wishes, match.name())),
            // "Make party.mp3 out of party.mp4"
            Rule.of("EXTRACT? name FILLER? IN|FROM|SOURCE name", FileRules::made),
            Rule.of("MEDIA TITLED name", (match, wishes) -> input(wishes, match.name())),
            Rule.of("name IN folder FOLDER?", FileRules::inFolder),
            Rule.of("name IN FOLDER TITLED? folder", FileRules::inFolder),
            Rule.of("folder FOLDER IN|SOURCE name", (match, wishes) -> {
                wishes.files.within(match.folder(), List.of(match.name()));
                return true;
            }),
            // Every file of a kind
            Rule.of("ALL? VIDEOFORMAT|FORMAT MEDIA|FORMATNOUN? IN FOLDER? TITLED? folder FOLDER?", FileRules::pattern),
            Rule.of(
                    "ALL VIDEOFORMAT|FORMAT MEDIA|FORMATNOUN? IN FOLDER? TITLED? destination FOLDER?",
                    FileRules::pattern),
            Rule.of("folder FOLDER IN? ALL VIDEOFORMAT|FORMAT MEDIA|FORMATNOUN?", FileRules::pattern),
            Rule.of("folder FOLDER IN ALL? VIDEOFORMAT MEDIA|FORMATNOUN? ALL?", FileRules::pattern),
            Rule.of("ALL SOURCE? VIDEOFORMAT MEDIA|FORMATNOUN?", FileRules::every),
            // ~/下载 mp4 都转 m4a
            Rule.of("VIDEOFORMAT MEDIA|FORMATNOUN? EACH|ALL", (match, wishes) -> {
                String all = match.text(match.has("EACH") ? "EACH" : "ALL");
                return all.matches("都|全|全部|通通|统统|全都|也都") && every(match, wishes);
            }),
            Rule.of("ALL FORMAT MEDIA|FORMATNOUN", (match, wishes) -> {
                wishes.files.every(match.value("FORMAT"));
                return true;
            }),
            Rule.of("ALL VIDEOFORMAT MEDIA|FORMATNOUN? IN HERE", FileRules::every),
            Rule.of("IN? HERE IN? ALL VIDEOFORMAT MEDIA|FORMATNOUN?", FileRules::every),
            Rule.of("ALL? MEDIA IN FOLDER? TITLED? folder FOLDER?", FileRules::folder),
            Rule.of("ALL IN folder FOLDER?", FileRules::folder),
            Rule.of("ALL? MEDIA IN FOLDER folder", FileRules::folder),
            Rule.of("folder FOLDER IN ALL? MEDIA?", FileRules::folder),
            Rule.of("folder FOLDER ALL MEDIA?", FileRules::folder),
            Rule.of("folder FOLDER", FileRules::folder),
            Rule.of(
                    "folder IN ALL? VIDEOFORMAT MEDIA|FORMATNOUN?",
                    (match, wishes) -> isChinese(match.text("IN")) && pattern(match, wishes)),
            Rule.of("folder IN ALL? MEDIA", (match, wishes) -> isChinese(match.text("IN")) && folder(match, wishes)),
            Rule.of(
                    "IN name ASKS|HAVE ALL? VIDEOFORMAT MEDIA|FORMATNOUN?",
                    (match, wishes) -> match.name().endsWith("/") && patternIn(match, wishes)),
            Rule.of("FOLDER TITLED? name IN ALL? VIDEOFORMAT MEDIA|FORMATNOUN?", FileRules::patternIn),
            Rule.of("ALL VIDEOFORMAT MEDIA|FORMATNOUN? IN FOLDER TITLED? name", FileRules::patternIn),
            Rule.of("FOLDER TITLED? name", (match, wishes) -> {
                wishes.files.place(match.name());
                return true;
            }),
            // "talk.mp4 as mp3, in the folder Audio"
            Rule.of(
                    "INTO|IN FOLDER TITLED? name",
                    (match, wishes) -> wishes.files.isNamed() && outputFolder(wishes, match.name())),
            Rule.of("ALL? MEDIA IN HERE", (match, wishes) -> here(wishes)),
            Rule.of("IN? HERE IN? ALL MEDIA", (match, wishes) -> here(wishes)),
            Rule.of("ALL MEDIA", (match, wishes) -> here(wishes)),
            Rule.of("ALL IN? HERE", (match, wishes) -> here(wishes)),
            // "incoming 这个文件夹"
            Rule.of("folder HERE", (match, wishes) -> {
                boolean said = match.text("HERE").matches("(?:这个|该|此)(?:文件夹|目录|资料夹)");
                if (said) wishes.files.folder(match.folder());
                return said;
            }),
            Rule.of("HERE", (match, wishes) -> here(wishes)),
            Rule.of("PLAY name", FileRules::played),
            Rule.of("ALL? SUBFOLDERS IN folder FOLDER?", (match, wishes) -> {
                wishes.files.recurse = true;
                wishes.files.folder(match.folder());
                return true;
            }),
            Rule.of("RECURSE", (match, wishes) -> wishes.files.recurse = true),
            Rule.of("SUBFOLDERS", FileRules::recurse),
            Rule.of("STDOUT", (match, wishes) -> {
                wishes.files.output("-");
                return true;
            }),
            // What somebody is going to do with it is no place
            Rule.of(
                    "WHERE FILLER? OUTPUT|DEPOSIT IN|INTO? folder",
                    (match, wishes) -> match.text("WHERE").equals("when")),
            // Where it goes
            Rule.of("OUTPUT|INTO OUTPUT? name", FileRules::output),
            // One call makes one kind of file: asked for twice
            Rule.of("OUTPUT|INTO OUTPUT? name AND name", (match, wishes) -> {
                List<String> names = List.of(match.name(), match.value("name", 1));
                boolean sounds = names.stream()
                        .allMatch(name -> AudioFormat.ofExtension(name.substring(name.lastIndexOf('.') + 1)
                                        .toLowerCase(Locale.ROOT))
                                .isPresent());
                if (sounds) names.forEach(wishes.files::output);
                return sounds;
            }),
            Rule.of("ALL? IN|INTO|TO FOLDER? TITLED? name IN?", FileRules::placed),
            Rule.of("DEPOSIT|OUTPUT FOLDER? IS|TITLED|PUNCTUATION? name", FileRules::placed),
            Rule.of("OUTPUT name FOLDER IN?", (match, wishes) -> outputFolder(wishes, match.name())),
            Rule.of(
                    "INTO|TO|IN name FOLDER IN?",
                    (match, wishes) -> match.has("INTO") && outputFolder(wishes, match.name())),
            Rule.of("OUTPUT IN|INTO? FOLDER? TITLED? destination FOLDER?", FileRules::destination),
            Rule.of("INTO|IN|TO destination FOLDER?", FileRules::destination),
            Rule.of("INTO|IN|TO FOLDER TITLED? destination FOLDER?", FileRules::destination),
            Rule.of("OUTPUT IN|INTO? FOLDER? TITLED? folder FOLDER?", FileRules::outputFolder),
            Rule.of("OUTPUT IN? folder FOLDER IN?", FileRules::outputFolder),
            Rule.of("INTO FOLDER TITLED? folder", FileRules::outputFolder),
            Rule.of(
                    "INTO folder FOLDER",
                    (match, wishes) -> match.text("INTO").matches("to|into") && outputFolder(match, wishes)),
            Rule.of(
                    "INTO|IN|TO SOURCE folder FOLDER",
                    (match, wishes) -> wishes.isDepositing() && outputFolder(wishes, match.folder())),
            Rule.of(
                    "INTO|IN|TO folder FOLDER",
                    (match, wishes) -> wishes.files.isNamed() && outputFolder(wishes, match.folder())),
            Rule.of("OUTPUT HERE", (match, wishes) -> outputFolder(wishes, "./")));

    /** Where one kind of file can be named, several can. */
    static final List<Rule> RULES =
            SINGLE.stream().flatMap(FileRules::ofSeveralKinds).toList();

    private FileRules() {}

    private static Stream<Rule> ofSeveralKinds(Rule rule) {
        List<Rule.Element> elements = rule.elements();
        int kind = 0;
        while (kind < elements.size() && !elements.get(kind).kinds().contains("VIDEOFORMAT")) kind++;
        if (kind == elements.size()) return Stream.of(rule);
        int at = kind;
        Rule.Element joint = new Rule.Element(List.of("AND", "PUNCTUATION"), false);
        Rule.Element video = new Rule.Element(List.of("VIDEOFORMAT"), false);
        return IntStream.rangeClosed(0, MOST_KINDS - 1).mapToObj(more -> {
            List<Rule.Element> longer = new ArrayList<>(elements);
            for (int i = 0; i < more; i++) longer.addAll(at + 1, List.of(joint, video));
            return rule.with(longer);
        });
    }

    /** "Put them all in ~/Music": in a clause that says where something is put, after what it is made of. */
    private static boolean placed(Match match, Wishes wishes) {
        String name = match.name();
        boolean file = name.matches("(?s).*\\.\\w{2,5}|.*\\*.*|\\w+://.*");
        boolean second = match.has("IN") && name.endsWith("/") && wishes.files.hasFolder();
        boolean said = match.has("DEPOSIT") || match.has("OUTPUT") || wishes.isDepositing() || second;
        // "Take ./in and make mp3s in ./out"
        if (!file && !said && match.follows("FORMAT") && wishes.files.isNamed() && name.matches(".*[/\\\\].*"))
            return outputFolder(wishes, name);
        boolean far = name.matches("(?:[A-Za-z]:[\\\\/]|/|~|\\.).*");
        if (file || !said || !(wishes.files.isNamed() || (far && match.has("DEPOSIT")))) return false;
        return outputFolder(wishes, name);
    }

    /** "The song 'Hello' from talk.mp4": what is in quotes beside a file is none itself. */
    private static boolean title(Match match, Wishes wishes) {
        String name = match.name();
        boolean words = wishes.tokens().get(match.start).value("FORM").equals("quoted")
                && name.matches("[^/\\\\.*:]+")
                && !wishes.files.exists(name);
        boolean file = wishes.tokens().stream()
                .anyMatch(token -> token.value(Token.NAME).matches("(?s).*\\.\\w{2,5}"));
        if (words && file) wishes.problem(Text.of("ask.unclear", name));
        return words && file;
    }

    private static boolean input(Wishes wishes, String name) {
        Matcher page = VIDEO_PAGE.matcher(name);
        if (page.find()) wishes.problem(Text.of("ask.video-page", page.group(1)));
        wishes.files.input(name);
        return true;
    }

    private static boolean made(Match match, Wishes wishes) {
        String result = match.name();
        String source = match.value("name", 1);
        String ending = ending(source);
        boolean made = AudioFormat.ofExtension(ending(result)).isPresent()
                && VIDEO_ENDINGS.contains(ending)
                && !wishes.files.exists(result);
        if (!made || wishes.files.output().isPresent()) return false;
        wishes.files.output(result);
        return input(wishes, source);
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static boolean inFolder(Match match, Wishes wishes) {
        // "Talk.mp4 in lowest quality"
        boolean certain = match.has("FOLDER") || match.folder().matches("\\P{Ll}.*|.*[/\\\\].*");
        if (!certain && !match.endsPhrase() && !wishes.files.exists(match.folder())) return false;
        // The one in the other would be no folder
        if (match.folder().matches("(?i).*\\.(?:" + String.join("|", VIDEO_ENDINGS) + ")")) return false;
        // "Save talk.mp4 in Music"
        if (wishes.isDepositing() && !wishes.files.exists(Files.within(match.folder(), match.name()))) return false;
        // "Talk.mp4 in Klingon": a word with a capital is a folder only where there is one, or it is called one
        boolean place = match.has("FOLDER")
                || !match.folder().matches("\\p{Lu}[\\p{L} ]*")
                || Elements.isPlace(match.folder())
                || wishes.files.exists(match.folder());
        if (!place) {
            wishes.problem(Text.of("ask.unclear", match.text("IN") + " " + match.folder()));
            return input(wishes, match.name());
        }
        wishes.files.within(match.folder(), List.of(match.name()));
        return true;
    }

    private static boolean isChinese(String text) {
        return Character.isIdeographic(text.codePointAt(0));
    }

    private static boolean every(Match match, Wishes wishes) {
        for (int i = 0; i < match.count("VIDEOFORMAT"); i++) wishes.files.every(match.value("VIDEOFORMAT", i));
        return true;
    }

    /** "… incl. subfolders"; not "the subfolders are not needed", nor "a file for each of the subfolders". */
    private static boolean recurse(Match match, Wishes wishes) {
        List<Token> tokens = wishes.tokens();
        int begin = match.start;
        while (begin > 0 && !tokens.get(begin - 1).is("PUNCTUATION")) begin--;
        int end = match.end;
        while (end < tokens.size() && !tokens.get(end).is("PUNCTUATION")) end++;
        boolean denied = tokens.subList(begin, end).stream()
                .anyMatch(token -> Stream.of(
                                "NOT",
                                "SKIP",
                                "REJECT",
                                "EACH",
                                "PER",
                                "SEPARATE",
                                "INSTEAD",
                                "ONLY",
                                "OUTPUT",
                                "DEPOSIT")
                        .anyMatch(kind -> token.is(kind) && !token.text().matches("都|也|也都|按|by|in|on|at|用|以")));
        if (!denied) wishes.files.recurse = true;
        return !denied;
    }

    private static boolean here(Wishes wishes) {
        wishes.files.everything();
        return true;
    }

    private static boolean played(Match match, Wishes wishes) {
        boolean wished = match.start == 0
                || wishes.tokens().get(match.start - 1).is("PUNCTUATION")
                || wishes.tokens().get(match.start - 1).is("AND");
        if (!wished) return input(wishes, match.name());
        wishes.problem(Text.of("ask.other-job", match.written()));
        return true;
    }

    private static boolean patternIn(Match match, Wishes wishes) {
        return patterns(match, wishes, match.name());
    }

    private static boolean pattern(Match match, Wishes wishes) {
        boolean video = match.has("VIDEOFORMAT");
        if (!match.has("ALL") && (!video || (match.has("IN") && match.text("IN").matches("from|of")))) return false;
        String folder = match.has("destination") ? match.destination() : match.folder();
        if (video) return patterns(match, wishes, folder);
        wishes.files.pattern(folder, match.value("FORMAT"));
        return true;
    }

    private static boolean patterns(Match match, Wishes wishes, String folder) {
        for (int i = 0; i < match.count("VIDEOFORMAT"); i++) {
            wishes.files.pattern(folder, match.value("VIDEOFORMAT", i));
        }
        return true;
    }

    private static boolean folder(Match match, Wishes wishes) {
        if (!match.has("ALL") && match.has("IN") && match.text("IN").matches("from|of")) return false;
        // "Put them all in Audio/"
        boolean goes = match.has("ALL") && match.has("IN") && !match.has("MEDIA") && wishes.isDepositing();
        if (goes && wishes.files.isNamed()) return outputFolder(wishes, match.folder());
        boolean place = match.has("IN") && !match.has("ALL") && !match.has("MEDIA");
        if (place) wishes.files.place(match.folder());
        else wishes.files.folder(match.folder());
        return true;
    }

    private static boolean output(Match match, Wishes wishes) {
        String name = match.name();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        boolean audio = AudioFormat.ofExtension(ending).isPresent();
        boolean said = match.has("OUTPUT") && !match.text("OUTPUT").matches("called|named|叫|叫做|output|in");
        String into = match.has("INTO") ? match.text("INTO") : "";
        boolean source = match.has("OUTPUT") && match.text("OUTPUT").endsWith(" in");
        if (VIDEO_ENDINGS.contains(ending) && (!said || source)) return false;
        boolean elsewhere = folderLikeRooted(name) && wishes.files.isNamed();
        if (into.equals("in") && !audio && !elsewhere) return false;
        boolean folderLike = name.endsWith("/") || name.endsWith("\\") || name.contains("{");
        if (audio || folderLike || name.equals("-")) {
            wishes.files.output(name);
            return true;
        }
        boolean plainName = !name.contains(".") && (said || !into.isEmpty());
        if (!said && !name.contains("/") && !name.contains("\\")) return false;
        if (plainName || name.contains("/") || name.contains("\\")) wishes.files.outputFolder(name);
        else wishes.files.output(name);
        return true;
    }

    /** Whoever names a file and then a whole path to a folder does not say where the file is. */
    private static boolean folderLikeRooted(String name) {
        return name.matches("(?:[A-Za-z]:[\\\\/]|/|~/).*") && !name.matches(".*\\.\\w{2,5}");
    }

    private static boolean destination(Match match, Wishes wishes) {
        String name = match.destination();
        boolean file = name.matches(".*\\.\\w{2,5}") || name.equals("-") || name.contains("*");
        boolean place = match.has("OUTPUT")
                ? match.text("OUTPUT").matches("(?:.*\\b)?(?:to|in|into|on)|.*[到至在进入]")
                : wishes.isDepositing()
                        && Stream.of("INTO", "IN", "TO")
                                .filter(match::has)
                                .allMatch(kind -> match.text(kind).matches("(?:to|in|into|inside)(?: the)?"));
        return place && !file && outputFolder(wishes, name);
    }

    private static boolean outputFolder(Match match, Wishes wishes) {
        if (match.text(match.has("OUTPUT") ? "OUTPUT" : "INTO").matches("called|named|叫|叫做")) {
            return false;
        }
        return outputFolder(wishes, match.folder());
    }

    private static boolean outputFolder(Wishes wishes, String name) {
        if (name.matches("(?i).*\\.(?:" + String.join("|", VIDEO_ENDINGS) + ")")) return false;
        if (wishes.isByTheWay() && !name.matches(".*[/\\\\{].*")) return true;
        wishes.files.outputFolder(name);
        return true;
    }
}
