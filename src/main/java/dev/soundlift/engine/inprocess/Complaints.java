package dev.soundlift.engine.inprocess;

import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * What FFmpeg says when it meets damage. Its decoders conceal a broken frame and go on as if nothing had been: the line
 * in the log is the only sign. Kept per thread, because each job works on one, and so does FFmpeg for audio.
 */
final class Complaints {
    /** "[aac @ 0x55d0c0ffee00] ": whose line it is, and an address that says nothing. */
    private static final Pattern ADDRESS = Pattern.compile("^\\[(\\S+) @ [^]]*] ");

    /**
     * FFmpeg 8's Opus parser says so of the empty packet with which it is flushed at the end of every WebM file. Of a
     * really broken packet the decoder says the same, but then it also returns an error, which is counted as such.
     */
    private static final String FLUSHED_OPUS_PARSER = "opus: Error parsing Opus packet header.";

    private static final ThreadLocal<Complaints> OF_THIS_THREAD = ThreadLocal.withInitial(Complaints::new);
    private static final LogCallback LISTENER = new LogCallback() {
        @Override
        public void call(int level, BytePointer message) {
            if (level <= avutil.AV_LOG_ERROR)
                OF_THIS_THREAD.get().add(Ffmpeg.text(message).strip());
        }
    };

    private String first = "";
    private String last = "";
    private long count;
    private long countWhenAsked;

    /** Called once, when the libraries have been loaded. */
    static void listen() {
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
        avutil.setLogCallback(LISTENER);
    }

    /** From here on this thread's complaints are counted anew. */
    static void forget() {
        OF_THIS_THREAD.remove();
    }

    static long count() {
        return OF_THIS_THREAD.get().count;
    }

    /** Empty where there is none. */
    static String first() {
        return OF_THIS_THREAD.get().first;
    }

    /** For an error that FFmpeg returns without saying why; empty where there is none. */
    static String last() {
        return OF_THIS_THREAD.get().last;
    }

    /** Whether there were more since this was last asked. */
    static boolean anyNew() {
        Complaints complaints = OF_THIS_THREAD.get();
        boolean more = complaints.count > complaints.countWhenAsked;
        complaints.countWhenAsked = complaints.count;
        return more;
    }

    /** Takes back what has been said since there were so many: it was not about the source. */
    static void forgetSince(long earlierCount) {
        Complaints complaints = OF_THIS_THREAD.get();
        complaints.count = earlierCount;
        complaints.countWhenAsked = Math.min(complaints.countWhenAsked, earlierCount);
        if (earlierCount == 0) complaints.first = "";
    }

    private void add(String message) {
        last = ADDRESS.matcher(message).replaceFirst("$1: ");
        if (last.equals(FLUSHED_OPUS_PARSER)) return;
        if (count == 0) first = last;
        count++;
    }
}
