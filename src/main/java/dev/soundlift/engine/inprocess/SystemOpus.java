package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import dev.soundlift.failure.ExtractionException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** This machine's libopus, set up as FFmpeg sets it up (by Opus' documentation, opus_multistream.h and opus_defines.h). */
final class SystemOpus implements SampleEncoder {
    /** The functions, under their own names. */
    interface Opus extends Library {
        String opus_get_version_string();

        Pointer opus_multistream_encoder_create(
                int hertz,
                int channels,
                int streams,
                int coupled,
                byte[] mapping,
                int application,
                IntByReference error);

        /** With one more argument: an int to set something, a place for one to get something. */
        int opus_multistream_encoder_ctl(Pointer encoder, int request, Object... value);

        int opus_multistream_encode(Pointer encoder, Pointer samples, int count, Pointer packet, int size);

        int opus_multistream_encode_float(Pointer encoder, Pointer samples, int count, Pointer packet, int size);

        void opus_multistream_encoder_destroy(Pointer encoder);
    }

    private static final int APPLICATION_AUDIO = 2049;
    private static final int SET_BITRATE = 4002;
    private static final int SET_VBR = 4006;
    private static final int SET_COMPLEXITY = 4010;
    private static final int SET_VBR_CONSTRAINT = 4020;
    private static final int GET_LOOKAHEAD = 4027;
    private static final int MOST_COMPLEX = 10;

    /** Of a 20 ms packet of one stream (RFC 6716, section 3.4: three frames of 1275 and what says so, which is ample). */
    private static final int MOST_BYTES = 3 * 1275 + 7;

    /** With 1.3 came its present quality at low rates. */
    private static final int OLDEST_MAJOR = 1;

    private static final int OLDEST_MINOR = 3;

    /** Where in OpusHead (RFC 7845, section 5.1) it says how channels become streams. */
    private static final int FAMILY_AT = 18;

    /** Where FFmpeg's channels stand in Vorbis' order, which that of Opus is (RFC 7845, section 5.1.1.2), by their number. */
    private static final int[][] IN_VORBIS_ORDER = {
        {0},
        {0, 1},
        {0, 2, 1},
        {0, 1, 2, 3},
        {0, 2, 1, 3, 4},
        {0, 2, 1, 5, 3, 4},
        {0, 2, 1, 6, 5, 3, 4},
        {0, 2, 1, 7, 5, 6, 3, 4}
    };

    private final Opus library;
    private final Pointer opus;
    private final EncoderForm form;
    private final PacketRow packets;
    private final boolean floats;
    private final int sampleBytes;
    /** For a last frame that is not full, and for silence. */
    private final BytePointer full;

    /** For a packet: an array would be copied to libopus and back, all of it. */
    private final Memory room;

    private final byte[] bytes;
    private long samplesIn;

    static SystemCodec.Loaded load(String name) {
        Opus library = SystemCodec.load(name, Opus.class);
        String version = library.opus_get_version_string();
        SystemCodec.requireVersion(version, OLDEST_MAJOR, OLDEST_MINOR);
        return new SystemCodec.Loaded(version, (form, firstSample) -> new SystemOpus(library, form, firstSample));
    }

    private SystemOpus(Opus library, EncoderForm form, long firstSample) {
        this.library = library;
        this.form = form;
        this.samplesIn = firstSample;
        this.floats = form.context().sample_fmt() == AV_SAMPLE_FMT_FLT;
        this.sampleBytes = (floats ? Float.BYTES : Short.BYTES) * form.channels();
        BytePointer head = form.context().extradata();
        boolean plain = head.get(FAMILY_AT) == 0;
        int streams = plain ? 1 : head.get(FAMILY_AT + 1);
        int coupled = plain ? form.channels() - 1 : head.get(FAMILY_AT + 2);
        byte[] mapping = new byte[form.channels()];
        for (int i = 0; i < mapping.length; i++) {
            int place = IN_VORBIS_ORDER[mapping.length - 1][i];
            mapping[i] = plain ? (byte) place : head.get(FAMILY_AT + 3 + place);
        }
        this.bytes = new byte[MOST_BYTES * streams];
        this.room = new Memory(bytes.length);
        IntByReference error = new IntByReference();
        this.opus = library.opus_multistream_encoder_create(
                form.rate(), form.channels(), streams, coupled, mapping, APPLICATION_AUDIO, error);
        SystemCodec.require(opus != null && error.getValue() == 0, "opus_multistream_encoder_create");
        this.packets = new PacketRow(form, firstSample, false);
        this.full = new BytePointer((long) form.frameSize() * sampleBytes);
        try {
            setUp();
        } catch (LinkageError other) {
            close();
            throw other;
        }
    }

    private void setUp() {
        set(SET_BITRATE, (int) form.context().bit_rate());
        set(SET_COMPLEXITY, MOST_COMPLEX);
        set(SET_VBR, 1);
        set(SET_VBR_CONSTRAINT, 0);
        IntByReference lookahead = new IntByReference();
        SystemCodec.require(
                library.opus_multistream_encoder_ctl(opus, GET_LOOKAHEAD, lookahead) == 0
                        && lookahead.getValue() == form.priming(),
                "lookahead");
    }

    private void set(int request, int value) {
        SystemCodec.require(library.opus_multistream_encoder_ctl(opus, request, value) == 0, "request " + request);
    }

    @Override
    public void encode(AVFrame frame, Encoder.PacketSink sink) throws ExtractionException {
        int count = frame.nb_samples();
        samplesIn += count;
        packets.came(count);
        if (count == form.frameSize()) {
            encode(frame.data(0), sink);
            return;
        }
        org.bytedeco.javacpp.Pointer.memset(full, 0, full.capacity());
        org.bytedeco.javacpp.Pointer.memcpy(full, frame.data(0), (long) count * sampleBytes);
        encode(full, sink);
    }

    @Override
    public void drain(Encoder.PacketSink sink) throws ExtractionException {
        org.bytedeco.javacpp.Pointer.memset(full, 0, full.capacity());
        while (packets.isWaiting()) encode(full, sink);
    }

    private void encode(BytePointer samples, Encoder.PacketSink sink) throws ExtractionException {
        Pointer from = new Pointer(samples.address());
        int size = floats
                ? library.opus_multistream_encode_float(opus, from, form.frameSize(), room, bytes.length)
                : library.opus_multistream_encode(opus, from, form.frameSize(), room, bytes.length);
        room.read(0, bytes, 0, Ffmpeg.require(size, "opus_multistream_encode"));
        packets.give(bytes, 0, size, sink);
    }

    @Override
    public long samplesIn() {
        return samplesIn;
    }

    @Override
    public void close() {
        packets.close();
        full.close();
        library.opus_multistream_encoder_destroy(opus);
        room.close();
    }
}
