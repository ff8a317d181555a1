package dev.soundlift.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobWordsTest {
    private static JobWords parse(String words) throws ExtractionException {
        return JobWords.parse(Arrays.asList(words.split(" ")));
    }

    @Test
    void what_is_not_the_jobs_is_a_conversions() throws Exception {
        JobWords job = parse("--manifest=l.csv -o s3://b-1/p -f flac --shard 2/3 --to 1:00 --items-per-task 5");
        assertThat(job.manifest()).isEqualTo("l.csv");
        assertThat(job.output()).isEqualTo("s3://b-1/p");
        assertThat(job.shard()).isEqualTo("2/3");
        assertThat(job.itemsPerTask()).isEqualTo(5);
        assertThat(job.canonical()).containsExactly("--format", "flac", "--to", "1:00");
        assertThat(parse("--to 60 --format=flac --manifest l.csv --output o").canonical())
                .isEqualTo(job.canonical());
        assertThat(List.of(job.inputs(), parse("--prefix /in --output o").inputs()))
                .containsExactly("l.csv", "/in");
        assertThat(List.of(job.retryFailed(), job.allowPrivate())).containsExactly(false, false);
    }

    @ParameterizedTest
    @CsvSource({
        "--manifest l.csv, --output",
        "--output o, --manifest",
        "--manifest l.csv --output o --output p, --output",
        "--manifest l.csv --prefix s3://b-1/in/ --output o, --prefix",
        "--prefix https://host/in/ --output o, https",
        "--prefix= --output o, --manifest",
        "--manifest l.csv --output o talk.mkv, talk.mkv",
        "--manifest l.csv --output o --jobs 4, --jobs",
        "--manifest l.csv --output o --resume, --resume",
        "--manifest l.csv --output o --allow-upload, --allow-upload",
        "--manifest l.csv --output o --engine cloud, --engine cloud",
        "--manifest l.csv --output o --keep-date, --keep-date",
        "--manifest l.csv --output o --on-exists rename, rename",
        "--manifest l.csv --output o --rate fast, fast",
        "--manifest l.csv --output o --shard 4/3, 4/3",
        "--manifest l.csv --output o --items-per-task many, many",
        "--manifest l.csv --output o --rows csv, csv",
        "--manifest l.csv --output, --output",
    })
    void what_would_be_taken_and_ignored_is_refused(String words, String told) {
        assertThatThrownBy(() -> parse(words)).satisfies(refused -> {
            assertThat(refused).hasMessageContaining(told);
            assertThat(((ExtractionException) refused).kind()).isEqualTo(ErrorKind.USAGE);
        });
    }
}
