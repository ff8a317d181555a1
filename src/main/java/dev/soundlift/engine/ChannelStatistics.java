package dev.soundlift.engine;

import dev.soundlift.media.ChannelNote;
import java.util.Arrays;
import java.util.Optional;

/** How loud each channel is, and how alike the first two are: enough to say what is odd about them. Full scale is 1. */
public final class ChannelStatistics {
    /** -70 dB: below that a channel is silent. */
    private static final double SILENT_POWER = 1e-7;
    /** -90 dB: where all channels stay below, there is no sound at all. */
    private static final double NO_POWER = 1e-9;
    /** -50 dB: speech has peaks about 15 dB above. Not the peak itself, as decoders click after a jump into the middle. */
    private static final double QUIET_POWER = 1e-5;
    /** -50 dB: what a lossy codec makes of two equal channels differs by less. */
    private static final double SAME = 1e-5;
    /** As alike as this, upside down, two channels lose 13 dB in mono. */
    private static final double INVERTED = -0.9;
    /** Less alike than this, two channels have nothing in common: even spaced microphones share more. */
    private static final double NOTHING_IN_COMMON = 0.03;
    /** Three seconds: before that, chance decides. */
    private static final double SHORTEST_SECONDS = 3;

    private final double[] powers;
    private double product;
    private double difference;
    private long samples;
    private final int rateHz;

    public ChannelStatistics(int channels, int rateHz) {
        this.powers = new double[channels];
        this.rateHz = rateHz;
    }

    /** One sample of each channel. */
    public void add(double[] sample) {
        samples++;
        for (int channel = 0; channel < powers.length; channel++) powers[channel] += sample[channel] * sample[channel];
        if (powers.length < 2) return;
        product += sample[0] * sample[1];
        double apart = sample[0] - sample[1];
        difference += apart * apart;
    }

    /** Of sound. */
    public double seconds() {
        return samples / (double) rateHz;
    }

    /** The sum of both, as of two parts of one track; nothing where they are not alike. */
    public Optional<ChannelStatistics> and(ChannelStatistics other) {
        if (other.powers.length != powers.length || other.rateHz != rateHz) return Optional.empty();
        ChannelStatistics all = new ChannelStatistics(powers.length, rateHz);
        for (int channel = 0; channel < powers.length; channel++) {
            all.powers[channel] = powers[channel] + other.powers[channel];
        }
        all.product = product + other.product;
        all.difference = difference + other.difference;
        all.samples = samples + other.samples;
        return Optional.of(all);
    }

    /** Nothing where all is as usual. */
    public Optional<ChannelNote> note() {
        if (samples == 0) return Optional.empty();
        int sounding = 0;
        for (int channel = 0; channel < powers.length; channel++) if (sounds(channel)) sounding++;
        double loudest = Arrays.stream(powers).max().orElse(0) / samples;
        if (loudest < NO_POWER) return Optional.of(ChannelNote.SILENT);
        if (loudest < QUIET_POWER) return Optional.of(ChannelNote.QUIET);
        if (powers.length > 2) {
            boolean front = sounding <= 2 && sounds(0) && sounding == (sounds(1) ? 2 : 1);
            return front ? Optional.of(ChannelNote.FRONT_ONLY) : Optional.empty();
        }
        if (powers.length < 2) return Optional.empty();
        if (sounding == 1) return Optional.of(sounds(0) ? ChannelNote.LEFT_ONLY : ChannelNote.RIGHT_ONLY);
        if (difference <= (powers[0] + powers[1]) * SAME) return Optional.of(ChannelNote.IDENTICAL);
        double alike = product / Math.sqrt(powers[0] * powers[1]);
        if (alike < INVERTED) return Optional.of(ChannelNote.INVERTED);
        boolean different = Math.abs(alike) < NOTHING_IN_COMMON && seconds() >= SHORTEST_SECONDS;
        return different ? Optional.of(ChannelNote.DIFFERENT) : Optional.empty();
    }

    private boolean sounds(int channel) {
        return powers[channel] > samples * SILENT_POWER;
    }
}
