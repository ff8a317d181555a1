package dev.soundlift.sentence;

import dev.soundlift.media.MediaSource;
import dev.soundlift.request.Align;
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
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

    private static final Pattern VIDEOS =
            Pattern.compile("(?:video|movie|film|clip)(?: file)?s|(?:短|网课)?(?:视频|影片)(?:文件)?|电影|录像|录屏|短片|片子|录影");

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
    /** How many files at once. */
    final Slot<Integer> jobs = new Slot<>();

    final Set<TrackChoice> tracks = new LinkedHashSet<>();
    boolean copy;
    boolean mix;
    boolean uploadAllowed;
    boolean keepDate;
    boolean resume;
    boolean unaligned;
    boolean cueSheet;

    /** A bare "48k", which is a bit rate of a lossy format, and a sample rate of another and beside "24 bit". */
    private Optional<Integer> kilo = Optional.empty();

    /** Tracks that are not wanted, and how that was said. */
    private final Map<TrackChoice, String> without = new LinkedHashMap<>();

    /** After "only" what follows replaces what was named before: "left is he, right is she, only the left". */
    private boolean only;

    /** What is said in passing: "when I drop it in Resolve" names no folder to write to. */
    private boolean byTheWay;

    /** In a clause that says where something is put, "in …" is that place, not where the input is. */
    private boolean depositing;

    /** Louder, by no number; a number said besides is the one that counts. */
    boolean louder;

    /** What is told about, and by which words. */
    final Introduced introduced = new Introduced();

    /** What was remarked on, and how that was said. */
    private final Map<Remark, String> remarks = new EnumMap<>(Remark.class);

    private final List<Text> problems;
    private List<Token> tokens = List.of();
    private BitSet described = new BitSet();

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
        described = Descriptions.in(all);
        formats.see(all);
        files.videos = all.stream()
                .anyMatch(token -> token.is("MEDIA")
                        && VIDEOS.matcher(Traditional.plain(token.text())).matches());
    }

    /** Whether the clause tells what the file is. */
    boolean describes(Match match) {
        return describes(match.start);
    }

    boolean describes(int at) {
        return described.get(at);
    }

    /** For what is said by the way: reasons, and what is told about something. */
    Wishes aside() {
        Wishes aside = new Wishes(files, problems, settled);
        aside.byTheWay = true;
        aside.see(tokens);
        return aside;
    }

    /** For what is no wish at all. */
    Wishes nowhere() {
        Wishes nowhere = new Wishes(files, new ArrayList<>(), settled);
        nowhere.see(tokens);
        return nowhere;
    }

    /** What was said by the way counts where nothing else was said of the same. */
    void adopt(Wishes aside) {
        if (tracks.isEmpty() && !channels.isSaid()) aside.introduced.choose(tokens, this);
        if (!stretches.said()) {
            stretches = aside.stretches;
            onlyTold(aside, Remark.STRETCH_TOLD);
        }
        if (tracks.isEmpty() && !mix && !said(Remark.MIXED)) onlyTold(aside, Remark.TRACK_TOLD);
        if (!channels.isSaid()) onlyTold(aside, Remark.SIDE_TOLD);
        if (!formats.said()) onlyTold(aside, Remark.FORMAT_TOLD);
        if (channels.isSaid()) aside.remarks.remove(Remark.SIDES);
        aside.remarks.forEach(remarks::putIfAbsent);
        formats.adopt(aside.formats);
        bitsPerSecond.adopt(aside.bitsPerSecond);
        vbr.adopt(aside.vbr);
        sampleRate.adopt(aside.sampleRate);
        channels.adopt(aside.channels);
        depth.adopt(aside.depth);
        loudness.adopt(aside.loudness);
        preset.adopt(aside.preset);
        grade.adopt(aside.grade);
        onExists.adopt(aside.onExists);
        engine.adopt(aside.engine);
        jobs.adopt(aside.jobs);
        if (tracks.isEmpty()) tracks.addAll(aside.tracks);
        if (kilo.isEmpty()) kilo = aside.kilo;
        without.putAll(aside.without);
        copy |= aside.copy && !wishesNewSound();
        mix |= aside.mix;
        uploadAllowed |= aside.uploadAllowed;
        keepDate |= aside.keepDate;
        resume |= aside.resume;
        unaligned |= aside.unaligned;
        cueSheet |= aside.cueSheet;
        louder |= aside.louder;
    }

    private void onlyTold(Wishes aside, Remark told) {
        if (aside.said(told) && !Introduced.isPointedAt(aside.words(told), tokens))
            problem(Text.of("ask.told", aside.words(told)));
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

    boolean isByTheWay() {
        return byTheWay;
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
            remarks.remove(Remark.SIDES);
        } else if (mono && side) {
            // One side is mono
            only = false;
        } else {
            channels.say(channel);
        }
        only = false;
    }

    /** "French, not English" needs no more than the French. */
    void without(TrackChoice track, String words) {
        without.put(track, words);
    }

    void remark(Remark remark, Match match) {
        remarks.put(remark, match.written());
    }

    boolean said(Remark remark) {
        return remarks.containsKey(remark);
    }

    /** How it was said; empty: it was not. */
    String words(Remark remark) {
        return remarks.getOrDefault(remark, "");
    }

    void kilo(int thousands) {
        kilo = Optional.of(thousands);
    }

    Reading reading(String sentence, List<Token> all, List<String> understood, List<Token> left) {
        ExtractionRequest request = request();
        List<String> inputs = files.inputs();
        Leftovers leftovers = Leftovers.of(sentence, all, left, this);
        if (said(Remark.PART) && !stretches.said()) problem(Text.of("ask.which-part", words(Remark.PART)));
        if (said(Remark.SIDES)) problem(Text.of("ask.both-sides", words(Remark.SIDES)));
        Optional<List<String>> other = problems.isEmpty()
                ? new OtherCommand(sentence, all, this, inputs).find(request, files.given())
                : Optional.empty();
        if (other.isPresent()) {
            return new Reading(inputs, List.of(), request, leftovers.commandWords(all), List.of(), List.of(), other);
        }
        leftovers.problems().forEach(this::problem);
        new Contradictions(this, request, all, left).find();
        // What is asked about is not understood
        List<String> done = understood.stream()
                .filter(phrase -> problems.stream()
                        .noneMatch(problem -> problem.arguments().contains(phrase)))
                .toList();
        return new Reading(
                inputs, handling(resume), request, done, leftovers.notUnderstood(), problems, Optional.empty());
    }

    /** What the call takes besides the request. */
    List<String> handling(boolean resumes) {
        List<String> words = new ArrayList<>();
        if (files.recurse) words.add("--recurse");
        jobs.value().ifPresent(count -> words.addAll(List.of("--jobs", Integer.toString(count))));
        if (resumes) words.add("--resume");
        return words;
    }

    /** How many stretches, tracks and files are named. */
    List<Integer> counts() {
        return List.of(stretches.count(), tracks.size(), files.inputs().size());
    }

    boolean isLoudnessSaid() {
        return loudness.isSaid() || louder;
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
                || (isGrade(Grade.NO_LOSS) && wanted.equals(Optional.of(AudioFormat.MKA)) && !wishesNewSound())
                || (wanted.isEmpty()
                        && preset.value().isEmpty()
                        && (isGrade(Grade.NO_LOSS) || isGrade(Grade.AS_SOURCE)));
        boolean namedByOutput =
                files.output().filter(name -> namedFormat(name).isPresent()).isPresent();
        if (namedByOutput && formats.lossless() && !copy) copies = false;
        // "Just the track as it is, wav": not lined up with the picture, and decoded all the same
        if (unaligned && wanted.filter(Formats::isLossless).isPresent()) copies = false;
        if (wanted.isEmpty() && copies && !namedByOutput) wanted = Optional.of(AudioFormat.SAME);
        // Phones take it; a format named besides is the one that counts
        boolean ringtone = tokens.stream().anyMatch(token -> token.is("RINGTONE"));
        if (wanted.isEmpty() && ringtone && !namedByOutput) wanted = Optional.of(AudioFormat.M4A);
        Encoding encoding = Encoding.DEFAULT.withCopyOnly(copies);
        if (wanted.isPresent()) encoding = encoding.withFormat(wanted.get());
        String excluded = words(Remark.EXCLUDED);
        if (said(Remark.EXCLUDED) && formats.excludes(encoding.format().orElse(AudioFormat.MP3))) {
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
        request = request.withEncoding(encoding.withQuality(Quality.LIKE_THE_SOURCE))
                .withAlign(unaligned ? Align.NONE : Align.VIDEO);
        // The track as it is loses nothing, which is what archives want
        if (preset.isSaid() && !(archived && copies))
            request = request.withEncoding(
                    request.encoding().withPreset(preset.value().get()));
        request = request.withEncoding(sound(request.encoding(), request.format()));
        without.forEach((unwanted, words) -> {
            boolean other = tracks.stream().anyMatch(track -> track.getClass() == unwanted.getClass());
            if (!other || tracks.contains(unwanted)) problem(Text.of("ask.negation", words));
        });
        if (said(Remark.MIXED)) {
            boolean several = tracks.size() > 1 || tracks.contains(TrackChoice.ALL);
            if (several) mix = true;
            else problem(Text.of("ask.other-job", words(Remark.MIXED)));
        }
        if (said(Remark.NOT_MAIN) && tracks.isEmpty()) problem(Text.of("ask.negation", words(Remark.NOT_MAIN)));
        if (said(Remark.JOINED) && tracks.size() > 1) mix = true;
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
        // "For Premiere, 48k" may be either
        if (kilo.filter(thousands -> thousands == 48_000).isPresent()
                && !formats.said()
                && namedFormat(files.output().orElse("")).isEmpty()) problem(Text.of("ask.unclear", "48k"));
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
