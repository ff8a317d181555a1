package dev.soundlift.engine.executable;

import dev.soundlift.engine.Damage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program says on standard error about faults, counted. Thread-safe. */
final class Complaints {
    /** {@code [aac @ 0x55d0c0ffee00] [error] …}: who, where in memory, how bad, what. */
    private static final Pattern LINE =
            Pattern.compile("^(?:\\[(\\S+) @ [^]]*] ?)*\\[(panic|fatal|error|warning)] (.*)$");

    /** The program's own remark on a packet of which the decoder has complained already, by version. */
    private static final Pattern UNDECODABLE =
            Pattern.compile("^(Error while decoding stream|Error submitting packet to decoder|Decoding error:).*");

    private static final Pattern CORRUPT = Pattern.compile(".*corrupt input packet in stream.*");

    /** FFmpeg 7 and later say so of the empty packet with which the parser is flushed at the end of every WebM file. */
    private static final String FLUSHED_OPUS_PARSER = "opus: Error parsing Opus packet header.";

    private long count;
    private long undecodable;
    private long corrupt;
    private boolean brokenOff;
    private String first = "";
    private String last = "";
    private boolean noSpace;

    synchronized void hear(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) return;
        String words = matcher.group(3).strip();
        if (matcher.group(2).equals("warning")) {
            if (CORRUPT.matcher(words).matches()) corrupt++;
            return;
        }
        if (UNDECODABLE.matcher(words).matches()) {
            undecodable++;
            return;
        }
        last = matcher.group(1) == null ? words : matcher.group(1) + ": " + words;
        noSpace |= words.contains("No space left on device");
        brokenOff |= words.startsWith("file:") || words.startsWith("Error during demuxing");
        if (last.equals(FLUSHED_OPUS_PARSER)) return;
        if (count == 0) first = last;
        count++;
    }

    synchronized Damage damage() {
        return new Damage(undecodable, corrupt, count, first, brokenOff);
    }

    /** What was said last before the end; empty where nothing was. */
    synchronized String last() {
        return last;
    }

    synchronized boolean noSpace() {
        return noSpace;
    }
}
