package dev.soundlift.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** An object on its way into a bucket in parts, which has its name only when all of them are there. */
record S3Parts(S3Client client, String bucket, String key, String upload) {
    /** As many as S3 takes. */
    private static final int MOST_PARTS = 10_000;

    static S3Parts begin(S3Client client, String bucket, String key, Map<String, String> metadata) {
        String upload = client.createMultipartUpload(
                        create -> create.bucket(bucket).key(key).metadata(metadata))
                .uploadId();
        return new S3Parts(client, bucket, key, upload);
    }

    /** Sends a file from the disk, with no more of it in memory than the buffers of the network. */
    List<CompletedPart> upload(Path file, long partBytes) throws IOException {
        long size = Files.size(file);
        long length = Math.max(partBytes, (size + MOST_PARTS - 1) / MOST_PARTS);
        List<CompletedPart> parts = new ArrayList<>();
        for (long from = 0; from < size; from += length) {
            int number = parts.size() + 1;
            long start = from;
            long bytes = Math.min(length, size - from);
            // Opened once more where a part has to be sent again; no more than the bytes of the part are taken from it
            ContentStreamProvider content = ContentStreamProvider.fromInputStreamSupplier(() -> from(file, start));
            RequestBody body = RequestBody.fromContentProvider(content, bytes, "application/octet-stream");
            String tag = client.uploadPart(
                            part -> part.bucket(bucket)
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(number)
                                    .contentLength(bytes),
                            body)
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        return parts;
    }

    private static InputStream from(Path file, long start) {
        try {
            return Channels.newInputStream(FileChannel.open(file).position(start));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Gives the object its name. */
    void complete(List<CompletedPart> parts, boolean replace) {
        CompleteMultipartUploadRequest.Builder request = CompleteMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key)
                .uploadId(upload)
                .multipartUpload(all -> all.parts(parts));
        if (!replace) request.ifNoneMatch("*");
        client.completeMultipartUpload(request.build());
    }

    /** What is left of an upload is paid for until it is gone. */
    void abort(Throwable why) {
        try {
            client.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException still) {
            why.addSuppressed(still);
        }
    }
}
