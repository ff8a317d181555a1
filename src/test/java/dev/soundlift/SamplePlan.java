package dev.soundlift;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Codec;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.plan.Capabilities;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Planner;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plans as the planner makes them where every encoder is at hand. */
public final class SamplePlan {
    public static final Capabilities ALL_ENCODERS = new Capabilities(
                    "in-process",
                    Stream.of(Codec.values()).map(Codec::ffmpegName).collect(Collectors.toSet()))
            .joining()
            .levelling()
            .framing();

    private SamplePlan() {}

    public static Plan of(AudioFormat format, AudioTrack track) {
        return of(ExtractionRequest.of(Path.of("talk.mkv")).withFormat(format), SampleMedia.with(track));
    }

    public static Plan of(ExtractionRequest request, MediaInfo media) {
        return all(request, media).get(0);
    }

    public static List<Plan> all(ExtractionRequest request, MediaInfo media) {
        try {
            return Planner.plan(request, media, ALL_ENCODERS);
        } catch (ExtractionException refused) {
            throw new AssertionError(refused);
        }
    }
}
