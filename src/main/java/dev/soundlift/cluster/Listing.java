package dev.soundlift.cluster;

import dev.soundlift.batch.Input;
import dev.soundlift.batch.Inputs;
import dev.soundlift.batch.Manifest;
import dev.soundlift.batch.ManifestLine;
import dev.soundlift.cluster.S3Access.Place;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The inputs of a job, found as they are asked for: the lines of its list, or the media files under its prefix. Of these
 * their size is known, and no more than a page of names, or those of one folder, is kept in mind.
 */
final class Listing {
    private Listing() {}

    static Iterator<ManifestLine> of(JobWords job) throws ExtractionException {
        if (!job.manifest().isEmpty()) return Manifest.open(Inputs.one(job.manifest()));
        try {
            Iterator<ManifestLine> found = job.prefix().startsWith("s3://")
                    ? inBucket(Place.of(job.prefix()), job.output())
                    : inFolder(Inputs.one(job.prefix()), job.output());
            if (found.hasNext()) return found;
        } catch (UncheckedIOException noAnswer) {
            throw Inputs.unreadable(job.prefix(), noAnswer);
        }
        throw empty(job.prefix());
    }

    private static ExtractionException empty(String prefix) {
        return new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.cluster-empty", prefix), Text.of("next.cluster-empty"));
    }

    /** What is made would be found by the next run. */
    private static ExtractionException within(String output, String prefix) {
        return new ExtractionException(
                ErrorKind.USAGE, Text.of("error.cluster-within", prefix, output), Text.of("next.cluster-within"));
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
    }

    private static Iterator<ManifestLine> inBucket(Place place, String output) throws ExtractionException {
        String bucket = "s3://" + place.bucket() + "/";
        String root = bucket + place.prefix();
        String own = output.endsWith("/") ? output : output + "/";
        if (root.startsWith(own)) throw within(own, root);
        return stream(S3Access.shared().objects(place))
                .filter(found -> Inputs.isMedia(found.key()) && !hides(found.key(), place.prefix()))
                .filter(found -> !(bucket + found.key()).startsWith(own))
                .map(found -> line(bucket + found.key(), OptionalLong.of(found.bytes()), Optional.empty()))
                .iterator();
    }

    /** As in a folder: whatever begins with a dot, or lies in what does. */
    private static boolean hides(String key, String prefix) {
        return key.startsWith(".", prefix.length()) || key.indexOf("/.", prefix.length()) >= 0;
    }

    private static Iterator<ManifestLine> inFolder(Path typed, String output) throws ExtractionException {
        Path folder = typed.toAbsolutePath().normalize();
        Predicate<Path> made = file -> false;
        if (!output.contains("://")) {
            Path own = Inputs.one(output).toAbsolutePath().normalize();
            if (folder.startsWith(own)) throw within(own.toString(), folder.toString());
            made = file -> file.startsWith(own);
        }
        if (!Files.isDirectory(folder)) throw empty(folder.toString());
        return stream(new Inputs(List.of(folder.toString()), true, made).iterator())
                .map(Listing::line)
                // That there are none is told as if somebody had typed it
                .filter(line -> !line.input().equals(folder.toString()))
                .iterator();
    }

    private static ManifestLine line(Input input) {
        String name = input.source().displayName();
        return line(name, size(input.source()), input.unusable());
    }

    private static OptionalLong size(MediaSource source) {
        try {
            return source instanceof MediaSource.LocalFile local
                    ? OptionalLong.of(Files.size(local.path()))
                    : OptionalLong.empty();
        } catch (IOException gone) {
            return OptionalLong.empty(); // whoever reads it will say so
        }
    }

    private static ManifestLine line(String input, OptionalLong bytes, Optional<ExtractionException> fault) {
        return new ManifestLine(0, input, Map.of(), bytes, fault);
    }
}
