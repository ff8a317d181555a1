package dev.soundlift.engine;

/**
 * Who encoded a file, and how.
 *
 * @param name the encoder's, with a version where that depends on the machine
 * @param system whether it is the machine's own library and not the bundled one
 * @param blocks how many stretches of the sound were encoded each for itself
 * @param refused how often two of them did not fit together, so that the earlier one's encoder went on
 */
public record EncodedBy(String name, boolean system, int blocks, int refused) {}
