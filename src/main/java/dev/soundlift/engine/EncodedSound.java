package dev.soundlift.engine;

/**
 * What an encoder got that keeps every bit: where the same samples come out of its file, the file is as loud as they are.
 *
 * @param peakDbfs as in {@link Heard}
 * @param integratedLufs likewise
 */
public record EncodedSound(SampleDigest samples, double peakDbfs, double integratedLufs) {}
