package dev.soundlift.engine.inprocess;

import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.plan.Plan;
import java.time.Duration;

/** Reads what a plan takes of a single track, a packet at a time. */
final class SoleReading implements SampleSource {
    private final AudioTrack track;
    private final Demuxer media;
    private final TrackReader reader;
    private final Packet packet;

    SoleReading(Plan plan, Sources sources) throws ExtractionException {
        this.track = plan.pick().track();
        this.media = Demuxer.open(sources, plan.media().source());
        this.packet = new Packet();
        try {
            media.select(track);
            InProcessEngine.seekToCut(plan, media, track);
            this.reader = new TrackReader(plan, track, media);
        } catch (ExtractionException | RuntimeException | Error failed) {
            packet.close();
            media.close();
            throw failed;
        }
    }

    @Override
    public boolean advance(PlacedSamples samples) throws ExtractionException {
        if (!reader.complete() && media.readInto(packet, track)) {
            reader.decode(packet, reader.cleaned(samples));
            return true;
        }
        reader.drain(reader.cleaned(samples));
        return false;
    }

    /** How far on the media clock. */
    Duration position() {
        return reader.position();
    }

    @Override
    public Damage damage() {
        return media.damage(reader.undecodable()).at(reader.lost());
    }

    /** The stretch that was given out. */
    Produced.Taken taken() {
        return reader.taken();
    }

    @Override
    public void close() {
        reader.close();
        packet.close();
        media.close();
    }
}
