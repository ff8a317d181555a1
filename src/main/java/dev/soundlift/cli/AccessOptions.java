package dev.soundlift.cli;

import dev.soundlift.cli.UsageErrors.BadValue;
import dev.soundlift.media.MediaSource;
import dev.soundlift.source.Access;
import dev.soundlift.text.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Inputs that are no files of this machine, and what may be done to get them. */
final class AccessOptions {
    private static final Pattern SCHEME = Pattern.compile("(?i)([a-z][a-z0-9+.-]+)://.*");
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})([kKmMgGtT]?)");

    @Option(names = "--allow-private", descriptionKey = "allow-private", order = 20)
    private boolean allowPrivate;

    @Option(names = "--max-size", paramLabel = "SIZE", descriptionKey = "max-size", order = 20)
    private @Nullable String maxSize;

    Access access() {
        return new Access(allowPrivate, maxSize == null ? Access.DEFAULT.mostBytes() : bytes(maxSize));
    }

    /** The same as words of another command line. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (allowPrivate) words.add("--allow-private");
        if (maxSize != null) words.add("--max-size=" + maxSize);
        return words;
    }

    private static long bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) throw ConvertOptions.bad("--max-size", text, "500M, 20G …");
        long unit = switch (size.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 1_000L;
            case "m" -> 1_000_000L;
            case "g" -> 1_000_000_000L;
            case "t" -> 1_000_000_000_000L;
            default -> 1L;
        };
        return Long.parseLong(size.group(1)) * unit;
    }

    static boolean isElsewhere(String input) {
        return input.equals("-") || SCHEME.matcher(input).matches();
    }

    /** Of what was typed, that which is on the web or is piped in, each once. */
    static List<MediaSource> elsewhere(List<String> inputs) {
        List<MediaSource> sources = new ArrayList<>();
        for (String input : inputs) {
            if (!isElsewhere(input)) continue;
            MediaSource source = input.equals("-") ? new MediaSource.StandardInput() : url(input);
            if (!sources.contains(source)) sources.add(source);
        }
        return sources;
    }

    private static MediaSource url(String typed) {
        String scheme = typed.substring(0, typed.indexOf(':')).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new BadValue(Text.of("error.input-kind", withoutSecrets(typed)));
        }
        try {
            URI uri = new URI(escaped(typed));
            if (uri.getHost() == null) throw new BadValue(Text.of("error.bad-url", withoutSecrets(typed)));
            return new MediaSource.RemoteUrl(uri);
        } catch (URISyntaxException wrong) {
            throw new BadValue(Text.of("error.bad-url", withoutSecrets(typed)));
        }
    }

    /** An address as messages tell it: without a password, and without a query, which may hold a signed token. */
    private static String withoutSecrets(String typed) {
        return typed.replaceFirst("//[^/?#]*@", "//").replaceFirst("[?#].*", "");
    }

    /** As browsers do with an address that is not quite one. */
    private static String escaped(String typed) {
        StringBuilder address = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            boolean loosePercent = c == '%' && !typed.substring(i).matches("%[0-9a-fA-F]{2}.*");
            if (loosePercent || " \"<>\\^`{|}".indexOf(c) >= 0) address.append(String.format("%%%02X", (int) c));
            else address.append(c);
        }
        return address.toString();
    }
}
