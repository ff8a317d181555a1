package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16P;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import dev.soundlift.failure.ExtractionException;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** However small or large frames come, their samples stay the same, in order, and each with those of its own shape. */
class LargeFramesTest {
    /** A frame that comes, or where count is 0 a wish for what is collected. */
    record Piece(int rateHz, int channels, boolean planar, int count) {
        Piece of(int samples) {
            return new Piece(rateHz, channels, planar, samples);
        }

        boolean isLike(Piece other) {
            return of(0).equals(other.of(0));
        }
    }

    @Provide
    Arbitrary<List<Piece>> pieces() {
        Arbitrary<Integer> counts = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 2000),
                Arbitraries.of(LargeFrames.SAMPLES / 2, LargeFrames.SAMPLES / 2 + 1, LargeFrames.SAMPLES, 20_000));
        Arbitrary<Piece> shapes = Combinators.combine(
                        Arbitraries.of(8000, 8000, 8000, 48_000),
                        Arbitraries.of(2, 2, 2, 3),
                        Arbitraries.of(true, false))
                .as((rate, channels, planar) -> new Piece(rate, channels, planar, 0));
        Arbitrary<List<Piece>> alike = Combinators.combine(
                        shapes, counts.list().ofMinSize(1).ofMaxSize(30))
                .as((shape, each) -> each.stream().map(shape::of).toList());
        Arbitrary<List<Piece>> wishes = shapes.map(List::of);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(5, alike), net.jqwik.api.Tuple.of(1, wishes))
                .list()
                .ofMaxSize(6)
                .map(lists -> lists.stream().flatMap(List::stream).toList());
    }

    @Property(tries = 100)
    void samples_stay_the_same_in_order_and_with_their_like(@ForAll("pieces") List<Piece> pieces)
            throws ExtractionException {
        List<Frame> kept = new ArrayList<>();
        Frame.Sink keep = frame -> kept.add(Frame.reference(frame)); // which later samples must not change
        try (LargeFrames frames = new LargeFrames()) {
            int at = 0;
            for (Piece piece : pieces) {
                if (piece.count() == 0) {
                    frames.flush(keep);
                    assertThat(kept.stream()
                                    .mapToInt(frame -> frame.raw().nb_samples())
                                    .sum())
                            .isEqualTo(at);
                    continue;
                }
                try (Frame frame = counting(piece, at)) {
                    frames.add(frame.raw(), keep);
                }
                at += piece.count();
            }
            frames.flush(keep);
        }
        List<Piece> came =
                each(pieces.stream().filter(piece -> piece.count() > 0).toList());
        List<Piece> shapes = new ArrayList<>();
        int at = 0;
        for (Frame frame : kept) {
            AVFrame raw = frame.raw();
            Piece shape = new Piece(
                    raw.sample_rate(),
                    raw.ch_layout().nb_channels(),
                    raw.format() == AV_SAMPLE_FMT_S16P,
                    raw.nb_samples());
            shapes.add(shape);
            try (Frame wanted = counting(shape, at)) {
                for (int plane = 0; plane < (shape.planar() ? shape.channels() : 1); plane++) {
                    assertThat(plane(raw, shape, plane)).isEqualTo(plane(wanted.raw(), shape, plane));
                }
            }
            at += shape.count();
            frame.close();
        }
        assertThat(each(shapes)).isEqualTo(came);
    }

    @Property(tries = 20)
    void small_frames_become_few(@ForAll("smallCounts") int count) throws ExtractionException {
        Piece small = new Piece(8000, 2, true, count);
        List<Integer> given = new ArrayList<>();
        try (LargeFrames frames = new LargeFrames();
                Frame frame = counting(small, 0)) {
            for (int i = 0; i < 100; i++) frames.add(frame.raw(), large -> given.add(large.nb_samples()));
        }
        assertThat(given).allMatch(samples -> samples > LargeFrames.SAMPLES - count);
    }

    @Provide
    Arbitrary<Integer> smallCounts() {
        return Arbitraries.integers().between(1, LargeFrames.SAMPLES / 2);
    }

    /** Pieces of one shape that follow each other, put together. */
    private static List<Piece> each(List<Piece> pieces) {
        List<Piece> together = new ArrayList<>();
        for (Piece piece : pieces) {
            Piece last = together.isEmpty() ? null : together.get(together.size() - 1);
            if (last != null && last.isLike(piece)) {
                together.set(together.size() - 1, last.of(last.count() + piece.count()));
            } else {
                together.add(piece);
            }
        }
        return together;
    }

    private static Frame counting(Piece piece, int from) {
        Frame frame = new Frame();
        AVFrame raw = frame.raw();
        raw.format(piece.planar() ? AV_SAMPLE_FMT_S16P : AV_SAMPLE_FMT_S16)
                .sample_rate(piece.rateHz())
                .nb_samples(piece.count());
        av_channel_layout_default(raw.ch_layout(), piece.channels());
        assertThat(av_frame_get_buffer(raw, 0)).isZero();
        for (int channel = 0; channel < piece.channels(); channel++) {
            ShortBuffer plane = plane(raw, piece, channel);
            for (int i = 0; i < piece.count(); i++) plane.put(place(piece, channel, i), value(from + i, channel));
        }
        return frame;
    }

    private static short value(int at, int channel) {
        return (short) (at * 3 + channel * 1000);
    }

    private static int place(Piece shape, int channel, int i) {
        return shape.planar() ? i : i * shape.channels() + channel;
    }

    private static ShortBuffer plane(AVFrame frame, Piece shape, int channel) {
        int values = shape.count() * (shape.planar() ? 1 : shape.channels());
        return frame.extended_data(shape.planar() ? channel : 0)
                .capacity((long) values * Short.BYTES)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asShortBuffer();
    }
}
