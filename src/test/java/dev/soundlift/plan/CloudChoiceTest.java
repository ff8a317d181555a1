package dev.soundlift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.EngineChoice.Kind;
import dev.soundlift.text.Text;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** When a file may leave the machine. */
class CloudChoiceTest {
    @Property
    void nothing_is_uploaded_without_consent(@ForAll Kind kind, @ForAll Optional<ErrorKind> here) {
        boolean cloud = CloudChoice.why(new EngineChoice(kind, false), here).isPresent();
        assertThat(cloud).isEqualTo(kind == Kind.CLOUD);
    }

    @Property
    void the_cloud_is_never_chosen_where_this_machine_can_do_it(@ForAll Kind kind, @ForAll boolean allowed) {
        boolean cloud = CloudChoice.why(new EngineChoice(kind, allowed), Optional.empty())
                .isPresent();
        assertThat(cloud).isEqualTo(kind == Kind.CLOUD);
    }

    @Property
    void a_choice_of_this_machine_is_never_overruled(@ForAll boolean allowed, @ForAll ErrorKind here) {
        for (Kind kind : new Kind[] {Kind.LOCAL, Kind.EXECUTABLE}) {
            assertThat(CloudChoice.why(new EngineChoice(kind, allowed), Optional.of(here)))
                    .isEmpty();
        }
    }

    @Property
    void only_a_want_of_engine_or_codec_is_a_reason(@ForAll ErrorKind here) {
        boolean helps = here == ErrorKind.NO_ENGINE || here == ErrorKind.UNSUPPORTED_CODEC;
        EngineChoice allowed = new EngineChoice(Kind.AUTO, true);
        assertThat(CloudChoice.why(allowed, Optional.of(here)).isPresent()).isEqualTo(helps);
    }

    @Test
    void where_only_consent_is_missing_the_way_out_is_told() {
        ExtractionException here = new ExtractionException(
                ErrorKind.UNSUPPORTED_CODEC, Text.of("error.no-decoder", "dts"), Text.of("next.no-decoder"));
        assertThat(CloudChoice.withTheWayOut(here, EngineChoice.AUTO).nextStep().toString())
                .contains("--allow-upload");
        assertThat(CloudChoice.withTheWayOut(here, new EngineChoice(Kind.LOCAL, false)))
                .isSameAs(here);
    }
}
