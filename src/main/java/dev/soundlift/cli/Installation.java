package dev.soundlift.cli;

import dev.soundlift.text.Text;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** How this program came onto the machine, told by where it lies, and how a newer one gets into its place. */
enum Installation {
    CONTAINER("doctor.installed-container"),
    JBANG("doctor.installed-jbang"),
    DEB("doctor.installed-deb"),
    HOMEBREW("doctor.installed-homebrew"),
    SCOOP("doctor.installed-scoop"),
    SDKMAN("doctor.installed-sdkman"),
    IMAGE("doctor.installed-image"),
    BUILD("doctor.installed-build"),
    FOLDER("doctor.installed-folder"),
    JAR("doctor.installed-jar");

    /** The alias in the JBang catalog sets it to "jbang": what JBang starts lies among the jars of Maven. */
    private static final String STARTED_BY = "soundlift.started-by";

    private static final Path DEBIANS_LIST = Path.of("/var/lib/dpkg/info/soundlift.list");

    /** Docker's and Podman's mark. */
    private static final List<Path> IN_CONTAINERS = List.of(Path.of("/.dockerenv"), Path.of("/run/.containerenv"));

    private final String key;

    Installation(String key) {
        this.key = key;
    }

    /** In words: what it is, where it lies, how to update it. */
    static Text ofThisProgram() {
        Path jar = jar();
        boolean jbang = System.getProperty(STARTED_BY, "").equals("jbang");
        return Text.of(of(jar, jbang, Files::exists).key, home(jar).toString());
    }

    /**
     * The first that fits.
     *
     * @param jar where the program's classes lie
     * @param exists asks the machine for a file
     */
    static Installation of(Path jar, boolean jbang, Predicate<Path> exists) {
        Path home = home(jar);
        String place = "/" + home.toString().replace(File.separatorChar, '/') + "/";
        if (jbang) return JBANG;
        if (!exists.test(home.resolve("bin/soundlift"))) return JAR;
        if (home.equals(Path.of("/usr/lib/soundlift")) && exists.test(DEBIANS_LIST)) {
            return IN_CONTAINERS.stream().anyMatch(exists) ? CONTAINER : DEB;
        }
        if (place.contains("/Cellar/")) return HOMEBREW;
        if (place.contains("/scoop/apps/")) return SCOOP;
        if (place.contains("/candidates/soundlift/")) return SDKMAN;
        if (exists.test(home.resolve("runtime"))) return IMAGE;
        return exists.test(home.resolve("../../pom.xml").normalize()) ? BUILD : FOLDER;
    }

    /** Of {@code lib/soundlift.jar} the folder above; a jar that lies otherwise stands for itself. */
    private static Path home(Path jar) {
        return jar.endsWith("lib/soundlift.jar") ? jar.resolve("../..").normalize() : jar;
    }

    /** The first of the class path. */
    static Path jar() {
        String classes = System.getProperty("java.class.path", "") + File.pathSeparator;
        return Path.of(classes.substring(0, classes.indexOf(File.pathSeparatorChar)))
                .toAbsolutePath()
                .normalize();
    }
}
