package dev.soundlift.engine;

import dev.soundlift.plan.Plan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Tags that FFmpeg's muxers cannot write, put into the finished file. */
public final class FileTags {
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int RF64_SIZE_AT = 20;
    private static final int RIFF_SIZE_AT = 4;

    private FileTags() {}

    /** Moves all of an MP3 file back and puts a tag before it. */
    public static void putBefore(Path file, byte[] tag) throws IOException {
        if (tag.length == 0) return;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
            for (long at = channel.size(); at > 0; ) {
                int count = (int) Math.min(BLOCK_BYTES, at);
                at -= count;
                readFully(channel, block.clear().limit(count), at);
                writeFully(channel, block.flip(), at + tag.length);
            }
            writeFully(channel, ByteBuffer.wrap(tag), 0);
        }
    }

    /**
     * Adds a chunk with an ID3 tag to a WAV file: what its own list of texts has no place for, players and FFmpeg read
     * there. In RF64 the length is in another chunk (EBU Tech 3306).
     */
    public static void addToWav(Path file, Plan plan, Optional<Picture> picture) throws IOException {
        // Pieces go to programs that write down what is said: a picture in each would only make them larger
        byte[] tag = Id3Tag.of(plan, plan.cut().isWhole() ? picture : Optional.empty());
        if (tag.length == 0) return;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer head = ByteBuffer.allocate(RF64_SIZE_AT + 8).order(ByteOrder.LITTLE_ENDIAN);
            readFully(channel, head, 0);
            boolean rf64 = magic(head, 0).equals("RF64") && magic(head, 12).equals("ds64");
            long end = channel.size() + (channel.size() & 1);
            int chunk = 8 + tag.length + (tag.length & 1);
            long length = end + chunk - 8;
            boolean fits = rf64 || (magic(head, 0).equals("RIFF") && length <= 0xffff_ffffL);
            if (!fits) return; // a few bytes short of 4 GB: its own list has to do
            ByteBuffer bytes = ByteBuffer.allocate(chunk).order(ByteOrder.LITTLE_ENDIAN);
            bytes.put("id3 ".getBytes(StandardCharsets.US_ASCII))
                    .putInt(tag.length)
                    .put(tag)
                    .rewind();
            writeFully(channel, bytes, end);
            ByteBuffer size = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .flip();
            writeFully(channel, size.limit(rf64 ? 8 : 4), rf64 ? RF64_SIZE_AT : RIFF_SIZE_AT);
        }
    }

    private static String magic(ByteBuffer bytes, int at) {
        byte[] letters = new byte[4];
        bytes.get(at, letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long at) throws IOException {
        for (long from = at; into.hasRemaining(); ) {
            int read = channel.read(into, from);
            if (read < 0) throw new java.io.EOFException("the file became shorter");
            from += read;
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        for (long to = at; bytes.hasRemaining(); ) to += channel.write(bytes, to);
    }
}
