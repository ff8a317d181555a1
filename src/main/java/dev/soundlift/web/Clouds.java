package dev.soundlift.web;

import dev.soundlift.Consent;
import dev.soundlift.Soundlift;
import dev.soundlift.engine.Cancellation;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.nemo.CloudSettings;
import dev.soundlift.plan.Plan;
import dev.soundlift.request.EngineChoice;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.source.OpenSources;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a page use the cloud: it is shown what would be sent, and what it agreed to is sent so often, and nothing else.
 * Thread-safe.
 */
final class Clouds {
    private static final EngineChoice CLOUD = new EngineChoice(EngineChoice.Kind.CLOUD, false);
    private static final String NOTICE = "reason.cloud-notice";
    private static final String REPACKAGED = "reason.cloud-repackaged";
    private static final int MOST_OFFERS = 1000;

    private final OpenSources sources;
    private final Map<String, Offer> offers = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Offer> eldest) {
            return size() > MOST_OFFERS;
        }
    };

    Clouds(OpenSources sources) {
        this.sources = sources;
    }

    /**
     * What the page was shown, and waits for its word.
     *
     * @param words what would be sent where at what price, and what there is to be said of it
     * @param notice the one of them that names the file
     * @param times that it may still be sent
     */
    record Offer(
            String id,
            ExtractionRequest request,
            List<Text> words,
            Text notice,
            boolean repackaged,
            AtomicInteger times)
            implements Consent {
        /** Exactly what was shown; of a file that is put into another container, less, to the same place. */
        @Override
        public boolean toUpload(Text what, Cancellation cancellation) {
            return (repackaged || what.equals(notice)) && times.getAndDecrement() > 0;
        }

        @Override
        public boolean toRepackage() {
            return repackaged;
        }
    }

    /** Shows; it does not send. */
    private static final Consent ONLY_ASKING = new Consent() {
        @Override
        public boolean toUpload(Text what, Cancellation cancellation) {
            return false;
        }

        @Override
        public boolean toRepackage() {
            return true;
        }
    };

    /** The host that things would be sent to; nothing where this machine's settings forbid it to work. */
    static Optional<String> host() {
        try {
            return Optional.of(CloudSettings.fromEnvironment().host());
        } catch (ExtractionException wrong) {
            return Optional.empty(); // whoever asks for it anyway is told why
        }
    }

    /** What the service would be sent for a request; nothing is. */
    Offer offer(ExtractionRequest wish, Cancellation cancellation) throws ExtractionException {
        ExtractionRequest request = wish.withEngine(CLOUD);
        List<Plan> plans = Soundlift.with(CLOUD, sources, ONLY_ASKING).plan(request, cancellation).stream()
                .map(Soundlift.Planned::plan)
                .toList();
        int tracks = (int) plans.stream()
                .map(plan -> plan.pick().track().number())
                .distinct()
                .count();
        List<Text> words = new ArrayList<>(plans.get(0).reasons());
        words.removeIf(
                reason -> !reason.key().startsWith(NOTICE) && !reason.key().equals(REPACKAGED));
        if (tracks > 1) words.add(Text.of("web.cloud-tracks", Integer.toString(tracks)));
        Text notice = words.stream()
                .filter(word -> word.key().startsWith(NOTICE))
                .findFirst()
                .orElseThrow();
        boolean repackaged = words.stream().anyMatch(word -> word.key().equals(REPACKAGED));
        Offer offer =
                new Offer(Gate.random(), request, List.copyOf(words), notice, repackaged, new AtomicInteger(tracks));
        synchronized (offers) {
            offers.put(offer.id(), offer);
        }
        return offer;
    }

    /** The page agrees: each offer holds for one job. */
    Offer taken(String id) throws ExtractionException {
        synchronized (offers) {
            Offer offer = offers.remove(id);
            if (offer != null) return offer;
        }
        throw new ExtractionException(ErrorKind.USAGE, Text.of("error.web-no-consent"), Text.of("next.web-no-consent"));
    }

    /** Who does what was agreed to. */
    Soundlift doing(Offer offer) throws ExtractionException {
        return Soundlift.with(CLOUD, sources, offer);
    }
}
