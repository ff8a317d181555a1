package dev.soundlift.engine;

import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tracks of an MP4 hold nothing without a key: "enca" (ISO/IEC 14496-12, section 8.12) and iTunes' "drms". FFmpeg
 * tells the codec behind the encryption and then decodes noise, so that the sample descriptions are looked at here.
 */
public final class EncryptedTracks {
    private static final Set<String> ENCRYPTED = Set.of("enca", "drms");
    private static final int MOST_BOXES = 20_000;

    private final RangeReader file;
    private final Set<Integer> found = new TreeSet<>();
    private int tracks;
    private int boxes;

    private EncryptedTracks(RangeReader file) {
        this.file = file;
    }

    /** Numbers of tracks in the file's order, counted from 0; empty for all that is no MP4. */
    public static Set<Integer> of(RangeReader file) throws ExtractionException {
        EncryptedTracks tracks = new EncryptedTracks(file);
        try {
            long size = file.size().orElse(0);
            Optional<Mp4Box> first = Mp4Box.at(file, 0, size);
            if (first.filter(box -> box.type().equals("ftyp")).isPresent()) tracks.walk(0, size);
        } catch (IOException broken) {
            return tracks.found; // what lies after the break cannot be read either
        }
        return tracks.found;
    }

    private void walk(long from, long to) throws IOException, ExtractionException {
        for (long at = from; at < to && boxes++ < MOST_BOXES; ) {
            Optional<Mp4Box> next = Mp4Box.at(file, at, to);
            if (next.isEmpty()) return;
            Mp4Box box = next.get();
            switch (box.type()) {
                case "moov", "mdia", "minf", "stbl" -> walk(box.content(), box.end());
                case "trak" -> {
                    walk(box.content(), box.end());
                    tracks++;
                }
                // Version, flags and number of entries, then the first entry
                case "stsd" ->
                    Mp4Box.at(file, box.content() + 8, box.end())
                            .filter(entry -> ENCRYPTED.contains(entry.type()))
                            .ifPresent(entry -> found.add(tracks));
                default -> {}
            }
            at = box.end();
        }
    }
}
