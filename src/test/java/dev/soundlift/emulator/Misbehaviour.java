package dev.soundlift.emulator;

import dev.soundlift.emulator.Wired.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Answers as nobody should. */
final class Misbehaviour {
    private Misbehaviour() {}

    static boolean isBeforeTheWork(Fault fault) {
        return switch (fault) {
            case HTTP_500, HTTP_503_NOW, REDIRECT, HTML, EMPTY, ARRAY, HALF_JSON, WRONG_TYPES, HANG, DROP -> true;
            default -> false;
        };
    }

    static boolean isAfterTheWork(Fault fault) {
        return fault == Fault.DONE_BUT_500 || fault == Fault.DONE_BUT_DROP || fault == Fault.DROP_MID;
    }

    static void act(Fault fault, Exchange exchange, String good) throws IOException {
        switch (fault) {
            case CODE_1001 -> code(exchange, 1001, "Unauthorized");
            case CODE_1002 -> code(exchange, 1002, "Session not found");
            case CODE_2001 -> code(exchange, 2001, "Insufficient credits");
            case CODE_4001 -> code(exchange, 4001, "Unsupported file type");
            case CODE_4002 -> code(exchange, 4002, "File too large");
            case HTTP_503_NOW -> exchange.reply(503, "text/plain", new byte[0], "Retry-After: 0\r\n");
            case DONE_BUT_500 ->
                exchange.reply(500, "text/html", "<html>oops</html>".getBytes(StandardCharsets.UTF_8), "");
            case REDIRECT ->
                exchange.reply(
                        307, "text/plain", new byte[0], "Location: " + exchange.elsewhere() + exchange.path() + "\r\n");
            case HTML ->
                exchange.reply(200, "text/html", "<html><h1>hi</h1></html>".getBytes(StandardCharsets.UTF_8), "");
            case EMPTY -> exchange.reply(200, "application/json", new byte[0], "");
            case ARRAY -> exchange.json(200, "[1,2,3]");
            case HALF_JSON -> exchange.json(200, "{\"code\":0,\"data\":{\"tok");
            case WRONG_TYPES ->
                exchange.json(
                        200,
                        "{\"code\":\"0\",\"data\":{\"token\":{},\"session_id\":[1],\"available\":\"many\",\"files\":7,"
                                + "\"state\":\"none\",\"status\":[],\"output\":[{}]}}");
            case HANG -> exchange.hang();
            case DROP, DONE_BUT_DROP -> exchange.drop();
            case DROP_MID -> {
                byte[] all = good.getBytes(StandardCharsets.UTF_8);
                exchange.reply(200, "application/json", Arrays.copyOf(all, all.length / 2), all.length, "");
            }
            case DUPLICATE_ID -> exchange.json(200, "{\"success\":false,\"error\":\"duplicate render id\"}");
            default -> {
                if (!fault.name().startsWith("HTTP_")) throw new IllegalArgumentException(fault.name());
                exchange.reply(Integer.parseInt(fault.name().substring(5)), "text/plain", new byte[0], "");
            }
        }
    }

    private static void code(Exchange exchange, int code, String message) throws IOException {
        exchange.json(200, "{\"code\":" + code + ",\"message\":\"" + message + "\",\"data\":null}");
    }

    /** A download; goes on where it was asked to. */
    static void file(Fault fault, Exchange exchange, byte[] content) throws IOException {
        String type = "video/mp4";
        if (fault == Fault.DROP_MID || fault == Fault.DONE_BUT_DROP) {
            exchange.reply(200, type, Arrays.copyOf(content, content.length / 2), content.length, "");
            return;
        }
        if (fault == Fault.DONE_BUT_500) {
            act(fault, exchange, "");
            return;
        }
        String range = exchange.header("range");
        if (range.matches("bytes=\\d+-")) {
            int from = Integer.parseInt(range.replaceAll("\\D", ""));
            if (from < content.length) {
                byte[] rest = Arrays.copyOfRange(content, from, content.length);
                String where =
                        "Content-Range: bytes " + from + "-" + (content.length - 1) + "/" + content.length + "\r\n";
                exchange.reply(206, type, rest, where);
                return;
            }
        }
        exchange.reply(200, type, content, "");
    }
}
