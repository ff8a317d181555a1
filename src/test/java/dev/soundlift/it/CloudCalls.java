package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.emulator.Emulator;
import dev.soundlift.sound.PeerFfmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An emulator of the service, a home of its own, and calls of the packaged program that know of both. */
final class CloudCalls implements AutoCloseable {
    final Path folder;
    final Path home;
    final Emulator emulator;
    /** For all calls from now on. */
    final Map<String, String> environment = new HashMap<>();

    CloudCalls(Path folder) throws IOException {
        PeerFfmpeg.ffmpeg("-version"); // skips the test where there is none
        this.folder = folder;
        this.home = Files.createDirectories(folder.resolve("home"));
        this.emulator = new Emulator(folder.resolve("service"));
        environment.put("NEMO_API_URL", emulator.url());
        environment.put("HOME", home.toString());
        environment.put("SOUNDLIFT_CLOUD_TIME_SCALE", "0.01");
    }

    /** As on a machine without FFmpeg, in whatever form. */
    CloudCalls withoutFfmpeg() {
        environment.put("SOUNDLIFT_FFMPEG", folder.resolve("no-ffmpeg").toString());
        environment.put("SOUNDLIFT_JAVA_OPTS", "-Dorg.bytedeco.javacpp.platform=none-none");
        return this;
    }

    /** A call of which nothing said is a secret. */
    Launched run(String... arguments) {
        Launched launched = launched(arguments);
        assertThat(launched.out() + launched.err()).doesNotContain("nmv_usr", "Bearer");
        return launched;
    }

    Launched launched(String... arguments) {
        return Launched.with(folder, environment, arguments);
    }

    Launched.Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        // A shell that runs tests in the background has its children ignore Ctrl-C
        command.addAll(List.of("env", "--default-signal=INT"));
        command.add(Launched.LAUNCHER.toString());
        command.addAll(List.of(arguments));
        return Launched.start(folder, environment, command);
    }

    /** Twelve seconds of a tone and a picture. */
    Path talk() {
        Path talk = folder.resolve("talk.mp4");
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=44100:duration=12",
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=160x120:rate=5:duration=12",
                "-c:a",
                "aac",
                "-b:a",
                "128k",
                "-c:v",
                "mpeg4",
                talk.toString());
        return talk;
    }

    @Override
    public void close() throws IOException {
        emulator.close();
    }
}
