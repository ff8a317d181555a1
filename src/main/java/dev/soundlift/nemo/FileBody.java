package dev.soundlift.nemo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** A file on its way out, piece by piece. */
final class FileBody extends RequestBody {
    private static final long PIECE_BYTES = 64 << 10;

    private final Path file;
    private final CloudProgress progress;

    FileBody(Path file, CloudProgress progress) {
        this.file = file;
        this.progress = progress;
    }

    @Override
    public @Nullable MediaType contentType() {
        return MediaType.get("application/octet-stream");
    }

    @Override
    public long contentLength() throws IOException {
        return Files.size(file);
    }

    /** So that nothing below sends it a second time. */
    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        long total = Math.max(1, contentLength());
        long done = 0;
        try (Source source = Okio.source(Files.newInputStream(file))) {
            Buffer piece = new Buffer();
            for (long read = source.read(piece, PIECE_BYTES); read >= 0; read = source.read(piece, PIECE_BYTES)) {
                sink.write(piece, read);
                done += read;
                progress.advanced(CloudProgress.Stage.UPLOAD, Math.min(1.0, done / (double) total));
            }
        }
    }
}
