package dev.soundlift.sound;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Samples, and the WAV file that holds them, written and read by these lines alone.
 *
 * @param bits of one sample; floating point samples stand in {@code samples} as their 32 bits
 * @param samples interleaved
 */
public record Wav(int rateHz, int channels, int bits, boolean floats, int[] samples) {
    private static final int PCM = 1;
    private static final int IEEE_FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;

    public static Wav of(int rateHz, int bits, int[]... channels) {
        int[] samples = new int[channels[0].length * channels.length];
        for (int i = 0; i < samples.length; i++) samples[i] = channels[i % channels.length][i / channels.length];
        return new Wav(rateHz, channels.length, bits, false, samples);
    }

    /** Samples that nobody can guess, the same ones for the same seed. */
    public static int[] noise(long seed, int frames, int bits) {
        Random random = new Random(seed);
        int[] samples = new int[frames];
        for (int i = 0; i < frames; i++) samples[i] = random.nextInt() >> (32 - bits);
        return samples;
    }

    /** @param peak full scale is 1 */
    public static int[] tone(int rateHz, int frames, double hertz, double peak, int bits) {
        int[] samples = new int[frames];
        double scale = peak * ((1L << (bits - 1)) - 1);
        for (int i = 0; i < frames; i++) {
            samples[i] = (int) Math.round(scale * Math.sin(2 * Math.PI * hertz * i / rateHz));
        }
        return samples;
    }

    public int frames() {
        return samples.length / channels;
    }

    public int[] channel(int number) {
        int[] one = new int[frames()];
        for (int i = 0; i < one.length; i++) one[i] = samples[i * channels + number];
        return one;
    }

    public int at(int channel, int frame) {
        return samples[frame * channels + channel];
    }

    /** The frames from {@code start} on, {@code end} excluded. */
    public Wav cut(int start, int end) {
        return new Wav(rateHz, channels, bits, floats, Arrays.copyOfRange(samples, start * channels, end * channels));
    }

    /** The same samples in the upper bits of 32, as PeerFfmpeg decodes them. */
    public Wav in32Bits() {
        int[] wide = Arrays.stream(samples).map(sample -> sample << (32 - bits)).toArray();
        return new Wav(rateHz, channels, 32, false, wide);
    }

    /** Where another sound first differs from this one, in samples; -1 where they are equal. */
    public int firstDifference(Wav other) {
        return Arrays.mismatch(samples, other.samples);
    }

    /** Full scale is 1. */
    public double value(int channel, int frame) {
        int sample = at(channel, frame);
        return floats ? Float.intBitsToFloat(sample) : sample / (double) (1L << (bits - 1));
    }

    public double levelDb(int channel) {
        double sum = 0;
        for (int i = 0; i < frames(); i++) sum += value(channel, i) * value(channel, i);
        return 10 * Math.log10(sum / frames());
    }

    public double peak(int channel) {
        double peak = 0;
        for (int i = 0; i < frames(); i++) peak = Math.max(peak, Math.abs(value(channel, i)));
        return peak;
    }

    /** The one of these frequencies that is strongest in a channel (Goertzel's algorithm). */
    public int strongest(int channel, int... hertz) {
        int best = hertz[0];
        double most = -1;
        for (int candidate : hertz) {
            double power = power(channel, candidate);
            if (power > most) {
                most = power;
                best = candidate;
            }
        }
        return best;
    }

    private double power(int channel, double hertz) {
        double turn = 2 * Math.cos(2 * Math.PI * hertz / rateHz);
        double last = 0;
        double before = 0;
        for (int i = 0; i < frames(); i++) {
            double now = value(channel, i) + turn * last - before;
            before = last;
            last = now;
        }
        return last * last + before * before - turn * last * before;
    }

    public Path write(Path file) {
        int bytes = bits / 8;
        ByteBuffer data = ByteBuffer.allocate(44 + samples.length * bytes).order(ByteOrder.LITTLE_ENDIAN);
        header(data, rateHz, channels, bits, floats, samples.length * bytes);
        for (int sample : samples) for (int i = 0; i < bytes; i++) data.put((byte) (sample >> (8 * i)));
        try {
            return Files.write(file, data.array());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A long mono file of one second's noise over and over. */
    public static Path writeMinutes(Path file, int rateHz, int minutes) {
        return writeSeconds(file, rateHz, 60 * minutes);
    }

    public static Path writeSeconds(Path file, int rateHz, int seconds) {
        ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        header(header, rateHz, 1, 16, false, rateHz * 2 * seconds);
        byte[] second = new byte[rateHz * 2];
        new Random(7).nextBytes(second);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(header.array());
            for (int i = 0; i < seconds; i++) out.write(second);
            return file;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void header(ByteBuffer to, int rateHz, int channels, int bits, boolean floats, int bytes) {
        int frame = channels * bits / 8;
        to.put("RIFF".getBytes()).putInt(36 + bytes).put("WAVEfmt ".getBytes()).putInt(16);
        to.putShort((short) (floats ? IEEE_FLOAT : PCM)).putShort((short) channels);
        to.putInt(rateHz).putInt(rateHz * frame).putShort((short) frame).putShort((short) bits);
        to.put("data".getBytes()).putInt(bytes);
    }

    public static Wav read(Path file) {
        ByteBuffer in;
        try {
            in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        int rate = 0;
        int channels = 0;
        int bits = 0;
        boolean floats = false;
        in.position(12);
        while (in.remaining() >= 8) {
            byte[] name = new byte[4];
            in.get(name);
            int size = in.getInt();
            int next = in.position() + size + (size & 1);
            switch (new String(name)) {
                case "fmt " -> {
                    int kind = in.getShort() & 0xFFFF;
                    channels = in.getShort();
                    rate = in.getInt();
                    in.position(in.position() + 6);
                    bits = in.getShort();
                    if (kind == EXTENSIBLE) kind = in.getShort(in.position() + 8);
                    floats = kind == IEEE_FLOAT;
                }
                case "data" -> {
                    return new Wav(rate, channels, bits, floats, samples(in, size, bits));
                }
                default -> {}
            }
            in.position(next);
        }
        throw new IllegalArgumentException("no samples in " + file);
    }

    private static int[] samples(ByteBuffer in, int size, int bits) {
        int bytes = bits / 8;
        int[] samples = new int[size / bytes];
        for (int i = 0; i < samples.length; i++) {
            int sample = 0;
            for (int part = 0; part < bytes; part++) sample |= (in.get() & 0xFF) << (8 * part);
            samples[i] = sample << (32 - bits) >> (32 - bits);
        }
        return samples;
    }
}
