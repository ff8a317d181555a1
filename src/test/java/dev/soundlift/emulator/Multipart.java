package dev.soundlift.emulator;

import dev.soundlift.emulator.Wired.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One part of a form. */
record Multipart(String name, String fileName, byte[] content) {
    private static final Pattern NAMES = Pattern.compile("name=\"([^\"]*)\"; filename=\"([^\"]*)\"");

    static List<Multipart> of(Exchange exchange) {
        String boundary = "--" + exchange.header("content-type").replaceAll(".*boundary=", "");
        String body = new String(exchange.body(), StandardCharsets.ISO_8859_1);
        List<Multipart> parts = new ArrayList<>();
        int position = body.indexOf(boundary);
        while (position >= 0) {
            int start = body.indexOf("\r\n\r\n", position);
            int end = body.indexOf("\r\n" + boundary, position + boundary.length());
            if (start < 0 || end < 0) break;
            String head = utf8(body.substring(position, start));
            Matcher names = NAMES.matcher(head);
            if (names.find()) {
                byte[] content = body.substring(start + 4, end).getBytes(StandardCharsets.ISO_8859_1);
                parts.add(new Multipart(names.group(1), names.group(2), content));
            }
            position = end + 2;
        }
        return parts;
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
