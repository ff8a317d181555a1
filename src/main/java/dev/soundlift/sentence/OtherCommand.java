package dev.soundlift.sentence;

import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.CommandLineForm;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Sentences that ask for no extraction but for another command: to watch, to check, to list, or one of the cloud. */
record OtherCommand(String sentence, List<Token> tokens, Wishes wishes, List<String> inputs) {
    /** Verbs that are said of credits and tracks too. */
    private static final Set<String> WEAK =
            Set.of("get", "take", "make", "making", "turn", "turning", "grab", "pull", "获取", "取出", "截取", "导出音频", "弄出");

    private static final Set<String> QUESTIONS = Set.of(
            "what", "which", "whats", "what's", "many", "什么", "哪些", "哪", "几", "多少", "啥", "有啥", "哪几", "有几", "有哪些", "分别",
            "几个", "几条", "几轨", "有几个", "有几条", "有多少", "咩", "乜", "乜嘢", "边啲", "边几条", "几多");

    /** 有新影片丢进…就…, "whenever there's a new video". */
    private static final Pattern ARRIVAL = Pattern.compile(
            "(?:有|来|进来|放进|出现)(?:了)?(?:任何)?新的?\\s?(?:视频|影片|文件|档案|录像|录影|片子|片|素材|录音|mp4|mkv|mov|avi|webm|flv|ts).*(?:就|自动|马上|立刻)"
                    + "|(?:whenever|every time|each time|as soon as|any time|anytime) .{0,30}\\bnew (?:video|file|recording|clip|movie|mp4|mkv|mov)s?\\b"
                    + "|(?:if|when) (?:there(?:'s| is) )?(?:a |any )?new (?:video|file|recording|clip|movie|mp4|mkv|mov)s?\\b");

    /** What a machine has or lacks. */
    private static final Pattern PARTS =
            Pattern.compile("(?i)^(?:ffmpeg|ffprobe|encoders?|decoders?|codecs|java)$|[编編解][码碼]器");

    /** @param given what was named besides the sentence */
    Optional<List<String>> find(ExtractionRequest request, List<String> given) {
        Optional<List<String>> watch = watch(request);
        if (watch.isPresent()) return watch;
        if (any("TROUBLE") && !wishes.wishAnything()) {
            if (!inputs.isEmpty()) return Optional.of(tracks(inputs));
            wishes.problem(Text.of("ask.trouble"));
        }
        if (isOfThePage()) return Optional.of(List.of("web"));
        if (isQuestionOfMachine()) return Optional.of(List.of("doctor"));
        if (isQuestionOfTracks()) {
            if (!inputs.isEmpty()) return Optional.of(tracks(inputs));
            wishes.problem(Text.of("ask.question"));
        }
        if (any("SHOWTRACKS") || asksForTracks()) {
            if (!wishes.wishAnything() && !inputs.isEmpty()) return Optional.of(tracks(inputs));
        }
        boolean told = any("INFO") && !any("NOT") && !any("EXTRACT") && !wishes.wishAnything();
        if (told && !inputs.isEmpty()) return Optional.of(tracks(inputs));
        if (isExtraction()) return Optional.empty();
        if (any("REDO")) return Optional.of(List.of("cloud", "say", sentence.strip()));
        if (any("CREDITS") && inputs.isEmpty()) return Optional.of(List.of("cloud", "credits"));
        if (any("CHECK") && !inputs.isEmpty()) return check();
        if (any("UPLOAD") && !any("NOT")) return Optional.of(with(List.of("cloud", "upload"), inputs));
        if (any("SHOWTRACKS")) return Optional.of(List.of("cloud", "tracks"));
        // With a file at hand "export" is said of that file
        boolean file = !inputs.isEmpty() || !given.isEmpty();
        if (any("STATUS") && !file) return Optional.of(List.of("cloud", "status"));
        if (any("INFO") && !any("NOT")) {
            wishes.problem(Text.of("ask.trouble"));
        }
        if (any("EXPORT") && !file) return Optional.of(List.of("cloud", "export"));
        return Optional.empty();
    }

    private static List<String> with(List<String> command, List<String> more) {
        List<String> words = new ArrayList<>(command);
        words.addAll(more);
        return words;
    }

    private List<String> tracks(List<String> names) {
        List<String> words = with(List.of("tracks"), names);
        return wishes.files.recurse ? with(words, List.of("--recurse")) : words;
    }

    private boolean isExtraction() {
        if (wishes.wishAnything()) return true;
        return tokens.stream()
                .anyMatch(token -> token.is("AUDIO")
                        || token.is("NOVIDEO")
                        || (token.is("EXTRACT") && !WEAK.contains(Traditional.plain(token.text()))));
    }

    /** "Keep an eye on incoming": of one folder, with all that is wished for what arrives there. */
    private Optional<List<String>> watch(ExtractionRequest request) {
        boolean watched =
                any("ARRIVES") || ARRIVAL.matcher(Traditional.plain(sentence)).find();
        for (int at = 0; at < tokens.size() && !watched; at++) {
            int object = at + 1;
            while (object < tokens.size()
                    && (is(object, "SOFT")
                            || is(object, "SOURCE")
                            || kindOf(object).text().equals("一下"))) object++;
            boolean place = Stream.of(Token.NAME, "FOLDER", "HERE").anyMatch(kindOf(object)::is)
                    || is(object + 1, "FOLDER")
                    || is(object + 1, "HERE");
            watched = is(at, "WATCH") && place;
        }
        boolean folder = inputs.size() == 1 && !inputs.get(0).matches("(?s)(?:.*://.*|.*\\*.*|.*\\.\\w{2,5})");
        if (!watched) return Optional.empty();
        if (folder) {
            List<String> call = with(List.of("watch"), CommandLineForm.of(inputs, request));
            return Optional.of(with(call, wishes.handling(false))); // it goes on where it was in any case
        }
        wishes.problem(Text.of("ask.which-folder"));
        return Optional.empty();
    }

    /** What was made, and what it was made of. */
    private Optional<List<String>> check() {
        List<String> sounds = inputs.stream().filter(OtherCommand::isSound).toList();
        List<String> sources = inputs.stream().filter(name -> !isSound(name)).toList();
        boolean folders = !sources.isEmpty() && sources.stream().noneMatch(name -> name.matches("(?s).*\\.\\w{2,5}"));
        // "Check the tracks of talk.mkv": which there are
        if (sounds.isEmpty() && (folders || any("TRACK"))) return Optional.of(tracks(sources));
        if (sounds.isEmpty() && sources.size() == 1) return Optional.of(List.of("check", sources.get(0)));
        if (sounds.size() != 1 || sources.size() > 1) {
            wishes.problem(Text.of("ask.which-of-them"));
            return Optional.empty();
        }
        return Optional.of(
                sources.isEmpty()
                        ? List.of("check", sounds.get(0))
                        : List.of("check", sounds.get(0), "--source", sources.get(0)));
    }

    private static boolean isSound(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return AudioFormat.ofExtension(ending).isPresent();
    }

    /** "What languages has it got": a question word, and what there can be several of. */
    private boolean asksForTracks() {
        for (int at = 0; at < tokens.size(); at++) {
            if (!QUESTIONS.contains(Traditional.plain(tokens.get(at).text()))) continue;
            int noun = at + 1;
            while (noun < at + 4 && (is(noun, "SOFT") || is(noun, "MEASURE") || isOnlyAudio(noun))) noun++;
            boolean languages = is(noun, "LANGNOUN") && kindOf(noun).text().matches("languages?|语言|語言|dubs?|配音");
            boolean channels = is(noun, "CHANNELNOUN") && kindOf(noun).text().matches("channels|声道|聲道|音道");
            if (is(noun, "TRACK") || languages || channels || is(noun, "CHAPTER")) return true;
        }
        return false;
    }

    /** "Does film.mkv have a German track?": a question by its first word, and nothing to be made. */
    private boolean isQuestionOfTracks() {
        if (Stream.of("EXTRACT", "FORMAT", "INTO", "TAKEONLY", "OUTPUT").anyMatch(this::anyBut)) return false;
        for (int at = 0; at < tokens.size(); at++) {
            if (!(is(at, "ASKS") || hasIt(at))
                    || !(at == 0 || is(at - 1, "PUNCTUATION") || is(at - 1, Token.NAME) || is(at - 1, "IN"))) continue;
            boolean latin = kindOf(at).text().charAt(0) < 0x80;
            boolean inverted = kindOf(at + 1).text().equalsIgnoreCase("it");
            if (latin && at > 0 && is(at - 1, Token.NAME) && !inverted) continue;
            if (inverted && is(at + 2, "HAVE") && is(at + 3, "AUDIO")) return true;
            for (int noun = at + 1; noun < tokens.size() && !is(noun, "PUNCTUATION"); noun++) {
                int here = noun;
                boolean hasSound = (is(here, "AUDIO")
                                || kindOf(here).text().equals("声")
                                || kindOf(here).text().equals("聲"))
                        && (is(here - 1, "HAVE")
                                || is(here - 1, "ASKS")
                                || kindOf(here - 1).text().matches("(?i)got|any|沒有|没有"));
                if (hasSound) return true;
                if (Stream.of("TRACK", "LANGUAGE", "COMMENTARY", "CHAPTER", "CHANNELS")
                        .anyMatch(kind -> is(here, kind))) return true;
            }
        }
        return false;
    }

    /** "Does this box have ffmpeg", "check what works on this machine": no file, and nothing to be made. */
    private boolean isQuestionOfMachine() {
        boolean parts =
                tokens.stream().anyMatch(token -> PARTS.matcher(token.text()).find());
        boolean looked = any("MACHINE") && (any("CHECK") || isWholeQuestion()) && !any("MEDIA") && !any("AUDIO");
        return ((parts && (isQuestion() || any("CHECK"))) || looked)
                && !isNamed()
                && !wishes.wishAnything()
                && !any("INTO", "EXTRACT", "OUTPUT");
    }

    /** "Open the page in the browser": the local one. */
    private boolean isOfThePage() {
        return any("WEBUI") && !isNamed() && !wishes.wishAnything() && !any("AUDIO") && !any("CHECK");
    }

    private boolean isNamed() {
        return tokens.stream().anyMatch(token -> token.is(Token.NAME))
                || !wishes.files.given().isEmpty();
    }

    /** 装得对不对, "is it installed". */
    private boolean isWholeQuestion() {
        return isQuestion()
                || tokens.stream()
                        .anyMatch(token -> Traditional.plain(token.text()).matches(".*对不对|看一下|看看|不对|有没有|缺什么|少什么"));
    }

    /** By its first words, or by the last of a Chinese one. */
    private boolean isQuestion() {
        String first = Traditional.plain(tokens.get(0).text());
        return is(0, "ASKS")
                || QUESTIONS.contains(first)
                || first.matches("how|can|do|is|are")
                || tokens.stream().anyMatch(token -> token.text().matches("[?？]|吗|嗎|么|没|沒|哪些|什么|什麼"));
    }

    /** 有…吗. */
    private boolean hasIt(int at) {
        int end = at + 1;
        while (end < tokens.size() && !is(end, "PUNCTUATION")) end++;
        return kindOf(at).text().matches("有|是") && kindOf(end - 1).text().matches("吗|嗎|么|没|没有|沒有|嘛|冇");
    }

    /** Of the words that are not said in other ways too, such as "in". */
    private boolean anyBut(String kind) {
        return tokens.stream()
                .anyMatch(token -> token.is(kind)
                        && !(kind.equals("INTO") && token.is("IN"))
                        && !token.text().matches("(?i)in|as|用"));
    }

    private boolean isOnlyAudio(int at) {
        return is(at, "AUDIO") && !is(at, "TRACK");
    }

    private Token kindOf(int at) {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    private boolean is(int at, String kind) {
        return at < tokens.size() && tokens.get(at).is(kind);
    }

    private boolean any(String... kinds) {
        return Stream.of(kinds).anyMatch(this::anyBut);
    }

    private boolean any(String kind) {
        return tokens.stream().anyMatch(token -> token.is(kind));
    }
}
