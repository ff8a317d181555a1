package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.soundlift.engine.EncodedBy;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Codec;
import dev.soundlift.media.Container;
import dev.soundlift.plan.TargetSound;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.sound.PeerFfmpeg;
import dev.soundlift.sound.Wav;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real, dynamic music in blocks as long as the program's, against one encoder's work: generated sounds have missed the
 * worst faults of others who did this.
 */
class RealMusicSeamTest {
    private static final List<String> SOURCES = List.of(
            "getid3__living.rm",
            "atl__theora-flac.ogg",
            "music-metadata__matroska-test-w1-test5-short.mkv",
            "rails__video.webm",
            "torchcodec__nasa_13013.mp4");
    /** Frames, of all that are not unusually large. */
    private static final int BLOCK = 512;

    /** On both sides of where a seam is or may be put off to. */
    private static final int NEAR = 24;

    @TempDir
    Path folder;

    /** Songs, speech and films one after the other. */
    private float[][] sound(int rate) {
        Path corpus = Path.of(System.getProperty("soundlift.corpus", ""));
        assumeTrue(Files.isRegularFile(corpus.resolve(SOURCES.get(0))), "no corpus");
        List<String> words = new ArrayList<>();
        for (String source : SOURCES)
            words.addAll(List.of("-t", "45", "-i", corpus.resolve(source).toString()));
        StringBuilder graph = new StringBuilder();
        for (int i = 0; i < SOURCES.size(); i++) {
            graph.append("[%d:a:0]aresample=%d,aformat=channel_layouts=stereo[a%d];".formatted(i, rate, i));
        }
        for (int i = 0; i < SOURCES.size(); i++) graph.append("[a%d]".formatted(i));
        graph.append("concat=n=%d:v=0:a=1".formatted(SOURCES.size()));
        Path together = folder.resolve("together.wav");
        words.addAll(List.of("-filter_complex", graph.toString(), together.toString()));
        PeerFfmpeg.ffmpeg(words.toArray(String[]::new));
        Wav decoded = Wav.read(together);
        float[][] sound = new float[decoded.channels()][decoded.frames()];
        for (int c = 0; c < sound.length; c++) {
            for (int i = 0; i < sound[c].length; i++) sound[c][i] = (float) decoded.value(c, i);
        }
        return sound;
    }

    private record Coded(long pts, byte[] bytes) {}

    private static Frame frame(int rate, float[][] sound, int from, int count) throws ExtractionException {
        Frame frame = new Frame();
        AVFrame raw = frame.raw();
        raw.format(AV_SAMPLE_FMT_FLTP).sample_rate(rate).nb_samples(count);
        av_channel_layout_default(raw.ch_layout(), sound.length);
        Ffmpeg.require(av_frame_get_buffer(raw, 0), "av_frame_get_buffer");
        for (int c = 0; c < sound.length; c++) new FloatPointer(raw.extended_data(c)).put(sound[c], from, count);
        return frame;
    }

    /** What an encoder alone or several make of it; the latter tell how often they were not joined. */
    private static List<Coded> encode(TargetSound target, float[][] sound, boolean blocks) throws ExtractionException {
        List<Coded> packets = new ArrayList<>();
        Encoder.PacketSink sink = packet -> {
            byte[] bytes = new byte[packet.raw().size()];
            new BytePointer(packet.raw().data()).get(bytes);
            packets.add(new Coded(packet.raw().pts(), bytes));
        };
        try (Frame first = frame(target.sampleRateHz(), sound, 0, 1);
                Encoder pattern = Encoder.open(target, first.raw(), false);
                SampleEncoder encoder = blocks
                        ? new BlockEncoder(pattern, Seam.of(pattern).orElseThrow(), new Workers(2))
                        : pattern.another(0);
                FilterGraph filters = FilterGraph.of(first.raw(), pattern.formatFilter())) {
            filters.setFrameSize(pattern.frameSize());
            for (int at = 0; at < sound[0].length; at += 4096) {
                try (Frame part = frame(target.sampleRateHz(), sound, at, Math.min(4096, sound[0].length - at))) {
                    filters.push(part.raw(), ready -> encoder.encode(ready, sink));
                }
            }
            filters.finish(ready -> encoder.encode(ready, sink));
            encoder.drain(sink);
            if (encoder instanceof BlockEncoder several) {
                EncodedBy by = several.encodedBy();
                assertThat(by.blocks()).isGreaterThan(3);
                // At a variable rate an earlier encoder may leave no room at all
                assertThat(by.refused()).as("seams refused").isLessThanOrEqualTo(by.blocks() / 3);
            }
        }
        return packets;
    }

    /** Power of the difference from the source, in stretches of a frame's length. */
    private static double[] noise(TargetSound target, float[][] sound, List<Coded> packets, int frameSize)
            throws ExtractionException {
        float[][] heard;
        try (Frame first = frame(target.sampleRateHz(), sound, 0, 1)) {
            heard = DecodedPackets.of(
                    target, first, packets.stream().map(Coded::bytes).toList());
        }
        int delay = delay(sound[0], heard[0]);
        double[] powers = new double[sound[0].length / frameSize - 4];
        for (int c = 0; c < sound.length; c++) {
            for (int i = 0; i < powers.length * frameSize; i++) {
                double difference = heard[c][i + delay] - sound[c][i];
                powers[i / frameSize] += difference * difference / frameSize;
            }
        }
        return powers;
    }

    private static int delay(float[] source, float[] heard) {
        int best = 0;
        double most = 0;
        for (int delay = 0; delay < 2500; delay++) {
            double sum = 0;
            for (int i = 200_000; i < 210_000; i++) sum += source[i] * heard[i + delay];
            if (sum > most) best = delay;
            most = Math.max(most, sum);
        }
        return best;
    }

    /** @param more by how many decibels the noise near all seams may be more than one encoder's; at one of them, twice that */
    @ParameterizedTest
    @CsvSource({
        "mp3, 192, 0.003, 0.2",
        "mp3, 2, 0.003, 0.2",
        "mp3, 320, 0.003, 0.2",
        "mp3, 96, 0.003, 0.2",
        "aac, 128, 0.003, 0.5",
        "opus, 96, 0.006, 0.2"
    })
    void blocks_are_as_many_packets_as_large_and_as_near_to_the_source_at_their_seams_as_elsewhere(
            String codec, int quality, double size, double more) throws ExtractionException {
        int rate = codec.equals("opus") ? 48_000 : 44_100;
        TargetSound target = new TargetSound(
                codec,
                Container.of(Codec.named(codec).orElseThrow()),
                quality < 10 ? OptionalInt.empty() : OptionalInt.of(quality * 1000),
                quality < 10 ? OptionalInt.of(quality) : OptionalInt.empty(),
                rate,
                ChannelChoice.AS_SOURCE,
                2,
                SampleDepth.BITS_16,
                false);
        float[][] sound = sound(rate);
        List<Coded> alone = encode(target, sound, false);
        List<Coded> joined = encode(target, sound, true);

        assertThat(joined.stream().map(Coded::pts).toList())
                .isEqualTo(alone.stream().map(Coded::pts).toList());
        double bytes = alone.stream().mapToLong(packet -> packet.bytes.length).sum();

        assertThat(joined.stream().mapToLong(packet -> packet.bytes.length).sum() / bytes)
                .as("size")
                .isCloseTo(1, within(size));

        int frameSize = (int) (alone.get(5).pts - alone.get(4).pts);
        double[] before = noise(target, sound, alone, frameSize);
        double[] after = noise(target, sound, joined, frameSize);
        double worst = 0;
        double nearBefore = 0;
        double nearAfter = 0;
        for (int seam = BLOCK; seam + NEAR < after.length; seam += BLOCK) {
            double one = Arrays.stream(before, seam - NEAR, seam + NEAR).sum();
            double other = Arrays.stream(after, seam - NEAR, seam + NEAR).sum();
            worst = Math.max(worst, other / one);
            nearBefore += one;
            nearAfter += other;
        }
        assertThat(decibels(Arrays.stream(after).sum() / Arrays.stream(before).sum()))
                .as("noise on the whole")
                .isLessThan(0.2);
        assertThat(decibels(nearAfter / nearBefore)).as("noise near seams").isLessThan(more);
        assertThat(decibels(worst)).as("noise at the worst seam").isLessThan(2 * more);
    }

    private static double decibels(double power) {
        return 10 * Math.log10(power);
    }
}
