package dev.soundlift.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.FakeProber;
import dev.soundlift.SampleMedia;
import dev.soundlift.SamplePlan;
import dev.soundlift.SampleProduced;
import dev.soundlift.SampleTrack;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.Heard;
import dev.soundlift.engine.Loss;
import dev.soundlift.engine.PacketDigest;
import dev.soundlift.engine.Prober;
import dev.soundlift.engine.Prober.Glance;
import dev.soundlift.engine.Produced;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.Align;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.RangeWish;
import dev.soundlift.request.VerifyLevel;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A good file passes every check; one that is wrong in a single fact does not. Longer than most files because each check
 * needs both sides, on the same good file.
 */
class VerifierTest {
    private static final long FRAMES = 60 * 44_100L;
    private static final AudioShape STEREO = new AudioShape(44_100, 2, "stereo", 16, false);
    private static final PacketDigest PACKETS = new PacketDigest(100, 5000, "abc");
    private static final Duration MINUTE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private Path file;

    // What a verifier sees of a good file; a test changes one of them
    private String container;
    private AudioTrack track;
    private Heard heard;
    private Glance glance;
    private Produced produced;
    private Plan plan;

    @BeforeEach
    void a_file_that_is_as_it_should_be() throws IOException {
        file = Files.writeString(folder.resolve("out"), "bytes");
        heard = new Heard(FRAMES, STEREO, -3, -16, Optional.empty(), Damage.NONE);
        glance = FakeProber.glance(PACKETS, true, true, Damage.NONE);
    }

    private void transcodedTo(AudioFormat format, SampleTrack found, String demuxer) {
        plan = SamplePlan.of(format, SampleTrack.lossy("vorbis").made());
        track = found.made();
        container = demuxer;
        produced = SampleProduced.of(Duration.ZERO, MINUTE, FRAMES, Optional.empty(), true, Damage.NONE);
    }

    private void copiedToM4a() {
        plan = SamplePlan.of(AudioFormat.M4A, SampleTrack.aac().made());
        track = SampleTrack.aac().made();
        container = "mov,mp4,m4a,3gp,3g2,mj2";
        produced = SampleProduced.of(Duration.ZERO, MINUTE, 0, Optional.of(PACKETS), true, Damage.NONE);
    }

    private Verification verify(VerifyLevel level) throws ExtractionException {
        MediaInfo media = SampleMedia.reopened(file, container, track == null ? List.of() : List.of(track));
        return new Verifier(new FakeProber(source -> container == null ? null : media, heard, glance))
                .verify(plan, produced, file, level, new Cancellation());
    }

    private Verification passes(VerifyLevel level, String... names) throws ExtractionException {
        Verification result = verify(level);
        assertThat(result.checks()).extracting(Check::name).containsExactly(names);
        assertThat(result.checks()).extracting(Check::verdict).containsOnly(Verdict.PASS);
        assertThat(result.warnings()).isEmpty();
        return result;
    }

    private void fails(VerifyLevel level, String check) {
        assertThatThrownBy(() -> verify(level))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.VERIFICATION)
                .hasMessageContaining("\"" + check + "\"");
    }

    private void cannotBeReopened(VerifyLevel level) {
        assertThatThrownBy(() -> verify(level))
                .isInstanceOf(ExtractionException.class)
                .hasFieldOrPropertyWithValue("kind", ErrorKind.VERIFICATION)
                .hasMessage("what was written cannot be opened again as sound");
    }

    private static Check check(Verification result, String name) {
        return result.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void hears(long frames, AudioShape shape, double peak, Damage damage) {
        heard = new Heard(frames, shape, peak, -16, Optional.empty(), damage);
    }

    private void sourceGave(long frames, Duration length, boolean sound, Damage damage) {
        produced = SampleProduced.of(Duration.ZERO, length, frames, produced.packets(), sound, damage);
    }

    @Nested
    class A_transcode {
        @BeforeEach
        void to_flac() {
            transcodedTo(AudioFormat.FLAC, SampleTrack.lossless("flac", 16), "flac");
        }

        @Test
        void that_is_right_passes_every_check() throws ExtractionException {
            Verification result =
                    passes(VerifyLevel.FULL, "container", "codec", "decodes", "samples", "level", "shape", "duration");
            assertThat(result.bytes()).isEqualTo(5);
            assertThat(result.duration()).isEqualTo(MINUTE);
            assertThat(result.peakDbfs()).hasValue(-3);
            assertThat(result.integratedLufs()).hasValue(-16);
        }

        @Test
        void that_is_looked_at_quickly_is_not_listened_to() throws ExtractionException {
            Verification result =
                    passes(VerifyLevel.QUICK, "container", "codec", "decodes", "level", "shape", "duration");
            assertThat(result.peakDbfs()).isEmpty();
        }

        @Test
        void that_is_not_looked_at_has_no_checks() throws ExtractionException {
            container = null;
            Verification result = verify(VerifyLevel.OFF);
            assertThat(result.checks()).isEmpty();
            assertThat(result.codec()).isEqualTo("flac");
        }

        @Test
        void in_another_container_fails() {
            container = "ogg";
            fails(VerifyLevel.FULL, "container");
            fails(VerifyLevel.QUICK, "container");
        }

        @Test
        void in_another_codec_fails() {
            track = SampleTrack.lossless("alac", 16).made();
            fails(VerifyLevel.FULL, "codec");
        }

        @Test
        void that_cannot_be_decoded_without_errors_fails() {
            for (Damage damage : FakeProber.kindsOfDamage()) {
                hears(FRAMES, STEREO, -3, damage);
                fails(VerifyLevel.FULL, "decodes");
                glance = FakeProber.glance(PACKETS, true, true, damage);
                fails(VerifyLevel.QUICK, "decodes");
            }
        }

        @Test
        void that_lost_or_won_a_single_sample_fails() {
            hears(FRAMES - 1, STEREO, -3, Damage.NONE);
            fails(VerifyLevel.FULL, "samples");
            hears(FRAMES + 1, STEREO, -3, Damage.NONE);
            fails(VerifyLevel.FULL, "samples");
        }

        @Test
        void that_is_silent_though_the_source_is_not_fails() {
            hears(FRAMES, STEREO, Double.NEGATIVE_INFINITY, Damage.NONE);
            fails(VerifyLevel.FULL, "level");
            glance = FakeProber.glance(PACKETS, false, true, Damage.NONE);
            fails(VerifyLevel.QUICK, "level");
        }

        @Test
        void that_is_as_silent_as_its_source_passes_with_a_warning() throws ExtractionException {
            hears(FRAMES, STEREO, Double.NEGATIVE_INFINITY, Damage.NONE);
            sourceGave(FRAMES, MINUTE, false, Damage.NONE);
            Verification result = verify(VerifyLevel.FULL);
            assertThat(check(result, "level").verdict()).isEqualTo(Verdict.WARN);
            assertThat(result.warnings()).extracting(Text::key).containsExactly("warning.silent-source");
        }

        @Test
        void that_is_very_quiet_passes_with_a_warning() throws ExtractionException {
            hears(FRAMES, STEREO, -60, Damage.NONE);
            assertThat(verify(VerifyLevel.FULL).warnings())
                    .extracting(Text::key)
                    .containsExactly("warning.quiet");
        }

        @Test
        void with_another_rate_or_other_channels_fails() {
            hears(FRAMES, new AudioShape(44_100, 1, "mono", 16, false), -3, Damage.NONE);
            fails(VerifyLevel.FULL, "shape");
            track = SampleTrack.lossless("flac", 16).shape(48_000, 2).made();
            fails(VerifyLevel.QUICK, "shape");
        }

        @Test
        void of_fewer_bits_than_were_to_be_kept_fails() {
            track = SampleTrack.lossless("flac", 24).made();
            fails(VerifyLevel.FULL, "shape");
            fails(VerifyLevel.QUICK, "shape");
        }

        @Test
        void that_is_too_short_though_the_engine_says_it_gave_all_fails() {
            hears(FRAMES / 2, STEREO, -3, Damage.NONE);
            sourceGave(FRAMES / 2, MINUTE, true, Damage.NONE);
            fails(VerifyLevel.FULL, "duration");
        }

        @Test
        void of_a_source_that_ends_early_is_delivered_with_a_warning() throws ExtractionException {
            hears(FRAMES / 2, STEREO, -3, Damage.NONE);
            sourceGave(FRAMES / 2, Duration.ofSeconds(30), true, Damage.NONE);
            Verification result = verify(VerifyLevel.FULL);
            assertThat(result.sourceDamaged()).isTrue();
            assertThat(result.warnings())
                    .extracting(Text::toString)
                    .containsExactly("ends at 0:30 of 1:00 (the file is cut off)");
        }

        @Test
        void that_is_not_media_fails() {
            container = null;
            cannotBeReopened(VerifyLevel.FULL);
            cannotBeReopened(VerifyLevel.QUICK);
        }

        @Test
        void without_a_track_fails() {
            track = null;
            cannotBeReopened(VerifyLevel.FULL);
        }
    }

    @Nested
    class A_lossy_transcode {
        @BeforeEach
        void to_mp3() {
            transcodedTo(AudioFormat.MP3, SampleTrack.lossy("mp3"), "mp3");
        }

        @Test
        void may_be_padded_by_a_few_frames() throws ExtractionException {
            hears(FRAMES + 2 * 1152, STEREO, -3, Damage.NONE);
            passes(VerifyLevel.FULL, "container", "codec", "decodes", "samples", "level", "shape", "duration");
        }

        @Test
        void may_not_be_padded_by_more() {
            hears(FRAMES + 2 * 1152 + 1, STEREO, -3, Damage.NONE);
            fails(VerifyLevel.FULL, "samples");
        }

        @Test
        void may_not_lose_a_single_sample() {
            hears(FRAMES - 1, STEREO, -3, Damage.NONE);
            fails(VerifyLevel.FULL, "samples");
        }
    }

    @Nested
    class An_opus_file {
        @Test
        void is_an_ogg_file() throws ExtractionException {
            transcodedTo(AudioFormat.OPUS, SampleTrack.lossy("opus").shape(48_000, 2), "ogg");
            hears(60 * 48_000L, new AudioShape(48_000, 2, "stereo", 0, false), -3, Damage.NONE);
            sourceGave(60 * 48_000L, MINUTE, true, Damage.NONE);
            assertThat(check(verify(VerifyLevel.FULL), "container").verdict()).isEqualTo(Verdict.PASS);
        }
    }

    @Nested
    class A_copy {
        @BeforeEach
        void of_aac() {
            copiedToM4a();
        }

        @Test
        void that_is_right_passes_every_check() throws ExtractionException {
            passes(VerifyLevel.FULL, "container", "codec", "decodes", "packets", "level", "shape", "duration");
            passes(VerifyLevel.QUICK, "container", "codec", "decodes", "level", "shape", "duration");
        }

        @Test
        void whose_packets_changed_fails() {
            glance = FakeProber.glance(new PacketDigest(100, 5000, "abd"), true, true, Damage.NONE);
            fails(VerifyLevel.FULL, "packets");
            glance = FakeProber.glance(new PacketDigest(99, 4999, "abc"), true, true, Damage.NONE);
            fails(VerifyLevel.FULL, "packets");
        }

        @Test
        void whose_packets_are_only_grouped_differently_passes() throws ExtractionException {
            glance = FakeProber.glance(new PacketDigest(1, 5000, "abc"), true, true, Damage.NONE);
            assertThat(check(verify(VerifyLevel.FULL), "packets").verdict()).isEqualTo(Verdict.PASS);
        }

        @Test
        void of_a_silent_track_passes_with_a_warning() throws ExtractionException {
            glance = FakeProber.glance(PACKETS, false, true, Damage.NONE);
            assertThat(verify(VerifyLevel.FULL).warnings())
                    .extracting(Text::key)
                    .containsExactly("warning.silent-source");
        }

        @Test
        void that_nothing_here_can_decode_passes_with_a_warning() throws ExtractionException {
            glance = FakeProber.glance(PACKETS, false, false, Damage.NONE);
            assertThat(verify(VerifyLevel.FULL).warnings())
                    .extracting(Text::key)
                    .containsExactly("warning.nothing-decodes");
        }

        @Test
        void of_a_damaged_source_is_as_damaged_and_that_is_told_but_no_failure() throws ExtractionException {
            for (Damage damage : FakeProber.kindsOfDamage()) {
                glance = FakeProber.glance(PACKETS, true, true, damage);
                Verification result = verify(VerifyLevel.FULL);
                assertThat(check(result, "decodes").verdict()).isEqualTo(Verdict.WARN);
                assertThat(result.sourceDamaged()).isTrue();
                assertThat(result.warnings()).hasSize(1);
            }
        }

        @Test
        void that_turns_out_to_have_twice_the_rate_is_no_failure() throws ExtractionException {
            track = SampleTrack.aac().shape(88_200, 2).made();
            assertThat(check(verify(VerifyLevel.FULL), "shape").verdict()).isEqualTo(Verdict.WARN);
        }

        @Test
        void that_is_too_short_fails() {
            track = SampleTrack.aac().duration(Duration.ofSeconds(58)).made();
            fails(VerifyLevel.FULL, "duration");
        }

        @Test
        void whose_header_still_claims_what_is_missing_is_as_long_as_its_packets() throws ExtractionException {
            glance = new Prober.Glance(PACKETS, Duration.ofSeconds(36), true, true, true, Damage.NONE);
            produced = SampleProduced.of(
                    Duration.ZERO, Duration.ofSeconds(36), 0, Optional.of(PACKETS), true, Damage.NONE);
            Verification result = verify(VerifyLevel.FULL);
            assertThat(result.duration()).isEqualTo(Duration.ofSeconds(36));
            assertThat(result.lost()).containsExactly(new Loss(Duration.ofSeconds(36), MINUTE, Loss.Why.CUT_OFF));
        }

        @Test
        void that_goes_on_far_longer_is_delivered_with_a_warning() throws ExtractionException {
            track = SampleTrack.aac().duration(Duration.ofSeconds(90)).made();
            glance = new Prober.Glance(PACKETS, Duration.ofSeconds(90), true, true, true, Damage.NONE);
            Verification result = verify(VerifyLevel.FULL);
            assertThat(check(result, "duration").verdict()).isEqualTo(Verdict.WARN);
            assertThat(result.warnings()).extracting(Text::key).containsExactly("warning.goes-on");
        }

        @Test
        void that_is_a_frame_longer_passes() throws ExtractionException {
            track = SampleTrack.aac().duration(Duration.ofMillis(60_020)).made();
            assertThat(check(verify(VerifyLevel.FULL), "duration").verdict()).isEqualTo(Verdict.PASS);
        }
    }

    @Nested
    class Raw_samples {
        @BeforeEach
        void of_one_minute() throws IOException {
            transcodedTo(AudioFormat.PCM, SampleTrack.lossless("pcm_s16le", 16), null);
            write(FRAMES * 4, (byte) 64);
        }

        private void write(long bytes, byte value) throws IOException {
            byte[] samples = new byte[(int) bytes];
            java.util.Arrays.fill(samples, value);
            Files.write(file, samples);
        }

        @Test
        void are_counted_and_heard() throws ExtractionException {
            Verification result = passes(VerifyLevel.FULL, "whole-frames", "samples", "level", "duration");
            assertThat(result.duration()).isEqualTo(MINUTE);
            assertThat(result.container()).isEqualTo("pcm");
        }

        @Test
        void that_break_off_inside_a_frame_fail() throws IOException {
            write(FRAMES * 4 + 1, (byte) 64);
            fails(VerifyLevel.FULL, "whole-frames");
        }

        @Test
        void that_miss_one_fail() throws IOException {
            write(FRAMES * 4 - 4, (byte) 64);
            fails(VerifyLevel.FULL, "samples");
        }

        @Test
        void that_are_all_zero_fail() throws IOException {
            write(FRAMES * 4, (byte) 0);
            fails(VerifyLevel.FULL, "level");
        }

        @Test
        void that_are_not_there_fail() throws IOException {
            Files.delete(file);
            cannotBeReopened(VerifyLevel.FULL);
        }
    }

    @Nested
    class What_was_asked {
        private Optional<Duration> asked(String range, SampleTrack source) {
            ExtractionRequest request = ExtractionRequest.of(Path.of("x.mkv"))
                    .withRange(RangeWish.parse(range).orElseThrow());
            return Findings.asked(SamplePlan.of(request, SampleMedia.with(source.made())))
                    .map(Findings.Asked::length);
        }

        @Test
        void is_the_range_within_the_track() {
            assertThat(asked("0-", SampleTrack.aac())).contains(MINUTE);
            assertThat(asked("10-20", SampleTrack.aac())).contains(Duration.ofSeconds(10));
            assertThat(asked("50-", SampleTrack.aac())).contains(Duration.ofSeconds(10));
            assertThat(asked("50-60", SampleTrack.aac().duration(Duration.ofSeconds(55))))
                    .contains(Duration.ofSeconds(5));
        }

        @Test
        void begins_with_the_track_unless_it_is_aligned_with_the_video() {
            SampleTrack late = SampleTrack.aac().start(Duration.ofSeconds(5));
            ExtractionRequest request = ExtractionRequest.of(Path.of("x.mkv"))
                    .withRange(RangeWish.parse("0-20").orElseThrow());
            MediaInfo media = SampleMedia.with(late.made());
            assertThat(Findings.asked(SamplePlan.of(request.withAlign(Align.VIDEO), media))
                            .map(Findings.Asked::length))
                    .contains(Duration.ofSeconds(20));
            assertThat(Findings.asked(SamplePlan.of(request.withAlign(Align.NONE), media))
                            .map(Findings.Asked::length))
                    .contains(Duration.ofSeconds(15));
        }

        @Test
        void is_unknown_where_the_track_does_not_tell_its_length() {
            assertThat(asked("10-", SampleTrack.aac().unknownDuration())).isEmpty();
            assertThat(asked("10-20", SampleTrack.aac().unknownDuration())).contains(Duration.ofSeconds(10));
        }
    }
}
