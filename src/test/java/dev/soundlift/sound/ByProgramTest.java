package dev.soundlift.sound;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.soundlift.Soundlift;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.source.Access;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Every assertion on sound again, with an ffmpeg program in the place of FFmpeg's libraries. */
class ByProgramTest {
    @BeforeAll
    static void chooseTheProgram() {
        EngineChoice.Kind kind = EngineChoice.Kind.EXECUTABLE;
        try {
            Soundlift.with(new EngineChoice(kind, false), Access.DEFAULT);
        } catch (ExtractionException missing) {
            assumeTrue(false, missing.getMessage());
        }
        Lift.by(kind);
    }

    @AfterAll
    static void chooseTheLibraries() {
        Lift.by(EngineChoice.Kind.LOCAL);
    }

    @Nested
    class ExactSamples extends ExactSamplesTest {}

    @Nested
    class Shape extends ShapeTest {}

    @Nested
    class Lossy extends LossyTest {}

    @Nested
    class Copies extends CopyTest {}

    @Nested
    class Cuts extends CutTest {}

    @Nested
    class PiecesOfSound extends PiecesSoundTest {}

    @Nested
    class Tracks extends TracksTest {}

    @Nested
    class Tags extends TagsTest {}

    @Nested
    class EveryTag extends EveryTagTest {}

    @Nested
    class DifficultSources extends DifficultSourcesTest {}

    @Nested
    class HostileSamples extends HostileSamplesTest {}

    @Nested
    class JoinedRecordings extends JoinedRecordingsTest {}

    @Nested
    class QuietCopies extends QuietCopyTest {}

    @Nested
    class SilentPieces extends SilentPieceTest {}

    @Nested
    class SilentTracks extends SilentTrackTest {}

    @Nested
    class Steadiness extends SteadinessTest {}
}
