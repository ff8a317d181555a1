package dev.soundlift.emulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the service's machines would do, with the system's ffmpeg. */
final class Converting {
    private Converting() {}

    /** A stretch in seconds; whole where it is {@code null}. */
    record Stretch(String from, String to) {}

    static double seconds(Path file) throws IOException {
        String said = run(List.of(
                "ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file.toString()));
        try {
            return Double.parseDouble(said.strip());
        } catch (NumberFormatException unknown) {
            return 0;
        }
    }

    static void toMp4(Path source, int track, Stretch stretch, boolean muted, Path target) throws IOException {
        List<String> command = begun(source, stretch);
        command.addAll(List.of("-map", "0:v:0?", "-map", "0:a:" + (track - 1), "-c:v", "mpeg4", "-q:v", "20"));
        if (muted) command.addAll(List.of("-af", "volume=0"));
        command.addAll(List.of("-c:a", "aac", "-b:a", "320k", "-shortest", target.toString()));
        run(command);
        // What the emulator was given may be no media at all: then the file is at least named like one
        if (!Files.exists(target) || Files.size(target) == 0) stub(target);
    }

    static void stub(Path target) throws IOException {
        Files.write(target, "\0\0\0\u0018ftypisom0000".getBytes(StandardCharsets.ISO_8859_1));
    }

    static void toSound(Path source, int track, Stretch stretch, String bitRate, boolean muted, Path target)
            throws IOException {
        List<String> command = begun(source, stretch);
        command.addAll(List.of("-vn", "-map", "0:a:" + (track - 1)));
        if (muted) command.addAll(List.of("-af", "volume=0"));
        if (!bitRate.isEmpty()) command.addAll(List.of("-b:a", bitRate));
        command.add(target.toString());
        run(command);
    }

    private static List<String> begun(Path source, Stretch stretch) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
        if (stretch != null) command.addAll(List.of("-ss", stretch.from()));
        if (stretch != null && !stretch.to().isEmpty()) command.addAll(List.of("-to", stretch.to()));
        command.addAll(List.of("-i", source.toString()));
        return command;
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            process.waitFor();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return said;
    }
}
