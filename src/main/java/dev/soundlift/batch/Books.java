package dev.soundlift.batch;

import dev.soundlift.Bookkeeping;
import dev.soundlift.Bookkeeping.Standing.Kind;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.output.Claims;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One input's page in the books of a batch.
 *
 * @param number of the input's turn to take names
 * @param history what earlier runs wrote of it; of nothing where they are not asked
 */
record Books(Claims claims, Turns turns, long number, Memory memory, Optional<Work> work, History history)
        implements Bookkeeping {

    @Override
    public List<Standing> claim(List<Path> targets, OnExists onExists) throws ExtractionException {
        List<Standing> standings = new ArrayList<>();
        inTurn(turns, number, () -> {
            targets.forEach(target -> standings.add(claim(target, onExists)));
            return true;
        });
        return standings;
    }

    private Standing claim(Path target, OnExists onExists) {
        Optional<History.Output> ours = history.output(target.toAbsolutePath().normalize())
                .filter(output -> output.isIntact() || output.isGone());
        if (ours.isEmpty()) return Standing.of(claims.take(target, onExists), target);
        Path name = target.resolveSibling(ours.get().name().getFileName());
        if (claims.take(name, OnExists.FAIL).isEmpty()) return new Standing(Kind.TAKEN, target);
        boolean same = ours.get().isIntact()
                && work.map(Work::key).equals(Optional.of(ours.get().key()));
        return new Standing(same ? Kind.DELIVERED : Kind.OURS, name);
    }

    @Override
    public void delivering(Path target, Path name, Path pending) throws ExtractionException {
        // What was an input before is one still
        claims.made(name, !Files.exists(name) || memory.wrote(name));
        if (work.isPresent()) memory.delivering(work.get(), target, name, pending);
    }

    /**
     * Does it when all earlier inputs have had their turn.
     *
     * @param act says whether this turn is over with it
     */
    static void inTurn(Turns turns, long number, BooleanSupplier act) throws ExtractionException {
        try {
            turns.await(number);
            if (act.getAsBoolean()) turns.done(number);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ExtractionException(
                    ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.interrupted"));
        }
    }
}
