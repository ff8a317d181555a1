package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** This machine's own encoders, if it has them: the same outside as the bundled ones. */
class SystemCodecTest {
    @BeforeAll
    static void loadLibraries() {
        assertThat(Natives.status().usable()).isTrue();
    }

    /** @param dropped samples before and after, where the packet tells */
    private record Coded(long pts, long duration, String dropped, byte[] bytes) {}

    private static TargetSound target(String codec, int rate, int channels, int quality) {
        return new TargetSound(
                codec,
                Container.of(Codec.named(codec).orElseThrow()),
                quality < 10 ? OptionalInt.empty() : OptionalInt.of(quality * 1000),
                quality < 10 ? OptionalInt.of(quality) : OptionalInt.empty(),
                rate,
                ChannelChoice.AS_SOURCE,
                channels,
                SampleDepth.BITS_16,
                false);
    }

    /** A tone of its own in every channel. */
    private static Frame tones(int format, int rate, int channels, int samples) throws ExtractionException {
        Frame frame = new Frame();
        AVFrame raw = frame.raw();
        raw.format(AV_SAMPLE_FMT_FLTP).sample_rate(rate).nb_samples(samples);
        av_channel_layout_default(raw.ch_layout(), channels);
        Ffmpeg.require(av_frame_get_buffer(raw, 0), "av_frame_get_buffer");
        for (int c = 0; c < channels; c++) {
            float[] tone = new float[samples];
            for (int i = 0; i < samples; i++)
                tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz(c, rate) * i / rate));
            new FloatPointer(raw.extended_data(c)).put(tone);
        }
        if (format == AV_SAMPLE_FMT_FLTP) return frame;
        List<Frame> others = new ArrayList<>();
        try (Frame floats = frame;
                FilterGraph filters =
                        FilterGraph.of(raw, "aformat=sample_fmts=" + Ffmpeg.text(av_get_sample_fmt_name(format)))) {
            filters.setFrameSize(samples);
            filters.push(floats.raw(), other -> others.add(Frame.reference(other)));
            filters.finish(other -> others.add(Frame.reference(other)));
        }
        return others.get(0);
    }

    private static double hertz(int channel, int rate) {
        return channel == 3 ? 60 : rate * (0.02 + 0.01 * channel); // low frequencies are all that some fourth ones have
    }

    private static List<Coded> encode(TargetSound target, Frame sound, boolean own) throws ExtractionException {
        Optional<SystemCodec> system = own ? SystemCodec.of(target.codecName()) : Optional.empty();
        List<Coded> packets = new ArrayList<>();
        try (Encoder pattern = Encoder.open(target, sound.raw(), false, system);
                SampleEncoder encoder = pattern.another(0);
                FilterGraph filters = FilterGraph.of(sound.raw(), pattern.formatFilter())) {
            assertThat(pattern.encodedBy(1, 0).system()).isEqualTo(own);
            filters.setFrameSize(pattern.frameSize());
            Encoder.PacketSink sink = packet -> {
                byte[] bytes = new byte[packet.raw().size()];
                new BytePointer(packet.raw().data()).get(bytes);
                packets.add(new Coded(packet.raw().pts(), packet.raw().duration(), dropped(packet), bytes));
            };
            filters.push(sound.raw(), frame -> encoder.encode(frame, sink));
            filters.finish(frame -> encoder.encode(frame, sink));
            encoder.drain(sink);
        }
        return packets;
    }

    private static String dropped(Packet packet) {
        try (SizeTPointer length = new SizeTPointer(1)) {
            BytePointer data = av_packet_get_side_data(packet.raw(), AV_PKT_DATA_SKIP_SAMPLES, length);
            if (data == null || data.isNull()) return "";
            byte[] told = new byte[(int) length.get()];
            data.get(told);
            return java.util.HexFormat.of().formatHex(told);
        }
    }

    private static void assumeHere(SystemCodec codec) {
        assumeTrue(codec.status().usable(), codec.status().detail());
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000})
    void lames_frames_are_as_many_as_long_and_as_large_as_the_bundled_ones(int rate) throws ExtractionException {
        assumeHere(SystemCodec.LAME);
        int most = rate >= 32_000 ? 320 : rate >= 16_000 ? 160 : 64;
        for (int quality : new int[] {most, rate >= 32_000 ? 128 : 48, rate >= 32_000 ? 64 : 16, 0, 2, 9}) {
            for (int channels = 1; channels <= 2; channels++) {
                TargetSound target = target("mp3", rate, channels, quality);
                for (int samples : new int[] {1, 1151, 1152, 1153, 20_000, 20_047}) {
                    try (Frame sound = tones(AV_SAMPLE_FMT_FLTP, rate, channels, samples)) {
                        List<Coded> own = encode(target, sound, true);
                        List<Coded> bundled = encode(target, sound, false);
                        String which =
                                rate + " Hz, " + quality + ", " + channels + " channels, " + samples + " samples";
                        assertThat(own).as(which).hasSameSizeAs(bundled);
                        for (int i = 0; i < own.size(); i++) {
                            Coded a = own.get(i);
                            Coded b = bundled.get(i);
                            // FFmpeg has a last packet of no samples begin where the sound ends
                            if (b.duration > 0) assertThat(a.pts).as(which).isEqualTo(b.pts);
                            assertThat(a.duration).as(which).isEqualTo(b.duration);
                            assertThat(a.dropped).as(which + ", packet " + i).isEqualTo(b.dropped);
                            if (quality >= 10) assertThat(a.bytes).as(which).hasSameSizeAs(b.bytes);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8000, 1",
        "12000, 2",
        "16000, 1",
        "24000, 2",
        "48000, 1",
        "48000, 2",
        "48000, 3",
        "48000, 4",
        "48000, 5",
        "48000, 6",
        "48000, 7",
        "48000, 8"
    })
    void opus_packets_are_as_many_and_as_long_and_every_channel_is_where_it_was(int rate, int channels)
            throws ExtractionException {
        assumeHere(SystemCodec.OPUS);
        TargetSound target = target("opus", rate, channels, 64 * channels);
        for (int samples : new int[] {1, rate / 50 - 1, rate / 50, rate / 50 + 1, rate}) {
            try (Frame sound = tones(AV_SAMPLE_FMT_FLTP, rate, channels, samples)) {
                List<Coded> own = encode(target, sound, true);
                List<Coded> bundled = encode(target, sound, false);
                assertThat(own.stream().map(SystemCodecTest::place).toList())
                        .isEqualTo(bundled.stream().map(SystemCodecTest::place).toList());
                if (samples < rate) continue;
                assertThat((double) bytes(own)).isCloseTo(bytes(bundled), within(bytes(bundled) * 0.25));
                assertThat(loudestTones(target, sound, own)).isEqualTo(loudestTones(target, sound, bundled));
            }
        }
    }

    @Test
    void the_same_samples_in_any_form_sound_the_same() throws ExtractionException {
        assumeHere(SystemCodec.LAME);
        TargetSound target = target("mp3", 44_100, 2, 320);
        double[] power = new double[3];
        int[] formats = {AV_SAMPLE_FMT_FLTP, AV_SAMPLE_FMT_S16P, AV_SAMPLE_FMT_S32P};
        for (int i = 0; i < 3; i++) {
            try (Frame sound = tones(formats[i], 44_100, 2, 30_000)) {
                List<byte[]> packets =
                        encode(target, sound, true).stream().map(Coded::bytes).toList();
                for (float sample : DecodedPackets.of(target, sound, packets)[1]) power[i] += sample * sample;
            }
        }
        assertThat(power[0]).isCloseTo(30_000 * 0.125, within(30.0));
        assertThat(power[1]).isCloseTo(power[0], within(1.0));
        assertThat(power[2]).isCloseTo(power[0], within(1.0));
    }

    @Test
    void a_library_without_the_functions_is_refused() {
        String other = com.sun.jna.Platform.isLinux() ? "libm.so.6" : com.sun.jna.Platform.isMac() ? "m" : "kernel32";
        assertThatThrownBy(() -> SystemCodec.load(other, SystemLame.Lame.class)).isInstanceOf(LinkageError.class);
        assertThatThrownBy(() -> SystemCodec.load("no-such-library", SystemLame.Lame.class))
                .isInstanceOf(LinkageError.class);
    }

    @ParameterizedTest
    @CsvSource({"3.99.5, false", "3.100, true", "4.0, true", "2.200, false", "unknown, false"})
    void a_version_before_the_oldest_or_none_is_refused(String version, boolean taken) {
        if (taken) SystemCodec.requireVersion(version, 3, 100);
        else
            assertThatThrownBy(() -> SystemCodec.requireVersion(version, 3, 100))
                    .isInstanceOf(LinkageError.class)
                    .hasMessage(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "opus"})
    void an_encoder_that_is_not_like_the_bundled_one_is_not_used(String name) throws ExtractionException {
        SystemCodec codec = SystemCodec.of(name).orElseThrow();
        assumeHere(codec);
        TargetSound target = target(name, 48_000, 2, 128);
        try (Frame sound = tones(AV_SAMPLE_FMT_FLTP, 48_000, 2, 100)) {
            try (Encoder pattern = Encoder.open(target, sound.raw(), false, Optional.of(codec))) {
                pattern.context().initial_padding(pattern.priming() + 1);
                assertThat(pattern.encodedBy(1, 0).system()).isFalse();
                try (SampleEncoder bundled = pattern.another(0)) {
                    assertThat(bundled).isInstanceOf(Encoder.class);
                }
            }
            try (Encoder pattern = Encoder.open(target, sound.raw(), false, Optional.of(codec))) {
                assertThat(pattern.encodedBy(1, 0).system()).isTrue();
            }
        }
    }

    @Test
    void what_is_switched_off_is_not_used() throws ExtractionException {
        System.setProperty(SystemCodec.PROPERTY, "off");
        try (Frame sound = tones(AV_SAMPLE_FMT_FLTP, 48_000, 2, 100);
                Encoder pattern = Encoder.open(target("mp3", 48_000, 2, 128), sound.raw(), false)) {
            assertThat(pattern.encodedBy(1, 0).system()).isFalse();
        } finally {
            System.clearProperty(SystemCodec.PROPERTY);
        }
    }

    private static String place(Coded packet) {
        return packet.pts + "+" + packet.duration + " " + packet.dropped;
    }

    private static long bytes(List<Coded> packets) {
        return packets.stream().mapToLong(packet -> packet.bytes.length).sum();
    }

    /** Of each decoded channel, whose tone it has. */
    private static List<Integer> loudestTones(TargetSound target, Frame like, List<Coded> packets)
            throws ExtractionException {
        int channels = target.channelCount();
        float[][] heard = DecodedPackets.of(
                target, like, packets.stream().map(Coded::bytes).toList());
        List<Integer> loudest = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            int best = -1;
            double most = 0;
            for (int tone = 0; tone < channels; tone++) {
                double sine = 0;
                double cosine = 0;
                for (int i = 10_000; i < 40_000; i++) {
                    double phase = 2 * Math.PI * hertz(tone, 48_000) * i / 48_000;
                    sine += heard[c][i] * Math.sin(phase);
                    cosine += heard[c][i] * Math.cos(phase);
                }
                double power = sine * sine + cosine * cosine;
                if (power > most) best = tone;
                most = Math.max(most, power);
            }
            loudest.add(best);
        }
        return loudest;
    }
}
