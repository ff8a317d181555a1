package dev.soundlift.plan;

import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.Quality;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.text.Text;
import java.util.List;
import java.util.OptionalInt;

/** Chooses the numbers of the output: what was asked, else as the source, always inside what the codec can take. */
final class TargetChooser {
    /** By level, for stereo at 44.1 kHz, in bits per second (LAME's documentation of -V). */
    private static final List<Integer> LAME_AVERAGES =
            List.of(245_000, 225_000, 190_000, 175_000, 165_000, 130_000, 115_000, 100_000, 85_000, 65_000);

    private TargetChooser() {}

    static TargetSound copy(AudioTrack track, Container container) {
        AudioShape shape = track.shape();
        return new TargetSound(
                track.codecName(),
                container,
                OptionalInt.empty(),
                OptionalInt.empty(),
                shape.sampleRateHz(),
                ChannelChoice.AS_SOURCE,
                shape.channels(),
                SampleDepth.of(shape),
                false);
    }

    /**
     * The target of a transcode.
     *
     * @param notes gets what the codec could not take of the source, which is no fault of the user's
     * @param warnings gets what it could not take of the wishes
     */
    static TargetSound transcode(
            AudioFormat format,
            AudioTrack track,
            Encoding wish,
            Capabilities can,
            List<Text> notes,
            List<Text> warnings) {
        AudioShape shape = track.shape();
        // "same" with a wish that needs decoding keeps the codec where we can encode it, else stays lossless
        Codec wanted = format.codec()
                .orElseGet(() -> track.codec().filter(TargetChooser::encodable).orElse(Codec.FLAC));
        Container container = format.container().orElseGet(() -> Container.of(wanted));
        SampleDepth depth = depth(wanted, wish.depth().orElse(SampleDepth.of(shape)), can, warnings);
        boolean rounded = wanted.lossless() && depth.floatingPoint() && shape.bitDepth() > depth.bits();
        if (rounded && wish.depth().isEmpty()) {
            notes.add(Text.of("reason.doubles", Integer.toString(shape.bitDepth()), depth.label()));
        }
        Codec codec = wanted.linearPcm() ? pcm(depth) : wanted;
        int rate = rate(codec, shape, wish, notes, warnings);
        List<Text> ofChannels = wish.channels().equals(ChannelChoice.AS_SOURCE) ? notes : warnings;
        ChannelChoice channels = channels(codec, shape, wish, ofChannels);
        int count = count(channels, shape);
        // Only LAME counts in these levels; other codecs get the bit rate that LAME's level comes to on average
        OptionalInt vbr = wish.quality() instanceof Quality.Variable variable && codec == Codec.MP3
                ? OptionalInt.of(variable.level())
                : OptionalInt.empty();
        OptionalInt bitRate = codec.lossless() || vbr.isPresent()
                ? OptionalInt.empty()
                : OptionalInt.of(bitRate(codec, track, rate, count, wish.quality(), warnings));
        if (codec.lossless() && !wish.quality().equals(Quality.LIKE_THE_SOURCE)) {
            warnings.add(Text.of("warning.lossless-has-no-bitrate", codec.ffmpegName()));
        }
        if (!codec.lossless() && wish.depth().isPresent()) {
            warnings.add(Text.of("warning.lossy-has-no-depth", codec.ffmpegName()));
        }
        return new TargetSound(
                codec.ffmpegName(),
                container,
                bitRate,
                vbr,
                rate,
                channels,
                count,
                depth,
                cutsBits(codec, depth, track));
    }

    private static boolean encodable(Codec codec) {
        return switch (codec) {
            case MP3, AAC, OPUS, FLAC, ALAC -> true;
            default -> codec.linearPcm();
        };
    }

    private static int rate(Codec codec, AudioShape shape, Encoding wish, List<Text> notes, List<Text> warnings) {
        int wanted = wish.sampleRateHz().orElse(shape.sampleRateHz());
        if (wanted == 0) return 0; // the decoder will tell
        int rate = codec.nearestSampleRate(wanted);
        if (rate != wanted) {
            (wish.sampleRateHz().isPresent() ? warnings : notes)
                    .add(Text.of("warning.rate", codec.ffmpegName(), Integer.toString(wanted), Integer.toString(rate)));
        }
        return rate;
    }

    private static ChannelChoice channels(Codec codec, AudioShape shape, Encoding wish, List<Text> remarks) {
        int wanted = count(wish.channels(), shape);
        if (wanted <= codec.mostChannels()) return wish.channels();
        remarks.add(Text.of(
                "warning.channels",
                codec.ffmpegName(),
                Integer.toString(wanted),
                Integer.toString(codec.mostChannels())));
        return new ChannelChoice.Count(codec.mostChannels());
    }

    private static int count(ChannelChoice choice, AudioShape shape) {
        if (choice instanceof ChannelChoice.Count count) return count.channels();
        return choice instanceof ChannelChoice.Side ? 1 : shape.channels();
    }

    /** What a lossy decoder gives is not exact to begin with; rounding it hides nothing that was there. */
    private static boolean cutsBits(Codec codec, SampleDepth depth, AudioTrack track) {
        boolean exactSource = track.codec().map(Codec::lossless).orElse(false);
        boolean fewer = depth.bits() < SampleDepth.of(track.shape()).bits()
                || (track.shape().floatingPoint() && !depth.floatingPoint());
        return codec.lossless() && exactSource && fewer;
    }

    /** Lossless in, same bits out; lossy sources have no depth of their own and get the usual 16. */
    private static SampleDepth depth(Codec codec, SampleDepth wanted, Capabilities can, List<Text> warnings) {
        boolean tooDeep = switch (codec) {
            case ALAC -> wanted.bits() > 24;
            case FLAC -> wanted.floatingPoint() || (wanted.bits() > 24 && !can.deepFlac());
            default -> false;
        };
        if (!tooDeep) return wanted;
        warnings.add(Text.of("warning.depth", codec.ffmpegName(), wanted.label(), SampleDepth.BITS_24.label()));
        return SampleDepth.BITS_24;
    }

    private static Codec pcm(SampleDepth depth) {
        return switch (depth) {
            case BITS_16 -> Codec.PCM_S16LE;
            case BITS_24 -> Codec.PCM_S24LE;
            case BITS_32 -> Codec.PCM_S32LE;
            case FLOAT_32 -> Codec.PCM_F32LE;
        };
    }

    private static int bitRate(
            Codec codec, AudioTrack track, int rateHz, int channels, Quality quality, List<Text> warnings) {
        if (quality instanceof Quality.BitRate asked) {
            int nearest = nearest(codec, asked.bitsPerSecond(), rateHz, channels);
            if (nearest != asked.bitsPerSecond()) {
                warnings.add(Text.of(
                        "warning.bitrate",
                        codec.ffmpegName(),
                        asked.toString(),
                        new Quality.BitRate(nearest).toString()));
            }
            return nearest;
        }
        if (quality instanceof Quality.Variable variable) {
            return nearest(codec, LAME_AVERAGES.get(variable.level()) * (long) channels / 2, rateHz, channels);
        }
        return nearest(codec, Math.max(likeTheSource(codec, track, rateHz, channels), usual(codec)), rateHz, channels);
    }

    /** What MP3 gets at least where no bit rate is asked for, also at the low sample rates that have lower ones. */
    private static long usual(Codec codec) {
        return codec == Codec.MP3 ? 128_000 : 0;
    }

    /** libopus takes no more than 256 kbit/s a channel, and refuses instead of taking less. */
    private static int nearest(Codec codec, long bitsPerSecond, int rateHz, int channels) {
        long most = codec == Codec.OPUS ? 256_000L * Math.max(1, channels) : Long.MAX_VALUE;
        return codec.nearestBitRate(Math.min(bitsPerSecond, most), rateHz);
    }

    /**
     * Of a channel. Codecs for speech, HE-AAC and pauses get by with less than what it takes to encode their sound again:
     * measured, with the source's 6 to 20 kbit/s Opus loses 0.4 to 1.5 dB of level and with 24 hardly any; AAC below a bit
     * a sample narrows the band and loses 0.2 to 0.5 dB.
     */
    private static long leastForASecondTime(Codec codec, int rateHz) {
        return switch (codec) {
            case OPUS -> 24_000;
            case AAC -> Math.min(rateHz, 48_000);
            default -> 0;
        };
    }

    /** The source's own bit rate for the channels that are kept; a good one for the codec where that says nothing. */
    private static long likeTheSource(Codec codec, AudioTrack track, int rateHz, int channels) {
        boolean lossy = track.codec().map(source -> !source.lossless()).orElse(true);
        int sourceChannels = track.shape().channels();
        if (lossy && track.bitsPerSecond().isPresent() && sourceChannels > 0) {
            long same = track.bitsPerSecond().getAsLong() * channels / sourceChannels;
            return Math.max(same, leastForASecondTime(codec, rateHz) * channels);
        }
        long perChannel = codec == Codec.OPUS ? 64_000 : 96_000;
        return perChannel * Math.max(1, channels);
    }
}
