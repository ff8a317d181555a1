package dev.soundlift.nemo;

/**
 * What is left to spend.
 *
 * @param frozen reserved for work that is going on
 */
public record Credits(long available, long frozen, long total) {
    /** What one job may cost, as the service's own notes say: about so many an editing session. */
    public static final long USUAL_PRICE = 50;
}
