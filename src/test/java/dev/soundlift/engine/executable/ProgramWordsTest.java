package dev.soundlift.engine.executable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.soundlift.engine.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the programs say, and how it is read. */
class ProgramWordsTest {
    @ParameterizedTest
    @CsvSource({
        "5.1.9-0+deb12u1, false",
        "5.0.3, true",
        "4.4.2-0ubuntu0.22.04.1, true",
        "n7.1, false",
        "8.0.1, false",
        "N-118193-g5f38c82536, false",
        "git-2024-01-01-abc, false",
        "3.4, true"
    })
    void versions_before_5_1_are_too_old(String version, boolean tooOld) {
        assertThat(FfmpegProgram.isTooOld(version)).isEqualTo(tooOld);
    }

    @Test
    void abilities_are_read_from_the_tables() {
        String codecs = """
                Codecs:
                 D..... = Decoding supported
                 -------
                 DEV.L. h264                 H.264 (decoders: h264 ) (encoders: libx264 )
                 DEAIL. aac                  AAC (Advanced Audio Coding) (decoders: aac aac_fixed )
                 DEAILS dts                  DCA (decoders: dca ) (encoders: dca )
                 DEAI.S flac                 FLAC (Free Lossless Audio Codec)
                 ..AIL. ac4                  AC-4
                """;
        String encoders =
                " A..... = Audio\n A....D libmp3lame           MP3 (codec mp3)\n V..... libx264              H.264\n";
        String demuxers =
                " D. = Demuxing supported\n D  matroska,webm  Matroska\n D  hls  Playlist\n  E mp3  MP3\n DE wav  WAV\n";
        Abilities abilities = Abilities.read(codecs, encoders, demuxers);
        assertThat(abilities.decodable()).containsExactlyInAnyOrder("aac", "dts", "flac");
        assertThat(abilities.lossless()).containsExactly("flac");
        assertThat(abilities.encodes("mp3")).isTrue();
        assertThat(abilities.encodes("opus")).isFalse();
        assertThat(abilities.demuxers()).isEqualTo("matroska,webm,wav");
    }

    @Test
    void complaints_are_counted_once_each() {
        Complaints complaints = new Complaints();
        List.of(
                        "[info] Input #0, matroska,webm, from 'file:x':",
                        "[aac @ 0x55d0c0ffee00] [error] channel element 2.4 is not allocated",
                        "[error] Error while decoding stream #0:1: Invalid data found when processing input",
                        "[warning] file:x: corrupt input packet in stream 1",
                        "[mov,mp4,m4a,3gp,3g2,mj2 @ 0x1] [warning] stream 0, timescale not set",
                        "    Stream #0:1 [error] is a title")
                .forEach(complaints::hear);
        assertThat(complaints.damage())
                .isEqualTo(new Damage(1, 1, 1, "aac: channel element 2.4 is not allocated", false));
    }

    @Test
    void a_file_that_breaks_off_is_told_by_its_name() {
        Complaints complaints = new Complaints();
        complaints.hear("[error] file:x.mkv: Input/output error");
        assertThat(complaints.damage().brokenOff()).isTrue();
        assertThat(complaints.noSpace()).isFalse();
        complaints.hear("[error] av_interleaved_write_frame(): No space left on device");
        assertThat(complaints.noSpace()).isTrue();
    }

    @Test
    void packets_add_up() {
        Packets packets = new Packets(end -> end > 0.022);
        List.of(
                        "#tb 0: 1/48000",
                        "0,      -1024,      -1024,     1024,      190, 0x68be5972, F=0x5, S=1,       10",
                        "0,          0,          0,     1024,      338, 0x0d0baec8",
                        "0,       1024,       1024,     1024,      280, 0xff28ae8d",
                        "MD5=f822e1a74b2febbdce7bb76a1f20755f",
                        "[AVIOContext @ 0x1] [verbose] Statistics: 134291 bytes read, 1 seeks")
                .forEach(packets::hear);
        assertThat(packets.digest().packets()).isEqualTo(3);
        assertThat(packets.digest().bytes()).isEqualTo(808);
        assertThat(packets.digest().sum()).isEqualTo("md5 f822e1a74b2febbdce7bb76a1f20755f");
        assertThat(packets.length()).isEqualTo(Duration.ofMillis(64));
        assertThat(packets.wantedStart().orElseThrow()).isEqualTo(1024 / 48_000.0, within(1e-9));
        assertThat(packets.bytesRead()).isEqualTo(134_291);
    }

    @Test
    void tags_are_escaped_so_that_they_come_back_as_they_were() {
        assertThat(TagFile.escaped("a=b;c#d\\e\nf")).isEqualTo("a\\=b\\;c\\#d\\\\e\\\nf");
    }

    @Test
    void a_tree_reads_numbers_that_stand_as_text() throws IOException {
        Tree tree = Tree.parse(
                "{\"a\": \"48000\", \"b\": 2, \"c\": {\"d\": \"x\"}, \"e\": [{\"f\": \"-1.5\"}], \"g\": \"N/A\"}");
        assertThat(tree.count("a")).isEqualTo(48_000);
        assertThat(tree.count("b")).isEqualTo(2);
        assertThat(tree.object("c").text("d")).isEqualTo("x");
        assertThat(tree.objects("e").get(0).decimal("f")).hasValue(-1.5);
        assertThat(tree.number("g")).isEmpty();
        assertThat(tree.object("missing").text("too")).isEmpty();
    }

    @Test
    void the_loudest_sample_is_found_in_every_form() {
        ByteBuffer samples = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        samples.putShort(0, (short) 16_384).putShort(2, (short) -32_768);
        assertThat(SampleForm.S16.peak(samples, 2, -1)).isEqualTo(1);
        assertThat(SampleForm.S16.peak(samples, 2, 0)).isEqualTo(0.5);
        ByteBuffer floats = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        floats.putFloat(0, Float.NaN).putFloat(4, 99).putFloat(8, -0.25f);
        assertThat(SampleForm.FLT.clean(floats)).isEqualTo(2);
        assertThat(floats.getFloat(0)).isZero();
        assertThat(floats.getFloat(4)).isEqualTo(16);
        assertThat(SampleForm.of("fltp")).isEqualTo(SampleForm.FLT);
        assertThat(SampleForm.of("s32p").codecName()).isEqualTo("pcm_s32le");
    }
}
