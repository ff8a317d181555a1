package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import dev.soundlift.request.ChannelChoice;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Samples whose shape may change midway → the one form that is wanted of all of them. */
final class Shapes implements AutoCloseable {
    private final ChannelChoice channels;
    private final AVChannelLayout wanted;
    private final String form;
    private final Frame.Sink results;
    private final List<Text> repairs = new ArrayList<>();
    private final Set<Text> warnings = new LinkedHashSet<>();

    /** Nothing before the first samples, and between two shapes. */
    private @Nullable Input input;

    /**
     * A way.
     *
     * @param wanted speakers of the results; the caller keeps it for as long as this is open
     * @param form the filter that brings samples of any shape into the wanted form
     */
    Shapes(ChannelChoice channels, AVChannelLayout wanted, String form, Frame.Sink results) {
        this.channels = channels;
        this.wanted = wanted;
        this.form = form;
        this.results = results;
    }

    void push(AVFrame frame) throws ExtractionException {
        Input current = input;
        if (current == null || !current.takes(frame)) {
            finish();
            current = Input.of(frame, channels, wanted, form);
            input = current;
        }
        current.push(frame, results);
    }

    /** Gives out what is held back; more may come after that. */
    void finish() throws ExtractionException {
        Input last = input;
        if (last == null) return;
        last.finish(results);
        repairs.addAll(last.repairs());
        last.warning().ifPresent(warnings::add);
        last.close();
        input = null;
    }

    /** What mixing down did beyond the usual. */
    List<Text> repairs() {
        return repairs;
    }

    /** What the user should know of it. */
    Set<Text> warnings() {
        return warnings;
    }

    @Override
    public void close() {
        if (input != null) input.close();
    }
}
