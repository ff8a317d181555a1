package dev.soundlift.engine.executable;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Engine;
import dev.soundlift.engine.FileTags;
import dev.soundlift.engine.Id3Tag;
import dev.soundlift.engine.Level;
import dev.soundlift.engine.Mp4Tags;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Progress;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Codec;
import dev.soundlift.plan.Capabilities;
import dev.soundlift.plan.Plan;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** An ffmpeg program: one decodes, we put the samples where they belong, another encodes. */
public final class ExecutableEngine implements Engine {
    private static final String NAME = "executable";

    private final FfmpegProgram program;
    private final Sources sources;

    public ExecutableEngine(FfmpegProgram program, Sources sources) {
        this.program = program;
        this.sources = sources;
    }

    @Override
    public Capabilities capabilities() {
        Capabilities can = new Capabilities(
                        NAME,
                        Arrays.stream(Codec.values())
                                .map(Codec::ffmpegName)
                                .filter(program.abilities()::encodes)
                                .collect(Collectors.toSet()))
                .turningDown();
        return program.writesDeepFlac() ? can : can.withoutDeepFlac();
    }

    @Override
    public Level level(Plan plan, Progress progress, Cancellation cancellation) {
        throw new IllegalArgumentException("this engine does not level, and says so");
    }

    @Override
    public Produced run(Plan plan, Optional<Level> level, Path pending, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        Path source = sources.file(plan.media().source());
        Probed probed =
                new ExecutableProber(program, sources).probed(plan.media().source(), cancellation);
        try (AttireFiles files = AttireFiles.write(program, source, plan, probed, cancellation)) {
            Job job = new Job(program, plan, source, probed, files.attire(), pending, progress, cancellation);
            Produced produced = switch (plan.route()) {
                case COPY -> new CopyRun(job).run();
                case TRANSCODE -> new TranscodeRun(job).run();
                case CLOUD -> throw new IllegalArgumentException("this machine is not the cloud");
            };
            sources.alsoRead(plan.media().source(), produced.bytesRead());
            switch (plan.target().container()) {
                case MP3_FILE -> FileTags.putBefore(pending, Id3Tag.of(plan, files.picture()));
                case WAV -> FileTags.addToWav(pending, plan, files.picture());
                case M4A -> new Mp4Tags(plan, false).write(pending);
                default -> {}
            }
            return produced;
        } catch (IOException failed) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.write", String.valueOf(failed.getMessage())),
                    Text.of("next.write"),
                    failed);
        }
    }

    /**
     * One output and all that is needed for it.
     *
     * @param pending the file to write
     */
    record Job(
            FfmpegProgram program,
            Plan plan,
            Path source,
            Probed probed,
            Arguments.Attire attire,
            Path pending,
            Progress progress,
            Cancellation cancellation) {

        /** @param position on the media clock */
        void advancedTo(Duration position) {
            Duration start = plan.cut().start();
            Duration done = position.minus(start);
            Optional<Duration> end = plan.cut().end().or(() -> plan.media().duration());
            progress.advanced(
                    done.isNegative() ? Duration.ZERO : done,
                    end.map(last -> last.minus(start)).filter(length -> !length.isNegative()));
        }
    }
}
