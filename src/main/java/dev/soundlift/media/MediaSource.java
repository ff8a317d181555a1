package dev.soundlift.media;

import java.net.URI;
import java.nio.file.Path;

/** Where the media comes from. */
public sealed interface MediaSource {
    /** For messages and reports. */
    String displayName();

    /** The name of the file without its extension: outputs are named after it. */
    String baseName();

    /** A file of this machine. */
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

    /** A file on a web server. */
    record RemoteUrl(URI uri) implements MediaSource {
        /** Without the query, which may hold a signed token, and without a password. */
        @Override
        public String displayName() {
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return uri.getScheme() + "://" + uri.getHost() + port + (uri.getPath() == null ? "" : uri.getPath());
        }

        /** The last part of the path, decoded: words of a stranger, not yet fit to be a name of ours. */
        @Override
        public String baseName() {
            String path = uri.getPath() == null ? "" : uri.getPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            int dot = name.lastIndexOf('.');
            String stem = dot > 0 ? name.substring(0, dot) : name;
            return stem.isEmpty() ? "audio" : stem;
        }

        /** As {@link #displayName}: a record's own would tell all. */
        @Override
        public String toString() {
            return displayName();
        }
    }

    /** What another program pipes in. */
    record StandardInput() implements MediaSource {
        @Override
        public String displayName() {
            return "-";
        }

        @Override
        public String baseName() {
            return "audio";
        }
    }

    /**
     * A file that somebody else keeps and gives parts of when asked, as a page in a browser does.
     *
     * @param id of the file with its keeper
     * @param name as it is called there: words of a stranger, though without a path
     * @param bytes that it has
     */
    record Handed(String id, String name, long bytes) implements MediaSource {
        @Override
        public String displayName() {
            return name;
        }

        @Override
        public String baseName() {
            int dot = name.lastIndexOf('.');
            String stem = dot > 0 ? name.substring(0, dot) : name;
            return stem.isEmpty() ? "audio" : stem;
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
