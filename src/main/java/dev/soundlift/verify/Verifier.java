package dev.soundlift.verify;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.EncodedSound;
import dev.soundlift.engine.Heard;
import dev.soundlift.engine.Prober;
import dev.soundlift.engine.Produced;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Route;
import dev.soundlift.plan.TargetSound;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.VerifyLevel;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reopens a file that an engine wrote and judges it by what is on the disk. */
public final class Verifier {
    private final Prober prober;

    public Verifier(Prober prober) {
        this.prober = prober;
    }

    /**
     * Says what the file is.
     *
     * @throws ExtractionException of kind {@link ErrorKind#VERIFICATION} where the file is not what was asked for: it
     *     must not be delivered
     */
    public Verification verify(Plan plan, Produced produced, Path file, VerifyLevel level, Cancellation cancellation)
            throws ExtractionException {
        if (level == VerifyLevel.OFF) return unseen(plan, produced, file);
        Findings findings = new Findings();
        Verification result = plan.target().container() == Container.RAW_PCM
                ? raw(plan, produced, file, findings)
                : container(plan, produced, file, level, cancellation, findings);
        Optional<Check> failed = result.checks().stream()
                .filter(check -> check.verdict() == Verdict.FAIL)
                .findFirst();
        if (failed.isPresent()) {
            Check check = failed.get();
            throw new Rejected(
                    Text.of(
                            "error.verification",
                            CheckWords.name(check),
                            CheckWords.value(check.expected()),
                            CheckWords.value(check.actual())),
                    result.checks());
        }
        return result;
    }

    private static Verification unseen(Plan plan, Produced produced, Path file) {
        TargetSound target = plan.target();
        long bytes = file.toFile().length();
        // The file is not looked at, but that the source ends early is told all the same
        Findings findings = new Findings();
        findings.duration(plan, produced, produced.taken().length());
        return new Verification(
                target.codecName(),
                target.container().extension(),
                bitRate(bytes, produced.taken().length()),
                target.sampleRateHz(),
                target.channelCount(),
                produced.taken().length(),
                bytes,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                findings.sourceDamaged(),
                findings.lost(),
                List.of(),
                findings.lost().isEmpty() ? List.of() : findings.warnings());
    }

    private static long bitRate(long bytes, Duration length) {
        return length.isZero() ? 0 : Math.round(bytes * 8 / (length.toNanos() / 1e9));
    }

    private Verification container(
            Plan plan, Produced produced, Path file, VerifyLevel level, Cancellation cancellation, Findings findings)
            throws ExtractionException {
        MediaInfo reopened = reopened(file);
        AudioTrack track = reopened.tracks().get(0);
        Container wanted = plan.target().container();
        String container = Container.demuxedAs(reopened.container())
                .map(Container::extension)
                .orElse(reopened.container());
        // An .opus file is an Ogg file
        String expected = wanted == Container.OPUS_FILE ? Container.OGG.extension() : wanted.extension();
        findings.equal("container", expected, container);
        findings.equal("codec", plan.target().codecName(), track.codecName());

        boolean decodes = plan.route() == Route.TRANSCODE && level == VerifyLevel.FULL;
        OptionalDouble peak = OptionalDouble.empty();
        OptionalDouble loudness = OptionalDouble.empty();
        Duration length;
        AudioShape shape;
        if (decodes) {
            Heard heard = heard(produced, new MediaSource.LocalFile(file), track, cancellation);
            shape = heard.shape();
            length = length(heard.sampleFrames(), shape.sampleRateHz());
            peak = OptionalDouble.of(heard.peakDbfs());
            loudness = OptionalDouble.of(heard.integratedLufs());
            findings.undamaged(heard.damage());
            findings.samples(plan, produced, heard.sampleFrames(), shape.sampleRateHz());
            findings.level(produced.heardSound(), heard.peakDbfs());
            findings.content(produced, heard.samples());
        } else {
            Prober.Glance glance = prober.glance(new MediaSource.LocalFile(file), track, cancellation);
            shape = track.shape();
            // An edit list hides priming; but what was guessed from a bit rate is worth less than counting packets
            Duration claimed = track.duration().or(reopened::duration).orElse(glance.length());
            length = reopened.durationEstimated() || Findings.isMore(claimed, glance.length())
                    ? glance.length()
                    : claimed;
            if (plan.route() == Route.TRANSCODE) findings.undamaged(glance.damage());
            else findings.sourceUndamaged(glance.damage(), produced.taken().start());
            if (level == VerifyLevel.FULL && produced.packets().isPresent()) {
                findings.packets(produced.packets().get(), glance.packets());
            }
            findings.sound(plan, produced, glance);
        }
        findings.shape(plan, shape, SampleDepth.of(track.shape()));
        findings.duration(plan, produced, length);
        long bytes = file.toFile().length();
        return new Verification(
                track.codecName(),
                wanted.extension(),
                track.bitsPerSecond().orElse(bitRate(bytes, length)),
                shape.sampleRateHz(),
                shape.channels(),
                length,
                bytes,
                peak,
                loudness,
                findings.sourceDamaged(),
                findings.lost(),
                findings.checks(),
                findings.warnings());
    }

    /** Levels that are known of the same samples are not measured again. */
    private Heard heard(Produced produced, MediaSource file, AudioTrack track, Cancellation cancellation)
            throws ExtractionException {
        if (produced.sound().isPresent()) {
            EncodedSound encoded = produced.sound().get();
            Optional<Heard> same = prober.count(file, track, cancellation).flatMap(counted -> counted.as(encoded));
            if (same.isPresent()) return same.get();
        }
        return prober.listen(file, track, cancellation);
    }

    private MediaInfo reopened(Path file) throws ExtractionException {
        try {
            MediaInfo media = prober.probe(new MediaSource.LocalFile(file));
            if (!media.tracks().isEmpty()) return media;
        } catch (ExtractionException unreadable) {
            throw notSound(unreadable);
        }
        throw notSound(null);
    }

    private static ExtractionException notSound(@org.jspecify.annotations.Nullable ExtractionException cause) {
        return new ExtractionException(
                ErrorKind.VERIFICATION, Text.of("error.not-reopened"), Text.of("next.verification"), cause);
    }

    static Duration length(long sampleFrames, int sampleRateHz) {
        return Duration.ofNanos(Math.round(sampleFrames * 1e9 / sampleRateHz));
    }

    /** Raw samples have no header to read, so their number and values are all there is to check. */
    private static Verification raw(Plan plan, Produced produced, Path file, Findings findings)
            throws ExtractionException {
        TargetSound target = plan.target();
        int rate = target.sampleRateHz();
        RawPcm samples = RawPcm.read(file, Codec.named(target.codecName()).orElseThrow(), target.channelCount());
        findings.equal("whole-frames", "0", Long.toString(samples.strayBytes()));
        if (plan.route() == Route.TRANSCODE) findings.samples(plan, produced, samples.sampleFrames(), rate);
        boolean sourceHeard =
                plan.route() == Route.COPY ? samples.peakDbfs() > Heard.SOUND_DBFS : produced.heardSound();
        findings.level(sourceHeard, samples.peakDbfs());
        findings.content(produced, Optional.of(samples.samples()));
        OptionalDouble loudness = produced.sound()
                .filter(sound -> sound.samples().equals(samples.samples()))
                .map(sound -> OptionalDouble.of(sound.integratedLufs()))
                .orElse(OptionalDouble.empty());
        Duration length = length(samples.sampleFrames(), rate);
        findings.duration(plan, produced, length);
        long bytes = file.toFile().length();
        return new Verification(
                target.codecName(),
                target.container().extension(),
                bitRate(bytes, length),
                rate,
                target.channelCount(),
                length,
                bytes,
                OptionalDouble.of(samples.peakDbfs()),
                loudness,
                findings.sourceDamaged(),
                findings.lost(),
                findings.checks(),
                findings.warnings());
    }

    /** How long a plan's sound is to be by the source's own claim; nothing where it makes none. */
    public static Optional<Duration> promised(Plan plan) {
        return Findings.asked(plan).map(Findings.Asked::length);
    }
}
