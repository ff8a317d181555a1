package dev.soundlift.engine.executable;

import dev.soundlift.engine.ClaimedTime;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.media.TrackFlag;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What ffprobe found in a file.
 *
 * @param estimated whether the duration is a guess from the bit rate, and not a claim of the file's
 */
record Probed(Tree facts, List<Stream> streams, boolean estimated, double share, Set<Integer> encrypted) {
    private static final Map<String, TrackFlag> FLAGS = Map.of(
            "default", TrackFlag.DEFAULT,
            "forced", TrackFlag.FORCED,
            "original", TrackFlag.ORIGINAL,
            "dub", TrackFlag.DUB,
            "comment", TrackFlag.COMMENTARY,
            "hearing_impaired", TrackFlag.HEARING_IMPAIRED,
            "visual_impaired", TrackFlag.VISUAL_IMPAIRED,
            "descriptions", TrackFlag.DESCRIPTIONS,
            "clean_effects", TrackFlag.CLEAN_EFFECTS);

    static Probed read(String json, boolean estimated, double share, Set<Integer> encrypted) throws IOException {
        Tree facts = Tree.parse(json);
        return new Probed(
                facts, facts.objects("streams").stream().map(Stream::of).toList(), estimated, share, encrypted);
    }

    String container() {
        return facts.object("format").text("format_name");
    }

    private double start() {
        return facts.object("format").decimal("start_time").orElse(0);
    }

    Stream stream(AudioTrack track) throws ExtractionException {
        return streams.stream()
                .filter(stream -> stream.index() == track.streamIndex() && stream.isAudio())
                .findFirst()
                .orElseThrow(() -> new ExtractionException(
                        ErrorKind.UNREADABLE, Text.of("error.changed"), Text.of("next.changed")));
    }

    Clock clock(Stream track) {
        return Clock.of(container(), start(), streams, track);
    }

    Optional<Stream> cover() {
        return streams.stream().filter(Stream::isCover).findFirst();
    }

    MediaInfo media(MediaSource source, Abilities abilities) {
        List<AudioTrack> tracks = new ArrayList<>();
        for (Stream stream : streams) {
            if (stream.isAudio()) tracks.add(track(stream, tracks.size() + 1, abilities));
        }
        return new MediaInfo(
                source,
                container(),
                length(),
                estimated,
                tracks,
                chapters(),
                facts.object("format").object("tags").texts(),
                streams.stream().anyMatch(Stream::isFilm),
                cover().isPresent());
    }

    /** From the media clock's zero to where the container says that its longest track ends. */
    private Optional<Duration> length() {
        OptionalDouble all = facts.object("format").decimal("duration");
        if (all.isEmpty() || all.getAsDouble() <= 0) return Optional.empty();
        return positive(OptionalDouble.of(start() + all.getAsDouble() - Clock.origin(start(), streams)));
    }

    private static Optional<Duration> positive(OptionalDouble seconds) {
        return seconds.isPresent() && seconds.getAsDouble() > 0
                ? Optional.of(ClaimedTime.of(seconds.getAsDouble()))
                : Optional.empty();
    }

    private AudioTrack track(Stream stream, int number, Abilities abilities) {
        Tree about = stream.facts();
        Map<String, String> tags = new LinkedHashMap<>(about.object("tags").texts());
        String codec = about.text("codec_name");
        // A file of one track may well say it for the whole, as MP3 and WAV have to (ID3v2: TLAN)
        boolean alone = streams.stream().filter(Stream::isAudio).count() == 1;
        String ofAll = alone ? facts.object("format").object("tags").text("language") : "";
        String language = tags.getOrDefault("language", ofAll.matches("[A-Za-z]{3}") ? ofAll : "");
        String tag = about.text("codec_tag_string");
        return new AudioTrack(
                number,
                stream.index(),
                codec.isEmpty() || codec.equals("unknown") ? named(tag) : codec,
                about.text("profile").matches("-?\\d+|unknown") ? "" : about.text("profile"),
                shape(stream, abilities),
                bitRate(about, tags),
                language.equals("und") ? "" : language,
                tags.getOrDefault("title", ""),
                flags(about.object("disposition")),
                stream.startTicks().isEmpty()
                        ? Duration.ZERO
                        : ClaimedTime.of(
                                stream.seconds(stream.startTicks().getAsLong()) - Clock.origin(start(), streams)),
                claimedDuration(stream, tags),
                abilities.decodable().contains(codec) && stream.sampleRateHz() > 0 && stream.channels() > 0,
                encrypted.contains(stream.index()),
                tags);
    }

    /** Of a codec that the program does not know, what the container calls it. */
    private static String named(String tag) {
        return tag.matches("[A-Za-z0-9-]{3,4}") ? tag : "none";
    }

    private static AudioShape shape(Stream stream, Abilities abilities) {
        boolean lossless = abilities.lossless().contains(stream.facts().text("codec_name"));
        SampleForm form = stream.sampleForm();
        boolean floating = lossless && (form == SampleForm.FLT || form == SampleForm.DBL);
        int rawBits = stream.facts().count("bits_per_raw_sample");
        int bits = !lossless ? 0 : rawBits > 0 ? rawBits : 8 * form.bytes();
        String layout =
                stream.layout().isEmpty() && stream.channels() > 0 ? stream.channels() + " channels" : stream.layout();
        return new AudioShape(stream.sampleRateHz(), stream.channels(), layout, bits, floating);
    }

    private OptionalLong bitRate(Tree about, Map<String, String> tags) {
        if (about.number("bit_rate").orElse(0) > 0) return about.number("bit_rate");
        // mkvmerge and FFmpeg write the track's statistics as a tag
        String statistics = tags.getOrDefault("BPS", tags.getOrDefault("BPS-eng", ""));
        if (statistics.matches("[1-9]\\d{0,9}")) return OptionalLong.of(Long.parseLong(statistics));
        OptionalLong all = facts.object("format").number("bit_rate");
        return streams.size() == 1 && all.orElse(0) > 0 ? all : OptionalLong.empty();
    }

    private static Set<TrackFlag> flags(Tree disposition) {
        Set<TrackFlag> flags = EnumSet.noneOf(TrackFlag.class);
        FLAGS.forEach((name, flag) -> {
            if (disposition.count(name) == 1) flags.add(flag);
        });
        return flags;
    }

    /** What the file itself says of the track's length, which is what a truncated one does not keep. */
    private Optional<Duration> claimedDuration(Stream stream, Map<String, String> tags) {
        Optional<Duration> all = positive(facts.object("format").decimal("duration"));
        if (share < 1 && all.isPresent())
            return Optional.of(ClaimedTime.of(all.get().toNanos() / 1e9 / share));
        if (estimated) return Optional.empty();
        Optional<Duration> own = positive(stream.facts().decimal("duration"));
        if (own.isPresent()) return own;
        OptionalDouble first = stream.startTicks().isPresent()
                ? OptionalDouble.of(stream.seconds(stream.startTicks().getAsLong()))
                : OptionalDouble.empty();
        return ClaimedTime.ofMatroska(
                tags, facts.object("format").object("tags").texts(), first);
    }

    private List<Chapter> chapters() {
        List<Chapter> chapters = new ArrayList<>();
        // ID3 counts from where the sound begins, not from the priming before it
        boolean id3 = facts.object("format").text("format_name").equals("mp3");
        double origin = id3 ? 0 : Clock.origin(start(), streams);
        for (Tree chapter : facts.objects("chapters")) {
            double start = Math.max(0, chapter.decimal("start_time").orElse(0) - origin);
            double end = Math.max(start, chapter.decimal("end_time").orElse(0) - origin);
            chapters.add(new Chapter(chapter.object("tags").text("title"), ClaimedTime.of(start), ClaimedTime.of(end)));
        }
        return chapters;
    }
}
