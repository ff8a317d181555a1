package dev.soundlift.cluster;

import dev.soundlift.report.JsonLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.parquet.schema.Types.MessageTypeBuilder;

/** Rows as a table in a file of Apache Parquet: what is asked for most in columns of its own, and the whole report in the last. */
final class RowTable {
    private static final List<Column> COLUMNS = List.of(
            new Column("item", Kind.TEXT, List.of("item")),
            new Column("line", Kind.COUNT, List.of("line")),
            new Column("written", Kind.TIME, List.of("written")),
            new Column("input", Kind.TEXT, List.of("input")),
            new Column("output", Kind.TEXT, List.of("output")),
            new Column("status", Kind.TEXT, List.of("status")),
            new Column("route", Kind.TEXT, List.of("route")),
            new Column("language", Kind.TEXT, List.of("track", "language")),
            new Column("codec", Kind.TEXT, List.of("format", "codec")),
            new Column("durationSeconds", Kind.NUMBER, List.of("durationSeconds")),
            new Column("bytes", Kind.COUNT, List.of("bytes")),
            new Column("bytesRead", Kind.COUNT, List.of("bytesRead")),
            new Column("elapsedSeconds", Kind.NUMBER, List.of("elapsedSeconds")),
            new Column("errorKind", Kind.TEXT, List.of("error", "kind")),
            new Column("errorMessage", Kind.TEXT, List.of("error", "message")));

    private static final String REPORT = "report";

    private enum Kind {
        TEXT,
        COUNT,
        NUMBER,
        TIME
    }

    /** A value of a report, and the names that lead to it. */
    private record Column(String name, Kind kind, List<String> path) {
        String key() {
            return String.join(".", path);
        }

        void addTo(MessageTypeBuilder type) {
            switch (kind) {
                case TEXT ->
                    type.optional(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(name);
                case COUNT -> type.optional(PrimitiveTypeName.INT64).named(name);
                case NUMBER -> type.optional(PrimitiveTypeName.DOUBLE).named(name);
                case TIME ->
                    type.optional(PrimitiveTypeName.INT64)
                            .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
                            .named(name);
            }
        }

        void addTo(Group row, String value) {
            switch (kind) {
                case TEXT -> row.add(name, value);
                case COUNT -> row.add(name, Long.parseLong(value));
                case NUMBER -> row.add(name, Double.parseDouble(value));
                case TIME -> row.add(name, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(value)));
            }
        }
    }

    private RowTable() {}

    private static MessageType type() {
        MessageTypeBuilder type = Types.buildMessage();
        COLUMNS.forEach(column -> column.addTo(type));
        type.required(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named(REPORT);
        return type.named("row");
    }

    /** Writes a file that is not there yet. */
    static void write(Path file, List<String> rows) throws IOException {
        MessageType type = type();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(type)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            for (String row : rows) writer.write(group(type, row));
        }
    }

    private static Group group(MessageType type, String row) {
        Map<String, String> values = JsonLine.read(row).orElse(Map.of());
        Group group = new SimpleGroup(type);
        for (Column column : COLUMNS) {
            String value = values.get(column.key());
            if (value == null) continue;
            column.addTo(group, value);
        }
        group.add(REPORT, row);
        return group;
    }
}
