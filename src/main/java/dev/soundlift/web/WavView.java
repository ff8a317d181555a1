package dev.soundlift.web;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.stream.PcmBlock;
import dev.soundlift.stream.PcmStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A track as a WAV file of 16 bits that is nowhere: any place of it is decoded when it is read. What a browser can play
 * and leap about in, whatever the track's codec.
 */
final class WavView extends InputStream {
    /** RIFF, WAVE, fmt and data (Microsoft and IBM, Multimedia Programming Interface 1.0, "Waveform Audio File Format"). */
    static final int HEADER_BYTES = 44;

    private static final long MOST_BYTES = 0xFFFF_FFFFL - HEADER_BYTES;
    private static final int SAMPLE_BYTES = 2;

    /** Decodes from a moment on, to 16 bits. */
    interface From {
        PcmStream at(Duration start) throws ExtractionException;
    }

    private final From from;
    private final int rateHz;
    private final int channels;
    private final long dataBytes;
    private final byte[] header;

    private long position;
    private @Nullable PcmStream sound;
    /** Whether there is nothing to be decoded here. */
    private boolean past;

    private ByteBuffer ready = ByteBuffer.allocate(0);

    /**
     * A view.
     *
     * @param length of the track; a longer one than the format can hold is cut
     */
    WavView(int rateHz, int channels, Duration length, From from) {
        this.from = from;
        this.rateHz = rateHz;
        this.channels = channels;
        long frames = Math.round(length.toNanos() / 1e9 * rateHz);
        this.dataBytes = Math.min(frames * frameBytes(), MOST_BYTES / frameBytes() * frameBytes());
        this.header = header();
    }

    private int frameBytes() {
        return channels * SAMPLE_BYTES;
    }

    long size() {
        return HEADER_BYTES + dataBytes;
    }

    private byte[] header() {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) (HEADER_BYTES - 8 + dataBytes));
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        bytes.putShort((short) 1).putShort((short) channels).putInt(rateHz);
        bytes.putInt(rateHz * frameBytes()).putShort((short) frameBytes()).putShort((short) (8 * SAMPLE_BYTES));
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) dataBytes);
        return bytes.array();
    }

    /** Goes to a place; nothing may have been read before. */
    @Override
    public long skip(long bytes) {
        long skipped = Math.max(0, Math.min(bytes, size() - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (position >= size()) return -1;
        int count;
        if (position < HEADER_BYTES) {
            count = (int) Math.min(length, HEADER_BYTES - position);
            System.arraycopy(header, (int) position, into, offset, count);
        } else {
            count = (int) Math.min(length, size() - position);
            count = decoded(into, offset, count);
        }
        position += count;
        return count;
    }

    private int decoded(byte[] into, int offset, int length) throws IOException {
        try {
            if (sound == null && !past) begin();
            if (!ready.hasRemaining() && !past) decode();
        } catch (ExtractionException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
        if (!ready.hasRemaining()) { // it claims to be longer than it is
            Arrays.fill(into, offset, offset + length, (byte) 0);
            return length;
        }
        int count = Math.min(length, ready.remaining());
        ready.get(into, offset, count);
        return count;
    }

    private void begin() throws ExtractionException {
        long into = position - HEADER_BYTES;
        long frame = into / frameBytes();
        PcmStream opened;
        try {
            opened = from.at(Duration.ofNanos(Math.round(frame * 1e9 / rateHz)));
        } catch (ExtractionException failed) {
            if (failed.kind() != ErrorKind.RANGE_OUTSIDE) throw failed;
            past = true; // the sound ends before the film does
            return;
        }
        sound = opened;
        if (opened.format().channels() != channels || opened.format().sampleRateHz() != rateHz) {
            throw new IllegalStateException("not the shape that was asked for");
        }
        decode();
        ready.position(Math.min(ready.limit(), (int) (into % frameBytes())));
    }

    private void decode() throws ExtractionException {
        Optional<PcmBlock> next = Objects.requireNonNull(sound).next();
        if (next.isEmpty()) {
            ready = ByteBuffer.allocate(0);
            return;
        }
        short[] samples = next.get().shorts();
        ByteBuffer bytes = ByteBuffer.allocate(SAMPLE_BYTES * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        ready = bytes;
    }

    @Override
    public void close() {
        if (sound != null) sound.close();
    }
}
