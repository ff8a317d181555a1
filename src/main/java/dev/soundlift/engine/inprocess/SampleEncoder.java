package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Samples in, packets out, in order. */
interface SampleEncoder extends AutoCloseable {
    /** Takes samples in the encoder's form, in frames of its size; only the last may be shorter. */
    void encode(AVFrame frame, Encoder.PacketSink sink) throws ExtractionException;

    /** Gives out what is held back; nothing can be encoded after that. */
    void drain(Encoder.PacketSink sink) throws ExtractionException;

    /** Of one channel, at the encoder's rate. */
    long samplesIn();

    @Override
    void close();
}
