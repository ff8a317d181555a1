package dev.soundlift.cli;

import dev.soundlift.batch.Input;
import dev.soundlift.batch.Inputs;
import dev.soundlift.batch.Manifest;
import dev.soundlift.batch.ManifestLine;
import dev.soundlift.batch.Shard;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** A share of the lines of a manifest as inputs, equal ones once: each is what it would be if it were typed alone. */
final class ListedInputs implements Iterator<Input> {
    private final Manifest manifest;
    private final String name;
    private final Shard share;
    private final CallWishes call;
    private final Set<Set<?>> seen = new HashSet<>();
    private Optional<Input> ahead = Optional.empty();
    private boolean broken;

    ListedInputs(Manifest manifest, String name, Shard share, CallWishes call) {
        this.manifest = manifest;
        this.name = name;
        this.share = share;
        this.call = call;
    }

    @Override
    public boolean hasNext() {
        try {
            while (ahead.isEmpty() && !broken && manifest.hasNext()) {
                ahead = Optional.of(manifest.next())
                        .filter(line -> share.has(line.input()))
                        .filter(line -> line.fault().isPresent() || seen.add(Set.of(line.input(), line.options())))
                        .map(this::input);
            }
        } catch (UncheckedIOException cutOff) {
            broken = true;
            ahead = Optional.of(Input.unusable(name, Manifest.unreadable(name, cutOff)));
        }
        return ahead.isPresent();
    }

    @Override
    public Input next() {
        if (!hasNext()) throw new NoSuchElementException();
        Input next = ahead.orElseThrow();
        ahead = Optional.empty();
        return next;
    }

    private Input input(ManifestLine line) {
        String place = name + ":" + line.number(); // what cannot be read may hold a password
        if (line.fault().isPresent()) return Input.unusable(place, line.fault().get());
        MediaSource source;
        try {
            source = source(line.input());
        } catch (ExtractionException wrong) {
            return Input.unusable(place, Manifest.fault(wrong.whatHappened()));
        }
        try {
            return line.options().isEmpty() ? Input.of(source) : Input.of(source, call.request(line.options()));
        } catch (ExtractionException wrong) {
            return Input.unusable(source.displayName(), manifest.fault(line.number(), wrong.whatHappened()));
        }
    }

    private static MediaSource source(String input) throws ExtractionException {
        return AccessOptions.isElsewhere(input)
                ? CallWishes.address(input)
                : new MediaSource.LocalFile(Inputs.one(input));
    }
}
