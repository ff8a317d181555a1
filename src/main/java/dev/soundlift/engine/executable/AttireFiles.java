package dev.soundlift.engine.executable;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.Picture;
import dev.soundlift.engine.executable.Arguments.Attire;
import dev.soundlift.engine.executable.Arguments.CoverFile;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.Container;
import dev.soundlift.output.TemporaryFolder;
import dev.soundlift.plan.Plan;
import dev.soundlift.text.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tags, chapters and cover in temporary files, for a program to read; closing deletes them. */
final class AttireFiles implements AutoCloseable {
    /** Tags are held in memory several times over; a larger picture is left behind. FLAC's own limit is 16 MiB. */
    private static final int LARGEST_PICTURE = 8 << 20;

    private final TemporaryFolder folder;
    private final Optional<Picture> picture;
    private final Attire attire;

    private AttireFiles(TemporaryFolder folder, Attire attire, Optional<Picture> picture) {
        this.folder = folder;
        this.picture = picture;
        this.attire = attire;
    }

    static AttireFiles write(FfmpegProgram program, Path source, Plan plan, Probed probed, Cancellation cancellation)
            throws ExtractionException {
        Container container = plan.target().container();
        boolean ogg = container == Container.OPUS_FILE || container == Container.OGG;
        Optional<Stream> stream = probed.cover();
        byte[] bytes = stream.isPresent() ? picture(program, source, stream.get(), cancellation) : new byte[0];
        Map<String, String> more = new LinkedHashMap<>();
        if (ogg && stream.isPresent() && bytes.length > 0) {
            Tree facts = stream.get().facts();
            byte[] block =
                    new Picture(bytes, isPng(stream.get())).flacBlock(facts.count("width"), facts.count("height"));
            more.put("METADATA_BLOCK_PICTURE", Base64.getEncoder().encodeToString(block));
        }
        TemporaryFolder folder = open();
        Path tags = folder.path().resolve("tags");
        Path picture = folder.path().resolve("picture");
        try {
            Files.writeString(tags, TagFile.of(plan, more));
            Files.write(picture, bytes);
        } catch (IOException full) {
            folder.close();
            throw cannotWrite(full);
        }
        Optional<CoverFile> cover =
                bytes.length == 0 ? Optional.empty() : stream.map(from -> new CoverFile(picture, isPng(from)));
        String title = plan.pick().track().title();
        return new AttireFiles(
                folder,
                new Attire(tags, plan.pick().track().language(), title, cover),
                stream.filter(from -> bytes.length > 0).map(from -> new Picture(bytes, isPng(from))));
    }

    private static boolean isPng(Stream stream) {
        return stream.facts().text("codec_name").equals("png");
    }

    private static byte[] picture(FfmpegProgram program, Path source, Stream stream, Cancellation cancellation)
            throws ExtractionException {
        try (Child child = Child.start(Arguments.picture(program, source, stream), cancellation)) {
            // Most are small, and several files may be under way
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ByteBuffer some = ByteBuffer.allocate(1 << 16);
            do {
                some.clear();
                child.readInto(some);
                bytes.write(some.array(), 0, some.position());
            } while (!some.hasRemaining() && bytes.size() <= LARGEST_PICTURE);
            return bytes.size() <= LARGEST_PICTURE ? bytes.toByteArray() : new byte[0];
        }
    }

    private static TemporaryFolder open() throws ExtractionException {
        try {
            return TemporaryFolder.open();
        } catch (IOException failed) {
            throw cannotWrite(failed);
        }
    }

    private static ExtractionException cannotWrite(IOException why) {
        return new ExtractionException(
                ErrorKind.NOT_WRITABLE,
                Text.of("error.write", String.valueOf(why.getMessage())),
                Text.of("next.write"));
    }

    /** Of the source, where it has one that tags can carry. */
    Optional<Picture> picture() {
        return picture;
    }

    Attire attire() {
        return attire;
    }

    @Override
    public void close() {
        folder.close();
    }
}
