package dev.soundlift.batch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of equal shares of a list, for machines that work on the same list and never hear of each other. An input belongs to
 * the share that the first eight bytes of the SHA-256 of its name in UTF-8 say, as an unsigned number modulo the shares:
 * wherever it stands in the list, and whatever else does.
 *
 * @param number from 1
 */
public record Shard(int number, int of) {
    /** All of it. */
    public static final Shard WHOLE = new Shard(1, 1);

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})/([1-9]\\d{0,5})");

    public Shard {
        if (number < 1 || number > of) throw new IllegalArgumentException(number + "/" + of);
    }

    /** From {@code 3/100}. */
    public static Optional<Shard> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) return Optional.empty();
        int number = Integer.parseInt(form.group(1));
        int of = Integer.parseInt(form.group(2));
        return number > of ? Optional.empty() : Optional.of(new Shard(number, of));
    }

    /** Whether an input of this name is in this share. */
    public boolean has(String input) {
        return Long.remainderUnsigned(JournalPage.hash(input), of) == number - 1;
    }

    @Override
    public String toString() {
        return number + "/" + of;
    }
}
