package dev.soundlift.media;

import java.nio.file.Path;

/** Where the media comes from. */
public sealed interface MediaSource {
    /** For messages and reports. */
    String displayName();

    /** The name of the file without its extension: outputs are named after it. */
    String baseName();

    record LocalFile(Path path) implements MediaSource {
        @Override
        public String displayName() {
            return path.toString();
        }

        @Override
        public String baseName() {
            Path last = path.getFileName();
            String name = last == null ? "audio" : last.toString();
            int dot = name.lastIndexOf('.');
            return dot > 0 ? name.substring(0, dot) : name;
        }
    }

    /** What was typed where no single file is meant, or none can be: for reports of failure. */
    record Typed(String words) implements MediaSource {
        @Override
        public String displayName() {
            return words;
        }

        @Override
        public String baseName() {
            return "audio";
        }
    }
}
