package dev.soundlift;

import dev.soundlift.Engines.Means;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Produced;
import dev.soundlift.engine.Progress;
import dev.soundlift.engine.cloud.CloudFetcher;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.nemo.CloudSettings;
import dev.soundlift.plan.CloudPlans;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import dev.soundlift.verify.Verification;
import dev.soundlift.verify.Verifier;
import java.nio.file.Path;
import java.util.List;

/**
 * The line of {@link Soundlift} with the service in its middle: fetch → cut here → verify. Loaded only where the cloud is
 * chosen.
 */
final class CloudLine implements AutoCloseable {
    private final ExtractionRequest request;
    private final Means here;
    private final CloudFetcher fetcher;
    private final List<Plan> plans;

    private CloudLine(ExtractionRequest request, Means here, List<Plan> plans) throws ExtractionException {
        this.request = request;
        this.here = here;
        this.fetcher = new CloudFetcher(CloudSettings.fromEnvironment(), here.prober());
        this.plans = plans;
    }

    static List<Plan> plan(ExtractionRequest request, MediaInfo media, Text why) throws ExtractionException {
        CloudFetcher.check(request.source());
        Text notice = CloudFetcher.notice(CloudSettings.fromEnvironment(), request.source());
        return CloudPlans.plan(request, media, why, notice);
    }

    static CloudLine open(ExtractionRequest request, Means here, List<Plan> plans) throws ExtractionException {
        return new CloudLine(request, here, plans);
    }

    /** A written and verified file, as of any other engine. */
    record Result(Produced produced, Verification verification) {}

    Result run(Plan plan, Path file, Progress progress, Cancellation cancellation) throws ExtractionException {
        long pieces = plans.stream()
                .filter(other ->
                        other.pick().track().number() == plan.pick().track().number())
                .count();
        CloudFetcher.Fetched fetched = fetcher.fetch(plan, pieces > 1, progress, cancellation);
        Plan rest = CloudPlans.rest(plan, request, fetched.media(), here.capabilities());
        Produced produced = here.engine().run(rest, file, progress, cancellation);
        Verification verification =
                new Verifier(here.prober()).verify(rest, produced, file, request.verify(), cancellation);
        boolean silent = verification.sourceSilent() || !produced.heardSound();
        if (silent) compareWithTheSource(plan, cancellation);
        return new Result(asOfTheSource(plan, rest, produced, fetched.bytesSent()), verification);
    }

    /** Silence is right only where the source is silent too. */
    private void compareWithTheSource(Plan plan, Cancellation cancellation) throws ExtractionException {
        if (!plan.pick().track().decodable()) return;
        boolean sounds = here.prober()
                .glance(request.source(), plan.pick().track(), cancellation)
                .heardSound();
        if (sounds && plan.cut().isWhole()) {
            throw new ExtractionException(
                    ErrorKind.VERIFICATION, Text.of("error.cloud-silent"), Text.of("next.cloud-local"));
        }
    }

    /** On the source's clock, whoever cut it. */
    private static Produced asOfTheSource(Plan plan, Plan rest, Produced produced, long bytes) {
        boolean cutThere = rest.cut().isWhole();
        Produced.Taken taken = cutThere
                ? new Produced.Taken(
                        produced.taken().start().plus(plan.cut().start()),
                        produced.taken().end().plus(plan.cut().start()))
                : produced.taken();
        return new Produced(
                bytes,
                taken,
                produced.sampleFrames(),
                produced.packets(),
                produced.heardSound(),
                produced.repairs(),
                produced.damage());
    }

    @Override
    public void close() throws ExtractionException {
        fetcher.close();
    }
}
