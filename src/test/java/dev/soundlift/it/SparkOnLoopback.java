package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A standalone master, two workers of one core each and {@linkplain S3OnLoopback an S3 server} as processes of this machine. */
final class SparkOnLoopback implements AutoCloseable {
    /** As Spark's own scripts start every Java. */
    private static final List<String> OPEN = Stream.of(
                    "java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent"
                            .split(" "),
                    "java.util.concurrent.atomic sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar"
                            .split(" "))
            .flatMap(Stream::of)
            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
            .toList();

    private final Path folder;
    private final int masterPort = S3OnLoopback.freePort();
    private final S3OnLoopback store;
    private final List<Process> processes = new ArrayList<>();

    private SparkOnLoopback(Path folder) throws IOException {
        this.folder = folder;
        this.store = S3OnLoopback.start(folder);
    }

    static SparkOnLoopback start(Path folder) throws IOException {
        SparkOnLoopback spark = new SparkOnLoopback(folder);
        try {
            spark.startAll();
            return spark;
        } catch (IOException | RuntimeException | Error failed) {
            spark.close();
            throw failed;
        }
    }

    private void startAll() throws IOException {
        List<String> master = new ArrayList<>(List.of("-Xmx256m", "-Dspark.master.rest.enabled=false"));
        master.addAll(spark("org.apache.spark.deploy.master.Master"));
        master.addAll(List.of("--host", "127.0.0.1", "--port", "" + masterPort, "--webui-port", "0"));
        launch("master", master);
        S3OnLoopback.await(masterPort);
        for (String name : List.of("worker1", "worker2")) {
            List<String> worker = new ArrayList<>(List.of("-Xmx256m"));
            worker.addAll(spark("org.apache.spark.deploy.worker.Worker"));
            worker.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0", "-c", "1", "-m", "1200M"));
            worker.addAll(List.of("-d", folder.resolve(name).toString(), "spark://127.0.0.1:" + masterPort));
            launch(name, worker);
        }
    }

    S3OnLoopback store() {
        return store;
    }

    private static List<String> spark(String type) {
        List<String> words = new ArrayList<>(OPEN);
        words.addAll(List.of("-cp", S3OnLoopback.HOME.resolve("jars") + "/*", type));
        return words;
    }

    private Map<String, String> environment() {
        return Map.of(
                "SPARK_HOME",
                S3OnLoopback.HOME.toString(),
                "SPARK_SCALA_VERSION",
                "2.13",
                "SPARK_LOCAL_IP",
                "127.0.0.1");
    }

    private Process launch(String name, List<String> words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().putAll(store.environment());
        builder.environment().putAll(environment());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** A submitted job. */
    record Job(Process process, Path out, Path err) {
        /** Its last line, and how it ended. */
        Launched await() throws IOException, InterruptedException {
            boolean ended = process.waitFor(8, TimeUnit.MINUTES);
            process.destroyForcibly();
            assertThat(ended).as("ended; %s", Files.readString(err)).isTrue();
            return new Launched(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    Job submit(String name, Path jar, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("-Xmx512m"));
        command.addAll(spark("org.apache.spark.deploy.SparkSubmit"));
        command.addAll(List.of("--master", "spark://127.0.0.1:" + masterPort));
        command.addAll(List.of("--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.ui.enabled=false"));
        command.addAll(List.of("--conf", "spark.executor.memory=600m", "--conf", "spark.executor.cores=1"));
        command.addAll(List.of("--class", "dev.soundlift.cluster.ExtractJob", jar.toString()));
        command.addAll(List.of(words));
        Process process = launch(name, command);
        return new Job(process, folder.resolve(name + ".out"), folder.resolve(name + ".err"));
    }

    /** Runs a program of one source file with what Spark has. */
    Launched run(Path source, List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(spark(source.toAbsolutePath().toString()));
        command.addAll(words);
        Process process = launch("query", command);
        return new Job(process, folder.resolve("query.out"), folder.resolve("query.err")).await();
    }

    List<ProcessHandle> executors() {
        return processes.stream()
                .flatMap(Process::descendants)
                .filter(process -> process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .toList();
    }

    /** The executor whose end of a connection has this port. */
    ProcessHandle executorAt(int port) throws IOException {
        String inode = inode(port);
        for (ProcessHandle executor : executors()) {
            Path open = Path.of("/proc", Long.toString(executor.pid()), "fd");
            try (Stream<Path> files = Files.list(open)) {
                for (Path file : files.toList()) {
                    if (target(file).equals("socket:[" + inode + "]")) return executor;
                }
            }
        }
        throw new AssertionError("no executor has port " + port);
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    private static String inode(int port) throws IOException {
        String suffix = String.format(":%04X", port);
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
                String[] cells = line.strip().split("\\s+");
                if (cells.length > 9 && cells[1].endsWith(suffix)) return cells[9];
            }
        }
        throw new AssertionError("nobody has port " + port);
    }

    @Override
    public void close() {
        processes.stream().flatMap(Process::descendants).forEach(ProcessHandle::destroyForcibly);
        processes.forEach(Process::destroyForcibly);
        store.close();
    }
}
