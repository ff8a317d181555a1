package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;

/** Work on frames by another thread than the one that makes them. */
class BesideTest {
    private static final int FRAMES = 1000;

    private static void give(Beside beside, int count) throws ExtractionException {
        try (Frame frame = new Frame()) {
            for (int i = 0; i < count; i++) {
                AVFrame raw = frame.raw();
                raw.format(AV_SAMPLE_FMT_S16).sample_rate(8000).nb_samples(16).pts(i);
                av_channel_layout_default(raw.ch_layout(), 1);
                av_frame_get_buffer(raw, 0);
                beside.sound(raw);
                frame.clear();
            }
        }
    }

    @Test
    void every_frame_is_worked_on_once_and_in_order() throws ExtractionException {
        List<Long> seen = new ArrayList<>();
        try (Beside beside = Beside.of(new Workers(4), frame -> seen.add(frame.pts()))) {
            give(beside, FRAMES);
            beside.finish();
        }
        assertThat(seen).isEqualTo(LongStream.range(0, FRAMES).boxed().toList());
    }

    @Test
    void silence_keeps_its_place_between_the_sounds() throws ExtractionException {
        List<Long> seen = new ArrayList<>();
        PlacedSamples listener = new PlacedSamples() {
            @Override
            public void silence(AVFrame like, long samples) {
                seen.add(-samples);
            }

            @Override
            public void sound(AVFrame frame) {
                seen.add(frame.pts());
            }
        };
        try (Beside beside = new Beside(Workers.STAGES, listener);
                Frame like = new Frame()) {
            like.raw().format(AV_SAMPLE_FMT_S16).sample_rate(8000).nb_samples(16);
            av_channel_layout_default(like.raw().ch_layout(), 1);
            av_frame_get_buffer(like.raw(), 0);
            give(beside, 40);
            beside.silence(like.raw(), 1L << 40);
            give(beside, 2);
            beside.finish();
        }
        List<Long> wanted = new ArrayList<>(LongStream.range(0, 40).boxed().toList());
        wanted.addAll(List.of(-(1L << 40), 0L, 1L));
        assertThat(seen).isEqualTo(wanted);
    }

    @Test
    void what_goes_wrong_there_reaches_the_giver() throws ExtractionException {
        ExtractionException broken = new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.interrupted"), Text.of("next.interrupted"));
        try (Beside beside = Beside.of(new Workers(2), frame -> {
            if (frame.pts() == 100) throw broken;
        })) {
            assertThatThrownBy(() -> give(beside, FRAMES)).isSameAs(broken);
        }
    }

    @Test
    void a_giver_that_stops_halfway_leaves_nothing_running() throws ExtractionException {
        List<Long> seen = new ArrayList<>();
        try (Beside beside = Beside.of(new Workers(2), frame -> seen.add(frame.pts()))) {
            give(beside, FRAMES - 5);
        }
        int afterwards = seen.size();
        assertThat(afterwards).isLessThan(FRAMES);
        assertThat(seen).isEqualTo(LongStream.range(0, afterwards).boxed().toList());
    }

    @Test
    void a_bug_over_there_does_not_keep_the_giver_from_closing() throws ExtractionException {
        Beside beside = Beside.of(new Workers(2), frame -> {
            throw new IllegalStateException("a bug");
        });
        give(beside, Beside.FEWEST); // handed on
        beside.close();
        assertThatThrownBy(() -> {
                    try (Beside again = Beside.of(new Workers(2), frame -> {
                        throw new IllegalStateException("a bug");
                    })) {
                        give(again, 40);
                        again.finish();
                    }
                })
                .hasMessage("a bug");
    }
}
