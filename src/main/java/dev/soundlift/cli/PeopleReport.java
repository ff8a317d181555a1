package dev.soundlift.cli;

import dev.soundlift.engine.EncodedBy;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaSource;
import dev.soundlift.plan.Cut;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.TargetSound;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Failure;
import dev.soundlift.report.Status;
import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import dev.soundlift.verify.Check;
import dev.soundlift.verify.CheckWords;
import dev.soundlift.verify.Verification;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reports in words, on standard error. */
final class PeopleReport {
    private final Console console;
    private final boolean verbose;

    PeopleReport(Console console, boolean verbose) {
        this.console = console;
        this.verbose = verbose;
    }

    void success(ExtractionReport report) {
        if (report.status() == Status.SKIPPED) {
            indented(Text.of("report.skipped"));
            report.warnings().forEach(warning -> indented(Text.of("report.warning", warning)));
            return;
        }
        report.plan().ifPresent(this::decisions);
        if (report.status() == Status.PLANNED)
            report.plan().ifPresent(plan -> indented(Text.of("report.file", facts(plan))));
        boolean replaces = report.status() == Status.PLANNED
                && report.output().filter(Files::exists).isPresent();
        if (replaces) indented(Text.of("report.would-replace"));
        report.delivered().ifPresent(delivered -> {
            indented(Text.of("report.file", facts(delivered.file())));
            if (!delivered.file().checks().isEmpty()) verified(delivered.file());
            delivered.source().encodedBy().ifPresent(this::encoder);
            delivered.source().repairs().forEach(repair -> indented(Text.of("report.repair", repair)));
            delivered.alsoWritten().forEach(file -> indented(Text.of("report.also", Console.clean(file.toString()))));
            double seconds = report.elapsed().toNanos() / 1e9;
            double media = delivered.source().taken().length().toNanos() / 1e9;
            indented(Text.of(
                    "report.took",
                    String.format(Locale.ROOT, "%.1f", seconds),
                    String.format(Locale.ROOT, "%.0f", media / Math.max(seconds, 1e-3)),
                    read(report.input(), delivered.source().bytesRead())));
        });
        for (Text warning : report.warnings()) {
            console.err()
                    .println(console.paint(
                            "33", Console.clean("  " + console.words(Text.of("report.warning", warning)))));
        }
    }

    private void encoder(EncodedBy by) {
        String blocks = Integer.toString(by.blocks());
        if (verbose) indented(Text.of(by.system() ? "report.encoder-system" : "report.encoder", by.name(), blocks));
        if (by.refused() > 0) indented(Text.of("report.not-joined", Integer.toString(by.refused()), blocks));
    }

    /** What was read, and of how much, where that was a small part. */
    private Text read(MediaSource input, long bytesRead) {
        long size = input instanceof MediaSource.LocalFile file
                ? file.path().toFile().length()
                : 0;
        return bytesRead < size / 2
                ? Text.of("report.read-part", size(bytesRead), size(size))
                : Text.of("report.read", size(bytesRead));
    }

    /** The equal call, of a dry run. */
    void command(List<String> commandLine) {
        indented(Text.of("report.command", asTyped(commandLine)));
    }

    /** A call as it can be typed into a shell. */
    static String asTyped(List<String> commandLine) {
        return "soundlift "
                + String.join(
                        " ", commandLine.stream().map(PeopleReport::quoted).toList());
    }

    private void decisions(Plan plan) {
        AudioTrack track = plan.pick().track();
        String of = Integer.toString(plan.media().tracks().size());
        if (plan.pick().isJoined())
            indented(Text.of("report.joined", of, plan.pick().why()));
        else
            indented(Text.of(
                    "report.track",
                    Integer.toString(track.number()),
                    of,
                    describe(track),
                    plan.pick().why()));
        for (Text reason : plan.reasons())
            indented(Text.of("report.route." + plan.route().label(), reason));
    }

    static String describe(AudioTrack track) {
        List<String> parts = new ArrayList<>();
        parts.add(track.codecName());
        if (!track.language().isEmpty()) parts.add(track.language());
        if (!track.title().isEmpty()) parts.add("\"" + track.title() + "\"");
        return String.join(", ", parts);
    }

    /** What is known before it is made. */
    private String facts(Plan plan) {
        List<String> facts = new ArrayList<>();
        Cut cut = plan.cut();
        Optional<Duration> total = plan.media().duration();
        Optional<Duration> end = cut.end().or(() -> total).filter(last -> last.compareTo(cut.start()) > 0);
        if (!cut.isWhole())
            facts.add(MediaTime.print(cut.start()) + "–"
                    + end.map(last -> MediaTime.print(millis(last))).orElse(""));
        end.ifPresent(last -> facts.add(MediaTime.print(millis(last.minus(cut.start())))));
        TargetSound sound = plan.target();
        facts.add(sound.codecName());
        sound.bitsPerSecond().ifPresent(rate -> facts.add(Math.round(rate / 1000.0) + " kbit/s"));
        sound.vbrLevel().ifPresent(level -> facts.add("VBR " + level));
        if (sound.sampleRateHz() > 0) facts.add(sound.sampleRateHz() + " Hz");
        if (sound.channelCount() > 0) facts.add(sound.channelCount() + " ch");
        return String.join(", ", facts);
    }

    private static Duration millis(Duration time) {
        return Duration.ofMillis(time.toMillis());
    }

    private String facts(Verification file) {
        List<String> facts = new ArrayList<>();
        facts.add(MediaTime.print(Duration.ofMillis(file.duration().toMillis())));
        facts.add(file.codec());
        if (file.bitsPerSecond() > 0) facts.add(Math.round(file.bitsPerSecond() / 1000.0) + " kbit/s");
        facts.add(file.sampleRateHz() + " Hz");
        facts.add(file.channels() + " ch");
        facts.add(size(file.bytes()));
        file.peakDbfs().ifPresent(peak -> {
            if (Double.isFinite(peak))
                facts.add(console.words(Text.of("check.peak", String.format(Locale.ROOT, "%.1f", peak))));
        });
        file.integratedLufs().ifPresent(loudness -> {
            if (Double.isFinite(loudness)) facts.add(String.format(Locale.ROOT, "%.1f LUFS", loudness));
        });
        return String.join(", ", facts);
    }

    private void verified(Verification file) {
        String names = String.join(
                ", ",
                file.checks().stream()
                        .map(check -> console.words(CheckWords.name(check)))
                        .toList());
        indented(Text.of("report.verified", names));
        if (!verbose) return;
        for (Check check : file.checks()) {
            String tolerance = check.tolerance().isEmpty() ? "" : " ± " + check.tolerance();
            console.say("    "
                    + console.words(Text.of("check.verdict." + check.verdict().label())) + "  "
                    + console.words(CheckWords.name(check)) + ": " + console.words(CheckWords.value(check.actual()))
                    + "  (" + console.words(CheckWords.value(check.expected())) + tolerance + ")");
        }
    }

    void failure(ExtractionReport report) {
        Failure failure = report.failure().orElseThrow();
        console.error(report.input().displayName(), failure.whatHappened(), failure.nextStep());
    }

    /**
     * After several inputs: what became of them, failures last, where the eye rests.
     *
     * @param elapsed nothing of a dry run, in which nothing has become of them yet
     */
    void summary(Tally tally, Optional<Duration> elapsed) {
        console.say(Text.of(
                elapsed.isPresent() ? "report.summary" : "report.would",
                Integer.toString(tally.delivered()),
                Integer.toString(tally.warned()),
                Integer.toString(tally.skipped()),
                Integer.toString(tally.failures().size()),
                String.format(Locale.ROOT, "%.1f", elapsed.orElse(Duration.ZERO).toNanos() / 1e9)));
        for (Tally.Failed failed : tally.failures()) {
            console.say("  " + failed.input() + ": "
                    + console.words(failed.failure().whatHappened()));
        }
    }

    private void indented(Text text) {
        console.say("  " + console.words(text));
    }

    /** In decimal units, as disks are sold and FFmpeg counts. */
    static String size(long bytes) {
        if (bytes < 1000) return bytes + " B";
        if (bytes < 1_000_000) return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        if (bytes < 1_000_000_000) return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }

    /** As a POSIX shell reads it back. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
