package dev.soundlift.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** For which region an address is signed. */
class S3AccessTest {
    private static final Map<String, String> ACCOUNT = Map.of(
            "aws.accessKeyId", "local-user", "aws.secretAccessKey", "local-secret", "aws.region", "eu-central-1");

    private final AtomicInteger questions = new AtomicInteger();
    private HttpServer server;
    private S3Access access;

    @BeforeEach
    void there_is_a_server() throws IOException {
        ACCOUNT.forEach(System::setProperty);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        access = new S3Access(
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
    }

    @AfterEach
    void it_is_gone() {
        server.stop(0);
        ACCOUNT.keySet().forEach(System::clearProperty);
    }

    private void answers(int status, String region) {
        server.createContext("/", exchange -> {
            questions.incrementAndGet();
            if (!region.isEmpty()) exchange.getResponseHeaders().add("x-amz-bucket-region", region);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "200, ap-south-1, ap-south-1",
        // who may read the objects and not the bucket
        "403, ap-south-1, ap-south-1",
        "301, ap-south-1, ap-south-1",
        // other stores
        "200, '', eu-central-1",
        "404, '', eu-central-1",
        "403, '', eu-central-1",
    })
    void a_bucket_tells_its_region(int status, String told, String signedFor) throws Exception {
        answers(status, told);
        assertThat(access.readable("s3://videos/a b.mp4").toString())
                .contains("/videos/a%20b.mp4?")
                .contains("%2F" + signedFor + "%2Fs3%2F");
    }

    /** Signed for another region, all its objects would be refused until the machine stops. */
    @ParameterizedTest
    @ValueSource(ints = {501, 400, 401, 429})
    void a_store_that_is_out_of_order_is_no_answer(int status) {
        answers(status, "");
        assertThatThrownBy(() -> access.readable("s3://videos/a.mp4"))
                .isInstanceOfSatisfying(
                        ExtractionException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.NETWORK));
    }

    /** A proxy's refusal, say; the bucket itself may be elsewhere. */
    @Test
    void what_says_nothing_of_the_region_is_not_remembered() throws Exception {
        answers(403, "");
        access.readable("s3://videos/a.mp4");
        server.removeContext("/");
        answers(200, "ap-south-1");
        assertThat(access.readable("s3://videos/b.mp4").toString()).contains("%2Fap-south-1%2Fs3%2F");
    }

    @Test
    void a_bucket_is_asked_once() throws Exception {
        answers(200, "ap-south-1");
        access.readable("s3://videos/a.mp4");
        access.readable("s3://videos/b.mp4");
        assertThat(questions.get()).isEqualTo(1);
    }
}
