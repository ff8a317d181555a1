package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.soundlift.FakeSoundlift;
import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Engine;
import dev.soundlift.engine.Heard;
import dev.soundlift.engine.Level;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Progress;
import dev.soundlift.engine.inprocess.InProcessEngine;
import dev.soundlift.engine.inprocess.InProcessProber;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.plan.Capabilities;
import dev.soundlift.plan.Plan;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.verify.Check;
import dev.soundlift.verify.Verdict;
import dev.soundlift.verify.Verification;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What befalls a file between its writing and its check: where every bit is kept, no sample may change unnoticed. */
class DamagedResultTest {
    @TempDir
    private static Path folder;

    /** Lossy, so that none of the results is a copy, and so that there is more to a sample than 24 bits. */
    private static Path source;

    /** As long. */
    private static Path other;

    @BeforeAll
    static void sounds() {
        source = sound("source", 1);
        other = sound("other", 2);
    }

    private static Path sound(String name, long seed) {
        Wav noise = Wav.of(48_000, 16, Wav.noise(seed, 100_000, 16), Wav.noise(seed + 2, 100_000, 16));
        Path plain = noise.write(folder.resolve(name + ".wav"));
        return Lift.delivered(Lift.to(folder.resolve(name + ".m4a"), plain, AudioFormat.M4A));
    }

    @FunctionalInterface
    private interface Harm {
        void to(Path file) throws IOException;
    }

    private record HarmedEngine(Engine engine, Harm harm) implements Engine {
        @Override
        public Capabilities capabilities() {
            return engine.capabilities();
        }

        @Override
        public Level level(Plan plan, Progress progress, Cancellation cancellation) throws ExtractionException {
            return engine.level(plan, progress, cancellation);
        }

        @Override
        public Produced run(
                Plan plan, Optional<Level> level, Path pending, Progress progress, Cancellation cancellation)
                throws ExtractionException {
            Produced produced = engine.run(plan, level, pending, progress, cancellation);
            try {
                harm.to(pending);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            return produced;
        }
    }

    private static ExtractionReport report(ExtractionRequest request, Harm harm) {
        Soundlift soundlift = FakeSoundlift.with(new InProcessProber(), new HarmedEngine(new InProcessEngine(), harm));
        List<ExtractionReport> reports = soundlift.extract(request, Progress.NONE, new Cancellation());
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }

    private static ExtractionRequest to(String name, Path from, String format, SampleDepth depth) {
        ExtractionRequest request =
                Lift.to(folder.resolve(name), from, AudioFormat.named(format).orElseThrow());
        return request.withEncoding(request.encoding().withDepth(depth));
    }

    /** Every kind that keeps every bit. */
    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("wav", SampleDepth.BITS_16),
                Arguments.of("wav", SampleDepth.BITS_24),
                Arguments.of("wav", SampleDepth.BITS_32),
                Arguments.of("wav", SampleDepth.FLOAT_32),
                Arguments.of("pcm", SampleDepth.BITS_16),
                Arguments.of("pcm", SampleDepth.BITS_24),
                Arguments.of("pcm", SampleDepth.BITS_32),
                Arguments.of("pcm", SampleDepth.FLOAT_32),
                Arguments.of("flac", SampleDepth.BITS_16),
                Arguments.of("flac", SampleDepth.BITS_24),
                Arguments.of("alac", SampleDepth.BITS_16),
                Arguments.of("alac", SampleDepth.BITS_24));
    }

    private static String ending(String format) {
        return format.equals("alac") ? "m4a" : format;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_file_without_a_fault_holds_the_samples_that_went_into_it(String format, SampleDepth depth) {
        String name = "whole-" + depth.label() + "." + ending(format);
        ExtractionReport report = report(to(name, source, format, depth), file -> {});
        assertThat(report.failure()).isEmpty();
        assertThat(report.delivered().orElseThrow().file().checks())
                .filteredOn(check -> check.name().equals("content"))
                .extracting(Check::verdict)
                .containsExactly(Verdict.PASS);
    }

    /** They were measured of what went into the file. */
    @ParameterizedTest
    @MethodSource("kinds")
    void the_levels_that_are_told_are_those_of_the_file(String format, SampleDepth depth) throws Exception {
        Path made = folder.resolve("heard-" + depth.label() + "." + ending(format));
        Verification told = report(to(made.getFileName().toString(), source, format, depth), file -> {})
                .delivered()
                .orElseThrow()
                .file();
        assumeFalse(format.equals("pcm")); // which has no header to open it by
        InProcessProber prober = new InProcessProber();
        MediaSource file = new MediaSource.LocalFile(made);
        Heard heard = prober.listen(file, prober.probe(file).tracks().get(0), new Cancellation());
        assertThat(told.peakDbfs().orElseThrow()).isCloseTo(heard.peakDbfs(), within(1e-4));
        assertThat(told.integratedLufs().orElseThrow()).isCloseTo(heard.integratedLufs(), within(1e-4));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void one_bit_that_changes_is_noticed(String format, SampleDepth depth) {
        String name = "flipped-" + depth.label() + "." + ending(format);
        ExtractionReport report = report(to(name, source, format, depth), DamagedResultTest::flipBit);
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.VERIFICATION);
        assertThat(folder.resolve(name)).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void another_sound_is_noticed_though_nothing_is_wrong_with_its_file(String format, SampleDepth depth) {
        Path wrong = Lift.delivered(to("wrong-" + depth.label() + "." + ending(format), other, format, depth));
        String name = "swapped-" + depth.label() + "." + ending(format);
        ExtractionReport report = report(
                to(name, source, format, depth), file -> Files.copy(wrong, file, StandardCopyOption.REPLACE_EXISTING));
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.VERIFICATION);
        assertThat(report.failure().orElseThrow().checks())
                .filteredOn(check -> check.verdict() == Verdict.FAIL)
                .extracting(Check::name)
                .containsExactly("content");
    }

    /** In the middle, where there is nothing but sound. */
    private static void flipBit(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long at = bytes.length() / 2;
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            bytes.write(value ^ 4);
        }
    }
}
