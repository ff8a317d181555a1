package dev.soundlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallationTest {
    @ParameterizedTest(name = "{0}: {1}, where {3} exist")
    @CsvSource({
        "DEB, /usr/lib/soundlift/lib/soundlift.jar, '', /usr/lib/soundlift/bin/soundlift /usr/lib/soundlift/runtime /var/lib/dpkg/info/soundlift.list",
        "IMAGE, /usr/lib/soundlift/lib/soundlift.jar, '', /usr/lib/soundlift/bin/soundlift /usr/lib/soundlift/runtime",
        "IMAGE, /opt/soundlift-1.0/lib/soundlift.jar, '', /opt/soundlift-1.0/bin/soundlift /opt/soundlift-1.0/runtime /var/lib/dpkg/info/soundlift.list",
        "BUILD, /src/soundlift/target/soundlift/lib/soundlift.jar, '', /src/soundlift/target/soundlift/bin/soundlift /src/soundlift/pom.xml",
        "FOLDER, /home/me/soundlift/lib/soundlift.jar, '', /home/me/soundlift/bin/soundlift",
        "HOMEBREW, /opt/homebrew/Cellar/soundlift/0.1.0/libexec/lib/soundlift.jar, '', /opt/homebrew/Cellar/soundlift/0.1.0/libexec/bin/soundlift",
        "SCOOP, /c/Users/me/scoop/apps/soundlift/current/lib/soundlift.jar, '', /c/Users/me/scoop/apps/soundlift/current/bin/soundlift",
        "SDKMAN, /home/me/.sdkman/candidates/soundlift/0.1.0/lib/soundlift.jar, '', /home/me/.sdkman/candidates/soundlift/0.1.0/bin/soundlift",
        "JAR, /home/me/.m2/repository/dev/soundlift/soundlift/0.1.0/soundlift-0.1.0.jar, '', ''",
        "JAR, /srv/app/lib/soundlift-0.1.0.jar, '', /srv/app/app.jar",
        "JBANG, /home/me/.m2/repository/dev/soundlift/soundlift/0.1.0/soundlift-0.1.0.jar, jbang, ''",
        "FOLDER, /home/me/soundlift/lib/soundlift.jar, '', /.dockerenv /home/me/soundlift/bin/soundlift",
        "CONTAINER, /usr/lib/soundlift/lib/soundlift.jar, '', /.dockerenv /usr/lib/soundlift/bin/soundlift /var/lib/dpkg/info/soundlift.list",
        "CONTAINER, /usr/lib/soundlift/lib/soundlift.jar, '', /run/.containerenv /usr/lib/soundlift/bin/soundlift /var/lib/dpkg/info/soundlift.list",
    })
    void the_place_tells_how_it_came_there(Installation expected, Path jar, String startedBy, String there) {
        List<Path> files = Arrays.stream(there.split(" ")).map(Path::of).toList();
        assertThat(Installation.of(jar, startedBy.equals("jbang"), files::contains))
                .isEqualTo(expected);
    }
}
