package dev.soundlift.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerNameTest {
    @ParameterizedTest
    @CsvSource({
        "talk.mkv, 'matroska,webm', Matroska",
        "talk.webm, 'matroska,webm', WebM",
        "talk.mp4, 'matroska,webm', Matroska",
        "talk.mp4, 'mov,mp4,m4a,3gp,3g2,mj2', MP4",
        "TALK.MOV, 'mov,mp4,m4a,3gp,3g2,mj2', QuickTime",
        "talk, 'mov,mp4,m4a,3gp,3g2,mj2', MP4",
        "talk.ts, mpegts, MPEG-TS",
        "talk.avi, avi, AVI",
    })
    void people_have_a_name_for_it(String file, String demuxer, String name) {
        MediaInfo media = new MediaInfo(
                new MediaSource.LocalFile(Path.of(file)),
                demuxer,
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                Map.of(),
                false,
                false);
        assertThat(ContainerName.of(media)).isEqualTo(name);
    }
}
