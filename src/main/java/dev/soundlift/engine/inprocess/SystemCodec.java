package dev.soundlift.engine.inprocess;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An encoder that is bundled without optimisation, and that this machine may have as a library of its own, which needs
 * about a third of the time. Such a library is used where it can be loaded and agrees with the bundled one on what
 * matters outside; nothing else depends on which of the two it was.
 */
public final class SystemCodec {
    static final SystemCodec LAME = new SystemCodec("mp3", "mp3lame", SystemLame::load);
    static final SystemCodec OPUS = new SystemCodec("opus", "opus", SystemOpus::load);

    /** Kept, so that its level is: what is in JNA's way it would tell with a stack trace, and doctor tells it in a line. */
    private static final Logger JNA = Logger.getLogger("com.sun.jna.Native");

    /** Of both libraries' interface, as their file names say it. */
    private static final int ABI = 0;

    /** {@code off}: only what is bundled is used. Where it is not set, the environment is asked for {@link #VARIABLE}. */
    public static final String PROPERTY = "soundlift.system-codecs";

    public static final String VARIABLE = "SOUNDLIFT_SYSTEM_CODECS";

    private final String codecName;
    private final String library;
    private final Function<String, Loaded> loader;
    /** Nothing before it is asked for. */
    private @Nullable Status status;

    private Optional<Opener> opener = Optional.empty();

    private SystemCodec(String codecName, String library, Function<String, Loaded> loader) {
        this.codecName = codecName;
        this.library = library;
        this.loader = loader;
    }

    /**
     * Whether it is here.
     *
     * @param detail its name and version, or why it is not used
     */
    public record Status(boolean usable, String detail) {}

    /** Opens encoders that encode as an FFmpeg encoder would. */
    @FunctionalInterface
    interface Opener {
        /**
         * As the form says.
         *
         * @throws LinkageError where the library is not what it should be
         */
        SampleEncoder open(EncoderForm form, long firstSample);
    }

    /** For a codec by FFmpeg's name; nothing where there is none to look for. */
    public static Optional<SystemCodec> of(String codecName) {
        return Stream.of(LAME, OPUS)
                .filter(codec -> codec.codecName.equals(codecName))
                .findFirst();
    }

    /** Looks for it at the first call, and remembers. */
    public synchronized Status status() {
        Status known = status;
        if (known == null) status = known = load();
        return known;
    }

    /** Nothing where it cannot be used. */
    synchronized Optional<Opener> opener() {
        return !isSwitchedOff() && status().usable() ? opener : Optional.empty();
    }

    public static boolean isSwitchedOff() {
        String environment = System.getenv().getOrDefault(VARIABLE, "");
        return System.getProperty(PROPERTY, environment)
                .toLowerCase(Locale.ROOT)
                .equals("off");
    }

    private Status load() {
        String why = "";
        JNA.setLevel(Level.OFF);
        for (String name : names()) {
            try {
                Loaded loaded = loader.apply(name);
                opener = Optional.of(loaded.opener());
                return new Status(true, loaded.version());
            } catch (LinkageError unusable) { // not there, without one of its functions, or no place to unpack JNA
                if (why.isEmpty()) why = firstLine(unusable);
            }
        }
        return new Status(false, why);
    }

    private static String firstLine(LinkageError unusable) {
        String first = String.valueOf(unusable.getMessage()).lines().findFirst().orElse("");
        return first.endsWith(":") ? first.substring(0, first.length() - 1) : first;
    }

    /** What a library turned out to be. */
    record Loaded(String version, Opener opener) {}

    /** The command that installs both libraries where they are looked for. */
    public static String installation() {
        if (Platform.isMac()) return "brew install lame opus";
        if (Platform.isWindows()) {
            return "pacman -S mingw-w64-ucrt-x86_64-lame mingw-w64-ucrt-x86_64-opus (MSYS2; its ucrt64\\bin in PATH)";
        }
        return "apt-get install libmp3lame0 libopus0 (Debian, Ubuntu), dnf install lame-libs opus (Fedora)";
    }

    /** With all of its functions. */
    static <T extends Library> T load(String name, Class<T> functions) {
        NativeLibrary library = NativeLibrary.getInstance(name);
        for (Method method : functions.getMethods()) library.getFunction(method.getName());
        return Native.load(name, functions);
    }

    static void require(boolean as, String what) {
        if (!as) throw new UnsatisfiedLinkError(what);
    }

    static void requireVersion(String version, int oldestMajor, int oldestMinor) {
        Matcher number = Pattern.compile("(\\d+)\\.(\\d+)").matcher(version);
        require(number.find(), version);
        int major = Integer.parseInt(number.group(1));
        int minor = Integer.parseInt(number.group(2));
        require(major > oldestMajor || (major == oldestMajor && minor >= oldestMinor), version);
    }

    /** By the names that the system's loader knows; Homebrew's folders are not among its own. */
    private List<String> names() {
        if (Platform.isWindows()) return List.of("lib" + library, "lib" + library + "-" + ABI, library);
        if (!Platform.isMac()) return List.of("lib" + library + ".so." + ABI);
        String file = "lib" + library + "." + ABI + ".dylib";
        return List.of("/opt/homebrew/lib/" + file, "/usr/local/lib/" + file, "/opt/local/lib/" + file, file);
    }
}
