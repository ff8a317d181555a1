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
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One input's page in the books of a batch.
 *
 * @param number of the input's turn to take names
 * @param history what earlier runs wrote of it; of nothing where they are not asked
 * @param made of each output that was claimed, the digest of what it is made from
 */
record Books(
        Claims claims,
        Turns turns,
        long number,
        Memory memory,
        Optional<Work> work,
        History history,
        Map<Path, String> made)
        implements Bookkeeping {

    @Override
    public List<Standing> claim(List<Wanted> wanted, OnExists onExists) throws ExtractionException {
        List<Standing> standings = new ArrayList<>();
        inTurn(turns, number, () -> {
            wanted.forEach(one -> standings.add(claim(one, onExists)));
            return true;
        });
        for (int i = 0; i < standings.size(); i++) keep(wanted.get(i).target(), standings.get(i));
        return standings;
    }

    private Standing claim(Wanted wanted, OnExists onExists) {
        Path target = wanted.target();
        String essence = work.map(known -> known.made(wanted.essence())).orElse("");
        made.put(target, essence);
        Optional<History.Output> known = history.output(target.toAbsolutePath().normalize());
        Optional<History.Output> ours = known.filter(output -> output.isIntact() || output.isGone());
        if (ours.isEmpty()) {
            Optional<Path> taken = claims.take(target, onExists);
            return known.isPresent() && taken.isPresent()
                    ? new Standing(Kind.CHANGED, taken.get())
                    : Standing.of(taken, target);
        }
        Path name = target.resolveSibling(ours.get().name().getFileName());
        if (claims.take(name, OnExists.FAIL).isEmpty()) return new Standing(Kind.TAKEN, target);
        boolean equal = work.map(Work::key).equals(Optional.of(ours.get().key()))
                || (!essence.isEmpty() && essence.equals(ours.get().made()));
        return new Standing(ours.get().isIntact() && equal ? Kind.DELIVERED : Kind.OURS, name);
    }

    /** What was made for other wishes and is right for these too counts as theirs from now on. */
    private void keep(Path target, Standing standing) throws ExtractionException {
        boolean ofOthers = standing.kind() == Kind.DELIVERED
                && !history.output(target.toAbsolutePath().normalize())
                        .map(History.Output::key)
                        .equals(work.map(Work::key));
        if (ofOthers) delivered(target, standing.output(), standing.output());
    }

    private void delivered(Path target, Path name, Path file) throws ExtractionException {
        if (work.isPresent()) memory.delivering(work.get(), made.getOrDefault(target, ""), target, name, file);
    }

    @Override
    public void delivering(Path target, Path name, Path pending) throws ExtractionException {
        // What was an input before is one still
        claims.made(name, !Files.exists(name) || memory.wrote(name));
        delivered(target, name, pending);
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
