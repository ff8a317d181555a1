package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Engine;
import dev.soundlift.engine.Level;
import dev.soundlift.engine.PacketSource;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Progress;
import dev.soundlift.engine.SampleStream;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Codec;
import dev.soundlift.plan.Capabilities;
import dev.soundlift.plan.Cut;
import dev.soundlift.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** FFmpeg's libraries in this JVM. */
public final class InProcessEngine implements Engine {
    private static final String NAME = "in-process";
    /** Decoders need some packets before they are themselves again after a seek (Opus: 80 ms, RFC 7845, section 4.6). */
    private static final Duration LEAD_IN = Duration.ofSeconds(1);

    private final Sources sources;

    /** Files of this machine. */
    public InProcessEngine() {
        this(Sources.FILES);
    }

    public InProcessEngine(Sources sources) {
        this.sources = sources;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                        NAME,
                        Arrays.stream(Codec.values())
                                .map(Codec::ffmpegName)
                                .filter(name -> Encoder.find(name) != null)
                                .collect(Collectors.toSet()))
                .joining()
                .levelling()
                .framing();
    }

    @Override
    public Level level(Plan plan, Progress progress, Cancellation cancellation) throws ExtractionException {
        return PlannedSound.hear(plan, sources, cancellation, sound -> {
            try (LevelFinder finder = new LevelFinder(plan, cancellation)) {
                for (Cut cut : plan.levelling().orElseThrow().measured()) {
                    Plan part = plan.of(cut);
                    Optional<Produced.Taken> taken = sound.with(part)
                            .into(finder, position -> progress.advanced(sinceStart(part, position), wanted(part)));
                    if (taken.isEmpty()) return Optional.empty();
                    finder.finishInput();
                }
                return Optional.of(finder.level());
            }
        });
    }

    @Override
    public Produced run(Plan plan, Optional<Level> level, Path pending, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        if (plan.pick().isJoined()) return new JoinRun(plan, sources, progress, cancellation).run(pending, level);
        AudioTrack track = plan.pick().track();
        Optional<Cover> frame = VideoFrame.cover(plan, sources, cancellation);
        try (Demuxer media = Demuxer.open(sources, plan.media().source())) {
            Optional<Cover> cover = frame.or(() -> Cover.of(media.context()));
            media.select(track);
            seekToCut(plan, media, track);
            return switch (plan.route()) {
                case COPY -> copy(plan, pending, media, cover, progress, cancellation);
                case TRANSCODE -> transcode(plan, pending, level, media, cover, progress, cancellation);
                case CLOUD -> throw new IllegalArgumentException("this machine is not the cloud");
            };
        }
    }

    @Override
    public SampleStream open(Plan plan, Optional<Level> level, Cancellation cancellation) throws ExtractionException {
        SampleSource source = plan.pick().isJoined()
                ? new JoinRun(plan, sources, Progress.NONE, cancellation).open(level)
                : new SoleReading(plan, sources);
        return new SampleReader(plan, level, source, cancellation);
    }

    @Override
    public PacketSource packets(Plan plan, Cancellation cancellation) throws ExtractionException {
        return new PacketReader(plan, sources, cancellation);
    }

    static void seekToCut(Plan plan, Demuxer media, AudioTrack track) throws ExtractionException {
        Duration start = plan.cut().start();
        media.readTo(plan.cut().end());
        media.seekBefore(track, start.compareTo(LEAD_IN) > 0 ? start.minus(LEAD_IN) : Duration.ZERO);
    }

    private static Produced copy(
            Plan plan, Path pending, Demuxer media, Optional<Cover> cover, Progress progress, Cancellation cancellation)
            throws ExtractionException {
        AudioTrack track = plan.pick().track();
        Optional<Duration> wanted = wanted(plan);
        try (CopyRun run = new CopyRun(plan, pending, media, cover);
                Packet packet = new Packet()) {
            while (!run.complete() && media.readInto(packet, track)) {
                cancellation.throwIfRequested();
                run.accept(packet);
                progress.advanced(sinceStart(plan, run.position()), wanted);
            }
            return run.finish(media.bytesRead(), media.damage(0));
        }
    }

    private static Produced transcode(
            Plan plan,
            Path pending,
            Optional<Level> level,
            Demuxer media,
            Optional<Cover> cover,
            Progress progress,
            Cancellation cancellation)
            throws ExtractionException {
        AudioTrack track = plan.pick().track();
        Optional<Duration> wanted = wanted(plan);
        try (TranscodeRun run = new TranscodeRun(plan, pending, level, media, cover, cancellation);
                Packet packet = new Packet()) {
            while (!run.complete() && media.readInto(packet, track)) {
                cancellation.throwIfRequested();
                run.accept(packet);
                progress.advanced(sinceStart(plan, run.position()), wanted);
            }
            return run.finish();
        }
    }

    static Duration sinceStart(Plan plan, Duration position) {
        Duration done = position.minus(plan.cut().start());
        return done.isNegative() ? Duration.ZERO : done;
    }

    static Optional<Duration> wanted(Plan plan) {
        Optional<Duration> end = plan.cut().end().or(() -> plan.media().duration());
        return end.map(last -> last.minus(plan.cut().start())).filter(length -> !length.isNegative());
    }
}
