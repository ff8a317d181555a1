package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FORCE;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import dev.soundlift.engine.RangeReader;
import dev.soundlift.engine.Stretches;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.source.MatroskaView;
import dev.soundlift.source.Window;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * FFmpeg's view of a {@link RangeReader}: it calls back for every piece. Nothing is ever thrown through native code; what
 * went wrong is kept for {@link #rethrow}. Owns FFmpeg's context and buffer, and the reader.
 */
final class ReaderInput implements AutoCloseable {
    /** FFmpeg's buffer; a reader may give less at a time. */
    private static final int BUFFER_BYTES = 32 << 10;

    /** Where less than this is left, finding out what can be left out costs more than reading it. */
    private static final long WORTH_SKIPPING = 1 << 20;

    private static final int INPUT_OUTPUT_ERROR = -5;
    private static final int NOT_SUPPORTED = -38;
    private static final int SEEK_SET = 0;
    private static final int SEEK_CUR = 1;
    private static final int SEEK_END = 2;

    /**
     * JavaCPP allows ten callbacks of one type at a time, so that there is one for all, and it is told which input is
     * meant. That also keeps it from being collected while native code knows it.
     */
    private static final Map<Long, ReaderInput> OPEN = new ConcurrentHashMap<>();

    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final Read_packet_Pointer_BytePointer_int READ = new Read_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer which, BytePointer buffer, int size) {
            ReaderInput input = OPEN.get(which.address());
            return input == null ? INPUT_OUTPUT_ERROR : input.read(buffer, size);
        }
    };

    private static final Seek_Pointer_long_int SEEK = new Seek_Pointer_long_int() {
        @Override
        public long call(Pointer which, long offset, int whence) {
            ReaderInput input = OPEN.get(which.address());
            return input == null ? INPUT_OUTPUT_ERROR : input.seek(offset, whence & ~AVSEEK_FORCE);
        }
    };

    /** A number where FFmpeg wants a pointer; nobody looks at what it points to. */
    private static final class Key extends Pointer {
        Key(long number) {
            this.address = number;
        }
    }

    private final MatroskaView reader;
    private final long number = NUMBERS.incrementAndGet();
    private final AVIOContext context;

    private long position;
    private boolean brokenOff;
    private @Nullable Throwable thrown;

    ReaderInput(RangeReader reader) {
        this.reader = new MatroskaView(new Window(reader));
        BytePointer buffer = new BytePointer(av_malloc(BUFFER_BYTES)).capacity(BUFFER_BYTES);
        this.context = avio_alloc_context(buffer, BUFFER_BYTES, 0, new Key(number), READ, null, SEEK);
        OPEN.put(number, this);
    }

    AVIOContext context() {
        return context;
    }

    private int read(BytePointer buffer, int size) {
        if (thrown != null) return AVERROR_EXIT;
        try {
            ByteBuffer target = buffer.capacity(size).asByteBuffer();
            int read = reader.read(position, target);
            if (read <= 0) return AVERROR_EOF;
            position += read;
            return read;
        } catch (ClosedByInterruptException stop) {
            thrown = new ExtractionException(
                    ErrorKind.INTERRUPTED, Text.of("error.interrupted"), Text.of("next.interrupted"), stop);
            return AVERROR_EXIT;
        } catch (IOException broken) {
            brokenOff = true;
            return INPUT_OUTPUT_ERROR;
        } catch (ExtractionException | RuntimeException | Error stop) {
            thrown = stop;
            return AVERROR_EXIT;
        }
    }

    private long seek(long offset, int whence) {
        if (thrown != null) return AVERROR_EXIT;
        try {
            long wanted = switch (whence) {
                case AVSEEK_SIZE -> reader.size().orElse(NOT_SUPPORTED);
                case SEEK_SET -> offset;
                case SEEK_CUR -> position + offset;
                case SEEK_END -> reader.size().orElse(Long.MIN_VALUE) + offset;
                default -> NOT_SUPPORTED;
            };
            if (whence == AVSEEK_SIZE) return wanted;
            if (wanted < 0) return NOT_SUPPORTED;
            position = wanted;
            return wanted;
        } catch (IOException broken) {
            brokenOff = true;
            return INPUT_OUTPUT_ERROR;
        } catch (ExtractionException | RuntimeException | Error stop) {
            thrown = stop;
            return AVERROR_EXIT;
        }
    }

    /** Throws what a callback could not, if anything. */
    void rethrow() throws ExtractionException {
        if (thrown instanceof ExtractionException expected) throw expected;
        if (thrown instanceof RuntimeException bug) throw bug;
        if (thrown instanceof Error fatal) throw fatal;
    }

    /**
     * Leaves the blocks of a Matroska file's other tracks unread, where the file is plain.
     *
     * @param types of the tracks that FFmpeg found, as Matroska numbers them: only where the file declares the same
     * @param wanted the places of those that are read on
     */
    void readOnly(List<Integer> types, Set<Integer> wanted) throws ExtractionException {
        try {
            if (reader.size().orElse(0) - position < WORTH_SKIPPING) return;
            List<MatroskaView.Track> tracks = reader.tracks();
            boolean same =
                    tracks.stream().map(MatroskaView.Track::type).toList().equals(types);
            if (!same) return;
            Set<Long> others = IntStream.range(0, tracks.size())
                    .filter(i -> !wanted.contains(i))
                    .mapToObj(i -> tracks.get(i).number())
                    .collect(Collectors.toSet());
            if (!others.isEmpty()) reader.leaveOut(others, position);
        } catch (IOException broken) {
            brokenOff = true;
        }
    }

    /** Tells the reader that all is going to be read to a time on the file's clock. */
    void readTo(long micros) {
        reader.readTo(micros);
    }

    /** Tells the reader what is going to be read. */
    void expect(Supplier<Stretches> stretches) {
        reader.expect(stretches);
    }

    /** Of a Matroska file in which blocks are left out; otherwise none. */
    List<MatroskaView.Cluster> clusters() throws ExtractionException {
        try {
            return reader.clusters();
        } catch (IOException broken) {
            return List.of();
        }
    }

    /** Whether some part of the source could not be read. */
    boolean brokenOff() {
        return brokenOff;
    }

    /** Whether the source begins as a page for a browser does: what is often saved instead of the video. */
    boolean isWebPage() throws ExtractionException {
        ByteBuffer start = ByteBuffer.allocate(512);
        try {
            int read = reader.read(0, start);
            String text = new String(start.array(), 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
            String tag = text.replaceFirst("^[^<]{0,16}", "").toLowerCase(Locale.ROOT);
            return tag.startsWith("<!doctype html") || tag.startsWith("<html");
        } catch (IOException broken) {
            return false;
        }
    }

    RangeReader reader() {
        return reader;
    }

    @Override
    public void close() {
        OPEN.remove(number);
        av_free(context.buffer()); // FFmpeg may have put another in the place of ours
        avio_context_free(context);
        reader.close();
    }
}
