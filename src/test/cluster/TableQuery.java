import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Asks a folder of Parquet files as anybody would, by Spark's SQL: prints the columns with their types, then for each query the
 * rows as JSON and an empty line. Run from source, as only the test's Spark has what it needs: {@code java -cp 'jars/*'
 * TableQuery.java FOLDER QUERY...}, in which the table is called {@code rows}.
 */
final class TableQuery {
    private TableQuery() {}

    public static void main(String[] words) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.sql.session.timeZone", "UTC")
                .getOrCreate()) {
            Dataset<Row> rows = spark.read().parquet(words[0]);
            rows.createOrReplaceTempView("rows");
            out.println(rows.schema().toDDL());
            for (String query : List.of(words).subList(1, words.length)) {
                spark.sql(query).toJSON().collectAsList().forEach(out::println);
                out.println();
            }
        }
    }
}
