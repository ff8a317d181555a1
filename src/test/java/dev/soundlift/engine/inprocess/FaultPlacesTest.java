package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.Loss;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultPlacesTest {
    private static final Duration TENTH = Duration.ofMillis(100);

    @Test
    void a_fault_in_a_frame_that_begins_before_the_clock_lies_at_zero() {
        FaultPlaces faults = new FaultPlaces(Duration.ZERO);
        faults.met(true, Duration.ZERO);
        faults.placed(TENTH, TENTH.multipliedBy(3));
        faults.decoded(false, TENTH);
        List<Loss> found = faults.within(Duration.ZERO, TENTH.multipliedBy(10));
        assertThat(found).containsExactly(new Loss(Duration.ZERO, TENTH, Loss.Why.DAMAGED));
    }
}
