package dev.soundlift.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How agents are served.
 *
 * @param roots folders that the user opens to clients which open none themselves, and that the others must stay inside too
 * @param here the current folder: open where neither says anything
 * @param uploads whether a call that asks for it may send a file to the cloud
 * @param atOnce conversions at the same time, and as many looks
 */
public record AgentOptions(List<Path> roots, Path here, boolean uploads, Locale locale, String version, int atOnce) {
    public AgentOptions {
        roots = List.copyOf(roots);
        if (atOnce < 1) throw new IllegalArgumentException("nothing at once: " + atOnce);
    }
}
