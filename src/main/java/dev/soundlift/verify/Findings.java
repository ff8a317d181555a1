package dev.soundlift.verify;

import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Heard;
import dev.soundlift.engine.Loss;
import dev.soundlift.engine.PacketDigest;
import dev.soundlift.engine.Prober;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.SampleDigest;
import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Route;
import dev.soundlift.request.Align;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The checks of one file as they are made, each with what was expected and what was found. */
final class Findings {
    /** A container's own idea of a track's length is often rounded to a frame or to the video's length. */
    private static final double LENGTH_TOLERANCE_SECONDS = 0.15;

    private static final double LENGTH_TOLERANCE_SHARE = 0.005;
    /** How far FFmpeg's estimate from the first packets' bit rate may be off for a file that is in order. */
    private static final double GUESS_SHARE = 0.2;

    /** Bare frames that claim a length. */
    private static final Set<String> TIMELESS = Set.of("flac", "mp3");

    static final Text SILENT_SOURCE = Text.of("warning.silent-source");

    private final List<Check> checks = new ArrayList<>();
    private final List<Text> warnings = new ArrayList<>();
    private final List<Loss> lost = new ArrayList<>();
    private boolean sourceDamaged;

    List<Check> checks() {
        return checks;
    }

    List<Text> warnings() {
        return warnings;
    }

    boolean sourceDamaged() {
        return sourceDamaged;
    }

    /** Where on the source's clock. */
    List<Loss> lost() {
        return lost;
    }

    void equal(String name, String expected, String actual) {
        add(name, expected.equals(actual) ? Verdict.PASS : Verdict.FAIL, expected, actual, "");
    }

    private void add(String name, Verdict verdict, String expected, String actual, String tolerance) {
        checks.add(new Check(name, verdict, expected, actual, tolerance));
    }

    /**
     * Rate, channels and, where a codec keeps every bit, how many.
     *
     * @param depth what the container claims of the size of a sample
     */
    void shape(Plan plan, AudioShape actual, SampleDepth depth) {
        int rate = plan.target().sampleRateHz();
        int channels = plan.target().channelCount();
        // A copy keeps what the container said of the source, which for SBR and parametric stereo is half the truth
        Verdict otherwise = plan.route() == Route.COPY ? Verdict.WARN : Verdict.FAIL;
        boolean same = (rate == 0 || rate == actual.sampleRateHz()) && (channels == 0 || channels == actual.channels());
        boolean exact = plan.route() == Route.TRANSCODE && keepsEveryBit(plan);
        if (exact && depth != plan.target().depth()) same = false;
        add(
                "shape",
                same ? Verdict.PASS : otherwise,
                shape(rate, channels) + (exact ? ", " + plan.target().depth().label() + " bit" : ""),
                shape(actual.sampleRateHz(), actual.channels()) + (exact ? ", " + depth.label() + " bit" : ""),
                "");
    }

    private static String shape(int rate, int channels) {
        return rate + " Hz, " + channels + " ch";
    }

    private static boolean keepsEveryBit(Plan plan) {
        return Codec.named(plan.target().codecName()).map(Codec::lossless).orElse(false);
    }

    /** Every sample that went to the encoder must come back; bare AAC frames cannot say where the sound begins and ends. */
    void samples(Plan plan, Produced produced, long decoded, int sampleRateHz) {
        long given = produced.sampleFrames();
        // Not every reader hides the encoder's delay and what fills its last frame up: two frames of MP3, the longest
        long mostPadding = keepsEveryBit(plan) ? 0 : 2 * 1152;
        boolean bareFrames = plan.target().container() == Container.ADTS;
        long tooMany = bareFrames ? Math.max(4 * 1024, sampleRateHz / 10) : mostPadding;
        long tooFew = bareFrames ? tooMany : 0;
        boolean right = decoded >= given - tooFew && decoded <= given + tooMany;
        add(
                "samples",
                right ? Verdict.PASS : Verdict.FAIL,
                Long.toString(given),
                Long.toString(decoded),
                tooMany == 0 ? "" : Long.toString(tooMany));
    }

    /** Against what was asked, by the source's own claim of its length, not by what the engine says that it took. */
    void duration(Plan plan, Produced produced, Duration actual) {
        Optional<Asked> asked = asked(plan).or(() -> claimedByAll(plan, produced));
        if (asked.isEmpty()) {
            againstGuess(plan, actual);
            return;
        }
        double expected = seconds(asked.get().length());
        double tolerance = lengthTolerance(expected);
        boolean tooShort = seconds(actual) < expected - tolerance;
        boolean sourceEndsEarly = seconds(produced.taken().length()) < expected - tolerance;
        boolean tooLong = seconds(actual) > expected * (1 + GUESS_SHARE) + 1;
        Verdict verdict =
                tooShort && !sourceEndsEarly ? Verdict.FAIL : tooShort || tooLong ? Verdict.WARN : Verdict.PASS;
        add("duration", verdict, print(expected), print(seconds(actual)), print(tolerance));
        if (tooLong) warnings.add(Text.of("warning.goes-on", print(expected), print(seconds(actual))));
        if (tooShort && sourceEndsEarly) {
            if (isShortInside(plan, produced)) {
                sourceDamaged = true;
                warnings.add(Text.of("warning.ends-early", print(expected), print(seconds(actual))));
                return;
            }
            // With the raw stream the sound may begin before the clock does
            Duration from = notNegative(asked.get().start().plus(actual));
            Duration to = notNegative(asked.get().end());
            lose(List.of(new Loss(from, to.compareTo(from) < 0 ? from : to, Loss.Why.CUT_OFF)));
        }
    }

    private static Duration notNegative(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    /** Where packets carry no time, what is missing where they are damaged makes the whole shorter. */
    private static boolean isShortInside(Plan plan, Produced produced) {
        boolean timeless = TIMELESS.contains(plan.media().container());
        Duration nearTheEnd = produced.taken().end().minusSeconds(1);
        return timeless
                && produced.damage().lost().stream().anyMatch(loss -> loss.end().compareTo(nearTheEnd) < 0);
    }

    private void lose(List<Loss> losses) {
        sourceDamaged = true;
        lost.addAll(losses);
        warnings.addAll(Loss.told(losses));
    }

    /** Where there is only a guess of the source's length, a large difference is worth a word, but proves nothing. */
    private void againstGuess(Plan plan, Duration actual) {
        if (!plan.cut().isWhole() || !plan.media().durationEstimated()) return;
        double guessed = plan.media().duration().map(Findings::seconds).orElse(0.0);
        double tolerance = guessed * GUESS_SHARE + 1;
        boolean tooShort = seconds(actual) < guessed - tolerance;
        add(
                "duration",
                tooShort ? Verdict.WARN : Verdict.PASS,
                print(guessed),
                print(seconds(actual)),
                print(tolerance));
        if (tooShort) warnings.add(Text.of("warning.ends-early", print(guessed), print(seconds(actual))));
    }

    /** A stretch of the media clock, not empty. */
    record Asked(Duration start, Duration end) {
        Duration length() {
            return end.minus(start);
        }

        private static Optional<Asked> between(Duration start, Duration end) {
            return end.compareTo(start) > 0 ? Optional.of(new Asked(start, end)) : Optional.empty();
        }
    }

    /**
     * A track whose own length nobody claims should last as long as the whole, where reading it met damage: without, a
     * track may well be shorter than the others.
     */
    private static Optional<Asked> claimedByAll(Plan plan, Produced produced) {
        boolean claimed = plan.cut().isWhole() && !plan.media().durationEstimated();
        if (!claimed || !produced.damage().any()) return Optional.empty();
        return plan.media()
                .duration()
                .flatMap(end -> Asked.between(produced.taken().start(), end));
    }

    static Optional<Asked> asked(Plan plan) {
        AudioTrack track = plan.pick().track();
        Optional<Duration> trackEnd =
                track.duration().map(length -> track.start().plus(length));
        Optional<Duration> cutEnd = plan.cut().end();
        Optional<Duration> end = cutEnd.isPresent() && trackEnd.isPresent()
                ? Optional.of(cutEnd.get().compareTo(trackEnd.get()) < 0 ? cutEnd.get() : trackEnd.get())
                : cutEnd.or(() -> trackEnd);
        Duration first = plan.cut().start();
        boolean startsWithTheSound = plan.align() == Align.NONE || plan.route() == Route.COPY;
        if (startsWithTheSound && track.start().compareTo(first) > 0) first = track.start();
        Duration start = first;
        return end.flatMap(last -> Asked.between(start, last));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    static double lengthTolerance(double expectedSeconds) {
        return Math.max(LENGTH_TOLERANCE_SECONDS, expectedSeconds * LENGTH_TOLERANCE_SHARE);
    }

    /** Whether a file claims to be longer than its packets are: a copied header may know nothing of what is missing. */
    static boolean isMore(Duration claimed, Duration packets) {
        return !packets.isZero() && seconds(claimed) > seconds(packets) + lengthTolerance(seconds(claimed));
    }

    static String print(double seconds) {
        return String.format(Locale.ROOT, "%.3f s", seconds);
    }

    void undamaged(Damage damage) {
        long faults =
                Math.max(damage.complaints(), damage.undecodable() + damage.corrupt() + (damage.brokenOff() ? 1 : 0));
        add("decodes", faults == 0 ? Verdict.PASS : Verdict.FAIL, "0 errors", faults + " errors", "");
    }

    /** A copy is as damaged as its source: that is told, but is no reason to withhold it. */
    void sourceUndamaged(Damage damage, Duration begin) {
        long faults = damage.faults();
        add("decodes", faults == 0 ? Verdict.PASS : Verdict.WARN, "0 errors", faults + " errors", "");
        if (faults == 0) return;
        warnings.add(damage.asWarning());
        lose(damage.later(begin).lost());
    }

    void packets(PacketDigest taken, PacketDigest written) {
        add(
                "packets",
                taken.sameContent(written) ? Verdict.PASS : Verdict.FAIL,
                taken.bytes() + " bytes, " + taken.sum(),
                written.bytes() + " bytes, " + written.sum(),
                "");
    }

    /** Where every bit is kept, the samples that come out of the file are those that went into it. */
    void content(Produced produced, Optional<SampleDigest> heard) {
        if (produced.sound().isEmpty() || heard.isEmpty()) return;
        SampleDigest given = produced.sound().get().samples();
        SampleDigest found = heard.get();
        if (!given.format().equals(found.format())) return;
        add(
                "content",
                given.equals(found) ? Verdict.PASS : Verdict.FAIL,
                "crc32 " + given.crc32(),
                "crc32 " + found.crc32(),
                "");
    }

    /** Silence is right only where the source is silent too. */
    void level(boolean sourceHeard, double peakDbfs) {
        boolean silent = peakDbfs <= Heard.SILENCE_DBFS;
        boolean quiet = !silent && peakDbfs < Heard.QUIET_DBFS;
        Verdict verdict = silent && sourceHeard ? Verdict.FAIL : silent || quiet ? Verdict.WARN : Verdict.PASS;
        String expected = sourceHeard ? "sound" : "silence, as the source";
        add(
                "level",
                verdict,
                expected,
                silent ? "silence" : String.format(Locale.ROOT, "peak %.1f dBFS", peakDbfs),
                "");
        if (silent && !sourceHeard) warnings.add(SILENT_SOURCE);
        if (quiet) warnings.add(Text.of("warning.quiet", String.format(Locale.ROOT, "%.1f", peakDbfs)));
    }

    /** Of a file with nothing to compare it with: silence is worth a word, but may be meant. */
    void levelAlone(double peakDbfs) {
        boolean silent = peakDbfs <= Heard.SILENCE_DBFS;
        boolean quiet = !silent && peakDbfs < Heard.QUIET_DBFS;
        String actual = silent ? "silence" : String.format(Locale.ROOT, "peak %.1f dBFS", peakDbfs);
        add("level", silent || quiet ? Verdict.WARN : Verdict.PASS, "", actual, "");
        if (silent) warnings.add(Text.of("warning.silent"));
        if (quiet) warnings.add(Text.of("warning.quiet", String.format(Locale.ROOT, "%.1f", peakDbfs)));
    }

    /** Without decoding everything: whether there is any sound. */
    void sound(Plan plan, Produced produced, Prober.Glance glance) {
        if (!glance.decodable()) {
            add("level", Verdict.WARN, "sound", "not decodable here", "");
            boolean decoder = plan.pick().track().decodable();
            warnings.add(Text.of(
                    decoder ? "warning.nothing-decodes" : "warning.not-decodable",
                    plan.target().codecName()));
            return;
        }
        boolean sourceHeard = plan.route() == Route.COPY ? glance.heardSound() : produced.heardSound();
        Verdict verdict = glance.heardSound() ? Verdict.PASS : sourceHeard ? Verdict.FAIL : Verdict.WARN;
        add(
                "level",
                verdict,
                sourceHeard ? "sound" : "silence, as the source",
                glance.heardSound() ? "sound" : "silence",
                "");
        if (!glance.heardSound() && !sourceHeard) warnings.add(SILENT_SOURCE);
        if (glance.heardSound() && !glance.heardLoudSound()) {
            warnings.add(Text.of("warning.quiet", String.format(Locale.ROOT, "< %.0f", Heard.QUIET_DBFS)));
        }
    }
}
