package dev.soundlift.batch;

import dev.soundlift.failure.ExtractionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one line of a manifest asks for, or a name that was found.
 *
 * @param number of the line, from 1; 0 where a folder or a bucket was listed
 * @param input as it is written there; where the line cannot be read, the line itself
 * @param options what the line says besides: values by an option's long name without dashes
 * @param bytes of the input, as far as the line says
 * @param fault why the line cannot be read
 */
public record ManifestLine(
        long number,
        String input,
        Map<String, List<String>> options,
        OptionalLong bytes,
        Optional<ExtractionException> fault) {

    public ManifestLine {
        options = Map.copyOf(options);
    }

    /** Whether a list names it. */
    public boolean isListed() {
        return number > 0;
    }
}
