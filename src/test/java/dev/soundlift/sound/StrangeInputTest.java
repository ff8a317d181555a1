package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Inputs that want more than to be read, cannot be read, or turn into something else on the way. */
class StrangeInputTest {
    @TempDir
    Path folder;

    @AfterEach
    void back() {
        Lift.by(EngineChoice.Kind.LOCAL);
    }

    /** Files that name others, by the name of the file; {@code CANARY} is a file, {@code HOST} a server. */
    private static Map<String, String> referring() {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put(
                "hls.m3u8",
                "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nHOST/a.ts\n#EXTINF:5,\nCANARY\n"
                        + "#EXT-X-ENDLIST\n");
        inputs.put(
                "key.m3u8",
                "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXT-X-KEY:METHOD=AES-128,URI=\"HOST/key\"\n"
                        + "#EXTINF:5,\nfile:CANARY\n#EXT-X-ENDLIST\n");
        inputs.put("hls.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nHOST/a.ts\n#EXT-X-ENDLIST\n");
        inputs.put("list.ffconcat", "ffconcat version 1.0\nfile 'CANARY'\nfile 'HOST/a.wav'\n");
        inputs.put("list.txt", "ffconcat version 1.0\nfile CANARY\n");
        inputs.put(
                "manifest.mpd",
                "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\""
                        + " mediaPresentationDuration=\"PT5S\" profiles=\"urn:mpeg:dash:profile:isoff-main:2011\">"
                        + "<Period><AdaptationSet mimeType=\"audio/mp4\"><Representation id=\"1\" bandwidth=\"1000\">"
                        + "<BaseURL>HOST/a.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>");
        inputs.put(
                "session.sdp",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n");
        inputs.put("list.m3u", "#EXTM3U\nCANARY\nHOST/a.mp3\n");
        inputs.put("list.pls", "[playlist]\nFile1=HOST/a.mp3\nNumberOfEntries=1\n");
        inputs.put("list.asx", "<asx version=\"3.0\"><entry><ref href=\"HOST/a.wma\"/></entry></asx>");
        inputs.put("page.html", "<html><audio src=\"HOST/a.mp3\"></audio></html>");
        inputs.put("link.url", "[InternetShortcut]\nURL=HOST/a.mp3\n");
        return inputs;
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"LOCAL", "EXECUTABLE"})
    void what_refers_to_other_files_and_hosts_opens_none(EngineChoice.Kind engine) throws IOException {
        Lift.by(engine);
        Path canary = folder.resolve("canary.wav");
        PeerFfmpeg.ffmpeg("-f", "lavfi", "-i", "sine=d=5", canary.toString());
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String host = "http://127.0.0.1:" + server.getAddress().getPort();
            for (Map.Entry<String, String> one : referring().entrySet()) {
                String text = one.getValue().replace("HOST", host).replace("CANARY", canary.toString());
                Path input = Files.writeString(folder.resolve(one.getKey()), text);
                ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.flac"), input));
                assertThat(report.exitCode()).as(one.getKey()).isIn(3, 4);
                assertThat(folder.resolve("out.flac")).doesNotExist();
            }
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    /** Of a film whose sample tables are here and whose samples are said to be in another file. */
    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"LOCAL", "EXECUTABLE"})
    void a_reference_movie_gives_nothing_of_the_file_that_it_names(EngineChoice.Kind engine) throws IOException {
        Lift.by(engine);
        Path film = folder.resolve("film.mov");
        PeerFfmpeg.ffmpeg("-f", "lavfi", "-i", "sine=d=5", "-c:a", "pcm_s16le", film.toString());
        byte[] bytes = Files.readAllBytes(film);
        Path other = Files.write(folder.resolve("other.mov"), bytes);
        // The data reference "this file" (flag 1) becomes one to a path (ISO/IEC 14496-12, 8.7.2)
        byte[] path = ("file://" + other).getBytes(StandardCharsets.UTF_8);
        assertThat(path.length).isPositive();
        int dref = indexOf(bytes, "dref");
        assertThat(dref).isPositive();
        int flags = indexOf(bytes, "alis") > dref ? indexOf(bytes, "alis") + 7 : indexOf(bytes, "url ") + 7;
        bytes[flags] = 0;
        // and what it held itself is gone
        int data = indexOf(bytes, "mdat");
        for (int i = data + 4; i < indexOf(bytes, "moov") - 4; i++) bytes[i] = 0;
        Path reference = Files.write(folder.resolve("reference.mov"), bytes);
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.wav"), reference));
        boolean sounds = report.failure().isEmpty()
                && PeerFfmpeg.decoded(folder.resolve("out.wav")).peak(0) > 0.01;
        assertThat(sounds).isFalse();
    }

    /** Of ten seconds, of which the second half says that it comes four days later. */
    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"LOCAL", "EXECUTABLE"})
    void days_that_a_small_file_cannot_hold_are_not_filled(EngineChoice.Kind engine) {
        Lift.by(engine);
        Path film = folder.resolve("film.mkv");
        String later = "setts=pts='if(gt(N,78),PTS+99*3600*1000,PTS)'";
        PeerFfmpeg.ffmpeg("-f", "lavfi", "-i", "sine=d=10:r=16000", "-c:a", "aac", "-bsf:a", later, film.toString());
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.wav"), film));
        assertThat(report.failure()).isEmpty();
        assertThat(report.exitCode()).isEqualTo(6);
        assertThat(report.delivered().orElseThrow().source().repairs())
                .extracting(Text::key)
                .containsExactly("repair.jump");
        assertThat(PeerFfmpeg.decoded(folder.resolve("out.wav")).frames()).isBetween(159_000, 162_000);
    }

    private static int indexOf(byte[] bytes, String word) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(word);
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"LOCAL", "EXECUTABLE"})
    void an_encrypted_track_is_refused_as_such(EngineChoice.Kind engine) {
        Lift.by(engine);
        Path film = folder.resolve("film.mp4");
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "sine=d=3",
                "-c:a",
                "aac",
                "-encryption_scheme",
                "cenc-aes-ctr",
                "-encryption_key",
                "76a6c65c5ea762046bd749a2e632ccbb",
                "-encryption_kid",
                "a7e61c373e219033c21091fa607bf3b8",
                film.toString());
        for (String output : new String[] {"out.mp3", "out.m4a"}) {
            ExtractionReport report = Lift.report(Lift.to(folder.resolve(output), film));
            assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.PROTECTED);
            assertThat(folder.resolve(output)).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.Kind.class,
            names = {"LOCAL", "EXECUTABLE"})
    void a_track_that_nothing_can_decode_is_refused_by_its_codecs_name(EngineChoice.Kind engine) throws IOException {
        Lift.by(engine);
        Path film = folder.resolve("film.mp4");
        PeerFfmpeg.ffmpeg("-f", "lavfi", "-i", "sine=d=3", "-c:a", "ac3", film.toString());
        byte[] bytes = Files.readAllBytes(film);
        // No FFmpeg decodes AC-4
        bytes[indexOf(bytes, "ac-3") + 3] = '4';
        Files.write(film, bytes);
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.mp3"), film));
        assertThat(report.failure().orElseThrow().kind()).isEqualTo(ErrorKind.UNSUPPORTED_CODEC);
        assertThat(report.failure().orElseThrow().whatHappened().toString()).containsPattern("ac-?4");
    }

    /** Three seconds of a tone at each of two rates and numbers of channels, one after another in one stream. */
    @ParameterizedTest
    @CsvSource({
        "LOCAL, 44100, 1, 48000, 2",
        "LOCAL, 48000, 2, 32000, 1",
        "LOCAL, 48000, 2, 48000, 1",
        "EXECUTABLE, 44100, 1, 48000, 2",
        "EXECUTABLE, 48000, 2, 32000, 1"
    })
    void a_stream_that_changes_midway_is_followed(
            EngineChoice.Kind engine, int rate, int channels, int laterRate, int laterChannels) throws IOException {
        Lift.by(engine);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(tone(rate, channels, 1000));
        both.write(tone(laterRate, laterChannels, 2000));
        Path joined = Files.write(folder.resolve("joined.aac"), both.toByteArray());
        ExtractionReport report = Lift.report(Lift.to(folder.resolve("out.wav"), joined));
        assertThat(report.failure()).isEmpty();
        Wav sound = PeerFfmpeg.decoded(folder.resolve("out.wav"));
        assertThat(sound.rateHz()).isEqualTo(rate);
        assertThat(sound.channels()).isEqualTo(channels);
        double seconds = sound.frames() / (double) rate;
        assertThat(seconds).isBetween(5.9, 6.3);
        assertThat(sound.cut(rate, 2 * rate).strongest(0, 500, 1000, 2000)).isEqualTo(1000);
        assertThat(sound.cut(4 * rate, 5 * rate).strongest(0, 500, 1000, 2000)).isEqualTo(2000);
    }

    private byte[] tone(int rate, int channels, int hertz) throws IOException {
        Path file = folder.resolve(rate + "-" + channels + ".aac");
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "sine=d=3:r=" + rate + ":f=" + hertz,
                "-ac",
                Integer.toString(channels),
                "-c:a",
                "aac",
                file.toString());
        return Files.readAllBytes(file);
    }
}
