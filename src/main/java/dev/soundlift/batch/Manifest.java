package dev.soundlift.batch;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.report.JsonLine;
import dev.soundlift.text.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A list of inputs, each with options of its own: JSON Lines, or CSV whose first line names the columns; what stands between
 * the names there, a comma, a semicolon or a tab, separates all cells. Keys and columns are called {@code input}, or as an
 * option's long name without dashes; {@code bytes} may say how large an input is. In JSON an option that may repeat has a
 * list, in CSV as many columns. A line that cannot be read is told when its turn comes. Lines are read as they are asked
 * for; the file is closed after the last.
 */
public final class Manifest implements Iterator<ManifestLine> {
    private static final String INPUT = "input";
    private static final String BYTES = "bytes";

    private final String name;
    private final BufferedReader lines;
    /** Of CSV; nothing where the lines are JSON. */
    private final Optional<Header> columns;

    private long number;
    private Optional<String> ahead;

    /** The first line of CSV. */
    private record Header(List<String> names, char separator) {
        /** Programs for tables write a semicolon where a comma stands in numbers. */
        private static final String SEPARATORS = ",;\t";

        static Optional<Header> of(String line) {
            return SEPARATORS
                    .chars()
                    .mapToObj(sign -> new Header(names(line, (char) sign), (char) sign))
                    .filter(header -> header.names().contains(INPUT))
                    .findFirst();
        }

        private static List<String> names(String line, char separator) {
            return CsvCells.of(line, separator).orElse(List.of()).stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
        }

        /** Where there is but one column, nothing is to be separated: a name may have any sign in it. */
        Optional<List<String>> cells(String line) {
            return names.size() == 1 && !line.startsWith("\"")
                    ? Optional.of(List.of(line))
                    : CsvCells.of(line, separator);
        }
    }

    private Manifest(String name, BufferedReader lines) throws IOException, ExtractionException {
        this.name = name;
        this.lines = lines;
        this.ahead = read();
        boolean json = ahead.filter(line -> line.stripLeading().startsWith("{")).isPresent();
        this.columns = json || ahead.isEmpty() ? Optional.empty() : Optional.of(header(ahead.get()));
        if (columns.isPresent()) this.ahead = read();
    }

    /**
     * A file of this machine.
     *
     * @throws ExtractionException where there is no such file, or its first line is no beginning of a manifest
     */
    public static Manifest open(Path file) throws ExtractionException {
        try {
            return of(file.toString(), Files.newInputStream(file));
        } catch (IOException unreadable) {
            throw unreadable(file.toString(), unreadable);
        }
    }

    /** What comes from elsewhere. */
    public static Manifest of(String name, InputStream in) throws ExtractionException {
        try {
            return new Manifest(name, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException | UncheckedIOException unreadable) {
            throw unreadable(name, unreadable);
        }
    }

    /** What cannot be opened, or breaks off. */
    public static ExtractionException unreadable(String name, Exception why) {
        return new ExtractionException(
                ErrorKind.UNREADABLE, Text.of("error.manifest", name, Inputs.reason(why)), Text.of("next.unreadable"));
    }

    private Header header(String line) throws ExtractionException {
        return Header.of(line)
                .orElseThrow(() -> new ExtractionException(
                        ErrorKind.USAGE, Text.of("error.manifest-header", name), Text.of("next.manifest-header")));
    }

    /** The next line that is not empty. */
    private Optional<String> read() throws IOException {
        for (String line; (line = lines.readLine()) != null; ) {
            number++;
            String bare = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
            // A tab at an end is an empty cell's
            if (!bare.isBlank()) return Optional.of(bare.replaceAll("^ +| +$", ""));
        }
        lines.close();
        return Optional.empty();
    }

    @Override
    public boolean hasNext() {
        return ahead.isPresent();
    }

    /** The next line. Throws {@link UncheckedIOException} where the file breaks off. */
    @Override
    public ManifestLine next() {
        String line = ahead.orElseThrow(NoSuchElementException::new);
        long here = number;
        try {
            ahead = read();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        try {
            return understood(here, columns.isPresent() ? cells(columns.get(), line) : values(line));
        } catch (Fault fault) {
            return new ManifestLine(here, line, Map.of(), OptionalLong.empty(), Optional.of(fault(fault.why)));
        }
    }

    /** What is wrong with a line, as far as the line itself tells. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Text why;

        Fault(Text why) {
            super(why.toString());
            this.why = why;
        }
    }

    /** For a line that asks for what cannot be, where its place is told with it. */
    public static ExtractionException fault(Text why) {
        return new ExtractionException(ErrorKind.USAGE, why, Text.of("next.manifest-line"));
    }

    /** The same where its input is told, and not its place. */
    public ExtractionException fault(long line, Text why) {
        return fault(Text.of("error.manifest-line", Long.toString(line), name, why));
    }

    private static Map<String, List<String>> cells(Header header, String line) throws Fault {
        List<String> columns = header.names();
        List<String> cells = header.cells(line).orElseThrow(() -> new Fault(Text.of("error.manifest-quote")));
        if (cells.size() != columns.size()) {
            String found = Integer.toString(cells.size());
            throw new Fault(Text.of("error.manifest-cells", found, Integer.toString(columns.size())));
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isBlank()) add(values, columns.get(i), cells.get(i));
        }
        return values;
    }

    private static Map<String, List<String>> values(String line) throws Fault {
        Map<String, String> read =
                JsonLine.read(line.strip()).orElseThrow(() -> new Fault(Text.of("error.manifest-json")));
        Map<String, List<String>> values = new LinkedHashMap<>();
        // The reader tells a list as name.0, name.1 …
        read.forEach((key, value) -> add(values, key.replaceFirst("\\.\\d+$", ""), value));
        return values;
    }

    private static void add(Map<String, List<String>> values, String key, String value) {
        values.computeIfAbsent(key, none -> new ArrayList<>()).add(value);
    }

    private static ManifestLine understood(long number, Map<String, List<String>> values) throws Fault {
        Map<String, List<String>> options = new LinkedHashMap<>(values);
        List<String> inputs = options.getOrDefault(INPUT, List.of());
        List<String> bytes = options.getOrDefault(BYTES, List.of("-1"));
        options.remove(INPUT);
        options.remove(BYTES);
        if (inputs.size() != 1) throw new Fault(Text.of("error.manifest-input"));
        boolean count = bytes.size() == 1 && bytes.get(0).matches("-1|\\d{1,18}");
        if (!count) throw new Fault(Text.of("error.bad-value", BYTES, String.join(", ", bytes)));
        long size = Long.parseLong(bytes.get(0));
        return new ManifestLine(
                number,
                inputs.get(0),
                options,
                size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
                Optional.empty());
    }
}
