package dev.soundlift;

import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Engine;
import dev.soundlift.engine.Heard;
import dev.soundlift.engine.Level;
import dev.soundlift.engine.PacketDigest;
import dev.soundlift.engine.Prober;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.plan.Capabilities;
import dev.soundlift.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The whole line with an engine that writes one word, and a prober that finds what was asked for. */
public final class FakeSoundlift {
    private static final long FRAMES = 60 * 44_100L;

    private FakeSoundlift() {}

    /** What the engine does before it writes. */
    @FunctionalInterface
    public interface Work {
        void on(Plan plan, Progress progress, dev.soundlift.engine.Cancellation cancellation)
                throws ExtractionException;
    }

    /** Every input is a minute of AAC; its MP3 is as it should be where it peaks at so many dBFS above silence. */
    public static Soundlift with(Work work, double peakDbfs) {
        Heard heard = new Heard(
                FRAMES, new AudioShape(44_100, 2, "stereo", 0, false), peakDbfs, -16, Optional.empty(), Damage.NONE);
        Prober prober = new FakeProber(
                FakeSoundlift::found, heard, FakeProber.glance(new PacketDigest(1, 1, ""), true, true, Damage.NONE));
        return with(prober, new WritingEngine(work));
    }

    /** The constructor is the library's own: only tests put other engines in. */
    public static Soundlift with(Prober prober, Engine engine) {
        try {
            Constructor<Soundlift> constructor = Soundlift.class.getDeclaredConstructor(Prober.class, Engine.class);
            constructor.setAccessible(true);
            return constructor.newInstance(prober, engine);
        } catch (ReflectiveOperationException changed) {
            throw new AssertionError(changed);
        }
    }

    private static MediaInfo found(MediaSource source) {
        Path path = ((MediaSource.LocalFile) source).path();
        boolean written = path.toString().endsWith(".part");
        AudioTrack track = SampleTrack.lossy(written ? "mp3" : "aac").made();
        return SampleMedia.reopened(path, written ? "mp3" : "matroska,webm", List.of(track));
    }

    private record WritingEngine(Work work) implements Engine {
        @Override
        public Capabilities capabilities() {
            return SamplePlan.ALL_ENCODERS;
        }

        @Override
        public Level level(Plan plan, Progress progress, dev.soundlift.engine.Cancellation cancellation) {
            throw new IllegalArgumentException("nothing to measure");
        }

        @Override
        public Produced run(
                Plan plan,
                Optional<Level> level,
                Path pending,
                Progress progress,
                dev.soundlift.engine.Cancellation cancellation)
                throws ExtractionException {
            work.on(plan, progress, cancellation);
            cancellation.throwIfRequested();
            try {
                Files.writeString(pending, "sound");
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
            return SampleProduced.transcode(Duration.ZERO, SampleMedia.LENGTH, FRAMES, true, Damage.NONE);
        }
    }
}
