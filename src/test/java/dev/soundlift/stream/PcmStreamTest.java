package dev.soundlift.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Progress;
import dev.soundlift.engine.SampleStream;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.request.Combination;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.LoudnessTarget;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.SampleDepth;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.sound.TestMedia;
import dev.soundlift.sound.Wav;
import dev.soundlift.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcmStreamTest {
    @TempDir
    Path folder;

    private static Soundlift soundlift() throws ExtractionException {
        return Soundlift.local();
    }

    private static UnaryOperator<ExtractionRequest> sounding(UnaryOperator<Encoding> wish) {
        return request -> request.withEncoding(wish.apply(request.encoding()));
    }

    static Stream<Arguments> requests() {
        UnaryOperator<ExtractionRequest> cut =
                request -> request.withRange(RangeWish.parse("0:00.5-0:01.7").orElseThrow());
        UnaryOperator<ExtractionRequest> whole = UnaryOperator.identity();
        return Stream.of(
                Arguments.of("clicks.mkv", whole),
                Arguments.of("clicks.mov", cut),
                Arguments.of("late.mkv", whole),
                Arguments.of("song.mp4", whole),
                Arguments.of("vbr.mp3", cut),
                Arguments.of("tone.wav", whole),
                Arguments.of("tone.wav", cut),
                Arguments.of("pcm24.mov", whole),
                Arguments.of("pcm24.mov", sounding(wish -> wish.withDepth(SampleDepth.BITS_16))),
                Arguments.of("hires.mkv", whole),
                Arguments.of("float.wav", whole),
                Arguments.of("float.wav", sounding(wish -> wish.withDepth(SampleDepth.BITS_24))),
                Arguments.of("surround.mkv", whole),
                Arguments.of(
                        "surround.mkv",
                        sounding(wish ->
                                wish.withChannels(ChannelChoice.parse("stereo").orElseThrow()))),
                Arguments.of("speech.ogg", sounding(wish -> wish.withSampleRateHz(16_000))),
                Arguments.of(
                        "song.mp4",
                        sounding(wish ->
                                wish.withLoudness(LoudnessTarget.parse("-30").orElseThrow()))),
                Arguments.of("interview.mkv", (UnaryOperator<ExtractionRequest>) request -> request.withTracks(
                                TrackChoice.parse("1").orElseThrow(),
                                TrackChoice.parse("2").orElseThrow())
                        .withCombination(Combination.MIX)),
                Arguments.of("truncated.mkv", whole));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void its_samples_are_those_that_a_wav_file_would_hold(String name, UnaryOperator<ExtractionRequest> wishes)
            throws ExtractionException, IOException {
        ExtractionRequest request = wishes.apply(ExtractionRequest.of(TestMedia.media(name)));
        Path wav = folder.resolve("out.wav");
        soundlift()
                .extract(request.withFormat(AudioFormat.WAV).withOutput(wav), Progress.NONE, new Cancellation())
                .get(0)
                .requireDelivered();
        try (PcmStream sound = soundlift().stream(request).inBlocksOf(1000)) {
            ByteArrayOutputStream streamed = new ByteArrayOutputStream();
            long position = 0;
            for (Optional<PcmBlock> next = sound.next(); next.isPresent(); next = sound.next()) {
                assertThat(next.get().position()).isEqualTo(position);
                position += next.get().samples();
                if (next.get().samples() < 1000) assertThat(sound.next()).isEmpty();
                streamed.write(asInWav(next.get()));
            }
            assertThat(streamed.toByteArray()).isEqualTo(data(wav));
        }
    }

    /** WAV files are little-endian, and hold samples of 24 bits in three bytes. */
    private static byte[] asInWav(PcmBlock block) {
        ByteBuffer from = block.bytes();
        ByteBuffer to = ByteBuffer.allocate(from.limit()).order(ByteOrder.LITTLE_ENDIAN);
        while (from.hasRemaining()) {
            switch (block.format().depth()) {
                case BITS_16 -> to.putShort(from.getShort());
                case BITS_24 -> {
                    int value = from.getInt();
                    assertThat(value & 0xff).isZero();
                    to.put((byte) (value >> 8)).put((byte) (value >> 16)).put((byte) (value >> 24));
                }
                case BITS_32, FLOAT_32 -> to.putInt(from.getInt());
            }
        }
        byte[] bytes = new byte[to.flip().remaining()];
        to.get(bytes);
        return bytes;
    }

    private static byte[] data(Path wav) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        int at = 12;
        while (file.getInt(at) != 0x6174_6164) at += 8 + (file.getInt(at + 4) + 1) / 2 * 2;
        byte[] bytes = new byte[file.getInt(at + 4)];
        file.get(at + 8, bytes);
        return bytes;
    }

    private Path ramp(int bits) {
        int[] left = new int[70_000];
        int[] right = new int[70_000];
        for (int i = 0; i < left.length; i++) {
            left[i] = (i - 35_000) * (bits == 16 ? 1 : 200) / 2;
            right[i] = -left[i];
        }
        return Wav.of(48_000, bits, left, right).write(folder.resolve("ramp.wav"));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24})
    void every_look_at_a_block_shows_the_same_sound(int bits) throws ExtractionException {
        try (PcmStream sound =
                soundlift().stream(ExtractionRequest.of(ramp(bits))).inBlocksOf(70_001)) {
            PcmBlock block = sound.next().orElseThrow();
            assertThat(block.samples()).isEqualTo(70_000);
            int[] ints = block.ints();
            float[] floats = block.floats();
            int[][] planes = block.intPlanes();
            float[][] floatPlanes = block.floatPlanes();
            int wrong = 0;
            for (int i = 0; i < 70_000; i++) {
                int left = (i - 35_000) * (bits == 16 ? 1 : 200) / 2 << 32 - bits;
                if (ints[2 * i] != left || ints[2 * i + 1] != -left) wrong++;
                if (planes[0][i] != left || planes[1][i] != -left) wrong++;
                float value = (float) (left / (double) (1L << 31));
                if (floats[2 * i] != value || floats[2 * i + 1] != -value) wrong++;
                if (floatPlanes[0][i] != value || floatPlanes[1][i] != -value) wrong++;
            }
            assertThat(wrong).isZero();
            if (bits == 16) {
                assertThat(block.shorts()[2 * 69_999]).isEqualTo((short) 17499);
                assertThat(block.shortPlanes()[1][69_999]).isEqualTo((short) -17499);
            } else {
                assertThatThrownBy(block::shorts).isInstanceOf(IllegalStateException.class);
            }
            assertThat(block.bytes().isReadOnly()).isTrue();
        }
    }

    @Test
    void decodes_no_more_than_is_asked_for() throws ExtractionException {
        Path much = Wav.writeMinutes(folder.resolve("long.wav"), 8000, 5);
        Cancellation cancellation = new Cancellation();
        try (PcmStream sound = soundlift().stream(ExtractionRequest.of(much), cancellation)) {
            assertThat(sound.next().orElseThrow().samples()).isEqualTo(4096);
            cancellation.request();
            assertThatThrownBy(sound::next)
                    .isInstanceOfSatisfying(
                            ExtractionException.class,
                            failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.INTERRUPTED));
        }
    }

    @Test
    void closing_a_stream_ends_the_read_of_another_thread_and_leaves_the_callers_cancellation_alone() throws Exception {
        Path much = Wav.writeMinutes(folder.resolve("long.wav"), 8000, 20);
        Cancellation callers = new Cancellation();
        PcmStream sound =
                soundlift().stream(ExtractionRequest.of(much), callers).inBlocksOf(8000 * 60 * 20);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Object> reader = CompletableFuture.supplyAsync(() -> {
            begun.countDown();
            try {
                return sound.next();
            } catch (ExtractionException failed) {
                return failed.kind();
            }
        });
        begun.await();
        sound.close();
        // Whether the close came before the read or into it
        assertThat(reader.get()).isEqualTo(ErrorKind.INTERRUPTED);
        sound.close();
        assertThatThrownBy(sound::next).isInstanceOf(ExtractionException.class);
        assertThat(callers.isRequested()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated.mkv", "truncated.mp4"})
    void what_is_missing_is_told_at_the_end(String name) throws ExtractionException {
        try (PcmStream sound = soundlift().stream(ExtractionRequest.of(TestMedia.media(name)))) {
            long samples = 0;
            for (Optional<PcmBlock> next = sound.next(); next.isPresent(); next = sound.next()) {
                samples += next.get().samples();
            }
            double seconds = samples / (double) sound.format().sampleRateHz();
            assertThat(sound.promised().orElseThrow().toMillis() / 1e3)
                    .as("of " + seconds + " s")
                    .isGreaterThan(seconds + 1);
        }
    }

    @Test
    void faults_are_told() throws ExtractionException {
        PcmStream sound = soundlift().stream(ExtractionRequest.of(TestMedia.media("truncated.mp4")));
        while (sound.next().isPresent()) {
            // All that is left of it
        }
        assertThat(sound.damage().any()).isTrue();
        sound.close();
        assertThat(sound.damage().any()).isTrue();
        assertThat(sound.track().number()).isEqualTo(1);
    }

    @Test
    void what_was_read_before_an_error_is_given_out_first() throws ExtractionException {
        ExtractionException broken =
                new ExtractionException(ErrorKind.NETWORK, Text.of("error.interrupted"), Text.of("next.interrupted"));
        AudioTrack track = soundlift()
                .probe(new MediaSource.LocalFile(TestMedia.media("tone.wav")))
                .tracks()
                .get(0);
        SampleStream three = new SampleStream() {
            private int given;

            @Override
            public int sampleRateHz() {
                return 8000;
            }

            @Override
            public int channels() {
                return 1;
            }

            @Override
            public SampleDepth depth() {
                return SampleDepth.BITS_16;
            }

            @Override
            public int read(ByteBuffer into) throws ExtractionException {
                if (given == 3) throw broken;
                into.putShort((short) ++given);
                return 1;
            }

            @Override
            public Damage damage() {
                return Damage.NONE;
            }

            @Override
            public void close() {}
        };
        try (PcmStream sound = new PcmStream(three, track, Optional.empty(), new Cancellation(), () -> {})) {
            assertThat(sound.inBlocksOf(10).next().orElseThrow().shorts()).containsExactly(1, 2, 3);
            for (int i = 0; i < 2; i++) assertThatThrownBy(sound::next).isSameAs(broken);
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        (UnaryOperator<ExtractionRequest>) request -> request.withFormat(AudioFormat.MP3),
                        ErrorKind.USAGE),
                Arguments.of(sounding(wish -> wish.withCopyOnly(true)), ErrorKind.USAGE),
                Arguments.of(
                        (UnaryOperator<ExtractionRequest>) request ->
                                request.withTracks(TrackChoice.parse("all").orElseThrow()),
                        ErrorKind.USAGE),
                Arguments.of(
                        (UnaryOperator<ExtractionRequest>) request ->
                                request.withTracks(TrackChoice.parse("9").orElseThrow()),
                        ErrorKind.NO_SUCH_TRACK),
                Arguments.of(
                        (UnaryOperator<ExtractionRequest>) request ->
                                request.withRange(RangeWish.parse("1:00:00-").orElseThrow()),
                        ErrorKind.RANGE_OUTSIDE),
                Arguments.of(
                        (UnaryOperator<ExtractionRequest>)
                                request -> request.withEngine(new EngineChoice(EngineChoice.Kind.EXECUTABLE, false)),
                        ErrorKind.NO_ENGINE));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_cannot_be_streamed_says_why(UnaryOperator<ExtractionRequest> wishes, ErrorKind kind) {
        ExtractionRequest request = wishes.apply(ExtractionRequest.of(TestMedia.media("interview.mkv")));
        assertThatThrownBy(() -> soundlift().stream(request).close())
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(kind));
    }
}
