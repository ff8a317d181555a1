package dev.soundlift.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the code says and what the bundles have words for are the same, in both languages. */
class MessagesTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path RESOURCES = Path.of("src/main/resources/dev/soundlift");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)}");

    private static final Map<String, String> ENGLISH = bundle("text/messages.properties");
    private static final Map<String, String> CHINESE = bundle("text/messages_zh.properties");
    private static final String CODE = code();

    private static Map<String, String> bundle(String file) {
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve(file))) {
            Properties properties = new Properties();
            properties.load(reader);
            Map<String, String> bundle = new TreeMap<>();
            properties.forEach((key, value) -> bundle.put((String) key, (String) value));
            return bundle;
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    private static String code() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            StringBuilder code = new StringBuilder();
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                code.append(Files.readString(file)).append('\n');
            }
            return code.toString();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /** Every literal of the code that begins like a key; one that ends in {@code .} or {@code -} is half of one. */
    private static Set<String> keysOfTheCode() {
        String families = ENGLISH.keySet().stream()
                .map(key -> key.substring(0, key.indexOf('.')))
                .distinct()
                .collect(Collectors.joining("|"));
        Pattern key = Pattern.compile("(?:" + families + ")\\.[a-z][a-z0-9.-]*");
        return literals().filter(word -> key.matcher(word).matches()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> literals() {
        return LITERAL.matcher(CODE).results().map(literal -> literal.group(1));
    }

    private static boolean isHalf(String key) {
        return key.endsWith(".") || key.endsWith("-");
    }

    private static boolean names(String used, String key) {
        return isHalf(used) ? key.startsWith(used) : key.equals(used);
    }

    @Test
    void every_key_that_the_code_names_has_words() {
        assertThat(keysOfTheCode())
                .hasSizeGreaterThan(50)
                .allSatisfy(used -> assertThat(ENGLISH.keySet()).anyMatch(key -> names(used, key)));
    }

    @Test
    void every_key_at_a_call_has_words() {
        assertThat(calls())
                .hasSizeGreaterThan(50)
                .allSatisfy(call -> assertThat(call.keys())
                        .as(call.toString())
                        .allMatch(used -> ENGLISH.keySet().stream().anyMatch(key -> names(used, key))));
    }

    @Test
    void both_halves_of_an_input_error_exist() {
        Set<String> kinds = ENGLISH.keySet().stream()
                .filter(key -> key.startsWith("next.input-"))
                .map(key -> key.substring("next.input-".length()))
                .collect(Collectors.toSet());
        assertThat(kinds).isNotEmpty().allMatch(kind -> ENGLISH.containsKey("error.input-" + kind));
        assertThat(kinds).contains("missing", "permission", "empty", "folder", "special");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void the_page_says_some_things_otherwise_and_never_names_an_option(String language) {
        Map<String, String> page = bundle("text/messages_" + language + "__PAGES.properties");
        Map<String, String> usual = language.equals("zh") ? CHINESE : ENGLISH;
        assertThat(page.keySet())
                .isEqualTo(bundle("text/messages_en__PAGES.properties").keySet());
        assertThat(page).isNotEmpty().allSatisfy((key, words) -> {
            assertThat(usual).containsKey(key);
            assertThat(placeholders(words)).as(key).isSubsetOf(placeholders(usual.get(key)));
            // what is said of the program that serves the page has to name its options
            if (!words.contains("soundlift web")) assertThat(words).doesNotContain("--");
        });
        Locale locale =
                new Locale.Builder().setLanguage(language).setVariant("PAGES").build();
        assertThat(Text.of("next.tracks").in(locale)).isEqualTo(page.get("next.tracks"));
        assertThat(Text.of("error.no-audio").in(locale)).isEqualTo(usual.get("error.no-audio"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void who_calls_a_tool_is_told_of_its_arguments_and_never_of_options(String language) {
        Map<String, String> tool = bundle("text/messages_" + language + "__AGENTS.properties");
        Map<String, String> usual = language.equals("zh") ? CHINESE : ENGLISH;
        Locale locale = ToolArguments.locale(Locale.forLanguageTag(language));
        assertThat(tool.keySet())
                .isNotEmpty()
                .isEqualTo(bundle("text/messages_en__AGENTS.properties").keySet());
        assertThat(tool).allSatisfy((key, words) -> {
            assertThat(usual).containsKey(key);
            assertThat(placeholders(words)).as(key).isSubsetOf(placeholders(usual.get(key)));
        });
        assertThat(usual.keySet())
                .filteredOn(
                        key -> !key.matches("(web|doctor|skill|watch|next\\.(web|skill|manifest|cluster|before))\\b.*"))
                .allSatisfy(key -> {
                    String words = Text.of(key, "--on-exists", "--a-b", "c", "d", "e", "f", "g")
                            .in(locale);
                    // what only the user can say, in a terminal
                    if (!words.contains("soundlift "))
                        assertThat(words).as(key).doesNotContainPattern("(?<!\\w)--?[a-z]");
                });
    }

    @Test
    void an_option_becomes_an_argument_and_a_file_keeps_its_name() {
        Locale agents = ToolArguments.locale(Locale.ENGLISH);
        assertThat(Text.of("next.exists").in(agents))
                .isEqualTo("choose another name with output, or say what to do with onExists skip|rename|overwrite");
        assertThat(Text.of("next.tracks").in(agents)).isEqualTo("see them with \"tracks\"");
        assertThat(Text.of("error.bad-option-value", "--piece-length", "x --copy.mp4", "10m")
                        .in(agents))
                .contains("pieceLength", "x --copy.mp4");
        assertThat(Text.of("next.agent-outside", "/a").in(agents)).contains("soundlift mcp --root DIR");
    }

    @Test
    void no_words_are_left_that_nobody_says() {
        Set<String> used = keysOfTheCode();
        assertThat(ENGLISH.keySet()).allSatisfy(key -> assertThat(used).anyMatch(name -> names(name, key)));
    }

    @Test
    void both_languages_say_the_same_things() {
        assertThat(CHINESE.keySet()).isEqualTo(ENGLISH.keySet());
    }

    @Test
    void both_languages_have_the_same_placeholders() {
        assertThat(ENGLISH)
                .allSatisfy((key, english) ->
                        assertThat(placeholders(CHINESE.get(key))).as(key).isEqualTo(placeholders(english)));
    }

    @Test
    void every_sentence_takes_all_its_arguments_and_leaves_no_placeholder() {
        Object[] arguments = IntStream.range(0, 10).mapToObj(i -> "‹" + i + "›").toArray();
        for (Map<String, String> bundle : List.of(ENGLISH, CHINESE)) {
            assertThat(bundle).allSatisfy((key, pattern) -> {
                String words = new MessageFormat(pattern, Locale.ROOT).format(arguments);
                assertThat(words).as(key).doesNotContainPattern(PLACEHOLDER).isNotBlank();
                assertThat(placeholders(pattern)).as(key).allMatch(number -> words.contains("‹" + number + "›"));
            });
        }
    }

    @Test
    void no_sentence_waits_for_an_argument_that_its_call_does_not_give() {
        assertThat(calls()).allSatisfy(call -> {
            for (String used : call.keys()) {
                ENGLISH.keySet().stream()
                        .filter(key -> names(used, key))
                        .forEach(key -> assertThat(placeholders(ENGLISH.get(key)))
                                .as(call + " says " + key)
                                .allMatch(number -> number < call.arguments()));
            }
        });
    }

    @Test
    void an_argument_is_never_read_as_a_format() {
        Text text = Text.of("error.exists", "it''s {0} {1} '{'");
        assertThat(text.in(Locale.ENGLISH)).isEqualTo("it''s {0} {1} '{' exists already");
    }

    @Test
    void a_text_inside_a_text_speaks_the_same_language() {
        Text text = Text.of("track.because", Text.of("track.rule.default"), "2");
        assertThat(text.in(Locale.SIMPLIFIED_CHINESE)).isEqualTo("它被标为默认（其次是音轨 2）");
        assertThat(text.in(Locale.FRENCH)).isEqualTo("it is flagged as the default (track 2 is next)");
    }

    private static Set<Integer> placeholders(String pattern) {
        return PLACEHOLDER
                .matcher(pattern)
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** One {@code Text.of(…)} in the code: the keys that it may take, and how many arguments follow. */
    private record Call(List<String> keys, int arguments) {}

    private static List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        Matcher start = Pattern.compile("\\bText\\.of\\(").matcher(CODE);
        while (start.find()) {
            List<String> parts = parts(start.end());
            List<String> keys = LITERAL.matcher(parts.get(0))
                    .results()
                    .map((MatchResult literal) -> literal.group(1))
                    .toList();
            calls.add(new Call(keys, parts.size() - 1));
        }
        return calls;
    }

    /** What stands between a call's commas. */
    private static List<String> parts(int from) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = from; ; i++) {
            char c = CODE.charAt(i);
            if (c == '"' && CODE.charAt(i - 1) != '\\') quoted = !quoted;
            if (!quoted && (c == '(' || c == '{')) depth++;
            if (!quoted && (c == ')' || c == '}') && depth-- == 0) break;
            if (!quoted && c == ',' && depth == 0) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    @Test
    void the_help_has_the_same_entries_in_both_languages() {
        assertThat(bundle("cli/help_zh.properties").keySet())
                .isEqualTo(bundle("cli/help.properties").keySet());
    }

    @Test
    void every_option_has_help_and_no_help_is_left_over() {
        Set<String> described = Pattern.compile("descriptionKey = \"([^\"]+)\"")
                .matcher(CODE)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> plain = bundle("cli/help.properties").keySet().stream()
                .filter(key -> !key.contains("usage."))
                .collect(Collectors.toSet());
        assertThat(plain).isEqualTo(described);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cli/help.properties", "cli/help_zh.properties"})
    void every_help_text_can_be_formatted(String file) {
        assertThat(bundle(file))
                .allSatisfy((key, text) -> assertThat(String.format(text)).isNotBlank());
    }
}
