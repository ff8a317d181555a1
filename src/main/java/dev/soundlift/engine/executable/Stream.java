package dev.soundlift.engine.executable;

import java.util.OptionalLong;

/**
 * One stream as ffprobe describes it.
 *
 * @param startTicks time stamp of its first sample or picture, in ticks of its own clock
 * @param ticksNum a tick lasts so many …
 * @param ticksDen … parts of a second
 */
record Stream(Tree facts, int index, OptionalLong startTicks, long ticksNum, long ticksDen) {

    static Stream of(Tree facts) {
        String[] tick = facts.text("time_base").split("/", 2);
        boolean known = tick.length == 2 && tick[0].matches("[1-9]\\d{0,9}") && tick[1].matches("[1-9]\\d{0,9}");
        return new Stream(
                facts,
                facts.count("index"),
                facts.number("start_pts"),
                known ? Long.parseLong(tick[0]) : 1,
                known ? Long.parseLong(tick[1]) : 1);
    }

    boolean isAudio() {
        return facts.text("codec_type").equals("audio");
    }

    boolean isFilm() {
        return facts.text("codec_type").equals("video") && !isAttachedPicture();
    }

    /** A picture in a form that tags can carry. */
    boolean isCover() {
        String codec = facts.text("codec_name");
        return isAttachedPicture() && (codec.equals("mjpeg") || codec.equals("png")) && facts.count("width") > 0;
    }

    private boolean isAttachedPicture() {
        return facts.object("disposition").count("attached_pic") == 1;
    }

    SampleForm sampleForm() {
        return SampleForm.of(facts.text("sample_fmt"));
    }

    int sampleRateHz() {
        return facts.count("sample_rate");
    }

    int channels() {
        return facts.count("channels");
    }

    /** Empty where the channels have no known places. */
    String layout() {
        String layout = facts.text("channel_layout");
        return layout.equals("unknown") ? "" : layout;
    }

    double seconds(long ticks) {
        return ticks * (double) ticksNum / ticksDen;
    }

    /** Whether a tick is a sample: then time stamps are exact. */
    boolean hasSampleClock() {
        return ticksNum == 1 && ticksDen == sampleRateHz();
    }
}
