package dev.soundlift.cli;

import dev.soundlift.batch.Input;
import dev.soundlift.batch.Inputs;
import dev.soundlift.batch.Manifest;
import dev.soundlift.batch.ManifestLine;
import dev.soundlift.batch.Shard;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.text.Text;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A share of the lines of a manifest as inputs: each is what it would be if it were typed alone. */
final class ListedInputs implements Iterator<Input> {
    private final Manifest manifest;
    private final String name;
    private final Shard share;
    private final CallWishes call;
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
                        .map(this::input);
            }
        } catch (UncheckedIOException cutOff) {
            broken = true;
            String why = String.valueOf(cutOff.getMessage());
            ahead = Optional.of(Input.unusable(
                    name,
                    new ExtractionException(
                            ErrorKind.UNREADABLE, Text.of("error.manifest", name, why), Text.of("next.unreadable"))));
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
        String shown = name + ":" + line.number(); // what cannot be read may hold a password
        if (line.fault().isPresent()) return Input.unusable(shown, line.fault().get());
        try {
            MediaSource source = source(line.input());
            shown = source.displayName();
            if (line.options().isEmpty()) return Input.of(source);
            ExtractionRequest own = call.request(line.options());
            return Input.of(source, own);
        } catch (ExtractionException wrong) {
            return Input.unusable(shown, manifest.fault(line.number(), wrong.whatHappened()));
        }
    }

    private static MediaSource source(String input) throws ExtractionException {
        return AccessOptions.isElsewhere(input)
                ? CallWishes.address(input)
                : new MediaSource.LocalFile(Inputs.one(input));
    }
}
