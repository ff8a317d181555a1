package dev.soundlift.engine;

import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an engine saw of the source while it wrote a file. Facts about the source only: what the file is worth is the
 * verifier's to find out.
 *
 * @param bytesRead of the source
 * @param taken the stretch of the media clock whose sound was handed to the output
 * @param sampleFrames that a transcode handed to the encoder, at the output's rate; 0 for a copy
 * @param packets what a copy took from the source; nothing for a transcode
 * @param sound what an encoder got that keeps every bit; nothing where the engine cannot tell, or nobody will compare it
 * @param heardSound whether any sample of the source was louder than silence; always true for a copy, which does not look
 * @param repairs of gaps, overlaps and a late start, one sentence each
 * @param warnings what the user should know before hearing it
 * @param damage what of the source could not be read
 * @param encodedBy nothing for a copy, and where the engine cannot tell
 */
public record Produced(
        long bytesRead,
        Taken taken,
        long sampleFrames,
        Optional<PacketDigest> packets,
        Optional<EncodedSound> sound,
        boolean heardSound,
        List<Text> repairs,
        List<Text> warnings,
        Damage damage,
        Optional<EncodedBy> encodedBy) {
    public Produced {
        repairs = List.copyOf(repairs);
        warnings = List.copyOf(warnings);
    }

    /** Without anything to warn of, and nothing to say of an encoder. */
    public Produced(
            long bytesRead,
            Taken taken,
            long sampleFrames,
            Optional<PacketDigest> packets,
            boolean heardSound,
            List<Text> repairs,
            Damage damage) {
        this(
                bytesRead,
                taken,
                sampleFrames,
                packets,
                Optional.empty(),
                heardSound,
                repairs,
                List.of(),
                damage,
                Optional.empty());
    }

    public Produced withBytesRead(long bytes) {
        return new Produced(
                bytes, taken, sampleFrames, packets, sound, heardSound, repairs, warnings, damage, encodedBy);
    }

    /** A stretch of the media clock, from the first sample's start to the last one's end. */
    public record Taken(Duration start, Duration end) {
        public Duration length() {
            return end.minus(start);
        }
    }
}
