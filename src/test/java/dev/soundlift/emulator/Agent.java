package dev.soundlift.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.soundlift.emulator.Converting.Stretch;
import dev.soundlift.emulator.Emulator.Project;
import dev.soundlift.emulator.Wired.Exchange;
import dev.soundlift.emulator.Wired.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one behind {@code /run_sse}: takes a message, edits the project, and talks as if there were buttons. */
public final class Agent {
    private static final Pattern FORMAT = Pattern.compile("\\b(mp3|wav|m4a|flac)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern RATE = Pattern.compile("(\\d+) ?kbps", Pattern.CASE_INSENSITIVE);
    private static final Pattern TRACK = Pattern.compile("audio track (\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RANGE = Pattern.compile("(\\d[\\d:.]*\\d) to (\\d[\\d:.]*\\d)");

    private final Emulator emulator;
    private volatile boolean makesSound;
    private volatile boolean addsMusic;
    private volatile boolean trims;
    private volatile boolean mutes;
    private volatile List<String> words =
            List.of("Working on it now.", "Your audio is ready. Click the Export button to save it.");
    private volatile long cutAfter = -1;
    private volatile long pauseMillis;
    private volatile boolean talksForever;
    private volatile Stretch stretch;

    Agent(Emulator emulator) {
        this.emulator = emulator;
    }

    /** Puts a finished sound file into the state, as the format and range of the message say. */
    public Agent makesSound() {
        makesSound = true;
        return this;
    }

    public Agent addsMusic() {
        addsMusic = true;
        return this;
    }

    /** Keeps only the range that the message names. */
    public Agent trims() {
        trims = true;
        return this;
    }

    /** The sound gets lost on the way. */
    public Agent mutes() {
        mutes = true;
        return this;
    }

    boolean muted() {
        return mutes;
    }

    public Agent says(String... paragraphs) {
        words = List.of(paragraphs);
        return this;
    }

    /** The connection is cut after so many bytes of the stream; the work is done all the same. */
    public Agent cutAfter(long bytes) {
        cutAfter = bytes;
        return this;
    }

    /** Does the work, and then never comes to an end of talking. */
    public Agent talksForever() {
        talksForever = true;
        return this;
    }

    public Agent pausesBetweenEvents(long millis) {
        pauseMillis = millis;
        return this;
    }

    Stretch trimmed(Project project) {
        return trims ? stretch : null;
    }

    void run(Exchange exchange, Fault fault) throws IOException {
        JsonNode body = Emulator.JSON.readTree(exchange.body());
        boolean shaped = body.path("app_name").asText().equals("nemo_agent")
                && body.path("user_id").asText().equals("me")
                && body.at("/new_message/parts/0/text").isTextual();
        if (!shaped) {
            exchange.json(422, "{\"detail\":[{\"type\":\"missing\"}]}");
            return;
        }
        Project project = emulator.project(body.path("session_id").asText());
        if (project == null) {
            exchange.json(404, "{\"detail\":\"Session not found\"}");
            return;
        }
        emulator.charge();
        if (fault != Fault.SILENT_AND_NOTHING_DONE)
            edit(project, body.at("/new_message/parts/0/text").asText());
        if (Misbehaviour.isAfterTheWork(fault) && fault != Fault.DROP_MID) Misbehaviour.act(fault, exchange, "{}");
        else if (fault == Fault.PLAIN_JSON) exchange.json(200, text(words.get(0)));
        else talk(exchange, fault);
    }

    private void edit(Project project, String message) throws IOException {
        Matcher track = TRACK.matcher(message);
        if (track.find()) project.track = Integer.parseInt(track.group(1));
        Matcher range = RANGE.matcher(message);
        stretch = range.find() ? new Stretch(range.group(1), range.group(2)) : null;
        if (makesSound) makeSound(project, message);
        JsonNode asset = project.assets.path(0);
        long millis = Math.round(asset.path("duration").asDouble() * 1000);
        ObjectNode draft = Emulator.JSON.createObjectNode();
        draft.put("v", 3).put("fps", 29.97).put("seq", 5_529_798_706_024_415_233L);
        ArrayNode tracks = draft.putArray("t");
        add(tracks, 0, asset.path("filename").asText(), asset.path("cdn_url").asText(), millis);
        add(
                tracks,
                1,
                asset.path("filename").asText() + " (audio)",
                asset.path("cdn_url").asText(),
                millis);
        if (addsMusic) add(tracks, 1, "Lo-fi", "", millis);
        draft.put("edited", System.nanoTime()).putNull("nul");
        synchronized (emulator) {
            project.draft = draft;
        }
    }

    private static void add(ArrayNode tracks, int type, String title, String source, long millis) {
        ObjectNode track = tracks.addObject().put("tt", type);
        ObjectNode piece = track.putArray("sg").addObject().put("d", millis);
        ObjectNode m = piece.putObject("m").put("title", title);
        if (!source.isEmpty()) m.put("src", source);
        else m.put("volume", 0.35);
    }

    private void makeSound(Project project, String message) throws IOException {
        Matcher format = FORMAT.matcher(message);
        String extension = format.find() ? format.group(1).toLowerCase(java.util.Locale.ROOT) : "mp3";
        Matcher rate = RATE.matcher(message);
        Path source = project.uploads.values().iterator().next();
        Path made = emulator.folder().resolve("made" + System.nanoTime() + "." + extension);
        Converting.toSound(
                source, project.track, trims ? stretch : null, rate.find() ? rate.group(1) + "k" : "", mutes, made);
        ObjectNode media = Emulator.JSON.createObjectNode();
        media.putArray("audios")
                .addObject()
                .put("type", "audio")
                .put("filename", made.getFileName().toString())
                .put("cdn_url", emulator.filesUrl() + "/files/" + made.getFileName());
        project.generated = media;
    }

    private void talk(Exchange exchange, Fault fault) throws IOException {
        Stream stream = exchange.stream();
        List<String> events = events(fault);
        String all = String.join("", events);
        byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
        long cut = fault == Fault.DROP_MID ? bytes.length / 2 : cutAfter;
        if (cut >= 0) {
            stream.send(Arrays.copyOf(bytes, (int) Math.min(cut, bytes.length)));
            exchange.drop();
            return;
        }
        if (fault == Fault.HEARTBEATS_ONLY) {
            while (true) {
                stream.send("data: {\"type\": \"heartbeat\"}\n\n".getBytes(StandardCharsets.UTF_8));
                pause(20);
            }
        }
        // Pieces of three bytes would be honest too, but slow: a Chinese character is split all the same
        for (int position = 0; position < bytes.length; position += 17) {
            stream.send(Arrays.copyOfRange(bytes, position, Math.min(bytes.length, position + 17)));
            if (pauseMillis > 0) pause(pauseMillis);
        }
        while (talksForever) {
            stream.send(event(text("And another thing.")).getBytes(StandardCharsets.UTF_8));
            pause(5);
        }
        stream.end();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> events(Fault fault) {
        List<String> events =
                new ArrayList<>(List.of(": keep-alive\r\n\r\n", "data:\n\n", "event: heartbeat\ndata:\n\n"));
        boolean silent = fault == Fault.SILENT || fault == Fault.SILENT_AND_NOTHING_DONE;
        if (!silent) events.add(event(text(words.get(0))));
        events.add(event(tool(true)));
        events.add(event("{\"type\":\"heartbeat\"}"));
        events.add(event(tool(false)));
        if (fault == Fault.ERROR_IN_STREAM) events.add(event("{\"error\":\"model overloaded\"}"));
        if (fault == Fault.CODE_IN_STREAM) events.add(event("{\"code\":2001,\"message\":\"Insufficient credits\"}"));
        for (int i = 1; i < words.size() && !silent; i++) events.add(event(text(words.get(i))));
        if (fault == Fault.NOISE_TAIL) {
            events.add(event(tool(true)));
            events.add(event(text("I encountered a temporary issue")));
        }
        return events;
    }

    private static String event(String json) {
        return "data: " + json + "\r\n\r\n";
    }

    private String text(String text) {
        ObjectNode event = Emulator.JSON.createObjectNode();
        if (!emulator.framework())
            return event.put("type", "text").put("content", text).toString();
        ObjectNode content =
                event.put("author", "nemo_agent").putObject("content").put("role", "model");
        content.putArray("parts").addObject().put("text", text);
        return event.toString();
    }

    private String tool(boolean call) {
        if (!emulator.framework())
            return "{\"type\":\"" + (call ? "tool_call" : "tool_result") + "\",\"name\":\"edit\"}";
        String key = call ? "functionCall" : "functionResponse";
        return "{\"content\":{\"parts\":[{\"" + key + "\":{\"name\":\"edit\"}}],\"role\":\"model\"}}";
    }
}
