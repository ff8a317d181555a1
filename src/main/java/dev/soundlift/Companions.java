package dev.soundlift;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.MediaSource;
import dev.soundlift.output.SideFile;
import dev.soundlift.plan.Plan;
import dev.soundlift.report.Lists;
import dev.soundlift.request.ExtractionRequest;
import dev.soundlift.request.Extras;
import dev.soundlift.request.OnExists;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What one output gets besides its sound: the list of its chapters, and the date of its source. */
final class Companions {
    private Companions() {}

    /** Before the work begins: whether the list's name is taken and may not be used. */
    static void refuseExisting(ExtractionRequest request, Plan plan, Path output, OnExists onExists)
            throws ExtractionException {
        Optional<Path> list = list(request.extras(), plan, output);
        if (list.isPresent()) SideFile.refuseExisting(list.get(), onExists);
    }

    /** Where the list goes; nothing where none is wished for, or there is nothing to list. */
    private static Optional<Path> list(Extras extras, Plan plan, Path output) {
        if (plan.chapters().isEmpty()) return Optional.empty();
        return extras.chapterList().map(form -> switch (form) {
            case CUE -> SideFile.beside(output, ".cue");
            case JSON -> SideFile.beside(output, ".chapters.json");
        });
    }

    /** Writes the list beside the delivered output, under the output's final name. */
    static List<Path> write(ExtractionRequest request, Plan plan, Path output, OnExists onExists)
            throws ExtractionException {
        Optional<Path> list = list(request.extras(), plan, output);
        if (list.isEmpty()) return List.of();
        String text = switch (request.extras().chapterList().orElseThrow()) {
            case CUE -> Lists.cue(output, plan.tags(), plan.chapters());
            case JSON -> Lists.chapters(output, plan.chapters());
        };
        return List.of(SideFile.write(list.get(), text, onExists));
    }

    /** For an output that is there already, writes the list where it is not: what made the output was killed before it. */
    static void complete(ExtractionRequest request, Plan plan, Path output) throws ExtractionException {
        Optional<Path> list = list(request.extras(), plan, output);
        if (list.isPresent() && !Files.exists(list.get())) write(request, plan, output, OnExists.FAIL);
    }

    /** Gives a finished file the input's time of last change, where the input is a file. */
    static void keepDate(ExtractionRequest request, Path file) throws ExtractionException {
        boolean wanted = request.extras().keepDate();
        if (!wanted || !(request.source() instanceof MediaSource.LocalFile input)) return;
        try {
            Files.setLastModifiedTime(file, Files.getLastModifiedTime(input.path()));
        } catch (IOException refused) {
            throw new ExtractionException(
                    ErrorKind.NOT_WRITABLE,
                    Text.of("error.date", String.valueOf(refused.getMessage())),
                    Text.of("next.date"),
                    refused);
        }
    }
}
