package dev.soundlift.engine.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.LocalBytes;
import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.sound.TestMedia;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What FFmpeg asks of a reader, and what becomes of what the reader throws. */
class ReaderInputTest {
    private static final MediaSource INTERVIEW = new MediaSource.LocalFile(TestMedia.media("interview.mkv"));

    /** What happens at a position, before the file's own bytes are given. */
    private interface Fault {
        void at(long position) throws IOException, ExtractionException;
    }

    private static Sources withFault(List<RangeReader> closed, Fault fault) {
        return source -> {
            LocalBytes file = LocalBytes.open(((MediaSource.LocalFile) source).path());
            return new RangeReader() {
                @Override
                public OptionalLong size() throws IOException {
                    return file.size();
                }

                @Override
                public int read(long position, ByteBuffer buffer) throws IOException, ExtractionException {
                    fault.at(position);
                    return file.read(position, buffer);
                }

                @Override
                public long bytesRead() {
                    return file.bytesRead();
                }

                @Override
                public void close() {
                    closed.add(this);
                    file.close();
                }
            };
        };
    }

    @Test
    void a_wish_to_stop_is_heard_inside_a_read() {
        List<RangeReader> closed = new ArrayList<>();
        Cancellation cancellation = new Cancellation();
        cancellation.request();
        Sources sources = withFault(closed, position -> cancellation.throwIfRequested());
        assertThatThrownBy(() -> new InProcessProber(sources).probe(INTERVIEW))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        stopped -> assertThat(stopped.kind()).isEqualTo(ErrorKind.INTERRUPTED));
        assertThat(closed).hasSize(1);
    }

    @Test
    void a_fault_of_ours_in_a_read_arrives_as_it_was_thrown() {
        List<RangeReader> closed = new ArrayList<>();
        IllegalStateException fault = new IllegalStateException("a bug");
        Sources sources = withFault(closed, position -> {
            if (position > 100_000) throw fault;
        });
        assertThatThrownBy(() -> {
                    MediaInfo media = new InProcessProber(sources).probe(INTERVIEW);
                    AudioTrack track = media.tracks().get(0);
                    new InProcessProber(sources).glance(INTERVIEW, track, new Cancellation());
                })
                .isSameAs(fault);
        assertThat(closed).isNotEmpty();
    }

    @Test
    void where_a_disk_fails_the_rest_is_kept_and_the_damage_told() throws ExtractionException {
        AudioTrack track = new InProcessProber().probe(INTERVIEW).tracks().get(0);
        Sources sources = withFault(new ArrayList<>(), position -> {
            if (position > 150_000) throw new IOException("bad sector");
        });
        var glance = new InProcessProber(sources).glance(INTERVIEW, track, new Cancellation());
        assertThat(glance.damage().brokenOff()).isTrue();
        assertThat(glance.packets().packets()).isPositive();
    }

    @Test
    void many_inputs_are_open_at_once() throws ExtractionException {
        List<Demuxer> open = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) open.add(Demuxer.open(Sources.FILES, INTERVIEW));
            assertThat(open)
                    .allSatisfy(
                            media -> assertThat(media.context().nb_streams()).isPositive());
        } finally {
            open.forEach(Demuxer::close);
        }
    }
}
