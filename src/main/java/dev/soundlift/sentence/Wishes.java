package dev.soundlift.sentence;

import dev.soundlift.media.MediaSource;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Combination;
import dev.soundlift.request.Destination;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Extras;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Preset;
import dev.soundlift.request.Quality;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gathers what the phrases of one sentence wish for, and makes one request of it.
 *
 * <p>Long because all that can be wished is in one place: what is said by the way is adopted here wish by wish.
 */
final class Wishes {
    /** How good, where no number says it. */
    enum Grade {
        BEST,
        SMALL,
        NO_LOSS,
        AS_SOURCE
    }

    private static final Pattern EXCLUDED_FILES = Pattern.compile("(?is).*(?:\\w{3}s|files|文件|档案?)");

    final Files files;
    Stretches stretches = new Stretches();
    final Formats formats = new Formats();
    final Slot<Integer> bitsPerSecond = new Slot<>();
    final Slot<Integer> vbr = new Slot<>();
    final Slot<Integer> sampleRate = new Slot<>();
    final Slot<ChannelChoice> channels = new Slot<>();
    final Slot<SampleDepth> depth = new Slot<>();
    final Slot<LoudnessTarget> loudness = new Slot<>();
    final Slot<Preset> preset = new Slot<>();
    final Slot<Grade> grade = new Slot<>();
    final Slot<OnExists> onExists = new Slot<>();
    final Slot<EngineChoice.Kind> engine = new Slot<>();
    final Set<TrackChoice> tracks = new LinkedHashSet<>();
    boolean copy;
    boolean mix;
    boolean uploadAllowed;
    boolean keepDate;
    boolean cueSheet;

    /** A bare "48k", which is a bit rate of a lossy format, and a sample rate of another and beside "24 bit". */
    private Optional<Integer> kilo = Optional.empty();

    /** How joining was said without saying what of; empty: it was not. */
    private String mixNamed = "";

    /** Languages that are not wanted, and how that was said. */
    private final Map<String, String> without = new LinkedHashMap<>();

    /** After "only" what follows replaces what was named before: "left is he, right is she, only the left". */
    private boolean only;

    /** In a clause that says where something is put, "in …" is that place, not where the input is. */
    private boolean depositing;

    /** Louder, by no number; a number said besides is the one that counts. */
    boolean louder;

    /** How it was said that what is named is to go, so that the rest is kept; empty: it was not. */
    String keepsRest = "";

    /** How a part was asked for that only people can find; empty: none was. */
    String part = "";

    /** How the commentary was said not to be wanted; empty: it was not. */
    String noCommentary = "";

    /** How the usual track was said not to be wanted; empty: it was not. */
    String notMain = "";

    /** How one file was asked for; empty: it was not. */
    String joined = "";

    /** How both sides were named; empty: they were not. */
    String sides = "";

    /** How a format was said not to be wanted; empty: it was not. */
    String excluded = "";

    /** What was only told about, not whether it is wanted, as it was written; empty: nothing of the kind was. */
    String stretchTold = "";

    String trackTold = "";
    String sideTold = "";
    String formatTold = "";

    private final StringBuilder order = new StringBuilder();
    private final List<Text> problems;
    private List<Token> tokens = List.of();

    /** Tokens that say what becomes of something named before them. */
    private final BitSet settled;

    Wishes(Surroundings surroundings, List<String> inputs) {
        this(new Files(surroundings, inputs), new ArrayList<>(), new BitSet());
    }

    private Wishes(Files files, List<Text> problems, BitSet settled) {
        this.files = files;
        this.problems = problems;
        this.settled = settled;
    }

    void see(List<Token> all) {
        tokens = all;
        formats.see(all);
    }

    /** For what is said by the way: reasons, and what is told about something. */
    Wishes aside() {
        Wishes aside = new Wishes(files, problems, settled);
        aside.see(tokens);
        return aside;
    }

    /** What was said by the way counts where nothing else was said of the same. */
    void adopt(Wishes aside) {
        if (!stretches.said()) {
            stretches = aside.stretches;
            onlyTold(aside.stretchTold);
        }
        if (tracks.isEmpty() && !mix && mixNamed.isEmpty()) onlyTold(aside.trackTold);
        if (!channels.isSaid()) onlyTold(aside.sideTold);
        if (!formats.said()) onlyTold(aside.formatTold);
        formats.adopt(aside.formats);
        bitsPerSecond.adopt(aside.bitsPerSecond);
        vbr.adopt(aside.vbr);
        sampleRate.adopt(aside.sampleRate);
        if (sides.isEmpty() && !channels.isSaid()) sides = aside.sides;
        channels.adopt(aside.channels);
        depth.adopt(aside.depth);
        loudness.adopt(aside.loudness);
        preset.adopt(aside.preset);
        grade.adopt(aside.grade);
        onExists.adopt(aside.onExists);
        engine.adopt(aside.engine);
        if (tracks.isEmpty()) tracks.addAll(aside.tracks);
        if (kilo.isEmpty()) kilo = aside.kilo;
        if (mixNamed.isEmpty()) mixNamed = aside.mixNamed;
        if (excluded.isEmpty()) excluded = aside.excluded;
        if (part.isEmpty()) part = aside.part;
        without.putAll(aside.without);
        copy |= aside.copy && !wishesNewSound();
        mix |= aside.mix;
        uploadAllowed |= aside.uploadAllowed;
        keepDate |= aside.keepDate;
        cueSheet |= aside.cueSheet;
        louder |= aside.louder;
        if (keepsRest.isEmpty()) keepsRest = aside.keepsRest;
    }

    private void onlyTold(String words) {
        if (!words.isEmpty()) problem(Text.of("ask.told", words));
    }

    private boolean wishesNewSound() {
        return bitsPerSecond.isSaid() || vbr.isSaid() || sampleRate.isSaid() || depth.isSaid() || loudness.isSaid();
    }

    /** The words after the match belong to it. */
    void settle(int from, int to) {
        settled.set(from, to);
    }

    /** Past the last of them. */
    int settledTo() {
        return settled.length();
    }

    boolean isSettled(int at) {
        return settled.get(at);
    }

    List<Token> tokens() {
        return tokens;
    }

    void problem(Text text) {
        if (!problems.contains(text)) problems.add(text);
    }

    int problems() {
        return problems.size();
    }

    /** Those after the first so many. */
    void forgetProblems(int from) {
        problems.subList(from, problems.size()).clear();
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    /** What is chosen up to the end of this clause is all that is chosen. */
    void only() {
        only = true;
    }

    void endOfClause() {
        only = false;
        depositing = false;
    }

    void deposits() {
        depositing = true;
    }

    /** Whether the clause of this word says before it that something is put somewhere. */
    boolean isDeposited(Token word) {
        boolean deposited = false;
        for (Token token : tokens.subList(0, tokens.indexOf(word))) {
            if (token.is("PUNCTUATION")) deposited = false;
            if (token.is("DEPOSIT") || token.is("OUTPUT")) deposited = true;
        }
        return deposited;
    }

    boolean isDepositing() {
        return depositing;
    }

    void track(TrackChoice track) {
        if (only) tracks.clear();
        only = false;
        tracks.add(track);
    }

    void channel(ChannelChoice channel) {
        boolean mono = channel.equals(new ChannelChoice.Count(1));
        boolean side = channels.value()
                .filter(said -> said instanceof ChannelChoice.Side)
                .isPresent();
        if (only) {
            channels.replace(channel);
            sides = "";
        } else if (mono && side) {
            // One side is mono
            only = false;
        } else {
            channels.say(channel);
        }
        only = false;
    }

    /** "French, not English" needs no more than the French. */
    void without(String language, String words) {
        without.put(language, words);
    }

    void mixNamed(String words) {
        mixNamed = words;
    }

    void kilo(int thousands) {
        kilo = Optional.of(thousands);
    }

    /** Whether nothing follows that would make a place of the time that was read last. */
    boolean ends(Match match) {
        if (match.end >= tokens.size()) return true;
        Token next = tokens.get(match.end);
        return Stream.of("TO", "UNTIL", "ONWARD", "BEFORECN", "AND", "SKIP").noneMatch(next::is);
    }

    /** Whether it is a clause by itself, or all that follows a name. */
    boolean standsAlone(Match match) {
        boolean begins = match.start == 0
                || tokens.get(match.start - 1).is("PUNCTUATION")
                || tokens.get(match.start - 1).is(Token.NAME);
        int end = match.end;
        while (end < tokens.size() && tokens.get(end).isSoft()) end++;
        return begins && (end >= tokens.size() || tokens.get(end).is("PUNCTUATION"));
    }

    /** Whether what is to come out stands elsewhere: in "it is 5.1, make it stereo" 5.1 is what goes in. */
    boolean isSource(Match match, String kind) {
        if (follows(match, "INTO") || match.has("INTO")) return false;
        for (int at = 1; at < tokens.size(); at++) {
            boolean other =
                    tokens.get(at).is(kind) && !tokens.get(at).value(kind).equals(match.value(kind));
            if (other && tokens.get(at - 1).is("INTO")) return true;
        }
        return false;
    }

    boolean endsClause(Match match) {
        return match.end >= tokens.size() || tokens.get(match.end).is("PUNCTUATION");
    }

    boolean follows(Match match, String kind) {
        return match.start > 0 && tokens.get(match.start - 1).is(kind);
    }

    /** Whether a time stands right before. */
    boolean followsATime(Match match) {
        if (match.start == 0) return false;
        Token before = tokens.get(match.start - 1);
        return Stream.of("UNIT", "HALF", "MARK", Token.NUMBER, Token.CLOCK).anyMatch(before::is);
    }

    /** Whether what was read last is not said of a noun after it. */
    boolean endsPhrase(Match match) {
        if (match.end >= tokens.size()) return true;
        Token next = tokens.get(match.end);
        return Stream.of("PUNCTUATION", "IN", "SOURCE", "SOFT", "AND", "INTO", Token.NAME)
                .anyMatch(next::is);
    }

    /** Whether the clause has named before what this is said of: "my lecture is 30 minutes long". */
    boolean isTold(int begin) {
        for (int at = begin - 1; at >= 0 && !tokens.get(at).is("PUNCTUATION"); at--) {
            Token token = tokens.get(at);
            if (token.is("EXTRACT") || token.is("TAKEONLY")) return false;
            if (token.is("MEDIA") || token.is(Token.NAME) || token.is("HAVE")) return true;
        }
        return false;
    }

    /** Whether "is" stands before: said of what goes in. */
    boolean isDescribed(Match match) {
        int at = match.start - 1;
        while (at >= 0 && tokens.get(at).isSoft()) at--;
        if (at < 0 || !tokens.get(at).is("HAVE")) return false;
        return isTold(at) || isTold(at + 1);
    }

    /** Names and stretches, in the order in which they are said. */
    void order(boolean name, boolean stretch) {
        if (name) order.append('N');
        if (stretch) order.append('S');
    }

    /** "The first minute of a.mp4 and the last one of b.mp4": a call has its stretches for all of its files. */
    boolean eachHasItsOwn() {
        return order.toString().matches(".*(?:NS+N+S|SN+S+N).*")
                && files.inputs().size() > 1;
    }

    /** Whether the number that was read last counts what follows: in "track 1, 2 minutes" the 2 is no track. */
    boolean isCounted(Match match) {
        if (match.end >= tokens.size()) return false;
        Token next = tokens.get(match.end);
        return Stream.of("UNIT", "HALF", "KBPS", "HZ", "KHZ", "BITUNIT", "LUFS", "CHANNELNOUN", "CHAPTER", Token.CLOCK)
                .anyMatch(next::is);
    }

    /** How a token was written, for messages. */
    String written(Match match) {
        int from = tokens.get(match.start).start();
        Token last = tokens.get(match.end - 1);
        StringBuilder words = new StringBuilder();
        for (Token token : tokens.subList(match.start, match.end)) {
            if (words.length() > 0 && token.start() > from) words.append(' ');
            words.append(token.text());
            from = token.end();
        }
        return last.end() > 0 ? words.toString() : "";
    }

    Reading reading(String sentence, List<Token> all, List<String> understood, List<Token> left) {
        ExtractionRequest request = request();
        List<String> inputs = files.inputs();
        Leftovers leftovers = Leftovers.of(sentence, all, left, this);
        if (!part.isEmpty() && !stretches.said()) problem(Text.of("ask.which-part", part));
        if (!sides.isEmpty()) problem(Text.of("ask.both-sides", sides));
        Optional<List<String>> other = problems.isEmpty()
                ? new OtherCommand(sentence, all, this, inputs).find(request, files.given())
                : Optional.empty();
        if (other.isPresent()) {
            return new Reading(inputs, false, request, leftovers.commandWords(all), List.of(), List.of(), other);
        }
        leftovers.problems().forEach(this::problem);
        new Contradictions(this, request, all, left).find();
        // What is asked about is not understood
        List<String> done = understood.stream()
                .filter(phrase -> problems.stream()
                        .noneMatch(problem -> problem.arguments().contains(phrase)))
                .toList();
        return new Reading(inputs, files.recurse, request, done, leftovers.notUnderstood(), problems, Optional.empty());
    }

    boolean wishAnything() {
        return formats.said()
                || copy
                || !tracks.isEmpty()
                || mix
                || stretches.said()
                || bitsPerSecond.isSaid()
                || vbr.isSaid()
                || sampleRate.isSaid()
                || channels.isSaid()
                || depth.isSaid()
                || loudness.isSaid()
                || louder
                || preset.isSaid()
                || grade.isSaid();
    }

    private ExtractionRequest request() {
        Optional<AudioFormat> wanted = formats.wanted(this::problem);
        boolean archived = preset.value().filter(Preset.ARCHIVE::equals).isPresent();
        boolean copies = copy
                || (formats.lossless() && !archived)
                || (wanted.isEmpty()
                        && preset.value().isEmpty()
                        && (isGrade(Grade.NO_LOSS) || isGrade(Grade.AS_SOURCE)));
        boolean namedByOutput =
                files.output().filter(name -> namedFormat(name).isPresent()).isPresent();
        if (namedByOutput && formats.lossless() && !copy) copies = false;
        if (wanted.isEmpty() && copies && !namedByOutput) wanted = Optional.of(AudioFormat.SAME);
        // Phones take it; a format named besides is the one that counts
        boolean ringtone = tokens.stream().anyMatch(token -> token.is("RINGTONE"));
        if (wanted.isEmpty() && ringtone && !namedByOutput) wanted = Optional.of(AudioFormat.M4A);
        Encoding encoding = Encoding.DEFAULT.withCopyOnly(copies);
        if (wanted.isPresent()) encoding = encoding.withFormat(wanted.get());
        if (!excluded.isEmpty() && formats.excludes(encoding.format().orElse(AudioFormat.MP3))) {
            problem(Text.of("ask.negation", excluded));
        }
        // "The videos in this folder, not the wavs": files that are to be left out
        if (EXCLUDED_FILES.matcher(excluded).matches() && files.takesWholeFolders()) {
            problem(Text.of("ask.negation", excluded));
        }
        ExtractionRequest request = ExtractionRequest.of(new MediaSource.LocalFile(Path.of("")))
                .withDestination(
                        new Destination(files.output(), onExists.value().orElse(OnExists.FAIL)))
                .withEngine(new EngineChoice(engine.value().orElse(EngineChoice.Kind.AUTO), uploadAllowed))
                .withExtras(new Extras(
                        Extras.Id3.V2_3,
                        Optional.empty(),
                        keepDate,
                        cueSheet ? Optional.of(Extras.ChapterList.CUE) : Optional.empty()));
        request = request.withEncoding(encoding.withQuality(Quality.LIKE_THE_SOURCE));
        if (preset.isSaid())
            request = request.withEncoding(
                    request.encoding().withPreset(preset.value().get()));
        request = request.withEncoding(sound(request.encoding(), request.format()));
        boolean other = tracks.stream().anyMatch(track -> track instanceof TrackChoice.Language);
        without.forEach((language, words) -> {
            if (!other || tracks.contains(new TrackChoice.Language(language))) {
                problem(Text.of("ask.negation", words));
            }
        });
        if (!mixNamed.isEmpty()) {
            boolean several = tracks.size() > 1 || tracks.contains(TrackChoice.ALL);
            if (several) mix = true;
            else problem(Text.of("ask.other-job", mixNamed));
        }
        if (!notMain.isEmpty() && tracks.isEmpty()) problem(Text.of("ask.negation", notMain));
        if (!joined.isEmpty() && tracks.size() > 1) mix = true;
        if (mix && tracks.isEmpty()) tracks.add(TrackChoice.ALL);
        if (!tracks.isEmpty()) request = request.withTracks(tracks.toArray(TrackChoice[]::new));
        if (mix) request = request.withCombination(Combination.MIX);
        return request.withPieces(stretches.pieces(this::problem));
    }

    private static Optional<AudioFormat> namedFormat(String output) {
        return new Destination(Optional.of(output), OnExists.FAIL).formatOfName();
    }

    boolean isGrade(Grade asked) {
        return grade.value().filter(asked::equals).isPresent();
    }

    private Encoding sound(Encoding encoding, AudioFormat format) {
        boolean lossless = Formats.isLossless(format);
        if (kilo.isPresent()) {
            if (lossless || depth.isSaid()) sampleRate.say(kilo.get());
            else bitsPerSecond.say(kilo.get());
        }
        Encoding wish = encoding;
        if (bitsPerSecond.isSaid())
            wish = wish.withQuality(new Quality.BitRate(bitsPerSecond.value().get()));
        else if (vbr.isSaid())
            wish = wish.withQuality(new Quality.Variable(vbr.value().get()));
        else if (grade.isSaid() && !lossless && !wish.copyOnly()) wish = graded(wish, format);
        if (sampleRate.isSaid()) wish = wish.withSampleRateHz(sampleRate.value().get());
        if (channels.isSaid()) wish = wish.withChannels(channels.value().get());
        if (depth.isSaid()) wish = wish.withDepth(depth.value().get());
        if (louder && !loudness.isSaid()) wish = wish.withLoudness(LoudnessTarget.PODCAST);
        if (loudness.isSaid()) wish = wish.withLoudness(loudness.value().get());
        return wish;
    }

    /** The encoder's best, or clearly less than what comes out where nothing is said. */
    private Encoding graded(Encoding wish, AudioFormat format) {
        boolean opus = format == AudioFormat.OPUS || format == AudioFormat.OGG || format == AudioFormat.MKA;
        return switch (grade.value().orElseThrow()) {
            case BEST, NO_LOSS -> wish.withQuality(new Quality.BitRate(opus ? 256_000 : 320_000));
            case SMALL ->
                wish.withQuality(format == AudioFormat.MP3 ? new Quality.Variable(9) : new Quality.BitRate(64_000));
            case AS_SOURCE -> wish;
        };
    }
}
