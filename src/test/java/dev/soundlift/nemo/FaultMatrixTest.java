package dev.soundlift.nemo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.emulator.Emulator;
import dev.soundlift.emulator.Endpoint;
import dev.soundlift.emulator.Fault;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint meets every fault, once and always; what the user sees, and what was sent, is written to {@code
 * target/cloud-matrix.md}.
 */
class FaultMatrixTest {
    private static final Set<Fault> COMMON = Set.of(
            Fault.CODE_1001,
            Fault.CODE_1002,
            Fault.CODE_2001,
            Fault.CODE_4001,
            Fault.CODE_4002,
            Fault.HTTP_400,
            Fault.HTTP_401,
            Fault.HTTP_402,
            Fault.HTTP_404,
            Fault.HTTP_413,
            Fault.HTTP_415,
            Fault.HTTP_422,
            Fault.HTTP_429,
            Fault.HTTP_500,
            Fault.HTTP_503_NOW,
            Fault.DONE_BUT_500,
            Fault.REDIRECT,
            Fault.HTML,
            Fault.EMPTY,
            Fault.ARRAY,
            Fault.HALF_JSON,
            Fault.WRONG_TYPES,
            Fault.HANG,
            Fault.DROP,
            Fault.DONE_BUT_DROP,
            Fault.DROP_MID);
    private static final Set<Fault> STREAMS = Set.of(
            Fault.SILENT,
            Fault.SILENT_AND_NOTHING_DONE,
            Fault.HEARTBEATS_ONLY,
            Fault.NOISE_TAIL,
            Fault.ERROR_IN_STREAM,
            Fault.CODE_IN_STREAM,
            Fault.PLAIN_JSON);
    private static final List<Endpoint> ENDPOINTS = List.of(
            Endpoint.TOKEN,
            Endpoint.CREDITS,
            Endpoint.SESSION,
            Endpoint.UPLOAD,
            Endpoint.STATE,
            Endpoint.SAY,
            Endpoint.CLAIM,
            Endpoint.SUBMIT,
            Endpoint.POLL,
            Endpoint.FILE,
            Endpoint.FALLBACK,
            Endpoint.CANCEL);

    private static List<Fault> faultsOf(Endpoint endpoint) {
        List<Fault> faults = new ArrayList<>(COMMON);
        if (endpoint == Endpoint.SAY) faults.addAll(STREAMS);
        if (endpoint == Endpoint.SUBMIT) faults.addAll(List.of(Fault.SLOW, Fault.FAILED, Fault.DUPLICATE_ID));
        if (endpoint == Endpoint.POLL) {
            faults.addAll(List.of(Fault.NO_URL, Fault.BAD_URL, Fault.PRIVATE_URL, Fault.WRONG_SIZE));
        }
        Collections.sort(faults);
        return faults;
    }

    /** What became of a whole job. */
    private record Outcome(int code, String kind, String line, int charges, long sends, long requests) {}

    private static Outcome job(Trial trial, Endpoint endpoint) throws IOException {
        Outcome outcome;
        try {
            trial.wholeJob();
            outcome = outcome(trial, endpoint, 0, "ok", "");
        } catch (ExtractionException failed) {
            String line = failed.whatHappened() + " / " + failed.nextStep();
            outcome = outcome(
                    trial, endpoint, failed.kind().exitCode(), failed.kind().label(), line);
        }
        calm(trial, outcome);
        return outcome;
    }

    private static Outcome outcome(Trial trial, Endpoint endpoint, int code, String kind, String line) {
        Emulator emulator = trial.emulator;
        return new Outcome(
                code, kind, line, emulator.charges(), emulator.count(Endpoint.SAY), emulator.count(endpoint));
    }

    /** What holds whatever goes wrong. */
    private static void calm(Trial trial, Outcome outcome) throws IOException {
        assertThat(outcome.charges()).as("charged").isLessThanOrEqualTo(1);
        boolean cancelled = trial.cancellation.isRequested();
        if (cancelled) assertThat(outcome.code()).as(outcome.line()).isEqualTo(130);
        else assertThat(outcome.code()).as(outcome.line()).isIn(0, 7, 8);
        List<String> words = new ArrayList<>(trial.said);
        words.add(outcome.line());
        assertThat(words)
                .noneMatch(said -> said.contains("nmv_usr") || said.contains("Bearer") || said.contains("SECRET"));
        assertThat(words).noneMatch(said -> said.contains("Exception") || said.contains("java."));
        try (Stream<Path> left = Files.list(trial.output.getParent())) {
            assertThat(left).containsExactly(trial.output);
        }
        if (outcome.code() == 0) assertThat(Files.size(trial.output)).isEqualTo(16);
        // Credentials went to the service alone
        assertThat(trial.emulator.requests())
                .filteredOn(request -> request.endpoint() == Endpoint.FILE)
                .noneMatch(request -> request.headers().containsKey("authorization"));
    }

    @Test
    void every_endpoint_meets_every_fault() throws IOException {
        List<String> rows = new ArrayList<>();
        rows.add(
                "| endpoint | fault | once | always: code, kind | requests (once, always) | sends, charges | what is said |");
        rows.add("|---|---|---|---|---|---|---|");
        List<String> cases = new ArrayList<>();
        for (Endpoint endpoint : ENDPOINTS) {
            for (Fault fault : faultsOf(endpoint)) cases.add(endpoint + " " + fault);
        }
        List<String> made = cases.parallelStream().map(FaultMatrixTest::row).toList();
        rows.addAll(made);
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/cloud-matrix.md"), rows);
        assertThat(made).hasSizeGreaterThan(310);
    }

    private static String row(String name) {
        Endpoint endpoint = Endpoint.valueOf(name.split(" ")[0]);
        Fault fault = Fault.valueOf(name.split(" ")[1]);
        try {
            Outcome once = with(endpoint, fault, 1);
            Outcome always = with(endpoint, fault, 20);
            assertThat(once.sends()).as(name).isLessThanOrEqualTo(fault.name().matches(".*(1001|401|429)") ? 2 : 1);
            assertThat(once.charges()).as(name).isLessThanOrEqualTo(1);
            return "| " + endpoint + " | " + fault + " | " + once.code() + " " + once.kind() + " | " + always.code()
                    + " "
                    + always.kind() + " | " + once.requests() + ", " + always.requests() + " | " + always.sends() + ", "
                    + always.charges() + " | " + always.line() + " |";
        } catch (IOException | AssertionError failed) {
            throw new AssertionError(name, failed);
        }
    }

    private static Outcome with(Endpoint endpoint, Fault fault, int times) throws IOException {
        Path folder = Files.createTempDirectory("matrix");
        try (Trial trial = Trial.fast(folder)) {
            Fault[] next = new Fault[times];
            Arrays.fill(next, fault);
            trial.emulator.fault(endpoint, next);
            // The other way to the file is looked at where the first is shut
            if (endpoint == Endpoint.FALLBACK) trial.emulator.fault(Endpoint.POLL, Fault.NO_URL);
            // The user has had enough of a slow render
            if (endpoint == Endpoint.CANCEL) {
                trial.emulator.fault(Endpoint.SUBMIT, Fault.SLOW);
                trial.heard = stage -> {
                    if (stage == CloudProgress.Stage.RENDER) trial.cancellation.request();
                };
            }
            return job(trial, endpoint);
        }
    }

    @Property(tries = 120, shrinking = ShrinkingMode.OFF)
    void no_sequence_of_faults_makes_the_client_send_a_charged_message_twice(@ForAll("sequences") List<Step> sequence)
            throws IOException {
        try (Trial trial = Trial.fast(Files.createTempDirectory("sequence"))) {
            sequence.forEach(step -> trial.emulator.fault(step.endpoint(), step.fault()));
            Outcome outcome = job(trial, Endpoint.SAY);
            long refusals = sequence.stream()
                    .filter(step -> step.endpoint() == Endpoint.SAY)
                    .filter(step -> step.fault().name().matches(".*(1001|401|429)"))
                    .count();
            assertThat(outcome.sends()).isLessThanOrEqualTo(1 + refusals);
            assertThat(outcome.charges()).isLessThanOrEqualTo(1);
        }
    }

    /** A fault that waits for its endpoint. */
    record Step(Endpoint endpoint, Fault fault) {}

    @Provide
    Arbitrary<List<Step>> sequences() {
        Set<Fault> quick = new TreeSet<>(COMMON);
        quick.addAll(STREAMS);
        quick.remove(Fault.HANG); // seconds each; the matrix has it
        Arbitrary<Endpoint> endpoints = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, Arbitraries.of(Endpoint.SAY)),
                net.jqwik.api.Tuple.of(3, Arbitraries.of(ENDPOINTS)));
        return Combinators.combine(endpoints, Arbitraries.of(quick))
                .as(Step::new)
                .filter(step -> step.endpoint() == Endpoint.SAY || !STREAMS.contains(step.fault()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Test
    void the_kinds_that_the_documents_name_are_told_apart() throws IOException {
        assertThat(with(Endpoint.SAY, Fault.CODE_2001, 1).kind()).isEqualTo(ErrorKind.CLOUD_CREDITS.label());
        assertThat(with(Endpoint.SAY, Fault.CODE_IN_STREAM, 1).kind()).isEqualTo(ErrorKind.CLOUD_CREDITS.label());
        assertThat(with(Endpoint.UPLOAD, Fault.CODE_4001, 1).kind()).isEqualTo(ErrorKind.CLOUD_FILE_TYPE.label());
        assertThat(with(Endpoint.UPLOAD, Fault.HTTP_413, 1).kind()).isEqualTo(ErrorKind.CLOUD_FILE_SIZE.label());
        assertThat(with(Endpoint.SUBMIT, Fault.HTTP_402, 1).kind()).isEqualTo(ErrorKind.CLOUD_PLAN.label());
        assertThat(with(Endpoint.STATE, Fault.CODE_1002, 1).kind()).isEqualTo(ErrorKind.CLOUD_SESSION.label());
        assertThat(with(Endpoint.STATE, Fault.HTTP_404, 1).kind()).isEqualTo(ErrorKind.CLOUD_SESSION.label());
        assertThat(with(Endpoint.POLL, Fault.CODE_1001, 2).kind()).isEqualTo(ErrorKind.CLOUD_SIGN_IN.label());
        assertThat(with(Endpoint.TOKEN, Fault.HTTP_429, 2).kind()).isEqualTo(ErrorKind.CLOUD_BUSY.label());
    }
}
