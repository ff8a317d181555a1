package dev.soundlift.skill;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.output.PendingFile;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A skill in the Agent Skills format (agentskills.io): a folder of its name with a {@code SKILL.md}. */
public enum Skill {
    MP4_TO_MP3("mp4-to-mp3-converter"),
    AUDIO_EXTRACT("ffmpeg-audio-extract");

    private final String folder;

    Skill(String folder) {
        this.folder = folder;
    }

    /** What became of one file. */
    public enum Outcome {
        WRITTEN,
        ALREADY_THERE,
        REPLACED
    }

    /**
     * Where agents on this machine look for skills.
     *
     * @return folders that exist, or can be made where the agent's own folder exists
     */
    public static List<Path> places(Path home) {
        return Stream.of(".claude", ".cursor", ".openclaw", ".clawhub")
                .map(home::resolve)
                .filter(Files::isDirectory)
                .map(agent -> agent.resolve("skills"))
                .toList();
    }

    /** Where the skill's file lies below a folder of skills. */
    public Path fileIn(Path skills) {
        return skills.resolve(folder).resolve("SKILL.md");
    }

    /**
     * The file's text: what is this skill's own, and how to call the program, which both share.
     *
     * @param program how to call it where it is not on the path
     */
    public String text(String program) {
        return (resource(folder + ".md") + resource("how.md")).replace("{program}", program);
    }

    private static String resource(String name) {
        try (InputStream file = Objects.requireNonNull(Skill.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /**
     * Writes the skill below a folder of skills; a file that was changed there is kept.
     *
     * @param program see {@link #text}
     * @param replace whether such a file is replaced
     * @throws ExtractionException of kind {@link ErrorKind#OUTPUT_EXISTS} where it is kept
     */
    public Outcome install(Path skills, String program, boolean replace) throws ExtractionException {
        Path file = fileIn(skills);
        byte[] content = text(program).getBytes(StandardCharsets.UTF_8);
        try {
            boolean there = Files.exists(file);
            if (there && Arrays.equals(Files.readAllBytes(file), content)) return Outcome.ALREADY_THERE;
            if (there && !replace) {
                throw new ExtractionException(
                        ErrorKind.OUTPUT_EXISTS,
                        Text.of("error.exists", file.toString()),
                        Text.of("next.skill-exists"));
            }
            Files.createDirectories(skills.resolve(folder));
            try (PendingFile pending = PendingFile.beside(file, OnExists.OVERWRITE)) {
                Files.write(pending.path(), content);
                pending.commit();
            }
            return there ? Outcome.REPLACED : Outcome.WRITTEN;
        } catch (IOException failed) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.not-writable", file.toString(), String.valueOf(failed.getMessage())),
                    Text.of("next.skill-no-place"));
        }
    }
}
