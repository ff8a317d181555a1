package dev.soundlift.verify;

import dev.soundlift.engine.Loss;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the delivered file is, read from disk.
 *
 * @param sourceDamaged whether the file shows that its source is damaged or cut off
 * @param lost where on the source's clock, as far as that is known
 * @param bitsPerSecond on average
 * @param peakDbfs nothing where the whole file was not listened to
 * @param integratedLufs likewise
 */
public record Verification(
        String codec,
        String container,
        long bitsPerSecond,
        int sampleRateHz,
        int channels,
        Duration duration,
        long bytes,
        OptionalDouble peakDbfs,
        OptionalDouble integratedLufs,
        boolean sourceDamaged,
        List<Loss> lost,
        List<Check> checks,
        List<Text> warnings) {
    public Verification {
        lost = List.copyOf(lost);
        checks = List.copyOf(checks);
        warnings = List.copyOf(warnings);
    }

    /** Whether there is nothing to be heard because there is nothing to be heard in the source. */
    public boolean sourceSilent() {
        return warnings.contains(Findings.SILENT_SOURCE);
    }
}
