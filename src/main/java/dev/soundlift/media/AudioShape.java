package dev.soundlift.media;

/**
 * The shape of decoded sound.
 *
 * @param sampleRateHz sample frames per second; 0 where the container does not say
 * @param channels number of channels; 0 where the container does not say
 * @param layout FFmpeg's name of the channel layout, such as {@code stereo} or {@code 5.1(side)}
 * @param bitDepth significant bits of a sample (16, 24, 32); 0 for lossy codecs, which have none
 * @param floatingPoint whether samples are IEEE floats
 */
public record AudioShape(int sampleRateHz, int channels, String layout, int bitDepth, boolean floatingPoint) {}
