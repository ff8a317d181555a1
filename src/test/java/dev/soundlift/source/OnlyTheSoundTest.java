package dev.soundlift.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.sound.PeerFfmpeg;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a film with large pictures little more than its sound is read, and the sound is the same. */
class OnlyTheSoundTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"mkv, false", "mkv, true", "mov, false", "mov, true"})
    void not_more_than_three_times_the_sound_and_two_megabytes(String container, boolean remote) throws Exception {
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
                film.toString());
        ExtractionReport report = remote ? overTheNet(film) : fromDisk(film);
        Path sound = report.requireDelivered();
        assertThat(PeerFfmpeg.packets(sound, 0)).isEqualTo(PeerFfmpeg.packets(film, 0));
        long read = report.delivered().orElseThrow().source().bytesRead();
        assertThat(Files.size(film)).isGreaterThan(25_000_000);
        assertThat(read).isLessThan(3 * Files.size(sound) + 2_000_000);
    }

    private ExtractionReport fromDisk(Path film) throws ExtractionException {
        return copy(new MediaSource.LocalFile(film));
    }

    private ExtractionReport overTheNet(Path film) throws Exception {
        try (FaultyServer server = new FaultyServer()) {
            return copy(new MediaSource.RemoteUrl(server.ranges("/" + film.getFileName(), film)));
        }
    }

    private ExtractionReport copy(MediaSource source) throws ExtractionException {
        Soundlift soundlift = Soundlift.with(EngineChoice.AUTO, new Access(true, Access.DEFAULT.mostBytes()));
        ExtractionRequest request =
                ExtractionRequest.of(source).withFormat(AudioFormat.MKA).withOutput(folder.resolve("sound.mka"));
        return soundlift.extract(request, Progress.NONE, new Cancellation()).get(0);
    }
}
