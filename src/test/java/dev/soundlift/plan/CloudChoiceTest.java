package dev.soundlift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.plan.CloudChoice.Where;
import dev.soundlift.plan.CloudChoice.Why;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.EngineChoice.Kind;
import dev.soundlift.text.Text;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a job may leave the machine: the whole table, of every wish, consent, source and state of this machine. */
class CloudChoiceTest {
    private static final MediaSource FILE = new MediaSource.LocalFile(Path.of("talk.mp4"));
    private static final MediaSource ADDRESS = new MediaSource.RemoteUrl(URI.create("https://example.org/talk.mp4"));
    private static final List<MediaSource> SOURCES =
            List.of(FILE, ADDRESS, new MediaSource.StandardInput(), new MediaSource.Typed("*.mp4"));
    /** What a machine that cannot do it may say, and where that can be better elsewhere. */
    private static final Set<ErrorKind> FOR_ALL = Set.of(ErrorKind.NO_ENGINE, ErrorKind.UNSUPPORTED_CODEC);

    private static final Set<ErrorKind> FOR_ADDRESSES =
            Set.of(ErrorKind.NETWORK, ErrorKind.UNREADABLE, ErrorKind.NOT_MEDIA);

    private record Row(EngineChoice wish, MediaSource source, Optional<ErrorKind> here, CloudChoice choice) {
        boolean asked() {
            return wish.kind() == Kind.CLOUD;
        }

        boolean cloud() {
            return choice.where() == Where.CLOUD;
        }
    }

    private static List<Row> table() {
        List<Optional<ErrorKind>> states = new ArrayList<>(List.of(Optional.empty()));
        for (ErrorKind kind : ErrorKind.values()) states.add(Optional.of(kind));
        List<Row> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (boolean allowed : new boolean[] {false, true}) {
                for (MediaSource source : SOURCES) {
                    for (Optional<ErrorKind> here : states) {
                        EngineChoice wish = new EngineChoice(kind, allowed);
                        rows.add(new Row(wish, source, here, CloudChoice.of(wish, source, here)));
                    }
                }
            }
        }
        assertThat(rows).hasSize(Kind.values().length * 2 * SOURCES.size() * (ErrorKind.values().length + 1));
        return rows;
    }

    @Test
    void nothing_is_uploaded_without_consent() {
        assertThat(table())
                .filteredOn(Row::cloud)
                .allMatch(row -> row.asked() || row.wish().uploadAllowed());
    }

    @Test
    void the_cloud_is_never_chosen_where_this_machine_can_do_it() {
        assertThat(table())
                .filteredOn(row -> row.here().isEmpty())
                .allMatch(row -> row.choice().where() == (row.asked() ? Where.CLOUD : Where.HERE));
        assertThat(table())
                .filteredOn(row -> row.choice().where() == Where.HERE)
                .allMatch(row -> row.here().isEmpty());
    }

    @Test
    void a_choice_of_this_machine_is_never_overruled() {
        assertThat(table())
                .filteredOn(row -> row.wish().kind() == Kind.LOCAL || row.wish().kind() == Kind.EXECUTABLE)
                .extracting(row -> row.choice().where())
                .containsOnly(Where.HERE, Where.NOWHERE);
    }

    @Test
    void only_what_another_machine_may_have_is_a_reason_and_only_files_and_addresses_can_be_handed_on() {
        for (Row row : table()) {
            if (row.here().isEmpty()) continue;
            boolean sendable = row.source() == FILE || row.source() == ADDRESS;
            boolean helps = FOR_ALL.contains(row.here().get())
                    || (row.source() == ADDRESS
                            && FOR_ADDRESSES.contains(row.here().get()));
            boolean willing = row.asked() || row.wish().kind() == Kind.AUTO;
            Where expected = !sendable || !helps || !willing
                    ? Where.NOWHERE
                    : row.asked() || row.wish().uploadAllowed() ? Where.CLOUD : Where.CLOUD_IF_ALLOWED;
            assertThat(row.choice().where()).as(row.toString()).isEqualTo(expected);
        }
    }

    @Test
    void the_cloud_always_comes_with_a_reason_of_its_own() {
        for (Row row : table()) {
            assertThat(row.choice().why().isPresent())
                    .as(row.toString())
                    .isEqualTo(row.cloud() || row.choice().where() == Where.CLOUD_IF_ALLOWED);
        }
        EngineChoice allowed = new EngineChoice(Kind.AUTO, true);
        assertThat(CloudChoice.of(allowed, FILE, Optional.of(ErrorKind.NO_ENGINE))
                        .why())
                .contains(Why.NO_ENGINE);
        assertThat(CloudChoice.of(allowed, FILE, Optional.of(ErrorKind.UNSUPPORTED_CODEC))
                        .why())
                .contains(Why.NO_CODEC);
        assertThat(CloudChoice.of(allowed, ADDRESS, Optional.of(ErrorKind.NETWORK))
                        .why())
                .contains(Why.ONLY_THERE);
        assertThat(CloudChoice.of(new EngineChoice(Kind.CLOUD, false), FILE, Optional.empty())
                        .why())
                .contains(Why.ASKED);
    }

    @Test
    void where_only_consent_is_missing_the_way_out_is_told() {
        ExtractionException here = new ExtractionException(
                ErrorKind.UNSUPPORTED_CODEC, Text.of("error.no-decoder", "dts"), Text.of("next.no-decoder"));
        CloudChoice missing = CloudChoice.of(EngineChoice.AUTO, FILE, Optional.of(here.kind()));
        assertThat(missing.told(here).nextStep().toString()).contains("--allow-upload");
        CloudChoice local = CloudChoice.of(new EngineChoice(Kind.LOCAL, false), FILE, Optional.of(here.kind()));
        assertThat(local.told(here)).isSameAs(here);
    }
}
