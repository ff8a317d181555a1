package dev.soundlift.sentence;

import dev.soundlift.request.AudioFormat;
import dev.soundlift.text.Text;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The audio formats that a sentence names: which is what comes out, and which what goes in. */
final class Formats {
    private static final Set<AudioFormat> LOSSLESS =
            EnumSet.of(AudioFormat.FLAC, AudioFormat.ALAC, AudioFormat.WAV, AudioFormat.PCM);

    private enum Role {
        TARGET,
        SOURCE,
        PLAIN
    }

    private record Mention(AudioFormat format, Role role, int at) {}

    private final List<Mention> mentions = new ArrayList<>();
    private List<Token> tokens = List.of();
    private final Set<AudioFormat> excluded = EnumSet.noneOf(AudioFormat.class);
    private boolean lossless;

    static boolean isLossless(AudioFormat format) {
        return LOSSLESS.contains(format);
    }

    void see(List<Token> all) {
        tokens = all;
    }

    void target(String format, Match match) {
        add(format, Role.TARGET, match);
    }

    void source(String format, Match match) {
        add(format, Role.SOURCE, match);
    }

    /** "Not mp3". */
    void exclude(String format) {
        excluded.add(AudioFormat.named(format).orElseThrow());
    }

    boolean excludes(AudioFormat format) {
        return excluded.contains(format);
    }

    void plain(String format, Match match) {
        add(format, Role.PLAIN, match);
    }

    /** "Lossless" of the audio itself: with a lossy format it can only be a copy. */
    void sayLossless() {
        lossless = true;
    }

    private void add(String format, Role role, Match match) {
        mentions.add(new Mention(AudioFormat.named(format).orElseThrow(), role, match.end));
    }

    /** What was named aside counts where nothing was named. */
    void adopt(Formats aside) {
        excluded.addAll(aside.excluded);
        if (said()) return;
        mentions.addAll(aside.mentions);
        lossless = aside.lossless;
    }

    boolean said() {
        return lossless || mentions.stream().anyMatch(mention -> mention.role() != Role.SOURCE);
    }

    boolean lossless() {
        return lossless && last().filter(Formats::isLossless).isEmpty();
    }

    private Optional<AudioFormat> last() {
        return wanted(ignored -> {});
    }

    /** What is to come out; nothing where no format is named. */
    Optional<AudioFormat> wanted(Consumer<Text> problems) {
        List<Mention> targets = of(Role.TARGET);
        List<Mention> plain = of(Role.PLAIN);
        if (!targets.isEmpty()) {
            int first = targets.get(0).at();
            // "my mp3 … to wav" names its source before; what comes after the target is one more target
            plain.stream().filter(mention -> mention.at() > first).forEach(targets::add);
        } else {
            targets = afterTheLastInto(plain);
        }
        List<AudioFormat> different =
                targets.stream().map(Mention::format).distinct().toList();
        if (different.size() > 1) {
            problems.accept(Text.of(
                    "ask.two-formats",
                    different.get(0).label(),
                    different.get(1).label()));
        }
        return different.stream().findFirst();
    }

    private List<Mention> of(Role role) {
        return new ArrayList<>(mentions.stream()
                .filter(mention -> mention.role() == role && !excluded.contains(mention.format()))
                .toList());
    }

    /** In "the m4a … to … mp3" the first is what goes in. */
    private List<Mention> afterTheLastInto(List<Mention> plain) {
        for (int i = plain.size() - 1; i > 0; i--) {
            List<Token> between =
                    tokens.subList(plain.get(i - 1).at(), Math.min(plain.get(i).at(), tokens.size()));
            boolean into = between.stream().anyMatch(token -> token.is("INTO"));
            boolean also = between.stream()
                    .anyMatch(
                            token -> Traditional.plain(token.text()).matches("再|also|另外|还要|再来|并且|顺便|plus|too|as well"));
            if (into && !also) return plain.subList(i, plain.size());
        }
        return plain;
    }
}
