package dev.soundlift.sound;

import dev.soundlift.engine.inprocess.SystemCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Every assertion on lossy sound again, as on a machine without encoders of its own. */
class BundledEncodersTest {
    @BeforeAll
    static void switchOff() {
        System.setProperty(SystemCodec.PROPERTY, "off");
    }

    @AfterAll
    static void switchOn() {
        System.clearProperty(SystemCodec.PROPERTY);
    }

    @Nested
    class Lossy extends LossyTest {}
}
