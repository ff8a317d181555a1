package dev.soundlift.verify;

/**
 * One thing that was looked at in the delivered file. The values are technical and the same in every language.
 *
 * @param tolerance empty where the values must be equal
 */
public record Check(String name, Verdict verdict, String expected, String actual, String tolerance) {}
