package dev.soundlift;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Heard;
import dev.soundlift.engine.PacketDigest;
import dev.soundlift.engine.Prober;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Finds in every file what it was told; an unreadable file where it was told nothing. */
public record FakeProber(Function<MediaSource, MediaInfo> media, Heard heard, Glance glance) implements Prober {
    public static final Duration MINUTE = SampleMedia.LENGTH;

    public static Glance glance(PacketDigest packets, boolean heardSound, boolean decodable, Damage damage) {
        return new Glance(packets, MINUTE, heardSound, heardSound, decodable, damage);
    }

    /** Damage that was met once, in one of the ways in which it can be met. */
    public static List<Damage> kindsOfDamage() {
        return List.of(
                new Damage(1, 0, 0, "", false),
                new Damage(0, 1, 0, "", false),
                new Damage(0, 0, 1, "x", false),
                new Damage(0, 0, 0, "", true));
    }

    @Override
    public MediaInfo probe(MediaSource source) throws ExtractionException {
        MediaInfo found = media.apply(source);
        if (found == null) {
            throw new ExtractionException(
                    ErrorKind.NOT_MEDIA,
                    Text.of("error.not-media", source.displayName(), ""),
                    Text.of("next.not-media"));
        }
        return found;
    }

    @Override
    public Heard listen(MediaSource source, AudioTrack track, Cancellation cancellation) {
        return heard;
    }

    @Override
    public Glance glance(MediaSource source, AudioTrack track, Cancellation cancellation) {
        return glance;
    }
}
