package dev.soundlift.plan;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.request.Align;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides: a pure function of wishes, facts and capabilities. The first reason that holds wins and travels along. */
public final class Planner {
    private static final Duration END_OF_TIME = Duration.ofDays(36_500);
    /** What people notice between picture and sound (ITU-R BT.1359: 45 ms early). */
    private static final Duration IN_SYNC = Duration.ofMillis(40);

    private final ExtractionRequest request;
    private final MediaInfo media;
    private final TrackPick pick;
    private final Capabilities can;
    private final AudioTrack track;
    private final AudioFormat format;
    private final Cut cut;
    private final List<Text> warnings = new ArrayList<>();

    /** For one output. */
    private Planner(ExtractionRequest request, MediaInfo media, TrackPick pick, Capabilities can)
            throws ExtractionException {
        this.request = request;
        this.media = media;
        this.pick = pick;
        this.can = can;
        this.track = pick.track();
        this.format = format(request);
        this.cut = cut(request.range(), media, warnings);
    }

    /** One plan for each output, in the order of the request's tracks. */
    public static List<Plan> plan(ExtractionRequest request, MediaInfo media, Capabilities can)
            throws ExtractionException {
        List<Plan> plans = new ArrayList<>();
        for (TrackChoice choice : request.tracks()) {
            for (TrackPick pick : TrackPicker.pick(media, choice)) {
                plans.add(new Planner(request, media, pick, can).plan());
            }
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
            return Optional.of(new Planner(request, copy.media(), copy.pick(), can).transcode(Optional.of(why)));
        } catch (ExtractionException noOtherWay) {
            return Optional.empty();
        }
    }

    private Plan plan() throws ExtractionException {
        Encoding wish = request.encoding();
        if (track.encrypted()) {
            throw new ExtractionException(ErrorKind.PROTECTED, Text.of("error.protected"), Text.of("next.protected"));
        }
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

    /** Whether a copy would begin at another moment than the video, with nothing in the file that says so. */
    private boolean losesSync(Container container) {
        return request.align() == Align.VIDEO
                && cut.start().isZero()
                && track.start().abs().compareTo(IN_SYNC) > 0
                && !container.holdsOffset();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }

    private Plan copy(Container container, Text why) {
        if (!cut.isWhole()) warnings.add(Text.of("warning.copy-cut"));
        return made(Route.COPY, TargetChooser.copy(track, container), why);
    }

    private Plan transcode(Optional<Text> ownReason) throws ExtractionException {
        if (!track.decodable()) {
            throw new ExtractionException(
                    ErrorKind.UNSUPPORTED_CODEC,
                    Text.of("error.no-decoder", track.codecName()),
                    Text.of("next.no-decoder"));
        }
        TargetSound target = TargetChooser.transcode(format, track, request.encoding(), warnings);
        Codec codec = Codec.named(target.codecName()).orElseThrow();
        if (!can.encodes(codec)) {
            throw new ExtractionException(
                    ErrorKind.NO_ENGINE, Text.of("error.no-encoder", codec.ffmpegName()), Text.of("next.no-encoder"));
        }
        boolean couldBeCopied = containerForCopy(format, track, true).isPresent();
        Text usual = couldBeCopied
                ? Text.of("reason.transcode-wishes", codec.ffmpegName())
                : Text.of("reason.transcode", track.codecName(), codec.ffmpegName());
        return made(Route.TRANSCODE, target, ownReason.orElse(usual));
    }

    private Plan made(Route route, TargetSound target, Text why) {
        return new Plan(
                media,
                pick,
                cut,
                request.align(),
                route,
                can.engine(),
                target,
                Tags.carried(media, track),
                chapters(media, cut),
                List.of(why),
                warnings);
    }

    private static AudioFormat format(ExtractionRequest request) {
        return request.encoding()
                .format()
                .or(() -> request.destination().formatOfName())
                .orElse(request.encoding().copyOnly() ? AudioFormat.SAME : AudioFormat.MP3);
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

    /** The wished stretch on the media clock. */
    static Cut cut(RangeWish wish, MediaInfo media, List<Text> warnings) throws ExtractionException {
        if (wish.isWhole()) return Cut.NOTHING;
        Duration start = resolve(wish.start(), media);
        Optional<Duration> end =
                wish.end().isPresent() ? Optional.of(resolve(wish.end().get(), media)) : Optional.empty();
        if (end.isPresent() && wish.end().get().fromEnd() && end.get().isZero()) {
            throw new ExtractionException(
                    ErrorKind.RANGE_OUTSIDE, Text.of("error.range-empty"), Text.of("next.range-outside"));
        }
        if (end.isPresent() && end.get().compareTo(start) <= 0) {
            throw new ExtractionException(
                    ErrorKind.USAGE,
                    Text.of("error.range-backwards", MediaTime.print(start), MediaTime.print(end.get())),
                    Text.of("next.range-backwards"));
        }
        // A guess is no reason to refuse
        Optional<Duration> total = media.durationEstimated() ? Optional.empty() : media.duration();
        if (total.isPresent() && start.compareTo(total.get()) >= 0) {
            throw new ExtractionException(
                    ErrorKind.RANGE_OUTSIDE,
                    Text.of("error.range-outside", MediaTime.print(start), printMillis(total.get())),
                    Text.of("next.range-outside"));
        }
        if (total.isPresent() && end.isPresent() && end.get().compareTo(total.get()) > 0) {
            warnings.add(Text.of("warning.range-past-end", MediaTime.print(end.get()), printMillis(total.get())));
            end = Optional.empty();
        }
        return new Cut(start, end);
    }

    private static List<Chapter> chapters(MediaInfo media, Cut cut) {
        Duration end = cut.end().or(media::duration).orElse(END_OF_TIME);
        return media.chapters().stream()
                .map(chapter -> chapter.within(cut.start(), end))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String printMillis(Duration time) {
        return MediaTime.print(Duration.ofMillis(time.toMillis()));
    }

    private static Duration resolve(MediaTime time, MediaInfo media) throws ExtractionException {
        if (!time.fromEnd()) return time.offset();
        Duration total = media.duration()
                .orElseThrow(() -> new ExtractionException(
                        ErrorKind.RANGE_OUTSIDE,
                        Text.of("error.no-duration", time.toString()),
                        Text.of("next.no-duration")));
        Duration place = total.minus(time.offset());
        return place.isNegative() ? Duration.ZERO : place;
    }
}
