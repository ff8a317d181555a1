package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Level;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Progress;
import dev.soundlift.engine.Sources;
import dev.soundlift.engine.TruePeak;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.plan.Joined;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Several tracks, decoded together and encoded as one. A mix is decoded twice: only when the peaks of the whole sum are
 * known can it be told how far all of it must be turned down so that nothing clips, or that nothing need be.
 */
final class JoinRun {
    /** A sum that stays below is left as it is. */
    private static final double CLIPPING = 1;
    /** What a lowered mix peaks at: EBU R 128 allows -1 dBTP, which leaves room for a lossy encoder. */
    private static final double LOWERED_DBTP = -1;

    private final Plan plan;
    private final Sources sources;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Joined joined;

    JoinRun(Plan plan, Sources sources, Progress progress, Cancellation cancellation) {
        this.plan = plan;
        this.sources = sources;
        this.progress = progress;
        this.cancellation = cancellation;
        this.joined = plan.pick().joined();
    }

    /** @param level where it is given, it sees to it that nothing clips */
    Produced run(Path file, Optional<Level> level) throws ExtractionException {
        boolean free = isFree(level);
        double peak = free ? peak(progress.half(false)) : 0;
        Progress rest = free ? progress.half(true) : progress;
        return PlannedSound.hear(
                plan, sources, cancellation, sound -> write(file, gain(peak), peak, level, sound.apart(), rest));
    }

    /** The same sound for somebody who asks for it; the tracks are read one by one, as nobody can begin anew. */
    SampleSource open(Optional<Level> level) throws ExtractionException {
        Joiner joiner = new Joiner(joined, gain(isFree(level) ? peak(progress) : 0));
        try {
            return new Opened(new JointReading(plan, sources, true, joiner), joiner);
        } catch (ExtractionException | RuntimeException | Error failed) {
            joiner.close();
            throw failed;
        }
    }

    private record Opened(JointReading reading, Joiner joiner) implements SampleSource {
        @Override
        public boolean advance(PlacedSamples samples) throws ExtractionException {
            return reading.advance(samples::sound);
        }

        @Override
        public Damage damage() {
            return reading.damage();
        }

        @Override
        public void close() {
            reading.close();
            joiner.close();
        }
    }

    private boolean isFree(Optional<Level> level) {
        return joined.how() == Joined.How.MIXED && level.isEmpty();
    }

    private static double gain(double peak) {
        return peak > CLIPPING ? Math.pow(10, LOWERED_DBTP / 20) / peak : 1;
    }

    private double peak(Progress pass) throws ExtractionException {
        return PlannedSound.hear(plan, sources, cancellation, sound -> {
            PeakMeter meter = new PeakMeter();
            return sound.into(meter, position -> advanced(position, pass)).map(all -> meter.peak);
        });
    }

    /** Of all channels, in full scale. */
    private static final class PeakMeter implements PlacedSamples {
        private final List<TruePeak> channels = new ArrayList<>();
        private double peak;

        @Override
        public void silence(AVFrame like, long samples) {} // has no peaks

        @Override
        public void sound(AVFrame frame) {
            for (int channel = 0; channel < frame.ch_layout().nb_channels(); channel++) {
                if (channels.size() == channel) channels.add(new TruePeak());
                peak = channels.get(channel).highest(Samples.plane(frame, channel, frame.nb_samples()), peak);
            }
        }
    }

    /** Nothing where one reading of the file is not enough. */
    private Optional<Produced> write(
            Path file, double gain, double peak, Optional<Level> level, boolean apart, Progress rest)
            throws ExtractionException {
        Optional<Cover> frame = VideoFrame.cover(plan, sources, cancellation);
        try (Joiner joiner = new Joiner(joined, gain);
                JointReading reading = new JointReading(plan, sources, apart, joiner);
                SoundWriter writer = new SoundWriter(plan, file, frame.or(reading::cover), level, cancellation)) {
            if (!reading.readAll(writer::sound, cancellation, position -> advanced(position, rest)))
                return Optional.empty();
            writer.finish();
            List<Text> repairs = new ArrayList<>(reading.repairs());
            if (gain != 1) repairs.add(Text.of("repair.mix-lowered", decibels(1 / gain), decibels(peak)));
            repairs.addAll(writer.repairs());
            return Optional.of(new Produced(
                    reading.bytesRead(),
                    reading.taken(),
                    writer.samplesWritten(),
                    Optional.empty(),
                    writer.sound(),
                    // What cancels in the sum was sound; of sides that are left out nothing is said
                    plan.target().channels() instanceof ChannelChoice.Side ? writer.heardSound() : joiner.heardSound(),
                    repairs,
                    writer.warnings(),
                    reading.damage(),
                    writer.encodedBy()));
        }
    }

    private void advanced(Duration position, Progress pass) {
        pass.advanced(InProcessEngine.sinceStart(plan, position), InProcessEngine.wanted(plan));
    }

    private static String decibels(double factor) {
        return String.format(Locale.ROOT, "%.1f", 20 * Math.log10(factor));
    }
}
