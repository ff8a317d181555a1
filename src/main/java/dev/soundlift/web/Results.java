package dev.soundlift.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.soundlift.failure.ErrorKind;
import dev.soundlift.failure.ExtractionException;
import dev.soundlift.text.Text;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Answers a page's questions about its jobs, and hands out what they made. */
final class Results {
    private final WebOptions options;
    private final Pages pages;
    private final Jobs jobs;

    Results(WebOptions options, Pages pages, Jobs jobs) {
        this.options = options;
        this.pages = pages;
        this.jobs = jobs;
    }

    void routes(RoutesConfig routes) {
        routes.get("/api/jobs", this::jobs);
        routes.get("/api/jobs/{id}", this::job);
        routes.delete("/api/jobs/{id}", this::removeJob);
        routes.post("/api/jobs/{id}/stop", this::stopJob);
        routes.get("/api/jobs/{id}/files/{name}", this::file);
        routes.get("/api/files.zip", this::zip);
    }

    private void job(Context request) throws ExtractionException {
        Job job = jobs.get(request.pathParam("id"));
        job.locale = Static.locale(request, options.locale()); // its visitor may have chosen another one
        Answers.give(request, Answers.job(job, job.locale));
    }

    /** For pages that have no line over which they would be told. */
    private void jobs(Context request) {
        Locale locale = Static.locale(request, options.locale());
        String page = String.valueOf(request.queryParam("page"));
        pages.heard(page);
        ArrayNode answer = Answers.JSON.createArrayNode();
        jobs.of(page).forEach(job -> answer.add(Answers.job(job, locale)));
        Answers.give(request, answer);
    }

    private void stopJob(Context request) throws ExtractionException {
        jobs.stop(jobs.get(request.pathParam("id")));
    }

    private void removeJob(Context request) throws ExtractionException {
        jobs.remove(jobs.get(request.pathParam("id")));
    }

    private static Path result(Job job, String name) throws ExtractionException {
        try {
            Path file = job.folder.resolve(name).normalize();
            boolean inside = job.folder.equals(file.getParent());
            if (inside && Files.isRegularFile(file)) return file;
        } catch (InvalidPathException none) {
            // said below
        }
        throw noJob();
    }

    private static ExtractionException noJob() {
        return new ExtractionException(ErrorKind.UNREADABLE, Text.of("error.web-no-job"), Text.of("next.web-no-job"));
    }

    private void file(Context request) throws ExtractionException, IOException {
        Path file = result(jobs.get(request.pathParam("id")), request.pathParam("name"));
        String type = Optional.ofNullable(Files.probeContentType(file)).orElse("application/octet-stream");
        boolean shown = request.queryParam("play") != null && type.startsWith("audio/");
        request.header(Header.CONTENT_DISPOSITION, (shown ? "inline" : "attachment") + named(file.getFileName()));
        try (InputStream in = Files.newInputStream(file)) {
            Parts.write(request, in, Files.size(file), shown ? type : "application/octet-stream");
        }
    }

    /** RFC 6266: plain letters for old programs, and the name as it is. */
    private static String named(Path name) {
        StringBuilder encoded = new StringBuilder();
        for (byte letter : name.toString().getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (letter > 0 && Character.isLetterOrDigit(letter)) || letter == '.' || letter == '-';
            encoded.append(plain ? Character.toString(letter) : String.format(Locale.ROOT, "%%%02X", letter & 0xFF));
        }
        return "; filename*=UTF-8''" + encoded;
    }

    /** All results of a page as one file; they are compressed already. */
    private void zip(Context request) throws ExtractionException, IOException {
        Map<String, Path> entries = new LinkedHashMap<>();
        for (Job job : jobs.of(String.valueOf(request.queryParam("page")))) {
            if (job.state() != Job.State.DONE) continue; // what is not finished is not there yet
            try (var files = Files.list(job.folder)) {
                for (Path file : files.sorted().toList()) {
                    String name = String.valueOf(file.getFileName());
                    String free = name;
                    for (int i = 2; entries.putIfAbsent(free, file) != null; i++) free = i + " " + name;
                }
            }
        }
        if (entries.isEmpty()) throw noJob();
        request.contentType("application/zip");
        request.header(Header.CONTENT_DISPOSITION, "attachment; filename=\"soundlift.zip\"");
        // Not closed where copying fails: an archive that was finished then would pass for a whole one
        ZipOutputStream zip = new ZipOutputStream(Parts.straight(request));
        zip.setLevel(0);
        for (Map.Entry<String, Path> entry : entries.entrySet()) {
            zip.putNextEntry(new ZipEntry(entry.getKey()));
            Files.copy(entry.getValue(), zip);
            zip.closeEntry();
        }
        zip.finish();
    }
}
