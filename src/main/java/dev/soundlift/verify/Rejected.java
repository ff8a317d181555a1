package dev.soundlift.verify;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.util.List;

/** The file is not what was asked for; carries every check, so that a report can show what was looked at. */
public final class Rejected extends ExtractionException {
    private static final long serialVersionUID = 1L;

    private final transient List<Check> checks;

    Rejected(Text whatHappened, List<Check> checks) {
        super(ErrorKind.VERIFICATION, whatHappened, Text.of("next.verification"));
        this.checks = List.copyOf(checks);
    }

    /** All that were made, passed and failed, in their order. */
    public List<Check> checks() {
        return checks;
    }
}
