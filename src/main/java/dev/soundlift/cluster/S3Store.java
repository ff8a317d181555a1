package dev.soundlift.cluster;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;

/**
 * A bucket of an object store. Whose account, which region and which server are those of the AWS SDK: the environment
 * ({@code AWS_ACCESS_KEY_ID}, {@code AWS_REGION}, {@code AWS_ENDPOINT_URL_S3} …), profiles, or the machine's role. Written with
 * If-None-Match, so that of two attempts one gives the name.
 */
final class S3Store implements Store {
    private static final Pattern ADDRESS = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");

    /** Of an object: the item that it was made for. */
    private static final String MADE_FOR = "soundlift-item";

    /** As long as an item may take; a role's own credentials may end before. */
    private static final Duration READABLE = Duration.ofHours(12);

    /** What is wrong with one name or file, and with no other. */
    private static final Set<String> UNFIT = Set.of("KeyTooLongError", "EntityTooLarge", "InvalidURI");

    private static final int TAKEN = 412;
    /** Two attempts at the same moment; the other one may yet fail. */
    private static final int CONFLICT = 409;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    private static @Nullable S3Client sharedClient;
    private static @Nullable S3Presigner sharedSigner;

    private S3Store(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    static S3Store of(String address) throws ExtractionException {
        Place place = Place.of(address);
        String prefix = place.key().isEmpty() || place.key().endsWith("/") ? place.key() : place.key() + "/";
        try {
            return new S3Store(client(), place.bucket(), prefix);
        } catch (SdkException incomplete) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.cluster-store", address, String.valueOf(incomplete.getMessage())),
                    Text.of("next.cluster-s3"),
                    incomplete);
        }
    }

    /** A bucket and a key, as in {@code s3://bucket/key}. */
    record Place(String bucket, String key) {
        static Place of(String address) throws ExtractionException {
            Matcher parts = ADDRESS.matcher(address);
            if (parts.matches()) return new Place(parts.group(1), parts.group(2) == null ? "" : parts.group(2));
            throw new ExtractionException(
                    ErrorKind.USAGE,
                    Text.of("error.bad-url", address.replaceFirst("//[^/]*@", "//")),
                    Text.of("next.cluster-output"));
        }
    }

    /** An address by which anybody can read the object for some hours: reading it needs nothing but ranges of HTTP. */
    static URI readable(String address) throws ExtractionException {
        Place place = Place.of(address);
        try {
            GetObjectPresignRequest request = GetObjectPresignRequest.builder()
                    .signatureDuration(READABLE)
                    .getObjectRequest(get -> get.bucket(place.bucket()).key(place.key()))
                    .build();
            return URI.create(signer().presignGetObject(request).url().toString());
        } catch (SdkException refused) {
            throw new ExtractionException(
                    ErrorKind.UNREADABLE,
                    Text.of("error.unreadable", address, String.valueOf(refused.getMessage())),
                    Text.of("next.cluster-s3"));
        }
    }

    private static Optional<URI> server() {
        for (String name : List.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")) {
            String value = System.getenv(name);
            if (value != null && !value.isEmpty()) return Optional.of(URI.create(value));
        }
        return Optional.empty();
    }

    /** One for all tasks of an executor: whose account it is may be asked for over the network. */
    private static synchronized S3Client client() {
        S3Client known = sharedClient;
        if (known != null) return known;
        var builder = S3Client.builder()
                .defaultsMode(DefaultsMode.STANDARD)
                .crossRegionAccessEnabled(server().isEmpty())
                // Stores of others know few of Amazon's newer checksums
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        server().ifPresent(server -> builder.endpointOverride(server).forcePathStyle(true));
        if (server().isPresent() && System.getenv("AWS_REGION") == null) builder.region(Region.US_EAST_1);
        S3Client client = builder.build();
        sharedClient = client;
        return client;
    }

    private static synchronized S3Presigner signer() {
        S3Presigner known = sharedSigner;
        if (known != null) return known;
        var builder = S3Presigner.builder();
        server().ifPresent(server -> builder.endpointOverride(server)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build()));
        if (server().isPresent() && System.getenv("AWS_REGION") == null) builder.region(Region.US_EAST_1);
        S3Presigner signer = builder.build();
        sharedSigner = signer;
        return signer;
    }

    @Override
    public String called(String name) {
        return "s3://" + bucket + "/" + prefix + name;
    }

    @Override
    public Given give(Path file, String name, String key, boolean replace) throws IOException {
        if (List.of(name.split("/")).contains("..")) throw new IllegalArgumentException("outside: " + name);
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(prefix + name).metadata(Map.of(MADE_FOR, key));
        if (!replace) request.ifNoneMatch("*");
        try {
            client.putObject(request.build(), RequestBody.fromFile(file));
            return Given.NEW;
        } catch (S3Exception refused) {
            if (refused.statusCode() != TAKEN && refused.statusCode() != CONFLICT) throw ofThisFile(refused, name);
            return madeFor(name).equals(key) ? Given.SAME : Given.OTHER;
        } catch (SdkException refused) {
            throw failed(refused);
        }
    }

    private String madeFor(String name) throws IOException {
        try {
            return client.headObject(head -> head.bucket(bucket).key(prefix + name))
                    .metadata()
                    .getOrDefault(MADE_FOR, "");
        } catch (SdkException refused) {
            throw failed(refused);
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

    @Override
    public void close() {} // the client is everybody's
}
