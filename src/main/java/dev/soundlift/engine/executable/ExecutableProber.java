package dev.soundlift.engine.executable;

import dev.soundlift.engine.Cancellation;
import dev.soundlift.engine.ClaimedBytes;
import dev.soundlift.engine.Damage;
import dev.soundlift.engine.EncryptedTracks;
import dev.soundlift.engine.Heard;
import dev.soundlift.engine.LocalBytes;
import dev.soundlift.engine.Mp4Box;
import dev.soundlift.engine.Prober;
import dev.soundlift.engine.Sources;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.media.AudioShape;
import dev.soundlift.media.AudioTrack;
import dev.soundlift.media.MediaInfo;
import dev.soundlift.media.MediaSource;
import dev.soundlift.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts about a file, from ffprobe; how it sounds, from the samples that ffmpeg decodes. */
public final class ExecutableProber implements Prober {
    private static final String GUESSED = "Estimating duration from bitrate";
    private static final Pattern INTEGRATED = Pattern.compile("\\s+I:\\s+(-?[0-9.]+) LUFS.*");
    /** What the filter says of silence (EBU Tech 3341, absolute gate at -70 LUFS). */
    private static final double GATE_LUFS = -70;

    private static final int BLOCK_FRAMES = 16_384;

    /** A program's start costs more than its look: each file is asked about several times on its way. */
    private static final Map<Look, Probed> LATEST = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Look, Probed> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    private static final int MOST_REMEMBERED = 32;

    /** A file as it was at a moment: one that has been written to since is another. */
    private record Look(Path ffprobe, Path file, long bytes, FileTime written) {
        static Look at(FfmpegProgram program, Path file) {
            FileTime written;
            try {
                written = Files.getLastModifiedTime(file);
            } catch (IOException gone) {
                written = FileTime.fromMillis(0);
            }
            return new Look(
                    program.ffprobe(), file.toAbsolutePath(), file.toFile().length(), written);
        }
    }

    /** A look hears so much even where there is sound from the start: damage too wants to be met. */
    private static final long HEARD_SECONDS = 60;

    private final FfmpegProgram program;

    private final Sources sources;

    public ExecutableProber(FfmpegProgram program, Sources sources) {
        this.program = program;
        this.sources = sources;
    }

    @Override
    public MediaInfo probe(MediaSource source) throws ExtractionException {
        return probed(source, new Cancellation()).media(source, program.abilities());
    }

    Probed probed(MediaSource source, Cancellation cancellation) throws ExtractionException {
        Path file = sources.file(source);
        Look look = Look.at(program, file);
        Probed known = LATEST.get(look);
        if (known != null) return known;
        AtomicBoolean guessed = new AtomicBoolean();
        try (Child child = Child.start(Arguments.probe(program, file), cancellation, line -> {
            if (line.contains(GUESSED)) guessed.set(true);
            Decoding.bytesRead(line).ifPresent(bytes -> sources.alsoRead(source, bytes));
        })) {
            String json = child.readText();
            if (child.finish() != 0)
                throw notMedia(source, file, child.complaints().last());
            Probed found = read(json, guessed.get(), file);
            LATEST.put(look, found);
            return found;
        } catch (IOException noJson) {
            throw notMedia(source, file, String.valueOf(noJson.getMessage()));
        }
    }

    /** With what the program does not tell. */
    private static Probed read(String json, boolean guessed, Path file) throws IOException, ExtractionException {
        try (LocalBytes bytes = LocalBytes.open(file)) {
            return Probed.read(json, guessed, ClaimedBytes.shareThere(bytes), EncryptedTracks.of(bytes));
        }
    }

    private static ExtractionException notMedia(MediaSource source, Path file, String said) throws ExtractionException {
        try (LocalBytes bytes = LocalBytes.open(file)) {
            if (Mp4Box.lacksIndex(bytes)) return Mp4Box.noIndex();
        }
        String why = said.startsWith("file:") ? said.substring(said.lastIndexOf(": ") + 2) : said;
        return new ExtractionException(
                ErrorKind.NOT_MEDIA, Text.of("error.not-media", source.displayName(), why), Text.of("next.not-media"));
    }

    @Override
    public Heard listen(MediaSource source, AudioTrack track, Cancellation cancellation) throws ExtractionException {
        Path file = sources.file(source);
        Stream stream = probed(source, cancellation).stream(track);
        double[] lufs = {Double.NEGATIVE_INFINITY};
        double peak = 0;
        long samples = 0;
        int frameBytes = stream.sampleForm().bytes() * Math.max(1, stream.channels());
        Damage damage;
        try (Child child = Child.start(Arguments.listen(program, file, stream), cancellation, line -> {
            Matcher integrated = INTEGRATED.matcher(line);
            if (integrated.matches()) lufs[0] = Double.parseDouble(integrated.group(1));
        })) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK_FRAMES * frameBytes);
            do {
                child.readInto(block.clear());
                boolean last = block.hasRemaining();
                block.flip();
                samples += block.remaining() / frameBytes;
                peak = Math.max(peak, stream.sampleForm().peak(block, stream.channels(), -1));
                if (last) break;
            } while (true);
            child.finish();
            damage = child.complaints().damage();
        }
        if (samples == 0) throw nothingDecoded(track);
        return new Heard(
                samples,
                new AudioShape(stream.sampleRateHz(), stream.channels(), stream.layout(), 0, false),
                20 * Math.log10(peak),
                lufs[0] <= GATE_LUFS ? Double.NEGATIVE_INFINITY : lufs[0],
                Optional.empty(),
                damage);
    }

    static ExtractionException nothingDecoded(AudioTrack track) {
        return new ExtractionException(
                ErrorKind.UNREADABLE,
                Text.of("error.nothing-decoded", track.codecName()),
                Text.of("next.nothing-decoded"));
    }

    private Damage list(Path file, Stream stream, Packets packets, Cancellation cancellation)
            throws ExtractionException {
        try (Child child = Child.start(
                Arguments.packets(program, file, stream, OptionalDouble.empty()), cancellation, packets::hear)) {
            child.readLines(packets::hear);
            child.finish();
            return child.complaints().damage();
        }
    }

    @Override
    public Glance glance(MediaSource source, AudioTrack track, Cancellation cancellation) throws ExtractionException {
        Path file = sources.file(source);
        Stream stream = probed(source, cancellation).stream(track);
        Packets packets = new Packets();
        Damage damage = list(file, stream, packets, cancellation);
        double peak = 0;
        boolean decoded = false;
        if (track.decodable()) {
            double enough = Math.pow(10, Heard.QUIET_DBFS / 20);
            ByteBuffer block =
                    ByteBuffer.allocate(BLOCK_FRAMES / 4 * stream.sampleForm().bytes() * stream.channels());
            try (Child child = Child.start(Arguments.hear(program, file, stream), cancellation)) {
                boolean last;
                long heard = 0;
                do {
                    child.readInto(block.clear());
                    last = block.hasRemaining();
                    block.flip();
                    decoded |= block.hasRemaining();
                    heard += block.remaining() / (stream.sampleForm().bytes() * stream.channels());
                    peak = Math.max(peak, stream.sampleForm().peak(block, stream.channels(), -1));
                } while (!last && (peak <= enough || heard < HEARD_SECONDS * stream.sampleRateHz()));
                if (last) child.finish();
                Damage met = child.complaints().damage();
                if (met.faults() > damage.faults()) damage = met;
            }
        }
        return new Glance(
                packets.digest(),
                packets.length(),
                peak > Math.pow(10, Heard.SOUND_DBFS / 20),
                peak > Math.pow(10, Heard.QUIET_DBFS / 20),
                decoded,
                damage);
    }
}
