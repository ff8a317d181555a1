package dev.soundlift.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.soundlift.sound.TestMedia;
import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.config.Options;
import japicmp.model.JApiChangeStatus;
import japicmp.model.JApiClass;
import japicmp.output.stdout.StdoutOutputGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that were built with an earlier version go on working with this one. */
class ApiIT {
    private static final Path PROJECT = TestMedia.testdata().toAbsolutePath().getParent();

    private static final String ON_PURPOSE = """

            The public API has changed such that programs which use it would have to be changed or built anew (above: what of which class).
            If that was not meant, keep the old signature: add a method or constructor beside it instead of changing it.
            If it was meant, write the change into CHANGELOG.md, and write the API down as it is now:
                ./mvnw -q -DskipTests package && java -cp 'target/soundlift/lib/*' src/build/ApiBaseline.java
            """;

    @Test
    void what_programs_call_is_still_there() {
        Path before = PROJECT.resolve("src/test/api/soundlift-api.jar");
        Path now = Launched.HOME.resolve("lib/soundlift.jar");
        JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
        options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
        List<JApiClass> known = new JarArchiveComparator(options)
                .compare(archive(before), archive(now)).stream()
                        .filter(one -> one.getChangeStatus() != JApiChangeStatus.NEW)
                        .toList();
        assertThat(known).hasSizeGreaterThan(100);
        List<JApiClass> broken = known.stream()
                .filter(one -> !one.isBinaryCompatible() || !one.isSourceCompatible())
                .toList();
        assertThat(broken).as(() -> said(broken) + ON_PURPOSE).isEmpty();
    }

    private static JApiCmpArchive archive(Path jar) {
        return new JApiCmpArchive(jar.toFile(), jar.getFileName().toString());
    }

    /** The changes of each class, as japicmp prints them. */
    private static String said(List<JApiClass> broken) {
        Options options = Options.newDefault();
        options.setOutputOnlyModifications(true);
        options.setIgnoreMissingClasses(true);
        return new StdoutOutputGenerator(options, new ArrayList<>(broken)).generate();
    }
}
