package dev.soundlift.it;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.Type;

/** A program that tells the rows of Parquet files, by the reader that Spark brings along: {@code name=value}, an empty line after each row. */
final class ParquetLines {
    private ParquetLines() {}

    /** @param files to be read */
    public static void main(String[] files) throws IOException {
        for (String file : files) {
            try (ParquetReader<Group> reader = new Rows(new LocalInputFile(Path.of(file))).build()) {
                for (Group row; (row = reader.read()) != null; ) tell(row);
            }
        }
    }

    private static void tell(Group row) {
        for (Type column : row.getType().getFields()) {
            String name = column.getName();
            if (row.getFieldRepetitionCount(name) == 0) continue;
            System.out.println(name + "="
                    + ((SimpleGroup) row).getValueToString(row.getType().getFieldIndex(name), 0));
        }
        System.out.println();
    }

    private static final class Rows extends ParquetReader.Builder<Group> {
        Rows(InputFile file) {
            super(file, new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
