package dev.soundlift.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Progress;
import dev.soundlift.report.ExtractionReport;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.MediaTime;
import dev.soundlift.request.RangeWish;
import dev.soundlift.sound.PeerFfmpeg;
import dev.soundlift.sound.Wav;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A range late in a Matroska file whose index does not reach there is gone to without reading all twice. */
class LateRangeTest {
    private static final int RATE = 48_000;

    @TempDir
    Path folder;

    /** As a browser, or a recorder that was interrupted, leaves it; pictures that end long before the sound; a plain one. */
    @ParameterizedTest
    @CsvSource({"12, 1, 1.2", "3, 0, 0.8", "12, 0, 0.5"})
    void the_same_samples_from_few_bytes(int secondsOfPictures, int live, double share) throws Exception {
        Path film = folder.resolve("film.mkv");
        String pictures = "testsrc2=s=320x240:r=25:d=" + secondsOfPictures + ",noise=alls=90:allf=t";
        String words = "-f lavfi -i %s -f lavfi -i anoisesrc=r=48000:d=12 -c:v mjpeg -q:v 2 -c:a flac -live %d %s";
        PeerFfmpeg.ffmpeg(words.formatted(pictures, live, film).split(" "));
        ExtractionRequest request = ExtractionRequest.of(film).withFormat(AudioFormat.WAV);
        Wav whole = Wav.read(report(request, "whole.wav").requireDelivered());
        RangeWish wish = new RangeWish(seconds(10), Optional.of(seconds(11)));
        ExtractionReport late = report(request.withRange(wish), "late.wav");
        Wav part = Wav.read(late.requireDelivered());
        assertThat(part.frames()).isEqualTo(RATE);
        assertThat(whole.cut(10 * RATE, 11 * RATE).firstDifference(part)).isEqualTo(-1);
        long read = late.delivered().orElseThrow().source().bytesRead();
        assertThat(read).isLessThan((long) (share * Files.size(film)));
    }

    private ExtractionReport report(ExtractionRequest request, String name) throws Exception {
        return Soundlift.local()
                .extract(request.withOutput(folder.resolve(name)), Progress.NONE, new Cancellation())
                .get(0);
    }

    private static MediaTime seconds(int seconds) {
        return new MediaTime(Duration.ofSeconds(seconds), false);
    }
}
