package dev.soundlift.sentence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The inputs that a sentence names, and where the output goes. */
final class Files {
    /** A URL, or a path of its own. */
    private static final Pattern FAR = Pattern.compile("[/\\\\]");

    /** By its form: of the kinds that are named only those are meant in it. */
    private static final Pattern FOLDER = Pattern.compile("(?!.*://)(?:[^*]*[/\\\\])(?:[^/\\\\*.]*)");

    private final Surroundings surroundings;
    private final List<String> given;
    private final Set<String> named = new LinkedHashSet<>();
    private final Set<String> folders = new LinkedHashSet<>();
    private final Set<String> places = new LinkedHashSet<>();
    private final Slot<String> output = new Slot<>();
    private final Slot<String> outputFolder = new Slot<>();
    private final Set<String> everyExtension = new LinkedHashSet<>();
    private boolean everything;
    boolean recurse;
    /** Whether the sentence speaks of videos, not of files of any kind. */
    boolean videos;

    Files(Surroundings surroundings, List<String> given) {
        this.surroundings = surroundings;
        this.given = List.copyOf(given);
    }

    /** What was named beside the sentence. */
    List<String> given() {
        return given;
    }

    void input(String name) {
        named.add(name);
    }

    /** A folder, whatever it holds. */
    void folder(String name) {
        folders.add(name);
        named.add(name);
    }

    /** Where what is named is, or all of it if nothing is. */
    void place(String folder) {
        places.add(folder);
    }

    boolean hasFolder() {
        return Stream.concat(named.stream(), places.stream()).anyMatch(name -> name.endsWith("/"));
    }

    boolean isNamed() {
        return !named.isEmpty();
    }

    /** Every file of this kind in a folder. */
    void pattern(String folder, String extension) {
        named.add(within(folder, "*." + extension));
    }

    /** Every file of this kind, wherever the inputs are. */
    void every(String extension) {
        everyExtension.add(extension);
    }

    void everything() {
        everything = true;
    }

    void within(String folder, List<String> names) {
        for (String name : names) named.add(within(folder, name));
    }

    static String within(String folder, String name) {
        if (folder.equals(".") || folder.equals("./")) return name;
        return folder.endsWith("/") || folder.endsWith("\\") ? folder + name : folder + "/" + name;
    }

    void output(String name) {
        output.say(name);
    }

    void outputFolder(String name) {
        boolean folder = name.endsWith("/") || name.endsWith("\\") || name.contains("{");
        outputFolder.say(folder ? name : name + "/");
    }

    /** "In Music as x.mp3" is one place. */
    Optional<String> output() {
        if (outputFolder.value().isEmpty() || output.value().isEmpty()) {
            return output.value().or(outputFolder::value);
        }
        return Optional.of(within(outputFolder.value().get(), output.value().get()));
    }

    Optional<String> secondOutput() {
        boolean placed =
                output.value().filter(name -> name.matches(".*[/\\\\].*|-")).isPresent();
        return output.against().or(outputFolder::against).or(() -> placed ? outputFolder.value() : Optional.empty());
    }

    /** Whether a file is there by this name. */
    boolean exists(String name) {
        return surroundings.exists(name);
    }

    /** Of a folder what is of the kinds that were named, or all of it. */
    private List<String> narrowed(String folder) {
        List<String> beside = videos && !recurse ? surroundings.videosBesideSounds(folder) : List.of();
        if (everyExtension.isEmpty() && beside.isEmpty()) return List.of(folder);
        return (everyExtension.isEmpty() ? beside : everyExtension)
                .stream().map(extension -> within(folder, "*." + extension)).toList();
    }

    /** Whatever they hold, not what is of one kind. */
    boolean takesWholeFolders() {
        return everyExtension.isEmpty() && (everything || !folders.isEmpty() || (!isNamed() && !places.isEmpty()));
    }

    List<String> inputs() {
        Set<String> all = new LinkedHashSet<>();
        boolean inPlace = places.size() == 1
                && isNamed()
                && named.stream().noneMatch(name -> FAR.matcher(name).find());
        if (inPlace)
            return named.stream()
                    .map(name -> within(places.iterator().next(), name))
                    .toList();
        for (String place : places) all.addAll(narrowed(place));
        for (String name : named) {
            boolean folder = folders.contains(name)
                    || (!everyExtension.isEmpty() && FOLDER.matcher(name).matches());
            all.addAll(folder ? narrowed(name) : List.of(name));
        }
        for (String input : given) {
            boolean folder = surroundings.look(input) == Surroundings.Kind.FOLDER;
            all.addAll(folder ? narrowed(input) : List.of(input));
        }
        if (all.isEmpty() && !everyExtension.isEmpty()) all.addAll(narrowed("."));
        if (all.isEmpty() && everything) all.addAll(narrowed("."));
        return new ArrayList<>(all);
    }
}
