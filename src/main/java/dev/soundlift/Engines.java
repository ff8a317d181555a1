package dev.soundlift;

import dev.soundlift.engine.Engine;
import dev.soundlift.engine.Prober;
import dev.soundlift.engine.Sources;
import dev.soundlift.engine.executable.ExecutableEngine;
import dev.soundlift.engine.executable.ExecutableProber;
import dev.soundlift.engine.executable.FfmpegProgram;
import dev.soundlift.engine.inprocess.InProcessEngine;
import dev.soundlift.engine.inprocess.InProcessProber;
import dev.soundlift.engine.inprocess.Natives;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.plan.Capabilities;
import dev.soundlift.plan.CloudChoice;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.util.Optional;

/** Says who does the work: the first of the engines that the request allows and that works here. */
@FunctionalInterface
interface Engines {
    Means choose(EngineChoice choice) throws ExtractionException;

    /**
     * One who can do the work.
     *
     * @param why it was chosen, where that is worth a word
     */
    record Means(Prober prober, Engine engine, Optional<Text> why) {
        Capabilities capabilities() {
            Capabilities can = engine.capabilities();
            return why.map(can::because).orElse(can);
        }
    }

    /** The same, or nothing: the cloud needs none, though what it makes is worth more with one. */
    default Optional<Means> orNone(EngineChoice choice) throws ExtractionException {
        try {
            return Optional.of(choose(choice));
        } catch (ExtractionException none) {
            if (none.kind() != ErrorKind.NO_ENGINE) throw none;
            return Optional.empty();
        }
    }

    /** Refuses a choice that cannot be met, by the cloud neither. */
    static void require(EngineChoice choice, Sources sources) throws ExtractionException {
        if (choice.kind() == EngineChoice.Kind.CLOUD || choice.uploadAllowed()) return;
        try {
            Means unused = ofThisMachine(choice, sources);
        } catch (ExtractionException none) {
            MediaSource anyFile = new MediaSource.LocalFile(Path.of(""));
            throw CloudChoice.of(choice, anyFile, Optional.of(none.kind())).told(none);
        }
    }

    /** What is on this machine; a choice that cannot be met is of kind {@link ErrorKind#NO_ENGINE}. */
    static Means ofThisMachine(EngineChoice choice, Sources sources) throws ExtractionException {
        return switch (choice.kind()) {
            case AUTO -> Natives.status().usable() ? inProcess(sources) : insteadOfNatives(choice, sources);
            case LOCAL -> inProcess(sources);
            case EXECUTABLE -> {
                FfmpegProgram program = FfmpegProgram.find(choice.program());
                yield executable(program, sources, Text.of("reason.engine-asked", name(program)));
            }
            // What comes back is looked at and cut here
            case CLOUD -> ofThisMachine(new EngineChoice(EngineChoice.Kind.AUTO, choice.program(), false), sources);
        };
    }

    private static Means inProcess(Sources sources) throws ExtractionException {
        Natives natives = Natives.status();
        if (!natives.usable()) {
            throw new ExtractionException(
                    ErrorKind.NO_ENGINE, Text.of("error.no-natives", natives.detail()), Text.of("next.no-natives"));
        }
        return new Means(new InProcessProber(sources), new InProcessEngine(sources), Optional.empty());
    }

    private static Means insteadOfNatives(EngineChoice choice, Sources sources) throws ExtractionException {
        try {
            FfmpegProgram program = FfmpegProgram.find(choice.program());
            return executable(program, sources, Text.of("reason.engine-no-natives", name(program)));
        } catch (ExtractionException neither) {
            Text natives = Text.of("error.no-natives", Natives.status().detail());
            throw new ExtractionException(
                    ErrorKind.NO_ENGINE,
                    Text.of("error.no-engine", natives, neither.whatHappened()),
                    Text.of("next.no-engine"),
                    neither);
        }
    }

    private static Means executable(FfmpegProgram program, Sources sources, Text why) {
        return new Means(
                new ExecutableProber(program, sources), new ExecutableEngine(program, sources), Optional.of(why));
    }

    private static String name(FfmpegProgram program) {
        return program.ffmpeg() + " " + program.version();
    }
}
