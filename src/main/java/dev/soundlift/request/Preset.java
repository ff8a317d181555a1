package dev.soundlift.request;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Wishes that go together under one name; what is asked for besides comes first. */
public enum Preset {
    /** What transcription programs take. */
    SPEECH(new Encoding(
            Optional.of(AudioFormat.WAV),
            false,
            Quality.LIKE_THE_SOURCE,
            OptionalInt.of(16_000),
            new ChannelChoice.Count(1),
            Optional.of(SampleDepth.BITS_16),
            Optional.empty(),
            Optional.empty())),
    /** Speech for listeners, as loud as other podcasts. */
    PODCAST(Encoding.DEFAULT
            .withFormat(AudioFormat.MP3)
            .withQuality(new Quality.BitRate(128_000))
            .withLoudness(LoudnessTarget.PODCAST)),
    /** MP3 that cannot be told from the source. */
    MUSIC(Encoding.DEFAULT.withFormat(AudioFormat.MP3).withQuality(new Quality.Variable(0))),
    /** Nothing is lost. */
    ARCHIVE(Encoding.DEFAULT.withFormat(AudioFormat.FLAC));

    @SuppressWarnings("ImmutableEnumChecker") // the checker does not know that the record has only values
    private final Encoding wishes;

    Preset(Encoding wishes) {
        this.wishes = wishes;
    }

    /** What it asks for where the user says nothing else. */
    public Encoding wishes() {
        return wishes;
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By the word of the command line; nothing where there is none of that name. */
    public static Optional<Preset> named(String label) {
        for (Preset preset : values()) {
            if (preset.label().equalsIgnoreCase(label)) return Optional.of(preset);
        }
        return Optional.empty();
    }
}
