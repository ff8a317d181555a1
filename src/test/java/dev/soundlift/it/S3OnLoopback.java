package dev.soundlift.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real S3 server as a process of this machine, which keeps its buckets as folders. */
public final class S3OnLoopback implements AutoCloseable {
    static final Path HOME = TestMedia.testdata().resolveSibling("target").resolve("cluster-test");
    private static final Map<String, String> ACCOUNT = Map.of(
            "AWS_ACCESS_KEY_ID", "local-user",
            "AWS_SECRET_ACCESS_KEY", "local-secret",
            "AWS_EC2_METADATA_DISABLED", "true");

    private final Path folder;
    private final int port;
    private final Process process;

    private S3OnLoopback(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Leaves a test out where nobody has brought the servers. */
    public static void assumeIsThere() {
        assumeTrue(
                Files.isDirectory(HOME.resolve("jars")),
                "no Spark, no S3: ./mvnw -f src/test/cluster/pom.xml package brings them");
    }

    /** Answers when this returns. */
    public static S3OnLoopback start(Path folder) throws IOException {
        int port = freePort();
        Path settings = Files.writeString(
                folder.resolve("s3.properties"),
                String.join(
                        "\n",
                        "s3proxy.endpoint=http://127.0.0.1:" + port,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + ACCOUNT.get("AWS_ACCESS_KEY_ID"),
                        "s3proxy.credential=" + ACCOUNT.get("AWS_SECRET_ACCESS_KEY"),
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + Files.createDirectories(folder.resolve("buckets")),
                        ""));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-jar",
                        HOME.resolve("s3proxy.jar").toString(),
                        "--properties",
                        settings.toString())
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("store.out").toFile())
                .redirectError(folder.resolve("store.err").toFile())
                .start();
        S3OnLoopback s3 = new S3OnLoopback(folder, port, process);
        try {
            await(port);
            return s3;
        } catch (IOException | RuntimeException | Error failed) {
            s3.close();
            throw failed;
        }
    }

    /** What the store keeps in one. */
    public Path bucket(String name) throws IOException {
        return Files.createDirectories(folder.resolve("buckets").resolve(name));
    }

    /** Where it answers. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What the AWS SDK goes by, in a process of its own. */
    Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(ACCOUNT);
        all.put("AWS_ENDPOINT_URL_S3", address().toString());
        return all;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static void await(int port) throws IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (true) {
            try {
                new Socket("127.0.0.1", port).close();
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > end) throw notYet;
                pause();
            }
        }
    }

    static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
