package dev.soundlift.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.ChannelNote;
import dev.soundlift.media.MediaSource;
import dev.soundlift.plan.MonoGroups;
import dev.soundlift.request.Combination;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is odd about channels is found by listening to parts of them, in any codec and however long the file is. */
class ChannelDoctorTest {
    private static final int RATE = 16_000;
    private static final int FRAMES = 30 * RATE;

    @TempDir
    Path folder;

    private static Map<Integer, ChannelNote> notes(Path file) throws ExtractionException {
        return Lift.SOUNDLIFT
                .look(new MediaSource.LocalFile(file), new Cancellation())
                .notes();
    }

    private Path written(int[]... channels) {
        return Wav.of(RATE, 16, channels).write(folder.resolve("in.wav"));
    }

    private static int[] noise(long seed) {
        return Wav.noise(seed, FRAMES, 14);
    }

    private static int[] inverted(int[] samples) {
        return Arrays.stream(samples).map(sample -> -sample).toArray();
    }

    /** Half of each: what two microphones in one room have in common. */
    private static int[] mixed(int[] one, int[] other) {
        int[] both = new int[one.length];
        for (int i = 0; i < both.length; i++) both[i] = (one[i] + other[i]) / 2;
        return both;
    }

    @Test
    void every_oddity_has_its_name() throws ExtractionException {
        int[] one = noise(1);
        int[] none = new int[FRAMES];
        assertThat(notes(written(none, none))).isEqualTo(Map.of(1, ChannelNote.SILENT));
        assertThat(notes(written(none))).isEqualTo(Map.of(1, ChannelNote.SILENT));
        int[] quiet = Arrays.stream(one).map(sample -> sample / 200).toArray();
        assertThat(notes(written(quiet))).isEqualTo(Map.of(1, ChannelNote.QUIET));
        assertThat(notes(written(quiet, quiet))).isEqualTo(Map.of(1, ChannelNote.QUIET));
        assertThat(notes(written(one, none))).isEqualTo(Map.of(1, ChannelNote.LEFT_ONLY));
        assertThat(notes(written(none, one))).isEqualTo(Map.of(1, ChannelNote.RIGHT_ONLY));
        assertThat(notes(written(one, one))).isEqualTo(Map.of(1, ChannelNote.IDENTICAL));
        assertThat(notes(written(one, inverted(one)))).isEqualTo(Map.of(1, ChannelNote.INVERTED));
        assertThat(notes(written(one, noise(2)))).isEqualTo(Map.of(1, ChannelNote.DIFFERENT));
        assertThat(notes(written(one, noise(2), none, none, none, none))).isEqualTo(Map.of(1, ChannelNote.FRONT_ONLY));
    }

    @Test
    void usual_stereo_mono_and_surround_get_no_note() throws ExtractionException {
        int[] one = noise(1);
        int[] two = noise(2);
        assertThat(notes(written(one, mixed(one, two)))).isEmpty();
        assertThat(notes(written(one))).isEmpty();
        assertThat(notes(written(one, two, one, two, one, two))).isEmpty();
    }

    @Test
    void a_late_difference_is_heard_because_not_only_the_beginning_is() throws ExtractionException {
        int[] left = noise(1);
        int[] right = left.clone();
        int[] other = noise(2);
        System.arraycopy(other, FRAMES / 4, right, FRAMES / 4, FRAMES * 3 / 4);
        assertThat(notes(written(left, right)).get(1)).isNotEqualTo(ChannelNote.IDENTICAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.mka:flac", "a.m4a:aac", "a.mp3:libmp3lame", "a.mka:libopus", "a.ts:mp2", "a.avi:mp3"})
    void tracks_of_any_kind_are_listened_to(String kind) throws ExtractionException {
        int[] one = noise(1);
        Path wav = written(one, inverted(one));
        Path file = folder.resolve(kind.substring(0, kind.indexOf(':')));
        PeerFfmpeg.ffmpeg(
                "-i", wav.toString(), "-c:a", kind.substring(kind.indexOf(':') + 1), "-b:a", "128k", file.toString());
        assertThat(notes(file)).isEqualTo(Map.of(1, ChannelNote.INVERTED));
    }

    @Test
    void each_of_several_tracks_has_its_own_note() throws ExtractionException {
        Path odd = Wav.of(RATE, 16, noise(1), new int[FRAMES]).write(folder.resolve("odd.wav"));
        Path usual = Wav.of(RATE, 16, noise(1), mixed(noise(1), noise(2))).write(folder.resolve("usual.wav"));
        Path silent = Wav.of(RATE, 16, new int[FRAMES]).write(folder.resolve("silent.wav"));
        Path file = folder.resolve("three.mka");
        PeerFfmpeg.ffmpeg(
                "-i",
                odd.toString(),
                "-i",
                usual.toString(),
                "-i",
                silent.toString(),
                "-map",
                "0",
                "-map",
                "1",
                "-map",
                "2",
                "-c:a",
                "flac",
                file.toString());
        assertThat(notes(file)).isEqualTo(Map.of(1, ChannelNote.LEFT_ONLY, 3, ChannelNote.SILENT));
    }

    private static Optional<String> proposal(Path file) throws ExtractionException {
        return MonoGroups.proposal(Lift.SOUNDLIFT.probe(new MediaSource.LocalFile(file)))
                .map(Combination::groupsLabel);
    }

    @Test
    void monos_that_may_belong_together_are_proposed() throws ExtractionException {
        Path mono = Wav.of(RATE, 16, Wav.noise(1, RATE, 14)).write(folder.resolve("m.wav"));
        List<String> words = new ArrayList<>(List.of("-i", mono.toString()));
        for (int i = 0; i < 5; i++) words.addAll(List.of("-map", "0"));
        for (String title : List.of("0=Cam L", "1=Cam R", "2=Boom", "3=Lav", "4=Lav")) {
            words.addAll(List.of("-metadata:s:a:" + title.charAt(0), "title" + title.substring(1)));
        }
        Path file = folder.resolve("monos.mka");
        words.add(file.toString());
        PeerFfmpeg.ffmpeg(words.toArray(new String[0]));
        assertThat(proposal(file)).contains("1+2,4+5");
        assertThat(proposal(mono)).isEmpty();
    }
}
