package dev.soundlift.engine.inprocess;

import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;

/**
 * Whether FFmpeg's libraries could be loaded into this JVM; asked once and remembered.
 *
 * @param detail the platform and FFmpeg's version, or why they could not be loaded
 */
public record Natives(boolean usable, String detail) {
    /** Loads the libraries at first use. */
    public static Natives status() {
        return Once.STATUS;
    }

    private static final class Once {
        static final Natives STATUS = load();
    }

    private static Natives load() {
        try {
            NativeFiles.load();
            Complaints.listen();
            return new Natives(
                    true,
                    Loader.getPlatform() + ", FFmpeg "
                            + avutil.av_version_info().getString());
        } catch (LinkageError unavailable) { // UnsatisfiedLinkError the first time, NoClassDefFoundError after that
            // "no jniavutil in java.library.path: " and all of the path
            String why = String.valueOf(unavailable.getMessage()).replaceFirst("( in java\\.library\\.path): .*", "$1");
            return new Natives(false, why);
        }
    }
}
