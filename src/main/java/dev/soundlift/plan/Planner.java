package dev.soundlift.plan;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.SoundMap;
import dev.soundlift.request.Align;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Extras;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.Pieces;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides: a pure function of wishes, facts and capabilities. The first reason that holds wins and travels along. */
public final class Planner {
    private static final String NOT_SILENT = "track.not-silent";
    private static final Duration END_OF_TIME = Duration.ofDays(36_500);
    /** What people notice between picture and sound (ITU-R BT.1359: 45 ms early). */
    private static final Duration IN_SYNC = Duration.ofMillis(40);

    private final ExtractionRequest request;
    /** The preset's wishes among them. */
    private final Encoding wish;

    private final MediaInfo media;
    private final TrackPick pick;
    private final Capabilities can;
    private final AudioTrack track;
    private final AudioFormat format;
    private final Piece piece;
    private final Optional<Levelling> levelling;
    private final Cut cut;
    private final List<Text> notes = new ArrayList<>();
    private final List<Text> warnings;

    /** For one output. */
    private Planner(
            ExtractionRequest request,
            MediaInfo media,
            TrackPick pick,
            Piece piece,
            Optional<Levelling> levelling,
            Capabilities can) {
        this.request = request;
        this.media = media;
        this.pick = pick;
        this.can = can;
        this.track = pick.track();
        this.format = request.format();
        this.wish = request.encoding().filled(format);
        this.piece = piece;
        this.levelling = levelling;
        this.cut = piece.cut();
        this.warnings = new ArrayList<>(piece.warnings());
        pick.close().ifPresent(warnings::add);
    }

    /** One plan for each output, in the order of the request's tracks. */
    public static List<Plan> plan(ExtractionRequest request, MediaInfo media, Capabilities can)
            throws ExtractionException {
        List<Plan> plans = new ArrayList<>();
        List<Piece> pieces = Piece.of(request.pieces(), media);
        List<TrackPick> picks = TrackJoiner.picks(request, media);
        Optional<Levelling> levelling = levelling(request, pieces);
        for (TrackPick pick : picks) {
            for (Piece piece : pieces) {
                plans.add(new Planner(request, media, pick.among(picks.size()), piece, levelling, can).plan());
            }
        }
        return plans;
    }

    private static Optional<Levelling> levelling(ExtractionRequest request, List<Piece> pieces) {
        return request.encoding().filled(request.format()).loudness().map(target -> Levelling.of(target, pieces));
    }

    /**
     * The plan of a whole track, cut where it is silent: one plan for each piece.
     *
     * @param whole what {@link #plan} gave for a request of {@link Pieces.Silences}
     * @param map of what the plan would take
     */
    public static List<Plan> inSilences(Plan whole, SoundMap map, ExtractionRequest request, Capabilities can)
            throws ExtractionException {
        Pieces.Silences wish = (Pieces.Silences) request.pieces();
        Optional<Duration> longest = wish.longest();
        if (wish.largestBytes().isPresent()) {
            Piece any = new Piece(new Cut(Duration.ZERO, Optional.of(Duration.ofSeconds(1))), "", "", List.of());
            Plan ofPiece = new Planner(request, whole.media(), whole.pick(), any, whole.levelling(), can).plan();
            Duration fitting = SilentCuts.within(wish.largestBytes().getAsLong(), ofPiece);
            longest = longest.filter(length -> length.compareTo(fitting) < 0).or(() -> Optional.of(fitting));
        }
        List<Plan> plans = new ArrayList<>();
        List<Piece> pieces = SilentCuts.pieces(map, longest);
        Optional<Levelling> levelling = levelling(request, pieces);
        for (Piece piece : pieces) {
            plans.add(new Planner(request, whole.media(), whole.pick(), piece, levelling, can).plan());
        }
        return plans;
    }

    /**
     * What to do when a copy that was our own choice did not work out: the same by re-encoding. Nothing where the user
     * asked for a copy, or there is no other way.
     */
    public static Optional<Plan> insteadOfCopy(Plan copy, ExtractionRequest request, Capabilities can) {
        boolean ours = copy.route() == Route.COPY && !request.encoding().copyOnly();
        if (!ours) return Optional.empty();
        try {
            Text why = Text.of("reason.copy-failed", copy.target().codecName());
            return Optional.of(new Planner(request, copy.media(), copy.pick(), copy.piece(), copy.levelling(), can)
                    .transcode(Optional.of(why)));
        } catch (ExtractionException noOtherWay) {
            return Optional.empty();
        }
    }

    /**
     * The same with the next best track, where a rule and not the user chose the one that turned out to be silent.
     * Nothing where there is none, or where the track is part of the output's name.
     */
    public static Optional<Plan> insteadOfSilence(Plan silent, ExtractionRequest request, Capabilities can) {
        Optional<AudioTrack> next = silent.pick().runnerUp();
        boolean named = request.destination().isTemplate();
        // Tried once already: then silence is what there is
        boolean second = silent.pick().why().key().equals(NOT_SILENT);
        if (second || next.isEmpty() || named || silent.pick().oneOfSeveral()) return Optional.empty();
        AudioTrack first = silent.pick().track();
        TrackPick pick =
                new TrackPick(next.get(), Text.of(NOT_SILENT, Integer.toString(first.number())), Optional.of(first));
        try {
            return Optional.of(
                    new Planner(request, silent.media(), pick, silent.piece(), silent.levelling(), can).plan());
        } catch (ExtractionException noOtherWay) {
            return Optional.empty();
        }
    }

    private Plan plan() throws ExtractionException {
        request.destination()
                .misleadingExtension(format)
                .ifPresent(extension -> warnings.add(Text.of("warning.extension", extension)));
        if (track.encrypted()) {
            throw new ExtractionException(ErrorKind.PROTECTED, Text.of("error.protected"), Text.of("next.protected"));
        }
        if (pick.isJoined()) return transcode(Optional.of(joins()));
        Optional<Container> copyInto = containerForCopy(format, track, wish.copyOnly());
        if (wish.copyOnly()) {
            Container container = copyInto.orElseThrow(() -> doesNotFit(format, track));
            if (losesSync(container)) warnings.add(Text.of("warning.copy-offset", seconds(track.start())));
            return copy(container, Text.of("reason.copy-asked"));
        }
        boolean exactCutNeedsSamples =
                !cut.isWhole() && track.codec().map(Codec::lossless).orElse(false);
        if (copyInto.isEmpty() || wish.changesTheSound() || exactCutNeedsSamples) return transcode(Optional.empty());
        if (losesSync(copyInto.get())) {
            try {
                return transcode(Optional.of(Text.of("reason.align", seconds(track.start()))));
            } catch (ExtractionException onlyACopyIsPossible) {
                warnings.add(Text.of("warning.copy-offset", seconds(track.start())));
            }
        }
        return copy(
                copyInto.get(),
                Text.of("reason.copy-fits", track.codecName(), copyInto.get().extension()));
    }

    private Text joins() throws ExtractionException {
        if (!can.joins()) {
            throw new ExtractionException(
                    ErrorKind.NO_ENGINE, Text.of("error.joins", can.engine()), Text.of("next.joins"));
        }
        String numbers = pick.joined().label();
        return pick.joined().how() == Joined.How.MIXED
                ? Text.of("reason.mixed", numbers)
                : Text.of("reason.grouped", numbers, pick.joined().layout());
    }

    /** Whether a copy would begin at another moment than the video, with nothing in the file that says so. */
    private boolean losesSync(Container container) {
        return request.align() == Align.VIDEO
                && cut.start().isZero()
                && track.start().abs().compareTo(IN_SYNC) > 0
                && !(track.start().isNegative() ? container.holdsEarlyStart() : container.holdsOffset());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }

    private Plan copy(Container container, Text why) throws ExtractionException {
        // In a silence it does not matter on which side of it a packet goes
        boolean inSilence = request.pieces() instanceof Pieces.Silences silences && !silences.limited();
        boolean exact =
                cut.isWhole() || track.codec().filter(container::hidesEdges).isPresent();
        if (!exact && !inSilence) warnings.add(Text.of("warning.copy-cut"));
        return made(Route.COPY, TargetChooser.copy(track, container), why);
    }

    private Plan transcode(Optional<Text> ownReason) throws ExtractionException {
        if (!track.decodable()) {
            throw new ExtractionException(
                    ErrorKind.UNSUPPORTED_CODEC,
                    Text.of("error.no-decoder", track.codecName()),
                    Text.of("next.no-decoder"));
        }
        requireLevels();
        TargetSound target = TargetChooser.transcode(format, track, wish, can, notes, warnings);
        Codec codec = Codec.named(target.codecName()).orElseThrow();
        if (!can.encodes(codec)) {
            throw new ExtractionException(
                    ErrorKind.NO_ENGINE, Text.of("error.no-encoder", codec.ffmpegName()), Text.of("next.no-encoder"));
        }
        remarkOnChannels(target);
        boolean couldBeCopied = containerForCopy(format, track, false).isPresent();
        Text usual = !couldBeCopied
                ? Text.of(
                        "reason.transcode", track.codecName(), codec.linearPcm() ? format.label() : codec.ffmpegName())
                : wish.changesTheSound()
                        ? Text.of("reason.transcode-wishes", codec.ffmpegName())
                        : Text.of("reason.exact-cut", codec.ffmpegName());
        return made(Route.TRANSCODE, target, ownReason.orElse(usual));
    }

    private void requireLevels() throws ExtractionException {
        if (wish.loudness().isEmpty()) return;
        if (!can.levels()) {
            throw new ExtractionException(
                    ErrorKind.NO_ENGINE, Text.of("error.levels", can.engine()), Text.of("next.levels"));
        }
    }

    /** What becomes of the channels, and of what is more than channels. */
    private void remarkOnChannels(TargetSound target) {
        for (AudioTrack part : pick.joined().tracks()) {
            if (part.carriesObjects()) warnings.add(Text.of("warning.objects", part.profile()));
        }
        int channels = track.shape().channels();
        if (target.channels() instanceof ChannelChoice.Side side) {
            if (channels == 1) notes.add(Text.of("reason.side-of-mono"));
            if (channels > 2) {
                warnings.add(Text.of(
                        "warning.side-of-many",
                        Integer.toString(channels),
                        Text.of(side.left() ? "channels.left" : "channels.right")));
            }
        } else if (target.channelCount() > 0 && target.channelCount() < channels) {
            boolean stereo = channels == 2;
            notes.add(
                    stereo
                            ? Text.of("reason.downmix-mono")
                            : Text.of(
                                    can.holdsPeaks() ? "reason.downmix" : "reason.downmix-turned-down",
                                    track.shape().layout(),
                                    Integer.toString(target.channelCount())));
        }
    }

    private Plan made(Route route, TargetSound target, Text why) throws ExtractionException {
        List<Text> reasons = new ArrayList<>(List.of(why));
        reasons.addAll(notes);
        reasons.addAll(can.reasons());
        List<Chapter> chapters = chapters(media, cut);
        if (request.extras().chapterList().isPresent() && chapters.isEmpty()) {
            warnings.add(Text.of("warning.no-chapters-to-list"));
        }
        return new Plan(
                media,
                pick,
                piece,
                request.align(),
                route,
                can.engine(),
                target,
                levelling,
                extras(target),
                request.verify(),
                Tags.carried(media, track, piece),
                chapters,
                reasons,
                warnings);
    }

    /** With the frame's place counted from the start, where there is a picture and a place for it. */
    private Extras extras(TargetSound target) throws ExtractionException {
        Extras wished = request.extras();
        if (wished.id3() != Extras.DEFAULT.id3() && !target.container().holdsId3()) {
            warnings.add(Text.of("warning.no-id3", target.container().extension()));
        }
        if (wished.coverFrame().isEmpty()) return wished;
        if (!can.frames()) {
            throw new ExtractionException(
                    ErrorKind.NO_ENGINE, Text.of("error.no-frames", can.engine()), Text.of("next.no-frames"));
        }
        if (!media.hasVideo()) {
            throw new ExtractionException(ErrorKind.USAGE, Text.of("error.no-video"), Text.of("next.no-video"));
        }
        Duration place = Piece.resolve(wished.coverFrame().get(), media);
        boolean outside = media.duration()
                .filter(all -> !media.durationEstimated() && place.compareTo(all) > 0)
                .isPresent();
        if (outside) {
            throw new ExtractionException(
                    ErrorKind.RANGE_OUTSIDE,
                    Text.of("error.frame-outside", MediaTime.print(place)),
                    Text.of("next.range-outside"));
        }
        boolean placed = target.container().holdsCover();
        if (!placed)
            warnings.add(
                    Text.of("warning.no-place-for-cover", target.container().extension()));
        return wished.withCoverFrame(placed ? Optional.of(new MediaTime(place, false)) : Optional.empty());
    }

    /** Where the track's packets can go as they are, if anywhere. */
    private static Optional<Container> containerForCopy(AudioFormat format, AudioTrack track, boolean anyFit) {
        if (!track.copyable()) return Optional.empty();
        if (format == AudioFormat.SAME) {
            return Optional.of(track.codec().map(Container::of).orElse(Container.MKA));
        }
        Container container = format.container().orElseThrow();
        // Matroska takes nearly every codec, also those that we have no name for; the muxer has the last word
        if (container == Container.MKA) return Optional.of(container);
        boolean fits = track.codec()
                .filter(container::holds)
                .filter(codec -> anyFit || isWhatTheFormatMeans(format, codec))
                .isPresent();
        return fits ? Optional.of(container) : Optional.empty();
    }

    /** An .m4a can hold ALAC and a .wav A-law, but who asks for M4A expects AAC, and for WAV plain samples. */
    private static boolean isWhatTheFormatMeans(AudioFormat format, Codec codec) {
        return switch (format) {
            case WAV, PCM -> codec.linearPcm();
            case OGG, MKA, SAME -> true;
            case MP3, M4A, AAC, ALAC, FLAC, OPUS -> format.codec().orElseThrow() == codec;
        };
    }

    private static ExtractionException doesNotFit(AudioFormat format, AudioTrack track) {
        return new ExtractionException(
                ErrorKind.DOES_NOT_FIT,
                Text.of("error.does-not-fit", track.codecName(), format.label()),
                Text.of("next.does-not-fit"));
    }

    private static List<Chapter> chapters(MediaInfo media, Cut cut) {
        Duration end = cut.end().or(media::duration).orElse(END_OF_TIME);
        return media.chapters().stream()
                .map(chapter -> chapter.within(cut.start(), end))
                .flatMap(Optional::stream)
                .toList();
    }
}
