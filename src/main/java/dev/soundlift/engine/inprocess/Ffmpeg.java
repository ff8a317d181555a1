package dev.soundlift.engine.inprocess;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_iterate;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** FFmpeg's conventions in Java's terms: return codes, strings, dictionaries, time bases. */
final class Ffmpeg {
    /** The time base of {@code AVFormatContext} and of {@code AVChapter}-less times: microseconds. */
    static final long MICROS_PER_SECOND = 1_000_000;

    /** POSIX error numbers as FFmpeg negates them; the same on every platform that we ship for. */
    static final int NO_SPACE = -28;

    static final int TRY_AGAIN = -11;
    private static final int TRY_AGAIN_MACOS = -35;

    private Ffmpeg() {}

    static boolean isTryAgain(int code) {
        return code == TRY_AGAIN || code == TRY_AGAIN_MACOS;
    }

    static boolean isEnd(int code) {
        return code == AVERROR_EOF;
    }

    /** For calls that fail only through a fault of ours or of the machine. */
    static int require(int code, String call) throws ExtractionException {
        if (code >= 0) return code;
        throw new ExtractionException(ErrorKind.BUG, Text.of("error.ffmpeg", call, message(code)), Text.of("next.bug"));
    }

    static String message(int code) {
        byte[] buffer = new byte[128];
        av_strerror(code, buffer, buffer.length);
        int end = 0;
        while (end < buffer.length && buffer[end] != 0) end++;
        return new String(buffer, 0, end, StandardCharsets.UTF_8);
    }

    /** FFmpeg wants UTF-8 on every platform; JavaCPP would take the default charset. The caller closes it. */
    static BytePointer utf8(String text) {
        return new BytePointer(text, StandardCharsets.UTF_8);
    }

    /** Empty for a null pointer. */
    static String text(@Nullable BytePointer pointer) {
        return pointer == null || pointer.isNull() ? "" : pointer.getString(StandardCharsets.UTF_8);
    }

    static Map<String, String> map(@Nullable AVDictionary dictionary) {
        Map<String, String> entries = new LinkedHashMap<>();
        if (dictionary == null || dictionary.isNull()) return entries;
        AVDictionaryEntry entry = null;
        while ((entry = av_dict_iterate(dictionary, entry)) != null) {
            entries.putIfAbsent(text(entry.key()), text(entry.value()));
        }
        return entries;
    }

    /** A dictionary with these entries; FFmpeg takes it over or the caller frees it with {@code av_dict_free}. */
    static AVDictionary dictionary(Map<String, String> entries) {
        AVDictionary dictionary = new AVDictionary(null);
        entries.forEach((name, value) -> {
            try (BytePointer key = utf8(name);
                    BytePointer text = utf8(value)) {
                av_dict_set(dictionary, key, text, 0);
            }
        });
        return dictionary;
    }

    static double seconds(long timestamp, AVRational timeBase) {
        return timestamp * (double) timeBase.num() / timeBase.den();
    }
}
