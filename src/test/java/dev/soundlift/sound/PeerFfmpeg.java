package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The system's own ffmpeg and ffprobe: a second opinion on every file. Where they are missing the test is skipped. */
public final class PeerFfmpeg {
    private static final boolean PRESENT = starts("ffmpeg") && starts("ffprobe");

    private PeerFfmpeg() {}

    private static boolean starts(String program) {
        try {
            new ProcessBuilder(program, "-version")
                    .redirectErrorStream(true)
                    .start()
                    .getInputStream()
                    .readAllBytes();
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    /** The first audio track as ffmpeg decodes it, 32 bits a sample. */
    public static Wav decoded(Path file) {
        return decoded(file, 0);
    }

    /** @param track counted from 0, as ffmpeg does */
    public static Wav decoded(Path file, int track) {
        return decodedTo("pcm_s32le", file, track);
    }

    /** As floating point samples, which may go beyond full scale. */
    public static Wav decodedAsFloats(Path file) {
        return decodedTo("pcm_f32le", file, 0);
    }

    private static Wav decodedTo(String codec, Path file, int track) {
        Path wav = temporary();
        try {
            ffmpeg("-i", file.toString(), "-map", "0:a:" + track, "-c:a", codec, "-f", "wav", wav.toString());
            return Wav.read(wav);
        } finally {
            delete(wav);
        }
    }

    public static void ffmpeg(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
        command.addAll(List.of(arguments));
        run(command);
    }

    /** Size and MD5 of each packet of one audio track, without the time stamps. */
    public static List<String> packets(Path file, int track) {
        String listed = run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-i",
                file.toString(),
                "-map",
                "0:a:" + track,
                "-c",
                "copy",
                "-f",
                "framemd5",
                "-"));
        return listed.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(",\\s*"))
                .map(fields -> fields[4].strip() + " " + fields[5].strip())
                .toList();
    }

    /** Where in the file a packet's bytes are, and when it is heard. */
    public record PacketPlace(double seconds, long position, int bytes) {}

    /** Of the first audio track. */
    public static List<PacketPlace> packetPlaces(Path file) {
        String listed = run(List.of(
                "ffprobe",
                "-v",
                "error",
                "-select_streams",
                "a:0",
                "-show_entries",
                "packet=pts_time,size,pos",
                "-of",
                "json",
                file.toString()));
        List<PacketPlace> places = new ArrayList<>();
        for (JsonNode packet : parsed(listed).path("packets")) {
            places.add(new PacketPlace(
                    packet.path("pts_time").asDouble(),
                    packet.path("pos").asLong(),
                    packet.path("size").asInt()));
        }
        return places;
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    /** What ffprobe says: format, streams, chapters. */
    public static JsonNode probed(Path file) {
        String json = run(List.of(
                "ffprobe",
                "-v",
                "error",
                "-show_format",
                "-show_chapters",
                "-show_streams",
                "-of",
                "json",
                file.toString()));
        return parsed(json);
    }

    /** The highest point of the curve between the samples, as FFmpeg's EBU R 128 meter sees it. */
    public static double truePeakDb(Path file) {
        String listed = run(List.of(
                "ffprobe",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "amovie=" + file.toString().replace(":", "\\:") + ",ebur128=peak=true:metadata=1",
                "-show_entries",
                "frame_tags=lavfi.r128.true_peaks_ch0,lavfi.r128.true_peaks_ch1",
                "-of",
                "csv=p=0"));
        return listed.lines()
                .flatMap(line -> List.of(line.split(",")).stream())
                .filter(value -> !value.isBlank() && !value.contains("inf"))
                .mapToDouble(value -> 20 * Math.log10(Double.parseDouble(value)))
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    public static JsonNode audio(Path file) {
        for (JsonNode stream : probed(file).path("streams")) {
            if (stream.path("codec_type").asText().equals("audio")) return stream;
        }
        throw new AssertionError("no audio in " + file);
    }

    private static String run(List<String> command) {
        assumeTrue(PRESENT, "ffmpeg and ffprobe are not on the PATH");
        Path complaints = temporary();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(complaints.toFile())
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as("%s\n%s", command, Files.readString(complaints))
                    .isZero();
            return said;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        } finally {
            delete(complaints);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("peer", ".tmp");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
