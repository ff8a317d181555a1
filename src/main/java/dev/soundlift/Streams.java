package dev.soundlift;

import dev.soundlift.Engines.Means;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Level;
import dev.soundlift.engine.Progress;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.plan.Plan;
import dev.soundlift.plan.Planner;
import dev.soundlift.plan.Route;
import dev.soundlift.request.AudioFormat;
import dev.soundlift.request.Encoding;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Pieces;
import dev.soundlift.source.OpenSources;
import dev.soundlift.stream.PacketStream;
import dev.soundlift.stream.PcmStream;
import dev.soundlift.text.Text;
import dev.soundlift.verify.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens the sound of a request for somebody who reads it in this process. */
record Streams(Engines engines, OpenSources sources) {
    private static final Set<AudioFormat> PLAIN = Set.of(AudioFormat.WAV, AudioFormat.PCM);

    /** What is opened on the way; closed when the stream is. */
    private record Opened(Means means, Plan plan, OpenSources.Hold held, Cancellation.Listening listening) {
        void close() {
            listening.close();
            held.close();
        }
    }

    PcmStream samples(ExtractionRequest request, Cancellation others) throws ExtractionException {
        Encoding wish = request.encoding();
        if (wish.copyOnly()
                || wish.format().filter(format -> !PLAIN.contains(format)).isPresent()) {
            throw new ExtractionException(ErrorKind.USAGE, Text.of("error.stream-pcm"), Text.of("next.stream-pcm"));
        }
        return over(request.withFormat(AudioFormat.WAV), others, (opened, own) -> {
            Plan plan = opened.plan();
            Optional<Level> level = new Levels().of(plan, opened.means().engine(), Progress.NONE, own);
            return new PcmStream(
                    opened.means().engine().open(plan, level, own),
                    plan.pick().track(),
                    Verifier.promised(plan),
                    own,
                    opened::close);
        });
    }

    PacketStream packets(ExtractionRequest request, Cancellation others) throws ExtractionException {
        boolean otherFormat = request.encoding()
                .format()
                .filter(format -> format != AudioFormat.SAME)
                .isPresent();
        if (otherFormat || request.encoding().changesTheSound()) {
            throw new ExtractionException(
                    ErrorKind.USAGE, Text.of("error.stream-packets"), Text.of("next.stream-packets"));
        }
        Encoding untouched = Encoding.DEFAULT.withFormat(AudioFormat.SAME).withCopyOnly(true);
        return over(request.withEncoding(untouched), others, (opened, own) -> {
            Plan plan = opened.plan();
            return new PacketStream(
                    opened.means().engine().packets(plan, own),
                    plan.pick().track(),
                    Verifier.promised(plan),
                    own,
                    opened::close);
        });
    }

    /** Makes a stream that closes what was opened for it. */
    @FunctionalInterface
    private interface Making<S> {
        S over(Opened opened, Cancellation own) throws ExtractionException;
    }

    private <S> S over(ExtractionRequest request, Cancellation others, Making<S> making) throws ExtractionException {
        Cancellation own = new Cancellation();
        Opened opened = open(request, own, others);
        try {
            return making.over(opened, own);
        } catch (ExtractionException | RuntimeException | Error failed) {
            opened.close();
            throw failed;
        }
    }

    private Opened open(ExtractionRequest request, Cancellation own, Cancellation others) throws ExtractionException {
        Cancellation.Listening listening = others.onRequest(own::request);
        OpenSources.Hold held = sources.hold(request.source(), own);
        try {
            Means means = engines.choose(request.engine());
            MediaInfo media = means.prober().probe(held.source());
            List<Plan> plans = Planner.plan(request, media, means.capabilities());
            if (plans.size() > 1 || request.pieces() instanceof Pieces.Silences) {
                throw new ExtractionException(ErrorKind.USAGE, Text.of("error.stream-one"), Text.of("next.stream-one"));
            }
            Plan plan = plans.get(0);
            boolean copied = plan.route() == Route.COPY && !request.encoding().copyOnly();
            if (copied)
                plan = Planner.insteadOfCopy(plan, request, means.capabilities())
                        .orElseThrow();
            return new Opened(means, plan, held, listening);
        } catch (ExtractionException | RuntimeException | Error failed) {
            held.close();
            listening.close();
            throw failed;
        }
    }
}
