package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avutil.*;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.soundlift.failure.ExtractionException;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** This machine's libmp3lame, set up as FFmpeg sets it up (by LAME's documentation, lame.h). */
final class SystemLame implements SampleEncoder {
    /** The functions, under their own names. */
    interface Lame extends Library {
        String get_lame_short_version();

        Pointer lame_init();

        int lame_set_in_samplerate(Pointer lame, int hertz);

        int lame_set_out_samplerate(Pointer lame, int hertz);

        int lame_set_num_channels(Pointer lame, int channels);

        int lame_set_mode(Pointer lame, int mode);

        int lame_set_quality(Pointer lame, int level);

        int lame_set_VBR(Pointer lame, int mode);

        int lame_set_VBR_quality(Pointer lame, float level);

        int lame_set_brate(Pointer lame, int kilobits);

        int lame_set_bWriteVbrTag(Pointer lame, int yes);

        int lame_init_params(Pointer lame);

        int lame_get_encoder_delay(Pointer lame);

        int lame_get_framesize(Pointer lame);

        float lame_get_scale(Pointer lame);

        int lame_encode_buffer(Pointer lame, Pointer left, Pointer right, int samples, Pointer mp3, int size);

        int lame_encode_buffer_int(Pointer lame, Pointer left, Pointer right, int samples, Pointer mp3, int size);

        int lame_encode_buffer_ieee_float(
                Pointer lame, Pointer left, Pointer right, int samples, Pointer mp3, int size);

        int lame_encode_flush(Pointer lame, Pointer mp3, int size);

        int lame_close(Pointer lame);
    }

    private static final int JOINT_STEREO = 1;
    private static final int MONO = 3;
    /** What LAME's makers recommend: vbr_mtrh. */
    private static final int VBR = 4;
    /** FFmpeg's choice, and LAME's own for all but its presets. */
    private static final int QUALITY = 5;
    /** The hybrid filter bank's delay and one sample: what a decoder adds (LAME's technical FAQ). */
    private static final int DECODER_DELAY = LameTag.DECODER_DELAY;
    /** Older ones had faults that were found with hostile samples. */
    private static final int OLDEST_MAJOR = 3;

    private static final int OLDEST_MINOR = 100;

    private final Lame library;
    private final Pointer lame;
    private final EncoderForm form;
    private final PacketRow packets;
    private long samplesIn;
    /** For what LAME gives at once: an array would be copied to it and back, all of it, with every frame. */
    private final Memory room;
    /** Bytes that have come and are not a whole frame yet. */
    private byte[] bytes = new byte[0];

    private int filled;

    static SystemCodec.Loaded load(String name) {
        Lame library = SystemCodec.load(name, Lame.class);
        String version = library.get_lame_short_version();
        SystemCodec.requireVersion(version, OLDEST_MAJOR, OLDEST_MINOR);
        return new SystemCodec.Loaded(
                "libmp3lame " + version, (form, firstSample) -> new SystemLame(library, form, firstSample));
    }

    private SystemLame(Lame library, EncoderForm form, long firstSample) {
        this.library = library;
        this.form = form;
        this.samplesIn = firstSample;
        this.room = new Memory(form.frameSize() * 5L / 4 + 7200 + 16_384); // more than it ever is, by lame.h
        this.lame = library.lame_init();
        if (lame == null) throw new UnsatisfiedLinkError("lame_init");
        this.packets = new PacketRow(form, firstSample, true);
        try {
            setUp();
        } catch (LinkageError other) {
            close();
            throw other;
        }
    }

    private void setUp() {
        library.lame_set_num_channels(lame, form.channels());
        library.lame_set_mode(lame, form.channels() > 1 ? JOINT_STEREO : MONO);
        library.lame_set_in_samplerate(lame, form.rate());
        library.lame_set_out_samplerate(lame, form.rate());
        library.lame_set_quality(lame, QUALITY);
        if ((form.context().flags() & AV_CODEC_FLAG_QSCALE) != 0) {
            library.lame_set_VBR(lame, VBR);
            library.lame_set_VBR_quality(lame, form.context().global_quality() / (float) FF_QP2LAMBDA);
        } else {
            library.lame_set_brate(lame, (int) (form.context().bit_rate() / 1000));
        }
        library.lame_set_bWriteVbrTag(lame, 0); // the muxer's part
        SystemCodec.require(library.lame_init_params(lame) >= 0, "lame_init_params");
        SystemCodec.require(library.lame_get_framesize(lame) == form.frameSize(), "frame size");
        SystemCodec.require(library.lame_get_encoder_delay(lame) + DECODER_DELAY == form.priming(), "encoder delay");
        SystemCodec.require(Math.abs(library.lame_get_scale(lame) - form.scale()) < 1e-6, "scale");
    }

    @Override
    public void encode(AVFrame frame, Encoder.PacketSink sink) throws ExtractionException {
        Pointer left = new Pointer(frame.extended_data(0).address());
        Pointer right = form.channels() > 1 ? new Pointer(frame.extended_data(1).address()) : left;
        int count = frame.nb_samples();
        samplesIn += count;
        packets.came(count);
        int size = switch (frame.format()) {
            case AV_SAMPLE_FMT_S16P -> library.lame_encode_buffer(lame, left, right, count, room, (int) room.size());
            case AV_SAMPLE_FMT_S32P ->
                library.lame_encode_buffer_int(lame, left, right, count, room, (int) room.size());
            default -> library.lame_encode_buffer_ieee_float(lame, left, right, count, room, (int) room.size());
        };
        give(Ffmpeg.require(size, "lame_encode_buffer"), sink);
    }

    @Override
    public void drain(Encoder.PacketSink sink) throws ExtractionException {
        give(Ffmpeg.require(library.lame_encode_flush(lame, room, (int) room.size()), "lame_encode_flush"), sink);
    }

    private void give(int size, Encoder.PacketSink sink) throws ExtractionException {
        if (filled + size > bytes.length) bytes = Arrays.copyOf(bytes, 2 * (filled + size));
        room.read(0, bytes, filled, size);
        filled += size;
        int at = 0;
        while (filled - at >= Mp3Frame.HEADER_BYTES) {
            int length = Mp3Frame.length(bytes, at);
            if (filled - at < length) break; // its data lie in frames before it, but it ends with what comes
            packets.give(bytes, at, length, sink);
            at += length;
        }
        System.arraycopy(bytes, at, bytes, 0, filled - at);
        filled -= at;
    }

    @Override
    public long samplesIn() {
        return samplesIn;
    }

    @Override
    public void close() {
        packets.close();
        library.lame_close(lame);
        room.close();
    }
}
