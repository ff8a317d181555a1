package dev.soundlift.source;

/**
 * What may be fetched from elsewhere.
 *
 * @param privateAddresses whether a URL may lead to this machine or into a private network
 * @param mostBytes of one input that is not a file of this machine
 */
public record Access(boolean privateAddresses, long mostBytes) {
    public static final Access DEFAULT = new Access(false, 20_000_000_000L);

    public Access {
        if (mostBytes <= 0) throw new IllegalArgumentException("no room for anything: " + mostBytes);
    }
}
