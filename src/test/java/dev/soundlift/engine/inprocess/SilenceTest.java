package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Hours of silence take no more memory than a second, and nobody has to wait for their end. */
class SilenceTest {
    private static void give(long samples, Cancellation cancellation, Frame.Sink sink) throws ExtractionException {
        try (Frame like = new Frame()) {
            like.raw().format(AV_SAMPLE_FMT_S16).sample_rate(8000);
            av_channel_layout_default(like.raw().ch_layout(), 2);
            Silence.give(like.raw(), samples, cancellation, sink);
        }
    }

    @Test
    void it_comes_in_seconds_and_is_as_long_as_asked_for() throws ExtractionException {
        List<Integer> given = new ArrayList<>();
        give(20_001, new Cancellation(), frame -> given.add(frame.nb_samples()));
        assertThat(given).containsExactly(8000, 8000, 4001);
    }

    @Test
    void a_wish_to_stop_is_obeyed_before_the_next_second() {
        Cancellation cancellation = new Cancellation();
        List<Integer> given = new ArrayList<>();
        assertThatThrownBy(() -> give(8000L * 99 * 3600, cancellation, frame -> {
                    given.add(frame.nb_samples());
                    if (given.size() == 3) cancellation.request();
                }))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INTERRUPTED));
        assertThat(given).hasSize(3);
    }
}
