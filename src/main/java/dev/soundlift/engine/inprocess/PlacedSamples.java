package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Takes a track's samples in the order of the media clock, with nothing missing between them and nothing twice. */
interface PlacedSamples {
    /** Takes silence, which may be long. */
    void silence(AVFrame like, long samples) throws ExtractionException;

    /** Takes sound. The frame is the giver's: it is valid only during the call. */
    void sound(AVFrame frame) throws ExtractionException;
}
