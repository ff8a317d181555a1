package dev.soundlift.nemo;

/** What opens an account. It goes into one header and one file, and nowhere else: printed, it is three dots. */
final class Token {
    private final String value;

    Token(String value) {
        this.value = value;
    }

    /** Whether it can stand in a header. */
    static boolean isUsable(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    String value() {
        return value;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Token token && token.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "…";
    }
}
