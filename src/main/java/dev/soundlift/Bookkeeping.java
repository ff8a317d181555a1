package dev.soundlift;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.output.Claims;
import dev.soundlift.request.OnExists;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known beyond one request: names that other inputs have taken, and what earlier runs delivered. */
public interface Bookkeeping {
    /**
     * Takes the names of one input's outputs, all at once; called once, when they are known.
     *
     * @return where each stands, in the same order
     */
    List<Standing> claim(List<Wanted> wanted, OnExists onExists) throws ExtractionException;

    /**
     * One output as it is planned.
     *
     * @param essence equal where the same input gives an equal file, whatever else is asked for besides
     */
    record Wanted(Path target, String essence) {}

    /**
     * Hears that a complete and verified file is about to get its name.
     *
     * @param target what was planned
     * @param name what it will be called: the target, or a free name beside it
     * @param pending the file as it still is; size and date are already those that the output will have
     */
    void delivering(Path target, Path name, Path pending) throws ExtractionException;

    /**
     * One output before it is made.
     *
     * @param output the name to write to, or of the delivered file
     */
    record Standing(Kind kind, Path output) {
        /** Who had the name before. */
        public enum Kind {
            /** Nobody that we know of; a file that is there is treated as the request says. */
            NEW,
            /** A file of an earlier run, as that run left it: it may be replaced. */
            OURS,
            /** A file of an earlier run that somebody has changed since; treated as the request says. */
            CHANGED,
            /** An earlier run has delivered it already, from the same input with the same wishes. */
            DELIVERED,
            /** Another input of the same run. */
            TAKEN
        }

        /** Of a name that was free, or not. */
        public static Standing of(Optional<Path> taken, Path wanted) {
            return new Standing(taken.isPresent() ? Kind.NEW : Kind.TAKEN, taken.orElse(wanted));
        }
    }

    /** Remembers nothing beyond one request. */
    static Bookkeeping ofOneRequest() {
        Claims claims = new Claims();
        return new Bookkeeping() {
            @Override
            public List<Standing> claim(List<Wanted> wanted, OnExists onExists) {
                List<Standing> standings = new ArrayList<>();
                for (Wanted one : wanted) standings.add(Standing.of(claims.take(one.target(), onExists), one.target()));
                return standings;
            }

            @Override
            public void delivering(Path target, Path name, Path pending) {}
        };
    }
}
