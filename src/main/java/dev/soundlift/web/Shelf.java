package dev.soundlift.web;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The inputs that pages have named, by ids that nobody guesses. Thread-safe. */
final class Shelf {
    private static final int MOST = 20_000;

    /** @param page whose it is */
    record Item(String id, String page, MediaSource source) {}

    private final Map<String, Item> items = new ConcurrentHashMap<>();

    Item put(String id, String page, MediaSource source) throws ExtractionException {
        if (items.size() >= MOST) {
            throw new ExtractionException(ErrorKind.USAGE, Text.of("error.web-full"), Text.of("next.web-full"));
        }
        Item item = new Item(id, page, source);
        items.put(id, item);
        return item;
    }

    Item get(String id) throws ExtractionException {
        Item item = items.get(id);
        if (item != null) return item;
        throw new ExtractionException(ErrorKind.UNREADABLE, Text.of("error.page-gone"), Text.of("next.page-gone"));
    }

    void remove(String id) {
        items.remove(id);
    }
}
