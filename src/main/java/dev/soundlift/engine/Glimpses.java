package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import java.time.Duration;

/** Takes short pieces of a track in any order. */
@FunctionalInterface
public interface Glimpses {
    /**
     * A piece has been heard.
     *
     * @param start of what was really decoded, on the media clock
     * @param lowest sample of any channel, full scale ±1
     * @param highest sample of any channel
     * @return whether another one is wanted
     */
    boolean heard(Duration start, Duration length, double lowest, double highest) throws ExtractionException;
}
