package dev.soundlift.engine;

import dev.soundlift.media.MediaInfo;
import dev.soundlift.request.MediaTime;
import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Puts decoded frames where their time stamps say that they belong, in samples of the media clock: what is missing
 * becomes silence, what comes twice is dropped, and of all that the wanted stretch is kept. Pure arithmetic; positions
 * are samples of one channel, counted from the clock's zero.
 */
public final class Timeline {
    /**
     * Time stamps of live recordings jitter, and containers round them; below this, frames simply follow each other. Half
     * of what people notice between picture and sound (ITU-R BT.1359: 45 ms early).
     */
    private static final Duration JITTER = Duration.ofMillis(40);

    private static final Duration MOST_JITTER = Duration.ofMillis(150);
    /** A step back by more is a clock that began anew, as where recordings were joined, not sound that was sent twice. */
    private static final Duration LONGEST_OVERLAP = Duration.ofSeconds(1);
    /** A step forward by more, where the file's length is not known, is a clock that jumped. */
    private static final Duration LONGEST_GAP = Duration.ofHours(1);

    /** Frames that all but share a time stamp with the one before, in a row, and are not taken for sound sent twice. */
    private static final int CRAWLING = 2;
    /** A container's length is that of its longest track, more or less. */
    private static final Duration MARGIN = Duration.ofSeconds(10);
    /** No codec needs less (Codec 2: 450 bit/s): a file that says that it is longer than that allows is not believed. */
    private static final long LEAST_BYTES_PER_SECOND = 50;

    private static final int LISTED = 20;

    private final int rateHz;
    private final boolean aligned;
    private final long start;
    private final long end;
    private final long lengthOfMedia;
    private final List<Text> repairs = new ArrayList<>();

    /** Where the next frame lies if it follows the last one; by the time stamps, jumps taken out. */
    private long next;
    /** What was taken out of the time stamps by ignoring jumps. */
    private long jumped;
    /** Where the next sample that is given out lies. */
    private long given;

    /** Of the last frame, as it came. */
    private long lastTimestamp;

    private int lastSamples;
    /** So many frames came with hardly any time between them. */
    private int crawling;

    private boolean crawlListed;

    private boolean begun;
    private long unlisted;

    /**
     * A line on which nothing has been put.
     *
     * @param aligned whether gaps are filled and overlaps dropped; otherwise frames follow each other as they come
     * @param start of the wanted stretch
     * @param end of the wanted stretch, excluded; {@link Long#MAX_VALUE} for all
     * @param lengthOfMedia in samples, where known; {@link Long#MAX_VALUE} otherwise
     */
    public Timeline(int rateHz, boolean aligned, long start, long end, long lengthOfMedia) {
        this.rateHz = rateHz;
        this.aligned = aligned;
        this.start = start;
        this.end = end;
        this.lengthOfMedia = lengthOfMedia;
        this.given = start;
    }

    /**
     * How long a file is, in samples, as far as what it says of that can be believed; {@link Long#MAX_VALUE} otherwise.
     *
     * @param bytes of the file, where that is known
     */
    public static long lengthOf(MediaInfo media, OptionalLong bytes, int rateHz) {
        long most = Math.max(
                LONGEST_GAP.toSeconds(),
                bytes.isPresent() ? bytes.getAsLong() / LEAST_BYTES_PER_SECOND : Long.MAX_VALUE);
        return media.duration()
                .filter(claimed -> !media.durationEstimated() && claimed.toSeconds() <= most)
                .map(claimed -> samples(claimed.plus(MARGIN), rateHz))
                .orElse(Long.MAX_VALUE);
    }

    /** The same line for what comes at another rate from here on: nothing that was learnt of the clock is forgotten. */
    public Timeline atRate(int otherHz, long otherEnd, long otherLengthOfMedia) {
        double factor = otherHz / (double) rateHz;
        Timeline other = new Timeline(otherHz, aligned, Math.round(start * factor), otherEnd, otherLengthOfMedia);
        other.begun = begun;
        other.next = Math.round(next * factor);
        other.jumped = Math.round(jumped * factor);
        other.given = Math.round(given * factor);
        other.lastTimestamp = Math.round(lastTimestamp * factor);
        other.lastSamples = (int) Math.round(lastSamples * factor);
        other.crawling = crawling;
        other.crawlListed = crawlListed;
        other.unlisted = unlisted;
        other.repairs.addAll(repairs);
        return other;
    }

    /**
     * What to do with one frame.
     *
     * @param silence samples of silence to give out before it
     * @param skip samples to drop from its front
     * @param keep samples to give out after that; the rest is dropped
     */
    public record Placement(long silence, int skip, int keep) {}

    /** Places a frame whose time stamp is not known: after the last one. */
    public Placement placeNext(int samples) {
        return begun ? put(next, samples) : place(start, samples);
    }

    /** Places a frame of so many samples whose time stamp says that it begins at a position. */
    public Placement place(long timestamp, int samples) {
        return put(begun ? follow(timestamp, samples) : begin(timestamp, samples), samples);
    }

    private Placement put(long position, int samples) {
        next = position + samples;
        long from = Math.max(position, given);
        long to = Math.min(position + samples, end);
        if (aligned && position >= end && given < end) { // the gap reaches past the end of what is wanted
            long silence = end - given;
            given = end;
            return new Placement(silence, 0, 0);
        }
        if (to <= from) return new Placement(0, 0, 0);
        long silence = aligned ? from - given : 0;
        given = to;
        return new Placement(silence, (int) (from - position), (int) (to - from));
    }

    private long begin(long timestamp, int samples) {
        begun = true;
        lastTimestamp = timestamp;
        lastSamples = samples;
        boolean fromZero = start == 0;
        if (!aligned) {
            if (fromZero) given = timestamp; // wherever the sound begins
            return timestamp;
        }
        if (isTooLate(start, timestamp)) { // no start that late is meant
            jumped = timestamp - start;
            list("repair.jump", jumped);
            return start;
        }
        boolean worthAWord = Math.abs(timestamp) >= samples(Duration.ofMillis(1));
        if (fromZero && worthAWord)
            list(timestamp > 0 ? "repair.late-start" : "repair.early-start", Math.abs(timestamp));
        return timestamp;
    }

    private long follow(long timestamp, int samples) {
        boolean crawls = crawls(timestamp, samples);
        long step = timestamp - jumped - next;
        // Decoders that hold samples back give their first frames stamps that are off by one
        long jitter = Math.max(samples(JITTER), Math.min(samples * 3L / 2, samples(MOST_JITTER)));
        if (!aligned || Math.abs(step) <= jitter) return next;
        if (crawls && step < 0) {
            if (!crawlListed) list("repair.crawl", samples);
            crawlListed = true;
            return next;
        }
        boolean absurd = step > 0 ? isTooLate(next, next + step) : -step > samples(LONGEST_OVERLAP);
        if (absurd) {
            jumped += step;
            list("repair.jump", Math.abs(step));
            return next;
        }
        long felt = step > 0 ? next + step - Math.max(given, next) : -step;
        if (felt > 0 && next + step < end) list(step > 0 ? "repair.gap" : "repair.overlap", felt);
        return next + step;
    }

    /**
     * Whether the time stamps move on by less than half of what the frames hold, again and again: then they are wrong, or
     * come in bursts, and no sound came twice.
     */
    private boolean crawls(long timestamp, int samples) {
        long advance = timestamp - lastTimestamp;
        crawling = advance >= 0 && 2 * advance < lastSamples ? crawling + 1 : 0;
        if (crawling == 0) crawlListed = false;
        lastTimestamp = timestamp;
        lastSamples = samples;
        return crawling >= CRAWLING;
    }

    private boolean isTooLate(long from, long to) {
        return lengthOfMedia == Long.MAX_VALUE ? to - from > samples(LONGEST_GAP) : to > lengthOfMedia;
    }

    private long samples(Duration time) {
        return samples(time, rateHz);
    }

    /** A time in samples of one channel. */
    public static long samples(Duration time, int rateHz) {
        return Math.round(time.toNanos() / 1e9 * rateHz);
    }

    /** So many samples of one channel as a time. */
    public static Duration duration(long samples, int rateHz) {
        return Duration.ofNanos(Math.round(samples * 1e9 / rateHz));
    }

    private void list(String key, long length) {
        if (repairs.size() >= LISTED) {
            unlisted++;
            return;
        }
        Duration at = Duration.ofMillis(Math.round(next * 1000.0 / rateHz));
        String seconds = String.format(Locale.ROOT, "%.3f", length / (double) rateHz);
        repairs.add(Text.of(key, seconds, MediaTime.print(at.isNegative() ? Duration.ZERO : at)));
    }

    /** Whether the wanted stretch is complete: later frames give nothing. */
    public boolean complete() {
        return begun && next >= end;
    }

    /** Where the next frame is expected. */
    public long position() {
        return next;
    }

    /** Where the last sample that was given out ends. */
    public long givenUntil() {
        return given;
    }

    /** What was put right, in the order of the media clock; at most twenty and a remark. */
    public List<Text> repairs() {
        if (unlisted == 0) return List.copyOf(repairs);
        List<Text> all = new ArrayList<>(repairs);
        all.add(Text.of("repair.more", Long.toString(unlisted)));
        return all;
    }
}
