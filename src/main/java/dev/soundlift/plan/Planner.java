package dev.soundlift.plan;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Chapter;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.media.MediaInfo;
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
import java.util.Optional;

/** Decides: a pure function of wishes, facts and capabilities. The first reason that holds wins and travels along. */
public final class Planner {
    private static final Duration END_OF_TIME = Duration.ofDays(36_500);

    private Planner() {}

    /** One plan for each output, in the order of the request's tracks. */
    public static List<Plan> plan(ExtractionRequest request, MediaInfo media, Capabilities can)
            throws ExtractionException {
        List<Plan> plans = new ArrayList<>();
        for (TrackChoice choice : request.tracks()) {
            for (TrackPick pick : TrackPicker.pick(media, choice)) {
                plans.add(plan(request, media, pick, can));
            }
        }
        return plans;
    }

    private static Plan plan(ExtractionRequest request, MediaInfo media, TrackPick pick, Capabilities can)
            throws ExtractionException {
        AudioTrack track = pick.track();
        Encoding wish = request.encoding();
        if (track.encrypted()) {
            throw new ExtractionException(ErrorKind.PROTECTED, Text.of("error.protected"), Text.of("next.protected"));
        }
        AudioFormat format = format(request);
        List<Text> warnings = new ArrayList<>();
        Cut cut = cut(request.range(), media, warnings);

        Optional<Container> copyInto = containerForCopy(format, track, wish.copyOnly());
        if (wish.copyOnly()) {
            Container container = copyInto.orElseThrow(() -> doesNotFit(format, track));
            return copy(media, pick, cut, container, can, Text.of("reason.copy-asked"), warnings);
        }
        boolean exactCutNeedsSamples =
                !cut.isWhole() && track.codec().map(Codec::lossless).orElse(false);
        if (copyInto.isPresent() && !wish.changesTheSound() && !exactCutNeedsSamples) {
            Text why = Text.of(
                    "reason.copy-fits", track.codecName(), copyInto.get().extension());
            return copy(media, pick, cut, copyInto.get(), can, why, warnings);
        }
        return transcode(media, pick, cut, format, wish, can, warnings);
    }

    private static Plan copy(
            MediaInfo media,
            TrackPick pick,
            Cut cut,
            Container container,
            Capabilities can,
            Text why,
            List<Text> warnings) {
        TargetSound target = TargetChooser.copy(pick.track(), container);
        if (!cut.isWhole()) warnings.add(Text.of("warning.copy-cut"));
        return new Plan(
                media,
                pick,
                cut,
                Route.COPY,
                can.engine(),
                target,
                Tags.carried(media, pick.track()),
                chapters(media, cut),
                List.of(why),
                warnings);
    }

    /**
     * What to do when a copy that was our own choice did not work out: the same by re-encoding. Nothing where the user
     * asked for a copy, or there is no other way.
     */
    public static Optional<Plan> insteadOfCopy(Plan copy, ExtractionRequest request, Capabilities can) {
        boolean ours = copy.route() == Route.COPY && !request.encoding().copyOnly();
        if (!ours) return Optional.empty();
        try {
            List<Text> warnings = new ArrayList<>(copy.warnings());
            warnings.removeIf(warning -> warning.key().equals("warning.copy-cut"));
            Plan plan = transcode(
                    copy.media(), copy.pick(), copy.cut(), format(request), request.encoding(), can, warnings);
            return Optional.of(
                    plan.because(Text.of("reason.copy-failed", copy.target().codecName())));
        } catch (ExtractionException noOtherWay) {
            return Optional.empty();
        }
    }

    private static AudioFormat format(ExtractionRequest request) {
        return request.encoding()
                .format()
                .or(() -> request.destination().formatOfName())
                .orElse(request.encoding().copyOnly() ? AudioFormat.SAME : AudioFormat.MP3);
    }

    private static Plan transcode(
            MediaInfo media,
            TrackPick pick,
            Cut cut,
            AudioFormat format,
            Encoding wish,
            Capabilities can,
            List<Text> warnings)
            throws ExtractionException {
        AudioTrack track = pick.track();
        if (!track.decodable()) {
            throw new ExtractionException(
                    ErrorKind.UNSUPPORTED_CODEC,
                    Text.of("error.no-decoder", track.codecName()),
                    Text.of("next.no-decoder"));
        }
        TargetSound target = TargetChooser.transcode(format, track, wish, warnings);
        Codec codec = Codec.named(target.codecName()).orElseThrow();
        if (!can.encodes(codec)) {
            throw new ExtractionException(
                    ErrorKind.NO_ENGINE, Text.of("error.no-encoder", codec.ffmpegName()), Text.of("next.no-encoder"));
        }
        Text why = containerForCopy(format, track, true).isPresent()
                ? Text.of("reason.transcode-wishes", codec.ffmpegName())
                : Text.of("reason.transcode", track.codecName(), codec.ffmpegName());
        return new Plan(
                media,
                pick,
                cut,
                Route.TRANSCODE,
                can.engine(),
                target,
                Tags.carried(media, track),
                chapters(media, cut),
                List.of(why),
                warnings);
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
