package dev.soundlift.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.Consent;
import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.RangeWish;
import dev.soundlift.sound.PeerFfmpeg;
import dev.soundlift.sound.Wav;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a film with large pictures little more than its sound is read, and the sound is the same. */
class OnlyTheSoundTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"mkv, false", "mkv, true", "mov, false", "mov, true"})
    void not_more_than_three_times_the_sound_and_two_megabytes(String container, boolean remote) throws Exception {
        Path film = film(container);
        requireOnlyTheSound(film, remote ? overTheNet(film) : fromDisk(film));
    }

    /** Where every question is a trip to somebody else, what is known to be wanted is asked for together. */
    @ParameterizedTest
    @ValueSource(strings = {"mov", "mp4"})
    void what_somebody_else_keeps_is_asked_for_in_a_few_trips(String container) throws Exception {
        Path film = film(container);
        AtomicInteger trips = new AtomicInteger();
        requireOnlyTheSound(film, copy(asked(film, trips), handed(film)));
        assertThat(trips.get()).isLessThan(20);
    }

    /** FFmpeg reads the index of every part before it begins, and looks at some pictures. */
    @Test
    void the_parts_of_an_index_are_asked_for_together() throws Exception {
        Path film = film("fragments.mp4");
        AtomicInteger trips = new AtomicInteger();
        ExtractionReport report = copy(asked(film, trips), handed(film));
        assertThat(PeerFfmpeg.packets(report.requireDelivered(), 0)).isEqualTo(PeerFfmpeg.packets(film, 0));
        assertThat(trips.get()).isLessThan(70);
        assertThat(report.delivered().orElseThrow().source().bytesRead()).isLessThan(Files.size(film) / 5);
    }

    /** Its index tells of the pictures alone, as it mostly does. */
    @Test
    void what_lies_far_before_and_after_a_range_is_not_read() throws Exception {
        Path film = folder.resolve("long.mkv");
        String pictures = "testsrc2=s=320x240:r=25,noise=alls=90:allf=t";
        String[] coded = {"-t", "60", "-c:v", "mjpeg", "-q:v", "2", "-g", "10", "-c:a", "aac"};
        PeerFfmpeg.ffmpeg(Stream.of(
                        Stream.of("-f", "lavfi", "-i", pictures, "-f", "lavfi", "-i", "sine=440:r=48000"),
                        Stream.of(coded),
                        Stream.of(film.toString()))
                .flatMap(words -> words)
                .toArray(String[]::new));
        byte[] bytes = Files.readAllBytes(film);
        List<Double> places = Collections.synchronizedList(new ArrayList<>());
        try (FaultyServer server = new FaultyServer()) {
            URI uri = server.serve("/long.mkv", request -> {
                String asked =
                        String.valueOf(request.exchange.getRequestHeaders().getFirst("Range"));
                Matcher first = Pattern.compile("=(\\d+)").matcher(asked);
                if (first.find()) places.add(Long.parseLong(first.group(1)) / (double) bytes.length);
                request.part(bytes, Integer.MAX_VALUE);
            });
            Wav whole = samples(ExtractionRequest.of(new MediaSource.LocalFile(film)), "whole.wav");
            ExtractionRequest request = ExtractionRequest.of(new MediaSource.RemoteUrl(uri))
                    .withRange(new RangeWish(
                            new MediaTime(Duration.ofSeconds(40), false),
                            Optional.of(new MediaTime(Duration.ofSeconds(42), false))));
            Wav part = samples(request, "part.wav");
            assertThat(part.frames()).isEqualTo(2 * 48_000);
            assertThat(whole.cut(40 * 48_000, 42 * 48_000).firstDifference(part))
                    .isEqualTo(-1);
        }
        assertThat(bytes.length).isGreaterThan(15_000_000);
        // The beginning; what is played from two seconds before the range to some after it; and the index
        assertThat(places).allMatch(place -> place < 0.1 || (place > 37 / 60.0 && place < 46 / 60.0) || place > 0.99);
    }

    private Wav samples(ExtractionRequest request, String name) throws ExtractionException {
        ExtractionRequest whole = request.withFormat(AudioFormat.WAV).withOutput(folder.resolve(name));
        return Wav.read(Soundlift.with(EngineChoice.AUTO, new Access(true, Access.DEFAULT.mostBytes()))
                .extract(whole, Progress.NONE, new Cancellation())
                .get(0)
                .requireDelivered());
    }

    private static MediaSource handed(Path film) throws IOException {
        return new MediaSource.Handed("f", String.valueOf(film.getFileName()), Files.size(film));
    }

    /** Of somebody who keeps the film. */
    private static Soundlift asked(Path film, AtomicInteger trips) throws ExtractionException {
        Keeper keeper = new Keeper() {
            @Override
            public long size(MediaSource.Handed file) {
                return file.bytes();
            }

            @Override
            public byte[] slice(MediaSource.Handed file, long position, int length, Cancellation cancellation) {
                return slices(file, new long[] {position, position + length}, cancellation);
            }

            @Override
            public byte[] slices(MediaSource.Handed file, long[] edges, Cancellation cancellation) {
                trips.incrementAndGet();
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                try (RandomAccessFile there = new RandomAccessFile(film.toFile(), "r")) {
                    for (int i = 0; i < edges.length; i += 2) {
                        byte[] stretch = new byte[(int) (edges[i + 1] - edges[i])];
                        there.seek(edges[i]);
                        there.readFully(stretch);
                        all.writeBytes(stretch);
                    }
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
                return all.toByteArray();
            }
        };
        OpenSources sources = new OpenSources(Access.DEFAULT, Optional.of(keeper));
        return Soundlift.with(EngineChoice.AUTO, sources, Consent.OF_THE_REQUEST);
    }

    private static void requireOnlyTheSound(Path film, ExtractionReport report) throws Exception {
        Path sound = report.requireDelivered();
        assertThat(PeerFfmpeg.packets(sound, 0)).isEqualTo(PeerFfmpeg.packets(film, 0));
        long read = report.delivered().orElseThrow().source().bytesRead();
        assertThat(Files.size(film)).isGreaterThan(25_000_000);
        assertThat(read).isLessThan(3 * Files.size(sound) + 2_000_000);
    }

    private Path film(String container) throws Exception {
        Path film = folder.resolve("film." + container);
        PeerFfmpeg.ffmpeg(
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=1280x720:r=25,noise=alls=90:allf=t",
                "-f",
                "lavfi",
                "-i",
                "sine=440:r=48000",
                "-t",
                "4",
                "-c:v",
                "mjpeg",
                "-q:v",
                "2",
                "-c:a",
                "aac",
                "-movflags",
                container.startsWith("fragments") ? "frag_every_frame+empty_moov" : "0",
                film.toString());
        return film;
    }

    private ExtractionReport fromDisk(Path film) throws ExtractionException {
        return copy(new MediaSource.LocalFile(film));
    }

    private ExtractionReport overTheNet(Path film) throws Exception {
        try (FaultyServer server = new FaultyServer()) {
            ExtractionReport report = copy(new MediaSource.RemoteUrl(server.ranges("/" + film.getFileName(), film)));
            assertThat(server.bytes.get()).isLessThan(3 * Files.size(report.requireDelivered()) + 2_000_000);
            return report;
        }
    }

    private ExtractionReport copy(MediaSource source) throws ExtractionException {
        return copy(Soundlift.with(EngineChoice.AUTO, new Access(true, Access.DEFAULT.mostBytes())), source);
    }

    private ExtractionReport copy(Soundlift soundlift, MediaSource source) throws ExtractionException {
        ExtractionRequest request =
                ExtractionRequest.of(source).withFormat(AudioFormat.MKA).withOutput(folder.resolve("sound.mka"));
        return soundlift.extract(request, Progress.NONE, new Cancellation()).get(0);
    }
}
