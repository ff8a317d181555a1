package dev.soundlift.request;

import dev.soundlift.media.MediaSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything a user can wish for one input; shared by all front doors and engines. Immutable: the {@code with} methods
 * give changed copies.
 *
 * @param tracks not empty; one output each, {@link TrackChoice.All} one for every track
 * @param combination whether the chosen tracks become one
 * @param pieces the stretches of the media clock; one output each
 * @param align what sample 0 of the output is
 * @param extras what goes with the sound
 * @param engine who may do the work
 * @param strict whether a warning is a failure
 */
public record ExtractionRequest(
        MediaSource source,
        List<TrackChoice> tracks,
        Combination combination,
        Pieces pieces,
        Align align,
        Encoding encoding,
        Extras extras,
        Destination destination,
        EngineChoice engine,
        VerifyLevel verify,
        boolean strict) {

    /** Refuses an empty list of tracks. */
    public ExtractionRequest {
        tracks = List.copyOf(tracks);
        if (tracks.isEmpty()) throw new IllegalArgumentException("no track is chosen");
    }

    /** The best track of a file, whole, as MP3 beside the input. */
    public static ExtractionRequest of(Path input) {
        return of(new MediaSource.LocalFile(input));
    }

    /** The best track as MP3 beside the input, everything else as the command line has it by default. */
    public static ExtractionRequest of(MediaSource source) {
        return new ExtractionRequest(
                source,
                List.of(TrackChoice.BEST),
                Combination.SEPARATE,
                Pieces.WHOLE,
                Align.VIDEO,
                Encoding.DEFAULT,
                Extras.DEFAULT,
                Destination.BESIDE_THE_INPUT,
                EngineChoice.AUTO,
                VerifyLevel.FULL,
                false);
    }

    /** What is to be written: as asked, else as the output's name says, else the track's own codec for a copy, else MP3. */
    public AudioFormat format() {
        return encoding.format()
                .or(destination::formatOfName)
                .or(() -> encoding.preset().flatMap(preset -> preset.wishes().format()))
                .orElse(encoding.copyOnly() ? AudioFormat.SAME : AudioFormat.MP3);
    }

    /** The same wishes for another input. */
    public ExtractionRequest withSource(MediaSource wanted) {
        return new ExtractionRequest(
                wanted, tracks, combination, pieces, align, encoding, extras, destination, engine, verify, strict);
    }

    /** One output for each, in this order. */
    public ExtractionRequest withTracks(TrackChoice... wanted) {
        return new ExtractionRequest(
                source,
                List.of(wanted),
                combination,
                pieces,
                align,
                encoding,
                extras,
                destination,
                engine,
                verify,
                strict);
    }

    /** Several tracks in one output: mixed, or as its channels. */
    public ExtractionRequest withCombination(Combination wanted) {
        return new ExtractionRequest(
                source, tracks, wanted, pieces, align, encoding, extras, destination, engine, verify, strict);
    }

    /** Whether lists are to stand beside the outputs. */
    public boolean listsBeside() {
        return extras.chapterList().isPresent() || listsPieces();
    }

    /** Whether the pieces are made for programs that need to find back from them. */
    public boolean listsPieces() {
        return pieces instanceof Pieces.Silences silences
                && (silences.limited() || encoding.preset().equals(Optional.of(Preset.SPEECH)));
    }

    /** What goes with the sound: cover, tags, lists. */
    public ExtractionRequest withExtras(Extras wanted) {
        return new ExtractionRequest(
                source, tracks, combination, pieces, align, encoding, wanted, destination, engine, verify, strict);
    }

    /** Who does the work, and whether anything may leave the machine. */
    public ExtractionRequest withEngine(EngineChoice wanted) {
        return new ExtractionRequest(
                source, tracks, combination, pieces, align, encoding, extras, destination, wanted, verify, strict);
    }

    /** Only this stretch, in one output. */
    public ExtractionRequest withRange(RangeWish wanted) {
        return withPieces(Pieces.of(wanted));
    }

    /** One output for each piece. */
    public ExtractionRequest withPieces(Pieces wanted) {
        return new ExtractionRequest(
                source, tracks, combination, wanted, align, encoding, extras, destination, engine, verify, strict);
    }

    /** How the output lies on the video's clock. */
    public ExtractionRequest withAlign(Align wanted) {
        return new ExtractionRequest(
                source, tracks, combination, pieces, wanted, encoding, extras, destination, engine, verify, strict);
    }

    /** Format, quality, rate, channels, depth and loudness together. */
    public ExtractionRequest withEncoding(Encoding wanted) {
        return new ExtractionRequest(
                source, tracks, combination, pieces, align, wanted, extras, destination, engine, verify, strict);
    }

    /** Only the format; the rest of the encoding stays. */
    public ExtractionRequest withFormat(AudioFormat wanted) {
        return withEncoding(encoding.withFormat(wanted));
    }

    /** Where to, and what becomes of a file that is there. */
    public ExtractionRequest withDestination(Destination wanted) {
        return new ExtractionRequest(
                source, tracks, combination, pieces, align, encoding, extras, wanted, engine, verify, strict);
    }

    /** Into this file or folder; what becomes of one that is there stays as it was. */
    public ExtractionRequest withOutput(Path output) {
        return withDestination(new Destination(java.util.Optional.of(output.toString()), destination.onExists()));
    }

    /** How closely the result is looked at before it gets its name. */
    public ExtractionRequest withVerify(VerifyLevel wanted) {
        return new ExtractionRequest(
                source, tracks, combination, pieces, align, encoding, extras, destination, engine, wanted, strict);
    }

    /** Whether warnings are failures. */
    public ExtractionRequest withStrict(boolean wanted) {
        return new ExtractionRequest(
                source, tracks, combination, pieces, align, encoding, extras, destination, engine, verify, wanted);
    }
}
