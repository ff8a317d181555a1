package dev.soundlift.web;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The inputs that pages have named, by ids that nobody guesses. Thread-safe. */
final class Shelf {
    private static final int MOST = 20_000;

    /** An input; what is inside is known once somebody has looked. */
    static final class Item {
        final String id;
        /** Whose it is. */
        final String page;

        final MediaSource source;
        private volatile Optional<MediaInfo> media = Optional.empty();

        private Item(String id, String page, MediaSource source) {
            this.id = id;
            this.page = page;
            this.source = source;
        }

        Optional<MediaInfo> media() {
            return media;
        }

        void seen(MediaInfo found) {
            media = Optional.of(found);
        }
    }

    private final Map<String, Item> items = new ConcurrentHashMap<>();

    void put(String id, String page, MediaSource source) throws ExtractionException {
        if (items.size() >= MOST) {
            throw new ExtractionException(ErrorKind.USAGE, Text.of("error.web-full"), Text.of("next.web-full"));
        }
        items.put(id, new Item(id, page, source));
    }

    Item get(String id) throws ExtractionException {
        Item item = items.get(id);
        if (item != null) return item;
        throw new ExtractionException(ErrorKind.UNREADABLE, Text.of("error.page-gone"), Text.of("next.page-gone"));
    }

    void remove(String id) {
        items.remove(id);
    }

    /** Forgets what these pages had. */
    void forget(Set<String> pages) {
        items.values().removeIf(item -> pages.contains(item.page));
    }

    int size() {
        return items.size();
    }
}
