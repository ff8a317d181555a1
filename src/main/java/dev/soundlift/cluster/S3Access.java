package dev.soundlift.cluster;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;

/**
 * The way to an object store. Whose account, which region and which server are those of the AWS SDK: the environment
 * ({@code AWS_ACCESS_KEY_ID}, {@code AWS_REGION}, {@code AWS_ENDPOINT_URL_S3} …), Java's properties, profiles, or the machine's
 * role. Thread-safe.
 */
final class S3Access {
    private static final Pattern ADDRESS = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?");

    /** As long as an item may take; a role's own credentials may end before. */
    private static final Duration READABLE = Duration.ofHours(12);

    private static final String REGION_HEADER = "x-amz-bucket-region";

    private static @Nullable S3Access shared;

    private final Optional<URI> server;
    private final S3Client client;
    /** Of buckets; empty where nobody said another than the usual one. */
    private final Map<String, String> regions = new ConcurrentHashMap<>();

    private final Map<String, S3Presigner> signers = new ConcurrentHashMap<>();

    S3Access(Optional<URI> server) {
        this.server = server;
        var builder = S3Client.builder()
                .defaultsMode(DefaultsMode.STANDARD)
                .crossRegionAccessEnabled(server.isEmpty())
                // Stores of others know few of Amazon's newer checksums
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        server.ifPresent(there -> builder.endpointOverride(there).forcePathStyle(true));
        if (anyRegion()) builder.region(Region.US_EAST_1);
        this.client = builder.build();
    }

    /** One for all tasks of an executor: whose account it is may be asked for over the network. */
    static synchronized S3Access shared() throws ExtractionException {
        S3Access known = shared;
        if (known != null) return known;
        try {
            S3Access made = new S3Access(
                    setting("AWS_ENDPOINT_URL_S3", "aws.endpointUrlS3", "AWS_ENDPOINT_URL", "aws.endpointUrl")
                            .map(URI::create));
            shared = made;
            return made;
        } catch (SdkException incomplete) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.cluster-store", "S3", String.valueOf(incomplete.getMessage())),
                    Text.of("next.cluster-s3"),
                    incomplete);
        }
    }

    /** The first that is set of variables and properties, by turns. */
    private static Optional<String> setting(String... names) {
        for (int i = 0; i < names.length; i++) {
            String value = i % 2 == 0 ? System.getenv(names[i]) : System.getProperty(names[i]);
            if (value != null && !value.isEmpty()) return Optional.of(value);
        }
        return Optional.empty();
    }

    /** A server of one's own asks for a region and cares for none. */
    private boolean anyRegion() {
        return server.isPresent() && setting("AWS_REGION", "aws.region").isEmpty();
    }

    S3Client client() {
        return client;
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

        /** The beginning of all names in it, as in a folder. */
        String prefix() {
            return key.isEmpty() || key.endsWith("/") ? key : key + "/";
        }
    }

    /** An object of a bucket, and how large it is. */
    record Found(String key, long bytes) {}

    /** Those under a prefix, page by page as they are asked for. Throws {@link UncheckedIOException} where no answer comes. */
    Iterator<Found> objects(Place place) {
        Iterator<S3Object> objects = asked(() -> client.listObjectsV2Paginator(
                        list -> list.bucket(place.bucket()).prefix(place.prefix()))
                .contents()
                .iterator());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return asked(objects::hasNext);
            }

            @Override
            public Found next() {
                S3Object object = asked(objects::next);
                return new Found(object.key(), object.size());
            }
        };
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (SdkException refused) {
            throw new UncheckedIOException(new IOException(refused.getMessage(), refused));
        }
    }

    /** An address by which anybody can read the object for some hours: reading it needs nothing but ranges of HTTP. */
    URI readable(String address) throws ExtractionException {
        Place place = Place.of(address);
        try {
            GetObjectPresignRequest request = GetObjectPresignRequest.builder()
                    .signatureDuration(READABLE)
                    .getObjectRequest(get -> get.bucket(place.bucket()).key(place.key()))
                    .build();
            String region = region(place.bucket());
            S3Presigner signer = signers.computeIfAbsent(region, this::signer);
            return URI.create(signer.presignGetObject(request).url().toString());
        } catch (SdkException noAnswer) { // or no credentials: the machine's fault, and not the object's
            throw new ExtractionException(
                    ErrorKind.NETWORK,
                    Text.of("error.unreadable", address, String.valueOf(noAnswer.getMessage())),
                    Text.of("next.cluster-s3"));
        }
    }

    /**
     * The client finds a bucket wherever it is, but an address is signed for one region. Only what the store itself said is
     * remembered: somebody on the way, or a token that has run out, says nothing of it.
     */
    private String region(String bucket) {
        String known = regions.get(bucket);
        if (known != null) return known;
        try {
            String told = client.headBucket(head -> head.bucket(bucket)).bucketRegion();
            return remembered(bucket, told == null ? "" : told);
        } catch (S3Exception refused) { // which also tells it, to whoever may read the objects and not the bucket
            AwsErrorDetails details = refused.awsErrorDetails();
            Optional<String> told = details == null || details.sdkHttpResponse() == null
                    ? Optional.empty()
                    : details.sdkHttpResponse().firstMatchingHeader(REGION_HEADER);
            if (told.isPresent()) return remembered(bucket, told.get());
            boolean ofTheBucket = refused.statusCode() == 403 || refused.statusCode() == 404;
            if (!ofTheBucket) throw refused;
            return "";
        }
    }

    private String remembered(String bucket, String region) {
        regions.put(bucket, region);
        return region;
    }

    private S3Presigner signer(String region) {
        var builder = S3Presigner.builder();
        server.ifPresent(there -> builder.endpointOverride(there)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build()));
        if (!region.isEmpty()) builder.region(Region.of(region));
        else if (anyRegion()) builder.region(Region.US_EAST_1);
        return builder.build();
    }
}
