package dev.soundlift.verify;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Heard;
import dev.soundlift.engine.Prober;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.plan.TrackPicker;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a file that somebody has, alone or beside the media it was made from. */
public final class FileCheck {
    private final Prober prober;

    public FileCheck(Prober prober) {
        this.prober = prober;
    }

    /** What was found; {@code heard} is what decoding the whole file gave. */
    public record Result(MediaInfo media, AudioTrack track, Heard heard, List<Check> checks, List<Text> warnings) {
        public Result {
            checks = List.copyOf(checks);
            warnings = List.copyOf(warnings);
        }

        public boolean has(Verdict verdict) {
            return checks.stream().anyMatch(check -> check.verdict() == verdict);
        }

        public Duration length() {
            return Verifier.length(heard.sampleFrames(), heard.shape().sampleRateHz());
        }
    }

    /** Decodes the file; beside a source, its best track is compared in length and in being sound. */
    public Result check(MediaSource file, Optional<MediaSource> source, Cancellation cancellation)
            throws ExtractionException {
        MediaInfo media = prober.probe(file);
        AudioTrack track = TrackPicker.pick(media, TrackChoice.BEST).get(0).track();
        if (track.encrypted()) {
            throw new ExtractionException(ErrorKind.PROTECTED, Text.of("error.protected"), Text.of("next.protected"));
        }
        Heard heard = prober.listen(file, track, cancellation);
        Findings findings = new Findings();
        findings.undamaged(heard.damage());
        List<Check> checks = new ArrayList<>();
        Duration length = Verifier.length(heard.sampleFrames(), heard.shape().sampleRateHz());
        if (source.isPresent()) {
            MediaInfo originalMedia = prober.probe(source.get());
            AudioTrack originalTrack =
                    TrackPicker.pick(originalMedia, TrackChoice.BEST).get(0).track();
            Heard original = prober.listen(source.get(), originalTrack, cancellation);
            findings.level(!original.silent(), heard.peakDbfs());
            checks.add(length(original, length));
        } else {
            track.duration().ifPresent(claimed -> checks.add(length("claims", claimed, length)));
            findings.levelAlone(heard.peakDbfs());
        }
        checks.addAll(findings.checks());
        return new Result(media, track, heard, checks, findings.warnings());
    }

    private static Check length(Heard original, Duration length) {
        return length(
                "source",
                Verifier.length(original.sampleFrames(), original.shape().sampleRateHz()),
                length);
    }

    private static Check length(String whose, Duration expected, Duration actual) {
        double difference = Math.abs(expected.minus(actual).toNanos() / 1e9);
        double tolerance = Findings.lengthTolerance(expected.toNanos() / 1e9);
        return new Check(
                "duration",
                difference <= tolerance ? Verdict.PASS : Verdict.FAIL,
                whose + " " + Findings.print(expected.toNanos() / 1e9),
                Findings.print(actual.toNanos() / 1e9),
                Findings.print(tolerance));
    }
}
