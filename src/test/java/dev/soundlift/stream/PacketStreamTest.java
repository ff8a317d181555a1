package dev.soundlift.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.Soundlift;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.TrackChoice;
import dev.soundlift.sound.PeerFfmpeg;
import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketStreamTest {
    private static List<SoundPacket> all(ExtractionRequest request) throws ExtractionException {
        List<SoundPacket> all = new ArrayList<>();
        try (PacketStream packets = Soundlift.local().packets(request)) {
            for (Optional<SoundPacket> next = packets.next(); next.isPresent(); next = packets.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"song.mp4", "clicks.mkv", "vbr.mp3", "speech.ogg", "quiet.webm", "ac3.mkv", "old.wma"})
    void they_are_the_files_own(String name) throws ExtractionException {
        Path file = TestMedia.media(name);
        List<Integer> sizes = all(ExtractionRequest.of(file)).stream()
                .map(packet -> packet.data().remaining())
                .toList();
        assertThat(sizes)
                .isNotEmpty()
                .isEqualTo(PeerFfmpeg.packetPlaces(file).stream()
                        .map(PeerFfmpeg.PacketPlace::bytes)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"song.mp4, 1024", "vbr.mp3, 1152", "quiet.webm, 960"})
    void they_follow_each_other(String name, long samples) throws ExtractionException {
        List<SoundPacket> packets = all(ExtractionRequest.of(TestMedia.media(name)));
        long next = packets.get(0).position();
        for (SoundPacket packet : packets) {
            assertThat(packet.position()).isEqualTo(next);
            assertThat(packet.samples()).isEqualTo(samples);
            next += samples;
        }
    }

    @ParameterizedTest
    @CsvSource({"song.mp4, 48000, 2048", "quiet.webm, 48000, 3840", "tone.wav, 44100, 0"})
    void of_a_range_those_are_given_that_reach_into_it_and_what_a_decoder_needs_before(
            String name, int rateHz, long leadIn) throws ExtractionException {
        ExtractionRequest request = ExtractionRequest.of(TestMedia.media(name));
        List<SoundPacket> whole = all(request);
        List<SoundPacket> some =
                all(request.withRange(RangeWish.parse("0:00.5-0:01").orElseThrow()));
        long start = rateHz / 2;
        List<SoundPacket> expected = whole.stream()
                .filter(packet -> packet.position() < rateHz
                        && packet.position() + packet.samples() - packet.padding() > start - leadIn)
                .toList();
        assertThat(some).extracting(SoundPacket::data).isEqualTo(datas(expected));
        assertThat(some)
                .extracting(SoundPacket::position)
                .isEqualTo(expected.stream()
                        .map(packet -> packet.position() - start)
                        .toList());
        SoundPacket first = some.get(0);
        assertThat(first.data().isReadOnly()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"32k", "128k", "320k"})
    void a_decoder_that_gets_the_packets_of_a_range_gives_the_sound_of_the_whole(String bitRate, @TempDir Path folder)
            throws ExtractionException, IOException {
        Path file = folder.resolve("film.mp3");
        PeerFfmpeg.ffmpeg(
                "-f", "lavfi", "-i", "anoisesrc=d=4:r=44100:seed=3", "-c:a", "libmp3lame", "-b:a", bitRate, "" + file);
        int[] whole = PeerFfmpeg.decoded(file).channel(0);
        List<SoundPacket> packets =
                all(ExtractionRequest.of(file).withRange(RangeWish.parse("2-3").orElseThrow()));
        Path some = folder.resolve("some.mp3");
        try (OutputStream out = Files.newOutputStream(some)) {
            for (SoundPacket packet : packets) {
                byte[] data = new byte[packet.data().remaining()];
                packet.data().get(data);
                out.write(data);
            }
        }
        int[] heard = PeerFfmpeg.decoded(some).channel(0);
        int before = Math.toIntExact(-packets.get(0).position());
        assertThat(Arrays.copyOfRange(heard, before, before + 44_100))
                .isEqualTo(Arrays.copyOfRange(whole, 88_200, 132_300));
    }

    @Test
    void after_the_close_it_still_tells_what_it_was() throws ExtractionException {
        PacketStream packets = Soundlift.local().packets(ExtractionRequest.of(TestMedia.media("song.mp4")));
        packets.close();
        assertThat(packets.sampleRateHz()).isEqualTo(48_000);
        assertThat(packets.channels()).isEqualTo(2);
        assertThat(packets.setUp()).startsWith(0x11, 0x90);
        assertThat(packets.track().number()).isEqualTo(1);
        assertThat(packets.damage().any()).isFalse();
    }

    private static List<ByteBuffer> datas(List<SoundPacket> packets) {
        return packets.stream().map(SoundPacket::data).toList();
    }

    @Test
    void they_tell_what_a_decoder_has_to_know() throws ExtractionException {
        try (PacketStream packets = Soundlift.local().packets(ExtractionRequest.of(TestMedia.media("song.mp4")))) {
            assertThat(packets.codecName()).isEqualTo("aac");
            assertThat(packets.channels()).isEqualTo(2);
            // AAC LC (5 bits: 2), 48 kHz (4 bits: 3), two channels (4 bits: 2)
            assertThat(packets.sampleRateHz()).isEqualTo(48_000);
            assertThat(packets.setUp()).startsWith(0x11, 0x90);
        }
    }

    @Test
    void what_changes_the_sound_is_refused() throws ExtractionException {
        Soundlift soundlift = Soundlift.local();
        ExtractionRequest request = ExtractionRequest.of(TestMedia.media("interview.mkv"));
        assertRefused(
                ErrorKind.USAGE,
                soundlift,
                request.withEncoding(request.encoding().withSampleRateHz(8000)));
        assertRefused(ErrorKind.USAGE, soundlift, request.withFormat(AudioFormat.FLAC));
        assertRefused(
                ErrorKind.USAGE,
                soundlift,
                request.withTracks(TrackChoice.parse("all").orElseThrow()));
        assertRefused(
                ErrorKind.NO_ENGINE,
                soundlift,
                request.withEngine(new EngineChoice(EngineChoice.Kind.EXECUTABLE, false)));
    }

    private static void assertRefused(ErrorKind kind, Soundlift soundlift, ExtractionRequest request) {
        assertThatThrownBy(() -> soundlift.packets(request).close())
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        failed -> assertThat(failed.kind()).isEqualTo(kind));
    }
}
