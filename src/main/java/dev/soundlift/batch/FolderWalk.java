package dev.soundlift.batch;

import dev.soundlift.failure.ExtractionException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * The media files of a folder by name, found as they are asked for: the first comes at once however many there are, and
 * no more is kept in mind than the names in the folders that lead to where the walk is. What hides, files and folders, is
 * left out; a folder that cannot be read is told.
 */
final class FolderWalk implements Iterator<Input> {
    /** What a folder is searched for. A file that is named is tried whatever it is called. */
    private static final Set<String> MEDIA_EXTENSIONS = Set.of(
            ("3g2 3gp 3gpp aac ac3 adts aif aifc aiff alac amr ape asf au avi caf dff divx dsf dts dv eac3 ec3 f4a f4v flac flv"
                            + " gxf iff m1v m2t m2ts m2v m4a m4b m4r m4v mka mkv mod mov mp1 mp2 mp3 mp4 mpa mpc mpe mpeg"
                            + " mpg mpv mts mxf nut oga ogg ogm ogv ogx opus qt ra rm rmvb shn snd spx swf thd tod tp trp"
                            + " ts tta vob voc vqf w64 wav wave weba webm wma wmv wtv wv xvid y4m")
                    .split(" "));

    /** Of these, what holds sound alone. */
    private static final Set<String> SOUND_EXTENSIONS = Set.of(
            ("aac ac3 adts aif aifc aiff alac amr ape au caf dff dsf dts eac3 ec3 f4a flac m4a m4b m4r mka mp1 mp2 mp3"
                            + " mpa mpc oga ogg opus ra shn snd spx tta voc vqf w64 wav wave weba wma wv")
                    .split(" "));

    /** By name, and of one name the video first: what sounds like it may be its sound. */
    static final Comparator<String> ORDER = Comparator.comparing(FolderWalk::stem)
            .thenComparing(name -> SOUND_EXTENSIONS.contains(ending(name)))
            .thenComparing(Comparator.naturalOrder());

    private final boolean recurse;
    private final Deque<Level> levels = new ArrayDeque<>();
    private Optional<Input> ahead = Optional.empty();

    /** A folder on the way down, and what of it is still to be looked at. */
    private record Level(Path folder, Iterator<String> names) {}

    FolderWalk(Path folder, boolean recurse) {
        this.recurse = recurse;
        enter(folder);
    }

    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && !levels.isEmpty()) {
            Level level = levels.element();
            if (level.names().hasNext())
                look(level.folder().resolve(level.names().next()));
            else levels.remove();
        }
        return ahead.isPresent();
    }

    @Override
    public Input next() {
        if (!hasNext()) throw new NoSuchElementException();
        Input next = ahead.orElseThrow();
        ahead = Optional.empty();
        return next;
    }

    private void look(Path path) {
        if (isMedia(path) && Files.isRegularFile(path)) ahead = Optional.of(Input.of(path));
        else if (recurse && Files.isDirectory(path) && !isAbove(path)) enter(path);
    }

    private void enter(Path folder) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".")) names.add(name);
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            ExtractionException why = Inputs.unreadable(folder.toString(), unreadable);
            ahead = Optional.of(Input.unusable(folder.toString(), why));
            return;
        }
        names.sort(ORDER);
        levels.push(new Level(folder, names.iterator()));
    }

    /** Whether a link leads back to a folder that the walk is in, or that holds it: there it would begin again. */
    private boolean isAbove(Path folder) {
        if (!Files.isSymbolicLink(folder)) return false;
        try {
            Path real = folder.toRealPath();
            for (Level level : levels) if (level.folder().toRealPath().startsWith(real)) return true;
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    static boolean isMedia(Path file) {
        return MEDIA_EXTENSIONS.contains(ending(file));
    }

    static boolean isMedia(String name) {
        return MEDIA_EXTENSIONS.contains(ending(name));
    }

    static boolean isSound(Path file) {
        return SOUND_EXTENSIONS.contains(ending(file));
    }

    static boolean isVideo(Path file) {
        return isMedia(file) && !isSound(file);
    }

    static boolean isVideo(String name) {
        return isMedia(name) && !SOUND_EXTENSIONS.contains(ending(name));
    }

    /** In lower case, without the dot. */
    static String ending(Path file) {
        return ending(String.valueOf(file.getFileName()));
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
