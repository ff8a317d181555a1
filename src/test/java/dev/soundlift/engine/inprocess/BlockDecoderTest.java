package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Heard;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaSource;
import dev.soundlift.sound.PeerFfmpeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A track in blocks, each with a fresh decoder, against one decoder. */
class BlockDecoderTest {
    /** Packets: short ones have many seams, and long ones have a last block that is not full. */
    private static final int BLOCK = 40;

    @TempDir
    Path folder;

    private record Decoded(List<Integer> sizes, List<Float> samples, boolean doubts) {
        double power() {
            return samples.stream().mapToDouble(sample -> sample * sample).sum();
        }
    }

    private interface Way {
        PacketDecoder of(AVStream stream) throws ExtractionException;
    }

    private static final Way ALONE = Decoder::open;

    private static Way blocks(int threads) {
        return stream ->
                new BlockDecoder(stream, BlockDecoder.before(stream).orElseThrow(), new Workers(threads), BLOCK);
    }

    private static Decoded decoded(Path file, Way way) throws ExtractionException {
        MediaSource source = new MediaSource.LocalFile(file);
        AudioTrack track = new InProcessProber().probe(source).tracks().get(0);
        List<Integer> sizes = new ArrayList<>();
        List<Float> samples = new ArrayList<>();
        try (Demuxer media = Demuxer.open(Sources.FILES, source);
                PacketDecoder decoder = way.of(media.stream(track));
                Packet packet = new Packet()) {
            Frame.Sink sink = frame -> {
                sizes.add(frame.nb_samples());
                keep(frame, samples);
            };
            media.select(track);
            while (media.readInto(packet, track)) decoder.decode(packet, sink);
            decoder.drain(sink);
            return new Decoded(sizes, samples, decoder.doubts());
        }
    }

    private static void keep(AVFrame frame, List<Float> samples) throws ExtractionException {
        try (FilterGraph floats = FilterGraph.of(frame, "aformat=sample_fmts=flt")) {
            floats.push(frame, made -> {
                int values = made.nb_samples() * made.ch_layout().nb_channels();
                FloatBuffer buffer = made.data(0)
                        .capacity(4L * values)
                        .asByteBuffer()
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
                while (buffer.hasRemaining()) samples.add(buffer.get());
            });
        }
    }

    /** Tones under noise that comes and goes, so that encoders change their ways. */
    private Path file(String name, double seconds, String... options) {
        Path file = folder.resolve(name);
        String sound = "anoisesrc=color=pink:amplitude=0.4:sample_rate=48000:seed=3,tremolo=f=2:d=0.95[a];"
                + "sine=frequency=330:sample_rate=48000,tremolo=f=0.4:d=0.9[b];[a][b]amix=inputs=2,asplit[c][d];"
                + "[d]adelay=7[e];[c][e]join=inputs=2:channel_layout=stereo";
        Stream<String> words = Stream.of("-filter_complex", sound, "-t", Double.toString(seconds));
        PeerFfmpeg.ffmpeg(Stream.concat(Stream.concat(words, Stream.of(options)), Stream.of(file.toString()))
                .toArray(String[]::new));
        return file;
    }

    /** @param apart most of the power of the difference, as a share of the sound's; what AAC fills up with is noise */
    @ParameterizedTest
    @CsvSource({
        "a.flac, 20, 0, -c:a flac",
        "b.flac, 20, 0, -c:a flac -sample_fmt s32 -ar 96000",
        "a.m4a, 20, 0, -c:a alac",
        "a.mp3, 10, 0, -c:a libmp3lame -b:a 192k",
        "b.mp3, 10, 0, -c:a libmp3lame -q:a 9",
        "c.mp3, 20, 0, -c:a libmp3lame -b:a 8k -ar 8000 -ac 1",
        "d.mp3, 10, 0, -c:a libmp3lame -b:a 32k -ar 48000",
        "b.m4a, 10, 0.02, -c:a aac -b:a 128k",
        "c.m4a, 10, 0.02, -c:a aac -b:a 24k -ac 1 -ar 22050",
        "a.opus, 10, 0.001, -c:a libopus -b:a 96k",
        "b.opus, 10, 0.01, -c:a libopus -b:a 12k -ac 1 -application voip",
        "c.opus, 10, 0.01, -c:a libopus -b:a 24k -ac 1",
        "d.opus, 20, 0.01, -c:a libopus -b:a 32k -frame_duration 60",
        "e.opus, 5, 0.01, -c:a libopus -b:a 64k -frame_duration 2.5 -application lowdelay"
    })
    void blocks_are_as_long_and_sound_as_one_decoders(String name, double seconds, double apart, String options)
            throws ExtractionException {
        Path file = file(name, seconds, options.split(" "));
        Decoded alone = decoded(file, ALONE);
        Decoded blocks = decoded(file, blocks(2));
        assertThat(alone.sizes().size()).isGreaterThan(3 * BLOCK);
        assertThat(blocks.doubts()).isFalse();
        assertThat(blocks.samples()).hasSameSizeAs(alone.samples());
        double difference = 0;
        for (int i = 0; i < alone.samples().size(); i++) {
            difference += Math.pow(alone.samples().get(i) - blocks.samples().get(i), 2);
        }
        assertThat(difference / alone.power()).isLessThanOrEqualTo(apart);
        assertThat(decoded(file, blocks(5)).samples()).isEqualTo(blocks.samples());
    }

    @ParameterizedTest
    @CsvSource({"a.flac, 30, -c:a flac", "a.mp3, 30, -c:a libmp3lame", "a.m4a, 30, -c:a aac"})
    void damage_is_doubted_and_heard_by_one_decoder(String name, double seconds, String options)
            throws ExtractionException, IOException {
        Path file = file(name, seconds, options.split(" "));
        Heard whole = heard(file);
        assertThat(whole.damage().any()).isFalse();
        byte[] bytes = Files.readAllBytes(file);
        for (int at = bytes.length / 2; at < bytes.length / 2 + 20_000; at += 100) bytes[at] ^= 0x5a;
        Files.write(file, bytes);
        try (Demuxer media = Demuxer.open(Sources.FILES, new MediaSource.LocalFile(file));
                Listening alone = new Listening(media.context().streams(0), true, false);
                Packet packet = new Packet()) {
            AudioTrack track = new InProcessProber()
                    .probe(new MediaSource.LocalFile(file))
                    .tracks()
                    .get(0);
            media.select(track);
            while (media.readInto(packet, track)) alone.hear(packet);
            Heard wanted = alone.finish(media).orElseThrow();
            assertThat(wanted.damage().any()).isTrue();
            Heard heard = heard(file);
            assertThat(heard.damage().any()).isTrue();
            assertThat(heard.sampleFrames()).isEqualTo(wanted.sampleFrames());
            assertThat(heard.peakDbfs()).isCloseTo(wanted.peakDbfs(), within(1e-9));
        }
    }

    /** Two recordings one after another in one Ogg file: reading meets the second's header while blocks are decoded. */
    @Test
    void a_header_midway_counts_as_it_does_for_one_decoder() throws Exception {
        Path one = file("one.opus", 12, "-c:a", "libopus", "-b:a", "64k");
        byte[] louder = Files.readAllBytes(file("two.opus", 12, "-c:a", "libopus", "-b:a", "64k"));
        Path both = folder.resolve("both.opus");
        Files.write(both, Files.readAllBytes(one));
        Files.write(both, withGain(louder), StandardOpenOption.APPEND);
        Decoded alone = decoded(both, ALONE);
        Decoded blocks = decoded(both, blocks(2));
        assertThat(blocks.doubts() || Math.abs(blocks.power() / alone.power() - 1) < 0.01)
                .isTrue();
    }

    /** 18 dB in the header's output gain (RFC 7845, section 5.1), and the page's checksum anew (RFC 3533, section 6). */
    private static byte[] withGain(byte[] ogg) {
        int head = 28; // behind the first page's header
        ogg[head + 16] = 0;
        ogg[head + 17] = 18;
        ByteBuffer page = ByteBuffer.wrap(ogg).order(ByteOrder.LITTLE_ENDIAN);
        page.putInt(22, 0);
        int sum = 0;
        for (int i = 0; i < head + 19; i++) {
            sum ^= (ogg[i] & 0xff) << 24;
            for (int bit = 0; bit < 8; bit++) sum = sum < 0 ? sum << 1 ^ 0x04c11db7 : sum << 1;
        }
        page.putInt(22, sum);
        return ogg;
    }

    private static Heard heard(Path file) throws ExtractionException {
        MediaSource source = new MediaSource.LocalFile(file);
        InProcessProber prober = new InProcessProber();
        return prober.listen(source, prober.probe(source).tracks().get(0), new Cancellation());
    }

    @Test
    void who_stops_halfway_leaves_nothing_running() throws ExtractionException {
        Path file = file("a.flac", 20, "-c:a", "flac");
        MediaSource source = new MediaSource.LocalFile(file);
        AudioTrack track = new InProcessProber().probe(source).tracks().get(0);
        try (Demuxer media = Demuxer.open(Sources.FILES, source);
                PacketDecoder decoder = blocks(2).of(media.stream(track));
                Packet packet = new Packet()) {
            media.select(track);
            for (int i = 0; i < 2 * BLOCK + 5; i++) {
                assertThat(media.readInto(packet, track)).isTrue();
                decoder.decode(packet, frame -> {});
            }
        }
    }
}
