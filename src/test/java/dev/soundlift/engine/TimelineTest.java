package dev.soundlift.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.engine.Timeline.Placement;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Samples go where their time stamps say, once each, and what was put right is said. */
class TimelineTest {
    private static final int RATE = 48_000;
    private static final int FRAME = 1024;
    /** What follows is taken for jitter: 40 ms, more than one and a half of such frames. */
    private static final int JITTER = RATE / 25;

    private static final long ALL = Long.MAX_VALUE;
    private static final long SILENCE = Long.MIN_VALUE;

    private static Timeline aligned(long start, long end) {
        return new Timeline(RATE, true, start, end, ALL);
    }

    private static Timeline begun(int samples) {
        Timeline line = aligned(0, ALL);
        line.place(0, samples);
        return line;
    }

    private static List<String> keys(Timeline line) {
        return line.repairs().stream().map(Text::key).toList();
    }

    private static long length(Placement placed) {
        return placed.silence() + placed.keep();
    }

    /** What is given out of contiguous frames, each sample as its place on the media clock. */
    private static List<Long> given(Timeline line, long first, List<Integer> sizes) {
        List<Long> given = new ArrayList<>();
        long at = first;
        for (int size : sizes) {
            Placement placed = line.place(at, size);
            for (long i = 0; i < placed.silence(); i++) given.add(SILENCE);
            for (int i = 0; i < placed.keep(); i++) given.add(at + placed.skip() + i);
            assertThat(placed.skip() + placed.keep()).isLessThanOrEqualTo(size);
            at += size;
        }
        return given;
    }

    private static List<Long> places(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static long sum(List<Integer> sizes) {
        return sizes.stream().mapToLong(size -> size).sum();
    }

    @Property(tries = 300)
    void contiguous_frames_of_any_sizes_give_every_sample_once(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 5000) Integer> sizes) {
        Timeline line = aligned(0, ALL);
        long total = sum(sizes);
        assertThat(given(line, 0, sizes)).isEqualTo(places(0, total));
        assertThat(line.position()).isEqualTo(total);
        assertThat(line.givenUntil()).isEqualTo(total);
        assertThat(line.repairs()).isEmpty();
        assertThat(line.complete()).isFalse();
    }

    @Property(tries = 300)
    void of_a_wanted_stretch_exactly_its_samples_are_given(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 3000) Integer> sizes,
            @ForAll @LongRange(min = 0, max = 20_000) long start,
            @ForAll @LongRange(min = 1, max = 30_000) long wanted) {
        long end = start + wanted;
        long total = sum(sizes);
        Timeline line = aligned(start, end);
        assertThat(given(line, 0, sizes)).isEqualTo(places(start, Math.max(start, Math.min(end, total))));
        assertThat(line.complete()).isEqualTo(total >= end);
        assertThat(line.repairs()).isEmpty();
    }

    @Property(tries = 300)
    void silence_and_sound_together_are_as_long_as_the_wanted_stretch_wherever_the_sound_begins(
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 3000) Integer> sizes,
            @ForAll @LongRange(min = -5000, max = 5000) long first,
            @ForAll @LongRange(min = 0, max = 8000) long start,
            @ForAll @LongRange(min = 1, max = 20_000) long wanted) {
        long end = start + wanted;
        long last = Math.min(end, first + sum(sizes));
        List<Long> expected = new ArrayList<>();
        for (long i = start; i < last; i++) expected.add(i < first ? SILENCE : i);
        Timeline line = aligned(start, end);
        assertThat(given(line, first, sizes)).isEqualTo(expected);
        assertThat(line.givenUntil()).isEqualTo(start + expected.size());
    }

    @Test
    void a_late_start_becomes_silence_and_is_listed_once() {
        Timeline line = aligned(0, ALL);
        assertThat(line.place(24_000, FRAME)).isEqualTo(new Placement(24_000, 0, FRAME));
        assertThat(line.place(24_000 + FRAME, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        assertThat(line.repairs()).singleElement().satisfies(repair -> {
            assertThat(repair.key()).isEqualTo("repair.late-start");
            assertThat(repair.arguments().get(0)).isEqualTo("0.500");
        });
    }

    @Test
    void less_than_a_millisecond_is_silence_without_a_word() {
        Timeline line = aligned(0, ALL);
        assertThat(line.place(47, FRAME)).isEqualTo(new Placement(47, 0, FRAME));
        assertThat(line.repairs()).isEmpty();
    }

    @Test
    void sound_before_the_video_is_left_out_and_listed() {
        Timeline line = aligned(0, ALL);
        assertThat(line.place(-1500, FRAME)).isEqualTo(new Placement(0, 0, 0));
        assertThat(line.place(-1500 + FRAME, FRAME)).isEqualTo(new Placement(0, 476, 548));
        assertThat(line.place(-1500 + 2 * FRAME, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        assertThat(keys(line)).containsExactly("repair.early-start");
    }

    @Test
    void where_a_cut_begins_later_the_start_of_the_sound_is_nobodys_concern() {
        Timeline line = aligned(RATE, ALL);
        line.place(-1500, FRAME);
        line.place(2 * RATE, FRAME);
        assertThat(keys(line)).doesNotContain("repair.early-start", "repair.late-start");
    }

    @Property
    void a_gap_above_the_jitter_becomes_silence_of_exactly_its_length(
            @ForAll @IntRange(min = JITTER + 1, max = 60 * RATE) int gap) {
        Timeline line = begun(FRAME);
        assertThat(line.place(FRAME + gap, FRAME)).isEqualTo(new Placement(gap, 0, FRAME));
        assertThat(line.position()).isEqualTo(2L * FRAME + gap);
        assertThat(keys(line)).containsExactly("repair.gap");
    }

    @Property
    void time_stamps_that_jitter_change_nothing(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = -JITTER, max = JITTER) Integer> jitters) {
        Timeline line = begun(FRAME);
        for (int jitter : jitters) {
            assertThat(line.place(line.position() + jitter, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        }
        assertThat(line.repairs()).isEmpty();
    }

    @Property
    void an_overlap_of_up_to_a_second_is_left_out(@ForAll @IntRange(min = JITTER + 1, max = RATE) int overlap) {
        int size = 2 * RATE;
        // Of frames as long as these, more is taken for jitter
        Timeline line = begun(size);
        List<Long> given = new ArrayList<>();
        for (long at = size - overlap; at < size + 10L * FRAME; at += FRAME) {
            Placement placed = line.place(at, FRAME);
            assertThat(placed.silence()).isZero();
            for (int i = 0; i < placed.keep(); i++) given.add(at + placed.skip() + i);
        }
        assertThat(given).isEqualTo(places(size, line.position()));
        assertThat(keys(line)).containsExactly("repair.overlap");
    }

    @Property
    void a_clock_that_begins_anew_loses_nothing_and_is_listed(
            @ForAll @IntRange(min = RATE + 1, max = 100 * RATE) int back) {
        int size = 100 * RATE;
        Timeline line = begun(size);
        for (int i = 0; i < 10; i++) {
            long stamp = size - back + (long) i * FRAME;
            assertThat(line.place(stamp, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        }
        assertThat(line.position()).isEqualTo(size + 10L * FRAME);
        assertThat(keys(line)).containsExactly("repair.jump");
    }

    @Property
    void time_stamps_that_hardly_move_on_lose_no_sound(
            @ForAll @IntRange(min = 0, max = FRAME / 2 - 1) int step,
            @ForAll @IntRange(min = 7, max = 200) int frames) {
        Timeline line = begun(FRAME);
        for (int i = 1; i < frames; i++) {
            assertThat(line.place((long) i * step, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        }
        assertThat(keys(line)).containsExactly("repair.crawl");
    }

    /** As a live recording writes them that gets its packets ten at a time. */
    @Test
    void time_stamps_that_come_in_bursts_lose_no_sound_and_leave_no_gap() {
        Timeline line = begun(FRAME);
        for (int i = 1; i < 100; i++) {
            assertThat(line.place((i / 10) * 10L * FRAME + i % 10, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        }
        assertThat(line.position()).isEqualTo(100 * FRAME);
    }

    @Test
    void after_a_jump_gaps_and_overlaps_are_those_of_the_new_clock() {
        Timeline line = begun(3 * RATE);
        line.place(0, RATE);
        assertThat(line.place(RATE + 5000, FRAME)).isEqualTo(new Placement(5000, 0, FRAME));
        assertThat(line.place(RATE + 5000 - 4000, FRAME)).isEqualTo(new Placement(0, 0, 0));
        assertThat(line.place(RATE + 5000 - 4000 + FRAME, 6 * FRAME)).isEqualTo(new Placement(0, 4000, 2144));
        assertThat(keys(line)).containsExactly("repair.jump", "repair.gap", "repair.overlap");
    }

    @Property
    void a_step_beyond_the_end_of_the_media_is_a_jump(@ForAll @LongRange(min = 1, max = 1_000_000_000) long beyond) {
        long length = 60L * RATE;
        Timeline line = new Timeline(RATE, true, 0, ALL, length);
        line.place(0, FRAME);
        assertThat(line.place(length + beyond, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        assertThat(line.place(length + beyond + FRAME, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        assertThat(line.position()).isEqualTo(3 * FRAME);
        assertThat(keys(line)).containsExactly("repair.jump");
    }

    @Test
    void a_step_up_to_the_end_of_the_media_is_a_gap() {
        long length = 60L * RATE;
        Timeline line = new Timeline(RATE, true, 0, ALL, length);
        line.place(0, FRAME);
        assertThat(line.place(length, FRAME).silence()).isEqualTo(length - FRAME);
        assertThat(keys(line)).containsExactly("repair.gap");
    }

    @Test
    void where_the_length_is_not_known_an_hour_is_a_gap_and_more_a_jump() {
        long hour = 3600L * RATE;
        assertThat(begun(FRAME).place(FRAME + hour, FRAME)).isEqualTo(new Placement(hour, 0, FRAME));
        assertThat(begun(FRAME).place(FRAME + hour + 1, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
    }

    @Test
    void where_the_length_is_not_known_a_start_after_more_than_an_hour_is_a_jump() {
        long hour = 3600L * RATE;
        assertThat(aligned(0, ALL).place(hour, FRAME)).isEqualTo(new Placement(hour, 0, FRAME));
        assertThat(aligned(0, ALL).place(hour + 1, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
    }

    @Test
    void a_length_of_hours_is_believed_of_a_file_that_can_hold_them() {
        assertThat(lengthOf(Duration.ofHours(99), OptionalLong.of(128 << 10))).isEqualTo(ALL);
        assertThat(lengthOf(Duration.ofHours(99), OptionalLong.of(20 << 20))).isEqualTo((99 * 3600L + 10) * RATE);
        assertThat(lengthOf(Duration.ofHours(99), OptionalLong.empty())).isEqualTo((99 * 3600L + 10) * RATE);
        assertThat(lengthOf(Duration.ofHours(1), OptionalLong.of(100))).isEqualTo((3600L + 10) * RATE);
    }

    private static long lengthOf(Duration claimed, OptionalLong bytes) {
        MediaInfo media = new MediaInfo(
                new MediaSource.LocalFile(Path.of("film.mkv")),
                "matroska,webm",
                Optional.of(claimed),
                false,
                List.of(),
                List.of(),
                Map.of(),
                true,
                false);
        return Timeline.lengthOf(media, bytes, RATE);
    }

    @Property
    void without_alignment_every_sample_is_given_and_never_silence(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = -500_000, max = 500_000) Integer> stamps) {
        Timeline line = new Timeline(RATE, false, 0, ALL, 100_000);
        for (int stamp : stamps) assertThat(line.place(stamp, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        assertThat(line.repairs()).isEmpty();
    }

    @Property
    void a_frame_without_a_time_stamp_follows_the_last_one(
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 5000) Integer> sizes) {
        Timeline line = aligned(0, ALL);
        for (int size : sizes) assertThat(line.placeNext(size)).isEqualTo(new Placement(0, 0, size));
        assertThat(line.position()).isEqualTo(sum(sizes));
        assertThat(line.repairs()).isEmpty();
    }

    @Test
    void after_a_jump_too_a_frame_without_a_time_stamp_follows_the_last_one() {
        Timeline line = begun(3 * RATE);
        line.place(0, FRAME);
        assertThat(line.placeNext(FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        assertThat(line.place(2 * FRAME, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        assertThat(keys(line)).containsExactly("repair.jump");
    }

    @Test
    void a_first_frame_without_a_time_stamp_is_where_the_cut_begins() {
        assertThat(aligned(RATE, ALL).placeNext(FRAME)).isEqualTo(new Placement(0, 0, FRAME));
    }

    private static Timeline withGaps(int gaps) {
        Timeline line = begun(FRAME);
        for (int i = 0; i < gaps; i++) line.place(line.position() + RATE, FRAME);
        return line;
    }

    @Test
    void twenty_repairs_are_listed_and_the_others_counted() {
        assertThat(keys(withGaps(20))).hasSize(20).containsOnly("repair.gap");
        List<Text> more = withGaps(25).repairs();
        assertThat(more).hasSize(21).last().isEqualTo(Text.of("repair.more", "5"));
    }

    @Test
    void repairs_say_how_much_and_where() {
        Timeline line = begun(2 * RATE);
        line.place(2 * RATE + RATE / 4, FRAME);
        assertThat(line.repairs()).containsExactly(Text.of("repair.gap", "0.250", "0:02"));
    }

    @Test
    void a_gap_that_ends_before_the_wanted_stretch_is_not_listed() {
        Timeline line = aligned(10 * RATE, ALL);
        line.place(0, FRAME);
        line.place(5 * RATE, FRAME);
        assertThat(line.repairs()).isEmpty();
    }

    @Property
    void at_another_rate_the_line_goes_on_where_it_was(
            @ForAll @IntRange(min = 1, max = 1000) int seconds,
            @ForAll @IntRange(min = 8000, max = 192_000) int otherHz) {
        Timeline line = begun(seconds * RATE).atRate(otherHz, ALL, ALL);
        long there = (long) seconds * otherHz;
        assertThat(line.position()).isEqualTo(there);
        assertThat(line.givenUntil()).isEqualTo(there);
        assertThat(line.place(there, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        assertThat(line.place(there + FRAME + otherHz, FRAME)).isEqualTo(new Placement(otherHz, 0, FRAME));
        assertThat(keys(line)).containsExactly("repair.gap");
    }

    @Test
    void at_another_rate_jumps_stay_taken_out() {
        Timeline line = begun(3 * RATE);
        line.place(0, RATE);
        Timeline other = line.atRate(44_100, ALL, ALL);
        assertThat(other.place(44_100, FRAME)).isEqualTo(new Placement(0, 0, FRAME));
        assertThat(other.position()).isEqualTo(4 * 44_100 + FRAME);
        assertThat(keys(other)).containsExactly("repair.jump");
    }

    @Test
    void at_another_rate_repairs_are_kept_and_still_counted() {
        Timeline other = withGaps(22).atRate(44_100, ALL, ALL);
        other.place(other.position() + 44_100, FRAME);
        assertThat(other.repairs()).hasSize(21).last().isEqualTo(Text.of("repair.more", "3"));
    }

    @Test
    void at_another_rate_the_end_is_the_one_that_is_given() {
        Timeline other = begun(RATE).atRate(44_100, 44_100 + 100, ALL);
        assertThat(length(other.place(44_100, FRAME))).isEqualTo(100);
        assertThat(other.complete()).isTrue();
    }

    @Test
    void a_line_on_which_nothing_lies_begins_at_the_other_rate() {
        Timeline other = aligned(RATE, ALL).atRate(44_100, ALL, ALL);
        assertThat(other.place(0, 2 * 44_100)).isEqualTo(new Placement(0, 44_100, 44_100));
    }
}
