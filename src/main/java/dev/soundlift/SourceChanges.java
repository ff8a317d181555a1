package dev.soundlift;

import dev.soundlift.engine.Produced;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.report.ExtractionReport.Delivered;
import dev.soundlift.request.MediaTime;
import dev.soundlift.source.OpenSources;
import dev.soundlift.source.SourceChange;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.Optional;

/** What is seen of one input from its first look to its last output: how much was read, and whether it is still written. */
final class SourceChanges {
    private final OpenSources.Hold hold;
    private long counted;

    SourceChanges(OpenSources.Hold hold) {
        this.hold = hold;
    }

    /** With all that was read for it since the output before: looking into the file belongs to the first. */
    Produced counted(Produced produced) {
        long before = counted;
        counted = hold.bytesRead();
        return produced.withBytesRead(counted - before);
    }

    /** What the user should know of the delivered file. */
    Optional<Text> warning(Optional<Delivered> delivered) {
        return switch (hold.change()) {
            case NONE -> Optional.empty();
            case GREW ->
                Optional.of(Text.of(
                        "warning.still-growing",
                        MediaTime.print(delivered
                                .map(found -> tenths(found.source().taken().end()))
                                .orElse(Duration.ZERO))));
            case REWRITTEN -> Optional.of(Text.of("warning.rewritten"));
        };
    }

    private static Duration tenths(Duration time) {
        return Duration.ofMillis(time.toMillis() / 100 * 100);
    }

    /** Of a file that cannot be read and is being written, the latter is the reason. */
    static ExtractionException toldWith(ExtractionException failed, OpenSources.Hold hold) {
        boolean unreadable = failed.kind() == ErrorKind.NOT_MEDIA
                || failed.kind() == ErrorKind.UNREADABLE
                || failed.kind() == ErrorKind.NO_AUDIO;
        if (!unreadable || hold.change() == SourceChange.NONE) return failed;
        return new ExtractionException(failed.kind(), failed.whatHappened(), Text.of("next.still-growing"), failed);
    }
}
