package dev.soundlift.cluster;

import dev.soundlift.report.JsonLine;
import java.io.IOException;
import java.nio.file.Path;
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
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.parquet.schema.Types.MessageTypeBuilder;

/** Rows as a table in a file of Apache Parquet: what is asked for most in columns of its own, and the whole report in the last. */
final class RowTable {
    private static final List<Column> COLUMNS = List.of(
            new Column("item", List.of("item"), PrimitiveTypeName.BINARY),
            new Column("line", List.of("line"), PrimitiveTypeName.INT64),
            new Column("input", List.of("input"), PrimitiveTypeName.BINARY),
            new Column("output", List.of("output"), PrimitiveTypeName.BINARY),
            new Column("status", List.of("status"), PrimitiveTypeName.BINARY),
            new Column("route", List.of("route"), PrimitiveTypeName.BINARY),
            new Column("language", List.of("track", "language"), PrimitiveTypeName.BINARY),
            new Column("codec", List.of("format", "codec"), PrimitiveTypeName.BINARY),
            new Column("durationSeconds", List.of("durationSeconds"), PrimitiveTypeName.DOUBLE),
            new Column("bytes", List.of("bytes"), PrimitiveTypeName.INT64),
            new Column("bytesRead", List.of("bytesRead"), PrimitiveTypeName.INT64),
            new Column("elapsedSeconds", List.of("elapsedSeconds"), PrimitiveTypeName.DOUBLE),
            new Column("errorKind", List.of("error", "kind"), PrimitiveTypeName.BINARY),
            new Column("errorMessage", List.of("error", "message"), PrimitiveTypeName.BINARY));

    private static final String REPORT = "report";

    /** A value of a report, and the names that lead to it. */
    private record Column(String name, List<String> path, PrimitiveTypeName type) {
        String key() {
            return String.join(".", path);
        }
    }

    private RowTable() {}

    private static MessageType type() {
        MessageTypeBuilder type = Types.buildMessage();
        for (Column column : COLUMNS) {
            if (column.type() == PrimitiveTypeName.BINARY) {
                type.optional(column.type())
                        .as(LogicalTypeAnnotation.stringType())
                        .named(column.name());
            } else {
                type.optional(column.type()).named(column.name());
            }
        }
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
            switch (column.type()) {
                case INT64 -> group.add(column.name(), Long.parseLong(value));
                case DOUBLE -> group.add(column.name(), Double.parseDouble(value));
                default -> group.add(column.name(), value);
            }
        }
        group.add(REPORT, row);
        return group;
    }
}
