package dev.soundlift.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request as the equal call in canonical form: what differs from the defaults, long names, in the documented order. */
public final class CommandLineForm {
    private CommandLineForm() {}

    /** The words after the program's name; inputs as they were typed, patterns unexpanded. */
    public static List<String> of(List<String> inputs, ExtractionRequest request) {
        List<String> words = new ArrayList<>(inputs.size() + 8);
        // A name that begins like an option is still a name
        for (String input : inputs) words.add(input.startsWith("-") && input.length() > 1 ? "./" + input : input);
        Encoding encoding = request.encoding();
        add(words, "--format", request.format().label());
        if (encoding.copyOnly()) words.add("--copy");
        if (encoding.quality() instanceof Quality.BitRate rate) add(words, "--bitrate", rate.toString());
        if (encoding.quality() instanceof Quality.Variable vbr) add(words, "--vbr", Integer.toString(vbr.level()));
        encoding.sampleRateHz().ifPresent(rate -> add(words, "--rate", Integer.toString(rate)));
        channels(encoding.channels()).ifPresent(name -> add(words, "--channels", name));
        encoding.depth().ifPresent(depth -> add(words, "--bits", depth.label()));
        if (!request.tracks().equals(List.of(TrackChoice.BEST))) {
            request.tracks().forEach(track -> add(words, "--track", track.toString()));
        }
        addPieces(words, request.pieces());
        if (request.combination().mix()) words.add("--mix");
        if (!request.combination().groups().isEmpty()) {
            add(words, "--group", request.combination().groupsLabel());
        }
        addEnum(words, "--align", request.align(), Align.VIDEO);
        encoding.loudness().ifPresent(target -> add(words, "--loudness", target.toString()));
        encoding.preset().ifPresent(preset -> add(words, "--preset", preset.label()));
        addExtras(words, request.extras());
        request.destination().output().ifPresent(output -> add(words, "--output", output));
        addEnum(words, "--on-exists", request.destination().onExists(), OnExists.FAIL);
        addEnum(words, "--engine", request.engine().kind(), EngineChoice.Kind.AUTO);
        request.engine().program().ifPresent(program -> add(words, "--ffmpeg", program));
        if (request.engine().uploadAllowed()) words.add("--allow-upload");
        addEnum(words, "--verify", request.verify(), VerifyLevel.FULL);
        if (request.strict()) words.add("--strict");
        return words;
    }

    private static void add(List<String> words, String option, String value) {
        words.add(option);
        words.add(value);
    }

    private static <E extends Enum<E>> void addEnum(List<String> words, String option, E value, E usual) {
        if (value != usual) add(words, option, value.name().toLowerCase(Locale.ROOT));
    }

    private static void addExtras(List<String> words, Extras extras) {
        if (extras.id3() != Extras.Id3.V2_3) add(words, "--id3", extras.id3().label());
        extras.coverFrame().ifPresent(time -> add(words, "--cover-frame", time.toString()));
        if (extras.keepDate()) words.add("--keep-date");
        extras.chapterList()
                .ifPresent(form -> add(words, "--chapter-list", form.name().toLowerCase(Locale.ROOT)));
    }

    private static void addPieces(List<String> words, Pieces pieces) {
        if (pieces instanceof Pieces.OneChapter) {
            add(words, "--chapter", pieces.toString());
        } else if (pieces instanceof Pieces.Ranges wanted) {
            if (wanted.ranges().size() == 1) {
                addRange(words, wanted.ranges().get(0));
            } else {
                wanted.ranges().forEach(range -> add(words, "--range", range.toString()));
            }
        } else {
            add(words, "--split", pieces.toString());
            if (pieces instanceof Pieces.Silences silences) addLimits(words, silences);
        }
    }

    private static void addLimits(List<String> words, Pieces.Silences silences) {
        silences.longest().ifPresent(length -> add(words, "--piece-length", MediaTime.print(length)));
        silences.largestBytes().ifPresent(bytes -> add(words, "--piece-size", Pieces.Silences.printSize(bytes)));
    }

    private static void addRange(List<String> words, RangeWish range) {
        if (range.isWhole()) return;
        if (range.end().isEmpty()) {
            add(words, "--from", range.start().toString());
        } else if (range.start().equals(MediaTime.START)) {
            add(words, "--to", range.end().get().toString());
        } else {
            add(words, "--range", range.toString());
        }
    }

    /** Nothing where they stay as in the source. */
    public static Optional<String> channels(ChannelChoice choice) {
        if (choice instanceof ChannelChoice.Side side) return Optional.of(side.left() ? "left" : "right");
        if (!(choice instanceof ChannelChoice.Count count)) return Optional.empty();
        return Optional.of(
                switch (count.channels()) {
                    case 1 -> "mono";
                    case 2 -> "stereo";
                    case 6 -> "5.1";
                    default -> Integer.toString(count.channels());
                });
    }
}
