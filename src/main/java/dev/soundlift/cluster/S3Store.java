package dev.soundlift.cluster;

import dev.soundlift.cluster.S3Access.Place;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of an object store. Written with If-None-Match, so that of two attempts one gives the name. */
final class S3Store implements Store {
    /** Of an object: the item that it was made for. */
    private static final String MADE_FOR = "soundlift-item";

    /** What is wrong with one name or file, and with no other. */
    private static final Set<String> UNFIT = Set.of("KeyTooLongError", "EntityTooLarge", "InvalidURI");

    /** What is larger goes in parts of this size: few requests, and little to send again. */
    private static final long PART_BYTES = 64L << 20;

    private static final int TAKEN = 412;
    /** Two attempts at the same moment; the other one may yet fail. */
    private static final int CONFLICT = 409;

    private static final int GONE = 404;

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final long partBytes;

    S3Store(S3Client client, Place place, long partBytes) {
        this.client = client;
        this.bucket = place.bucket();
        this.prefix = place.prefix();
        this.partBytes = partBytes;
    }

    static S3Store of(String address) throws ExtractionException {
        Place place = Place.of(address);
        return new S3Store(S3Access.shared().client(), place, PART_BYTES);
    }

    @Override
    public String called(String name) {
        return "s3://" + bucket + "/" + prefix + name;
    }

    @Override
    public Given give(Path file, String name, String key, boolean replace) throws IOException {
        if (List.of(name.split("/")).contains("..")) throw new IllegalArgumentException("outside: " + name);
        try {
            return Files.size(file) > partBytes ? inParts(file, name, key, replace) : whole(file, name, key, replace);
        } catch (S3Exception refused) {
            throw ofThisFile(refused, name);
        } catch (SdkException refused) {
            throw failed(refused);
        }
    }

    private Given whole(Path file, String name, String key, boolean replace) throws IOException {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(prefix + name).metadata(Map.of(MADE_FOR, key));
        if (!replace) request.ifNoneMatch("*");
        try {
            client.putObject(request.build(), RequestBody.fromFile(file));
            return Given.NEW;
        } catch (S3Exception refused) {
            if (refused.statusCode() != TAKEN && refused.statusCode() != CONFLICT) throw refused;
            return there(name, key).orElseThrow(() -> failed(refused));
        }
    }

    /** A large file: as no more than 5 GB can be put at once. */
    private Given inParts(Path file, String name, String key, boolean replace) throws IOException {
        if (!replace) { // before the name is asked for with the last part, after hours perhaps
            Optional<Given> taken = there(name, key);
            if (taken.isPresent()) return taken.get();
        }
        S3Parts parts = S3Parts.begin(client, bucket, prefix + name, Map.of(MADE_FOR, key));
        try {
            parts.complete(parts.upload(file, partBytes), replace);
            return Given.NEW;
        } catch (S3Exception refused) {
            parts.abort(refused);
            // Gone where an answer was lost and the same was asked twice
            if (!Set.of(TAKEN, CONFLICT, GONE).contains(refused.statusCode())) throw refused;
            return there(name, key).orElseThrow(() -> failed(refused));
        } catch (IOException | RuntimeException | Error broken) {
            parts.abort(broken);
            throw broken;
        }
    }

    /** Whose the name is; nothing where it is nobody's. */
    private Optional<Given> there(String name, String key) {
        try {
            Map<String, String> metadata = client.headObject(
                            head -> head.bucket(bucket).key(prefix + name))
                    .metadata();
            return Optional.of(key.equals(metadata.get(MADE_FOR)) ? Given.SAME : Given.OTHER);
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        }
    }

    private IOException ofThisFile(S3Exception why, String name) {
        boolean unfit = why.awsErrorDetails() != null
                && UNFIT.contains(why.awsErrorDetails().errorCode());
        return unfit ? new FileSystemException(called(name), null, why.getMessage()) : failed(why);
    }

    private static IOException failed(SdkException why) {
        return new IOException(why.getMessage(), why);
    }

    @Override
    public void write(String name, String text) throws IOException {
        try {
            client.putObject(put -> put.bucket(bucket).key(prefix + name), RequestBody.fromString(text));
        } catch (SdkException refused) {
            throw failed(refused);
        }
    }

    @Override
    public Optional<String> read(String name) throws IOException {
        try {
            return Optional.of(client.getObjectAsBytes(get -> get.bucket(bucket).key(prefix + name))
                    .asString(StandardCharsets.UTF_8));
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        } catch (SdkException refused) {
            throw failed(refused);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        try {
            client.deleteObject(delete -> delete.bucket(bucket).key(prefix + name));
        } catch (SdkException refused) {
            throw failed(refused);
        }
    }

    @Override
    public List<String> list(String folder) throws IOException {
        try {
            return client
                    .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix + folder))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .map(key -> key.substring(prefix.length()))
                    .toList();
        } catch (SdkException refused) {
            throw failed(refused);
        }
    }

    /** An upload of which somebody lost the end is for the bucket's own rules: it may be another program's. */
    @Override
    public void tidy() {}

    @Override
    public void close() {} // the client is everybody's
}
