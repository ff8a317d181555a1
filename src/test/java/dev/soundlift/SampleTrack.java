package dev.soundlift;

import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.TrackFlag;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Facts about a track as a test needs them; whatever it does not name is usual. */
public final class SampleTrack {
    private int number = 1;
    private final String codec;
    private String profile = "";
    private AudioShape shape;
    private OptionalLong bitsPerSecond;
    private String language = "";
    private String title = "";
    private final Set<TrackFlag> flags = EnumSet.noneOf(TrackFlag.class);
    private Duration start = Duration.ZERO;
    private Optional<Duration> duration = Optional.of(Duration.ofSeconds(60));
    private boolean decodable = true;
    private boolean encrypted;
    private Map<String, String> tags = Map.of();

    private SampleTrack(String codec, AudioShape shape, OptionalLong bitsPerSecond) {
        this.codec = codec;
        this.shape = shape;
        this.bitsPerSecond = bitsPerSecond;
    }

    public static SampleTrack lossy(String codec) {
        return new SampleTrack(codec, new AudioShape(44_100, 2, "stereo", 0, false), OptionalLong.of(128_000));
    }

    public static SampleTrack lossless(String codec, int bits) {
        return new SampleTrack(codec, new AudioShape(44_100, 2, "stereo", bits, false), OptionalLong.of(900_000));
    }

    public static SampleTrack aac() {
        return lossy("aac");
    }

    public SampleTrack number(int wanted) {
        number = wanted;
        return this;
    }

    public SampleTrack shape(int rateHz, int channels) {
        shape = new AudioShape(rateHz, channels, "", shape.bitDepth(), shape.floatingPoint());
        return this;
    }

    public SampleTrack profile(String wanted) {
        profile = wanted;
        return this;
    }

    public SampleTrack floats() {
        shape = new AudioShape(shape.sampleRateHz(), shape.channels(), shape.layout(), 32, true);
        return this;
    }

    public SampleTrack doubles() {
        shape = new AudioShape(shape.sampleRateHz(), shape.channels(), shape.layout(), 64, true);
        return this;
    }

    public SampleTrack bitsPerSecond(long wanted) {
        bitsPerSecond = OptionalLong.of(wanted);
        return this;
    }

    public SampleTrack unknownBitRate() {
        bitsPerSecond = OptionalLong.empty();
        return this;
    }

    public SampleTrack language(String wanted) {
        language = wanted;
        return this;
    }

    public SampleTrack title(String wanted) {
        title = wanted;
        return this;
    }

    public SampleTrack flag(TrackFlag flag) {
        flags.add(flag);
        return this;
    }

    public SampleTrack flags(Set<TrackFlag> wanted) {
        flags.addAll(wanted);
        return this;
    }

    public SampleTrack start(Duration wanted) {
        start = wanted;
        return this;
    }

    public SampleTrack duration(Duration wanted) {
        duration = Optional.of(wanted);
        return this;
    }

    public SampleTrack unknownDuration() {
        duration = Optional.empty();
        return this;
    }

    public SampleTrack undecodable() {
        decodable = false;
        return this;
    }

    public SampleTrack decodable(boolean wanted) {
        decodable = wanted;
        return this;
    }

    public SampleTrack encrypted(boolean wanted) {
        encrypted = wanted;
        return this;
    }

    public SampleTrack tags(Map<String, String> wanted) {
        tags = wanted;
        return this;
    }

    public AudioTrack made() {
        return new AudioTrack(
                number,
                number, // stream 0 is the video
                codec,
                profile,
                shape,
                bitsPerSecond,
                language,
                title,
                flags,
                start,
                duration,
                decodable,
                encrypted,
                tags);
    }
}
