package dev.soundlift;

import dev.soundlift.Bookkeeping.Standing;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.output.OutputName;
import dev.soundlift.output.SideFile;
import dev.soundlift.plan.Plan;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.report.Lists;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.OnExists;
import dev.soundlift.request.Pieces;
import dev.soundlift.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lists that say where each piece lies in its input, so that what is found in a piece can be found in the video. */
final class PieceMaps {
    private final ExtractionRequest request;
    /** By track, where its list goes. */
    private final Map<Integer, Path> targets = new LinkedHashMap<>();

    private boolean continued;

    private PieceMaps(ExtractionRequest request) {
        this.request = request;
    }

    /** For the outputs of one input; empty where the pieces are not made for programs that need to find back. */
    static PieceMaps of(ExtractionRequest request, List<Soundlift.Planned> outputs) {
        PieceMaps maps = new PieceMaps(request);
        if (!request.listsPieces()) return maps;
        String baseName = OutputName.baseName(request.source());
        for (Soundlift.Planned output : outputs) {
            Plan plan = output.plan();
            maps.targets.putIfAbsent(
                    plan.pick().track().number(),
                    SideFile.ofPieces(output.output(), plan.piece().name(), baseName));
        }
        return maps;
    }

    /**
     * Before the work begins.
     *
     * @param standings of the pieces: where some are there from an earlier run of the same, so is the list
     */
    void refuseExisting(List<Standing> standings) throws ExtractionException {
        continued = standings.stream()
                .anyMatch(one -> one.kind() == Standing.Kind.OURS || one.kind() == Standing.Kind.DELIVERED);
        if (continued) return;
        for (Path target : targets.values()) {
            SideFile.refuseExisting(target, request.destination().onExists());
        }
    }

    /** Of a piece that became larger than was asked: a copy's packets are as large as they are. */
    static Optional<Text> tooLarge(ExtractionRequest request, Path piece) {
        if (!(request.pieces() instanceof Pieces.Silences silences)
                || silences.largestBytes().isEmpty()) return Optional.empty();
        long most = silences.largestBytes().getAsLong();
        long bytes = piece.toFile().length();
        return bytes <= most
                ? Optional.empty()
                : Optional.of(Text.of("warning.piece-too-large", Long.toString(bytes), Long.toString(most)));
    }

    /**
     * After the pieces: writes the list of those that there are, and puts it into the last one's report. An earlier run may
     * have been killed before it.
     */
    void write(List<ExtractionReport> reports) throws ExtractionException {
        OnExists onExists = request.destination().onExists();
        for (Map.Entry<Integer, Path> target : targets.entrySet()) {
            int last = -1;
            Map<Path, Lists.Located> pieces = new LinkedHashMap<>();
            for (int i = 0; i < reports.size(); i++) {
                Optional<Lists.Located> piece = located(reports.get(i), target.getKey());
                if (piece.isEmpty()) continue;
                pieces.put(piece.get().file(), piece.get());
                if (reports.get(i).delivered().isPresent()) last = i;
            }
            boolean lost = continued && !Files.exists(target.getValue());
            if (last < 0 && !lost) continue;
            String text = Lists.pieces(request.source().displayName(), List.copyOf(pieces.values()));
            // With new pieces beside those that were there, the list that was there is out of date
            boolean outdated = continued || onExists == OnExists.SKIP;
            try {
                Path written = SideFile.write(target.getValue(), text, outdated ? OnExists.OVERWRITE : onExists);
                if (last >= 0) reports.set(last, reports.get(last).alsoWriting(written));
            } catch (ExtractionException failed) {
                // The sound is where it should be, and only this is missing
                throw new ExtractionException(
                        failed.kind(),
                        Text.of("error.no-list-of-pieces", Integer.toString(pieces.size()), failed.whatHappened()),
                        failed.nextStep(),
                        failed);
            }
        }
    }

    /** Nothing for what was not delivered, and for other tracks. */
    private static Optional<Lists.Located> located(ExtractionReport report, int track) {
        boolean ofTrack = report.plan()
                .filter(plan -> plan.pick().track().number() == track)
                .isPresent();
        if (!ofTrack || report.failure().isPresent() || report.output().isEmpty()) return Optional.empty();
        Path file = report.output().get();
        if (report.delivered().isPresent()) {
            var taken = report.delivered().get().source().taken();
            return Optional.of(new Lists.Located(file, taken.start(), taken.end()));
        }
        Plan plan = report.plan().orElseThrow(); // skipped: as it was planned
        Duration start = plan.cut().start();
        Duration end = plan.cut().end().or(() -> plan.media().duration()).orElse(start);
        return Optional.of(new Lists.Located(file, start, end));
    }
}
