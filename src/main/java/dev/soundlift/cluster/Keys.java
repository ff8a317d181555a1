package dev.soundlift.cluster;

/**
 * Keys of items, of which a driver may have to know ten million: eight bytes of each. In one of 200,000 jobs of that size
 * two of them are taken for one.
 */
final class Keys {
    private static final int FIRST_SLOTS = 1 << 10;

    /** Zero where there is none; a key lies in the first free one from where it belongs. */
    private long[] slots = new long[FIRST_SLOTS];

    private int size;

    /** Of an {@linkplain Item#key() item's key}. */
    static long number(String key) {
        return Long.parseUnsignedLong(key, 0, 16, 16);
    }

    boolean has(long key) {
        return slots[slot(slots, key)] != 0;
    }

    /** Whether it is new. */
    boolean add(long key) {
        int slot = slot(slots, key);
        if (slots[slot] != 0) return false;
        slots[slot] = some(key);
        size++;
        if (size > slots.length / 2) grow();
        return true;
    }

    private static long some(long key) {
        return key == 0 ? 1 : key;
    }

    private static int slot(long[] slots, long key) {
        int slot = Long.hashCode(key) & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != some(key)) slot = (slot + 1) & (slots.length - 1);
        return slot;
    }

    private void grow() {
        long[] more = new long[2 * slots.length];
        for (long key : slots) if (key != 0) more[slot(more, key)] = key;
        slots = more;
    }
}
