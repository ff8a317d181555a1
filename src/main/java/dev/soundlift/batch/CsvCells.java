package dev.soundlift.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cells of one line of CSV (RFC 4180, or with another separator); a cell ends with its line. */
final class CsvCells {
    private CsvCells() {}

    /** Nothing where a quote is not closed, or something follows a closed one. */
    static Optional<List<String>> of(String line, char separator) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder cell = new StringBuilder();
            if (at < line.length() && line.charAt(at) == '"') {
                at = quoted(line, at + 1, cell);
                if (at < 0 || (at < line.length() && line.charAt(at) != separator)) return Optional.empty();
            } else {
                int next = line.indexOf(separator, at);
                int end = next < 0 ? line.length() : next;
                cell.append(line, at, end);
                at = end;
            }
            cells.add(cell.toString());
            if (at == line.length()) return Optional.of(cells);
            at++;
        }
    }

    /** Up to the closing quote; returns where that leaves off, -1 where there is none. */
    private static int quoted(String line, int from, StringBuilder cell) {
        for (int at = from; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c != '"') {
                cell.append(c);
            } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
                cell.append('"');
                at++;
            } else {
                return at + 1;
            }
        }
        return -1;
    }
}
