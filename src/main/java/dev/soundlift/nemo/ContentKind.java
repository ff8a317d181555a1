package dev.soundlift.nemo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a file is by its first bytes, whatever it is called and whatever was asked for. */
public enum ContentKind {
    MP4("mp4"),
    M4A("m4a"),
    MP3("mp3"),
    AAC("aac"),
    WAV("wav"),
    FLAC("flac"),
    OGG("ogg"),
    MATROSKA("mkv");

    private final String extension;

    ContentKind(String extension) {
        this.extension = extension;
    }

    public String extension() {
        return extension;
    }

    static Optional<ContentKind> of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(16));
        }
    }

    static Optional<ContentKind> of(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.length() >= 12 && text.startsWith("ftyp", 4)) {
            return Optional.of(text.startsWith("M4A", 8) ? M4A : MP4);
        }
        if (text.startsWith("RIFF") && text.startsWith("WAVE", 8)) return Optional.of(WAV);
        if (text.startsWith("fLaC")) return Optional.of(FLAC);
        if (text.startsWith("OggS")) return Optional.of(OGG);
        if (text.startsWith("\u001aE\u00df\u00a3")) return Optional.of(MATROSKA);
        if (text.startsWith("ID3")) return Optional.of(MP3);
        if (text.length() < 2 || text.charAt(0) != 0xFF) return Optional.empty();
        int second = text.charAt(1);
        if ((second & 0xF6) == 0xF0) return Optional.of(AAC); // ADTS: layer bits are 0
        return (second & 0xE0) == 0xE0 && (second & 0x06) != 0 ? Optional.of(MP3) : Optional.empty();
    }
}
