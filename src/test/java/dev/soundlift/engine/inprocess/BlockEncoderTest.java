package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.plan.TargetSound;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.SampleDepth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One sound on several threads: the same packets as ever, where they should be, and no seam to be heard. Longer than most
 * files because every codec goes through the same bench.
 */
class BlockEncoderTest {
    /** Small, so that a short sound has many seams. */
    private static final int BLOCK = 64;

    private static final int KBIT = 1000;

    @BeforeAll
    static void loadLibraries() {
        assertThat(Natives.status().usable()).isTrue();
    }

    /**
     * A codec at a rate, for some channels; at a bit rate, or where that is small, at a VBR level.
     *
     * @param own whether this machine's library encodes, and not the bundled one
     */
    private record Target(boolean own, String codec, int rate, int channels, int quality) {
        static Target of(String words) {
            String[] parts = words.split(" ");
            boolean own = parts[0].equals("own");
            if (own) parts = Arrays.copyOfRange(parts, 1, 5);
            assumeTrue(!own || SystemCodec.of(parts[0]).orElseThrow().status().usable(), "this machine's library");
            return new Target(
                    own, parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
        }

        Encoder open(AVFrame first, boolean globalHeader) throws ExtractionException {
            return Encoder.open(sound(), first, globalHeader, own ? SystemCodec.of(codec) : Optional.empty());
        }

        TargetSound sound() {
            boolean variable = quality < 10;
            return new TargetSound(
                    codec,
                    Container.of(Codec.named(codec).orElseThrow()),
                    variable || codec.equals("flac") || codec.equals("alac")
                            ? OptionalInt.empty()
                            : OptionalInt.of(quality * KBIT),
                    variable ? OptionalInt.of(quality) : OptionalInt.empty(),
                    rate,
                    ChannelChoice.AS_SOURCE,
                    channels,
                    codec.equals("flac")
                            ? SampleDepth.named(Integer.toString(quality)).orElseThrow()
                            : SampleDepth.BITS_16,
                    false);
        }
    }

    /** @param told what the packet says of the whole, at a FLAC file's end */
    private record Coded(long pts, byte[] bytes, byte[] told) {}

    /** What came of it, of how many blocks, and how many seams were refused. */
    private record Result(List<Coded> packets, int blocks, int refused) {
        long bytes() {
            return packets.stream().mapToLong(packet -> packet.bytes.length).sum();
        }

        String fingerprint() {
            StringBuilder all = new StringBuilder();
            for (Coded packet : packets)
                all.append(packet.pts)
                        .append(':')
                        .append(Arrays.hashCode(packet.bytes))
                        .append(' ');
            return all.toString();
        }
    }

    @FunctionalInterface
    private interface Way {
        SampleEncoder with(Encoder pattern) throws ExtractionException;
    }

    private static final Way ALONE = pattern -> pattern.another(0);

    private static Way blocks(int threads) {
        return pattern -> new BlockEncoder(pattern, Seam.of(pattern).orElseThrow(), new Workers(threads), BLOCK);
    }

    /** Chords that begin and fade, under strokes of noise: what a psychoacoustic model has to work for. */
    private static float[][] music(int rate, int channels, int samples) {
        Random random = new Random(7);
        float[][] sound = new float[channels][samples];
        double[] pitches = {110, 164.8, 220, 277.2, 329.6, 440, 659.3};
        for (int start = 0; start < samples; start += rate / 4) {
            double pitch = pitches[random.nextInt(pitches.length)];
            boolean stroke = random.nextInt(3) == 0;
            for (int i = start; i < Math.min(samples, start + rate); i++) {
                double t = (i - start) / (double) rate;
                double tone = 0;
                for (int n = 1; n <= 6 && pitch * n < rate / 2.0; n++)
                    tone += Math.sin(2 * Math.PI * pitch * n * t) / n;
                double noise = stroke ? random.nextGaussian() * Math.exp(-30 * t) : 0;
                for (int c = 0; c < channels; c++) {
                    double side = 0.7 + 0.3 * Math.sin(c + start);
                    sound[c][i] += (float) (0.12 * side * tone * Math.exp(-3 * t) + 0.15 * noise);
                }
            }
        }
        for (float[] channel : sound)
            for (int i = 0; i < samples; i++) channel[i] = Math.max(-1, Math.min(1, channel[i]));
        return sound;
    }

    private static float[][] fullScaleNoise(int channels, int samples) {
        Random random = new Random(11);
        float[][] sound = new float[channels][samples];
        for (float[] channel : sound) for (int i = 0; i < samples; i++) channel[i] = random.nextBoolean() ? 1 : -1;
        return sound;
    }

    private static Frame frame(Target target, float[][] sound, int from, int count) throws ExtractionException {
        Frame frame = new Frame();
        AVFrame raw = frame.raw();
        raw.format(AV_SAMPLE_FMT_FLTP).sample_rate(target.rate).nb_samples(count);
        av_channel_layout_default(raw.ch_layout(), target.channels);
        Ffmpeg.require(av_frame_get_buffer(raw, 0), "av_frame_get_buffer");
        for (int c = 0; c < target.channels; c++) {
            new FloatPointer(raw.extended_data(c)).put(sound[c], from, count);
        }
        return frame;
    }

    private static Result encode(Target target, float[][] sound, Way way) throws ExtractionException {
        List<Coded> packets = new ArrayList<>();
        Encoder.PacketSink sink = packet -> {
            byte[] bytes = new byte[packet.raw().size()];
            if (bytes.length > 0) new BytePointer(packet.raw().data()).get(bytes);
            packets.add(new Coded(packet.raw().pts(), bytes, told(packet)));
        };
        try (Frame first = frame(target, sound, 0, Math.min(1, sound[0].length));
                Encoder pattern = target.open(first.raw(), false);
                FilterGraph filters = FilterGraph.of(first.raw(), pattern.formatFilter())) {
            filters.setFrameSize(pattern.frameSize());
            SampleEncoder encoder = way.with(pattern);
            int length = sound[0].length;
            for (int at = 0; at < length; at += 4096) {
                try (Frame part = frame(target, sound, at, Math.min(4096, length - at))) {
                    filters.push(part.raw(), ready -> encoder.encode(ready, sink));
                }
            }
            filters.finish(ready -> encoder.encode(ready, sink));
            encoder.drain(sink);
            assertThat(encoder.samplesIn()).isEqualTo(length);
            int blocks = encoder instanceof BlockEncoder several
                    ? several.encodedBy().blocks()
                    : 1;
            int refused = encoder instanceof BlockEncoder several
                    ? several.encodedBy().refused()
                    : 0;
            encoder.close();
            return new Result(packets, blocks, refused);
        }
    }

    private static byte[] told(Packet packet) {
        try (SizeTPointer length = new SizeTPointer(1)) {
            BytePointer data = av_packet_get_side_data(packet.raw(), AV_PKT_DATA_NEW_EXTRADATA, length);
            if (data == null) return new byte[0];
            byte[] told = new byte[(int) length.get()];
            data.get(told);
            return told;
        }
    }

    private static int frameSize(Target target) throws ExtractionException {
        try (Frame first = frame(target, new float[target.channels][1], 0, 1);
                Encoder encoder = target.open(first.raw(), false)) {
            return encoder.frameSize();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mp3 44100 2 192",
                "mp3 44100 2 2",
                "mp3 48000 2 320",
                "mp3 32000 1 64",
                "mp3 8000 1 16",
                "aac 48000 6 384",
                "opus 48000 2 128",
                "opus 48000 1 24",
                "alac 44100 2 10",
                "own mp3 44100 2 192",
                "own mp3 44100 2 2",
                "own mp3 48000 2 320",
                "own mp3 32000 1 64",
                "own mp3 8000 1 16",
                "own opus 48000 2 128",
                "own opus 48000 1 24"
            })
    void as_many_packets_of_the_same_total_size_as_one_encoder_makes_and_the_same_on_any_number_of_threads(String words)
            throws ExtractionException {
        Target target = Target.of(words);
        float[][] sound = music(target.rate, target.channels, frameSize(target) * (BLOCK * 2 + 30) + 5);
        Result alone = encode(target, sound, ALONE);
        Result joined = encode(target, sound, blocks(1));
        assertThat(joined.packets.stream().map(Coded::pts).toList())
                .isEqualTo(alone.packets.stream().map(Coded::pts).toList());
        assertThat(joined.refused).as("seams refused").isZero();
        assertThat((double) joined.bytes()).isCloseTo(alone.bytes(), within(alone.bytes() * 0.025));
        assertThat(encode(target, sound, blocks(8)).fingerprint()).isEqualTo(joined.fingerprint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mp3 44100 2 192",
                "mp3 44100 2 0",
                "mp3 22050 1 32",
                "mp3 44100 2 64",
                "own mp3 44100 2 192",
                "own mp3 44100 2 0",
                "own mp3 22050 1 32",
                "own mp3 44100 2 64"
            })
    void every_joined_mp3_frame_decodes_and_no_seam_is_louder_than_the_rest(String words) throws ExtractionException {
        Target target = Target.of(words);
        int size = frameSize(target);
        float[][] sound = music(target.rate, target.channels, size * (BLOCK * 3 + 30));
        double[] alone = noise(target, sound, encode(target, sound, ALONE));
        double[] joined = noise(target, sound, encode(target, sound, blocks(2)));
        assertThat(joined).hasSameSizeAs(alone);
        double loudest = Arrays.stream(alone).max().orElseThrow();
        for (int frame = 2; frame < joined.length; frame++) {
            boolean atSeam = frame >= BLOCK && (frame + 4) % BLOCK < 30;
            if (!atSeam) continue;
            assertThat(joined[frame]).as("frame %d", frame).isLessThan(loudest * 2);
        }
        assertThat(Arrays.stream(joined).sum()).isLessThan(Arrays.stream(alone).sum() * 1.2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aac 44100 2 128", "opus 48000 2 96", "own opus 48000 2 96"})
    void a_joined_sound_is_as_near_to_the_source_as_one_encoders(String words) throws ExtractionException {
        Target target = Target.of(words);
        int size = frameSize(target);
        float[][] sound = music(target.rate, target.channels, size * (BLOCK * 3 + 30));
        double[] alone = noise(target, sound, encode(target, sound, ALONE));
        double[] joined = noise(target, sound, encode(target, sound, blocks(2)));
        assertThat(Arrays.stream(joined).sum()).isLessThan(Arrays.stream(alone).sum() * 1.35);
        assertThat(Arrays.stream(joined).max().orElseThrow())
                .isLessThan(Arrays.stream(alone).max().orElseThrow() * 2);
    }

    /** The first blocks are short; what follows them is joined at the right places too. */
    @ParameterizedTest
    @ValueSource(strings = {"mp3 8000 1 24", "opus 48000 1 24", "aac 44100 2 128", "aac 48000 6 384"})
    void a_long_sound_has_fewer_and_longer_blocks_after_the_first(String words) throws ExtractionException {
        Target target = Target.of(words);
        float[][] sound = music(target.rate, target.channels, frameSize(target) * BLOCK * 15);
        Result alone = encode(target, sound, ALONE);
        Result joined = encode(target, sound, blocks(2));
        assertThat(joined.blocks).isEqualTo(8 + 3 + 1);
        assertThat(joined.packets.stream().map(Coded::pts).toList())
                .isEqualTo(alone.packets.stream().map(Coded::pts).toList());
        assertThat((double) joined.bytes()).isCloseTo(alone.bytes(), within(alone.bytes() * 0.025));
        assertThat(encode(target, sound, blocks(8)).fingerprint()).isEqualTo(joined.fingerprint());
    }

    /** Power of the difference between the source and what is decoded, frame by frame. */
    private static double[] noise(Target target, float[][] sound, Result result) throws ExtractionException {
        float[][] heard = decode(target, result);
        int delay = delay(sound[0], heard[0]);
        int size = frameSize(target);
        double[] powers = new double[sound[0].length / size - 4];
        for (int i = 0; i < powers.length * size; i++) {
            for (int c = 0; c < target.channels; c++) {
                double difference = heard[c][i + delay] - sound[c][i];
                powers[i / size] += difference * difference / size;
            }
        }
        return powers;
    }

    /** By how many samples what is decoded lies behind. */
    private static int delay(float[] source, float[] heard) {
        int best = 0;
        double most = 0;
        for (int delay = 0; delay < 2500; delay++) {
            double sum = 0;
            for (int i = 20_000; i < 32_000; i++) sum += source[i] * heard[i + delay];
            if (sum > most) {
                most = sum;
                best = delay;
            }
        }
        return best;
    }

    private static float[][] decode(Target target, Result result) throws ExtractionException {
        try (Frame first = frame(target, new float[target.channels][1], 0, 1)) {
            return DecodedPackets.of(
                    target.sound(),
                    first,
                    result.packets.stream().map(Coded::bytes).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mp3 44100 1 96",
                "aac 48000 1 80",
                "opus 48000 1 48",
                "own mp3 44100 1 96",
                "own opus 48000 1 48"
            })
    void lengths_around_a_blocks_end_lose_and_gain_nothing(String words) throws ExtractionException {
        Target target = Target.of(words);
        int size = frameSize(target);
        for (int frames : new int[] {1, BLOCK, BLOCK + 20}) {
            for (int more : new int[] {-1, 0, 1}) {
                float[][] sound = music(target.rate, target.channels, size * frames + more);
                assertThat(encode(target, sound, blocks(2)).packets.stream()
                                .map(Coded::pts)
                                .toList())
                        .as("%d frames %+d", frames, more)
                        .isEqualTo(encode(target, sound, ALONE).packets.stream()
                                .map(Coded::pts)
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flac 44100 2 16", "flac 96000 6 24", "flac 8000 1 16", "flac 48000 2 32"})
    void flac_is_byte_for_byte_what_one_encoder_makes(String words) throws ExtractionException {
        Target target = Target.of(words);
        float[][] sound = music(target.rate, target.channels, frameSize(target) * (BLOCK * 2 + 20) + 7);
        Result alone = encode(target, sound, ALONE);
        Result joined = encode(target, sound, blocks(2));
        assertThat(joined.refused).isZero();
        assertThat(joined.fingerprint()).isEqualTo(alone.fingerprint());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, c280",
        "2047, dfbf",
        "2048, e0a080",
        "65536, f0908080",
        "2147483647, fdbfbfbfbfbf"
    })
    void frame_numbers_are_coded_as_utf_8_codes_characters(long number, String hex) {
        assertThat(HexFormat.of().formatHex(FlacSeam.coded(number))).isEqualTo(hex);
    }

    /** Of two sounds that have nothing to do with each other, so that their encoders' reservoirs are unlike. */
    @ParameterizedTest
    @ValueSource(strings = {"mp3 44100 2 128", "own mp3 44100 2 128"})
    void an_mp3_frame_that_needs_more_room_than_the_earlier_encoder_left_is_not_joined(String words)
            throws ExtractionException {
        Target target = Target.of(words);
        float[][] silence = new float[2][1152 * BLOCK];
        float[][] noise = fullScaleNoise(2, 1152 * BLOCK);
        try (Frame first = frame(target, silence, 0, 1);
                Encoder pattern = target.open(first.raw(), false);
                Seam seam = Seam.of(pattern).orElseThrow();
                Block full = block(target, pattern, noise);
                Block empty = block(target, pattern, silence)) {
            assertThat(Mp3Frame.of(full.packet(30)).dataBefore()).isGreaterThan(400);
            assertThat(Mp3Frame.of(empty.packet(30)).dataBefore()).isLessThan(200);
            assertThat(seam.join(empty, full, 30)).isEmpty();
            assertThat(seam.join(full, empty, 30)).hasValue(30);
        }
    }

    private static Block block(Target target, Encoder pattern, float[][] sound) throws ExtractionException {
        List<Frame> frames = new ArrayList<>();
        try (Frame first = frame(target, sound, 0, 1);
                FilterGraph filters = FilterGraph.of(first.raw(), pattern.formatFilter())) {
            filters.setFrameSize(pattern.frameSize());
            try (Frame all = frame(target, sound, 0, sound[0].length)) {
                filters.push(all.raw(), ready -> frames.add(Frame.reference(ready)));
            }
        }
        return new Block(pattern, pattern.another(0), 0, frames, false).encode(() -> false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3 44100 2 192", "own mp3 44100 2 192"})
    void a_sound_shorter_than_a_block_is_what_one_encoder_makes(String words) throws ExtractionException {
        Target target = Target.of(words);
        float[][] sound = music(target.rate, target.channels, 1152 * BLOCK - 100);
        assertThat(encode(target, sound, blocks(2)).fingerprint())
                .isEqualTo(encode(target, sound, ALONE).fingerprint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mp3 44100 2 128",
                "aac 44100 2 128",
                "opus 48000 2 64",
                "alac 44100 2 10",
                "own mp3 44100 2 128",
                "own opus 48000 2 64"
            })
    void where_blocks_do_not_fit_the_encoder_goes_on_as_if_there_were_none(String words) throws ExtractionException {
        Target target = Target.of(words);
        float[][] sound = music(target.rate, target.channels, frameSize(target) * (BLOCK * 3 + 30));
        Result result =
                encode(target, sound, pattern -> new BlockEncoder(pattern, refusing(pattern), new Workers(2), BLOCK));
        assertThat(result.refused).isEqualTo(3);
        assertThat(result.fingerprint()).isEqualTo(encode(target, sound, ALONE).fingerprint());
    }

    @Test
    void an_error_of_the_libraries_leaves_no_sound_in_memory() throws ExtractionException {
        Target target = Target.of("mp3 44100 2 192");
        int size = frameSize(target);
        float[][] sound = music(target.rate, target.channels, size * BLOCK * 3);
        List<Frame> given = new ArrayList<>();
        try (Frame first = frame(target, sound, 0, 1);
                Encoder pattern = target.open(first.raw(), false)) {
            Seam broken = joining(pattern, (earlier, later, nominal) -> {
                throw new UnsatisfiedLinkError("a library that lacks something");
            });
            try (BlockEncoder encoder = new BlockEncoder(pattern, broken, new Workers(2), BLOCK)) {
                assertThat(catchThrowable(() -> {
                            for (int at = 0; at < sound[0].length; at += size) {
                                given.add(frame(target, sound, at, size));
                                encoder.encode(given.get(given.size() - 1).raw(), packet -> {});
                            }
                            encoder.drain(packet -> {});
                        }))
                        .isInstanceOf(UnsatisfiedLinkError.class);
            }
        }
        assertThat(given)
                .hasSizeGreaterThan(BLOCK)
                .allSatisfy(frame ->
                        assertThat(av_buffer_get_ref_count(frame.raw().buf(0))).isEqualTo(1));
        given.forEach(Frame::close);
    }

    @FunctionalInterface
    private interface Join {
        OptionalLong join(Block earlier, Block later, long nominal);
    }

    private static Seam refusing(Encoder pattern) {
        return joining(pattern, (earlier, later, nominal) -> OptionalLong.empty());
    }

    private static Seam joining(Encoder pattern, Join join) {
        Seam seam = Seam.of(pattern).orElseThrow();
        return new Seam() {
            @Override
            public int warmUp() {
                return seam.warmUp();
            }

            @Override
            public int overhang() {
                return seam.overhang();
            }

            @Override
            public OptionalLong join(Block earlier, Block later, long nominal) {
                return join.join(earlier, later, nominal);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mp3 44100 2 192",
                "mp3 44100 2 320",
                "mp3 44100 1 2",
                "aac 44100 2 128",
                "opus 48000 2 96",
                "own mp3 44100 2 192",
                "own mp3 44100 2 320",
                "own mp3 44100 1 2",
                "own opus 48000 2 96"
            })
    void silence_and_full_scale_noise_are_joined_too(String words) throws ExtractionException {
        Target target = Target.of(words);
        int samples = frameSize(target) * (BLOCK + 40);
        for (float[][] sound : List.of(new float[target.channels][samples], fullScaleNoise(target.channels, samples))) {
            Result alone = encode(target, sound, ALONE);
            Result joined = encode(target, sound, blocks(2));
            assertThat(joined.packets).hasSameSizeAs(alone.packets);
            assertThat(joined.refused).isZero();
        }
    }
}
