package dev.soundlift.request;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of several chosen tracks.
 *
 * @param mix whether all of them are mixed into one
 * @param groups numbers of tracks, counted from 1, whose channels belong together in that order: each group is one
 *     output, as where a camera wrote left and right as tracks of their own
 */
public record Combination(boolean mix, List<List<Integer>> groups) {
    /** A file for each track. */
    public static final Combination SEPARATE = new Combination(false, List.of());

    /** All in one. */
    public static final Combination MIX = new Combination(true, List.of());

    /** Refuses mixing and groups at once, and groups of fewer than two different tracks. */
    public Combination {
        groups = groups.stream().map(List::copyOf).toList();
        if (mix && !groups.isEmpty()) throw new IllegalArgumentException("mixed and grouped at once");
        for (List<Integer> group : groups) {
            Set<Integer> different = new HashSet<>(group);
            boolean odd = group.size() < 2 || different.size() < group.size();
            if (odd || group.stream().anyMatch(number -> number < 1)) {
                throw new IllegalArgumentException("not tracks that can belong together: " + group);
            }
        }
    }

    /** {@code 1+2,3+4}: each a file of the mono tracks 1 and 2, and 3 and 4. */
    public static Optional<Combination> parseGroups(String text) {
        if (!text.matches("[1-9]\\d{0,4}(\\+[1-9]\\d{0,4})+(,[1-9]\\d{0,4}(\\+[1-9]\\d{0,4})+)*"))
            return Optional.empty();
        List<List<Integer>> groups = Stream.of(text.split(","))
                .map(group ->
                        Stream.of(group.split("\\+")).map(Integer::valueOf).toList())
                .toList();
        boolean repeated = groups.stream().anyMatch(group -> new HashSet<>(group).size() < group.size());
        return repeated ? Optional.empty() : Optional.of(new Combination(false, groups));
    }

    /** As on the command line: {@code 1+2,3+4}; empty without groups. */
    public String groupsLabel() {
        return groups.stream()
                .map(group -> group.stream().map(String::valueOf).collect(Collectors.joining("+")))
                .collect(Collectors.joining(","));
    }
}
