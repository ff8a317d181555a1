package dev.soundlift.engine.inprocess;

import dev.soundlift.failure.ExtractionException;

/** Packets in, samples out, in order. */
interface PacketDecoder extends AutoCloseable {
    void decode(Packet packet, Frame.Sink sink) throws ExtractionException;

    /** Gives out what is held back; nothing can be decoded after that. */
    void drain(Frame.Sink sink) throws ExtractionException;

    /** How often what a packet holds could not be decoded. */
    long undecodable();

    /** At the end: whether another way of decoding might have given something else. */
    default boolean doubts() {
        return false;
    }

    @Override
    void close();
}
