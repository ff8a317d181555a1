package dev.soundlift.engine.inprocess;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * Loads FFmpeg's libraries. JavaCPP finds them by annotations and jar entries, for every class anew, which takes five times
 * as long as loading does. So what it found is written down beside the files, and from then on they are loaded from this
 * list; JavaCPP looks again when a jar has changed or a file does not load.
 *
 * @param folder where JavaCPP unpacks, one folder per jar
 * @param jars the folder of these jars
 */
record NativeFiles(Path folder, Path jars) {
    /** Each after those that it needs. */
    private static final List<Class<?>> LIBRARIES = List.of(
            Pointer.class,
            avutil.class,
            swresample.class,
            avcodec.class,
            avformat.class,
            swscale.class,
            avfilter.class);

    /** JavaCPP's own switch: its classes then expect their libraries to be there. */
    private static final String LOADS_ITSELF = "org.bytedeco.javacpp.loadlibraries";

    /** Throws LinkageError where they cannot be loaded. */
    static void load() {
        Optional<NativeFiles> known = ofLauncher();
        if (known.isPresent() && known.get().loadKnown()) return;
        LIBRARIES.forEach(Loader::load);
        known.ifPresent(NativeFiles::remember);
    }

    /** The launcher names the folder; libraries of the user's own come first where that is asked for. */
    private static Optional<NativeFiles> ofLauncher() {
        String folder = System.getProperty("org.bytedeco.javacpp.cachedir");
        if (folder == null || Boolean.getBoolean("org.bytedeco.javacpp.pathsFirst")) return Optional.empty();
        Path natives = Path.of(folder).toAbsolutePath();
        return Optional.ofNullable(natives.getParent()).map(jars -> new NativeFiles(natives, jars));
    }

    private Path list() {
        return folder.resolve(Loader.getPlatform() + ".list");
    }

    private boolean loadKnown() {
        try {
            List<Path> files = files();
            if (files.isEmpty()) return false;
            System.setProperty(LOADS_ITSELF, "false");
            files.forEach(file -> System.load(file.toString()));
            return true;
        } catch (IOException | UnsatisfiedLinkError changed) {
            System.clearProperty(LOADS_ITSELF);
            return false; // JavaCPP looks again and says what is wrong
        }
    }

    /** What is known, in the order of loading; empty where nothing is or a jar is younger. */
    List<Path> files() throws IOException {
        try {
            FileTime made = Files.getLastModifiedTime(list());
            List<String> names = Files.readAllLines(list());
            Set<String> from = new LinkedHashSet<>();
            for (String name : names) from.add(Path.of(name).getName(0).toString());
            for (String jar : from) {
                if (Files.getLastModifiedTime(jars.resolve(jar)).compareTo(made) > 0) return List.of();
            }
            return names.stream().map(folder::resolve).toList();
        } catch (NoSuchFileException unknown) {
            return List.of();
        }
    }

    private void remember() {
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> library : LIBRARIES) {
            ClassProperties properties = Loader.loadProperties(library, Loader.loadProperties(), true);
            names.addAll(properties.get("platform.preload"));
            names.addAll(properties.get("platform.link"));
            names.add(properties.getProperty("platform.library"));
        }
        write(names, Loader.getLoadedLibraries());
    }

    /**
     * Writes the list, unless something was loaded from elsewhere.
     *
     * @param names of libraries in the order of loading, as JavaCPP writes them: "avutil@.60", "name#name after unpacking"
     * @param loaded the files by the last part of these names
     */
    void write(Set<String> names, Map<String, String> loaded) {
        List<Path> files = names.stream()
                .map(name -> loaded.get(name.substring(name.indexOf('#') + 1)))
                .filter(Objects::nonNull)
                .map(Path::of)
                .toList();
        if (files.size() < loaded.size() || !files.stream().allMatch(file -> file.startsWith(folder))) return;
        try {
            // Not createTempFile: other users of the folder are to read it
            Path written = folder.resolve("list-" + ProcessHandle.current().pid());
            Files.write(
                    written,
                    files.stream()
                            .map(file -> folder.relativize(file).toString())
                            .toList());
            Files.move(written, list(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException readOnly) {
            return; // the next start is slower by a tenth of a second, and that is all
        }
    }
}
