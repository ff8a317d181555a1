package dev.soundlift.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** What is still to be done, looked for as it is asked for; tells without more than a look ahead whether it is much. */
public final class Upcoming implements Iterator<Input> {
    private final Deque<Iterator<Input>> rest;
    private final Deque<Input> ahead = new ArrayDeque<>();
    private boolean several;

    /** One after the other. */
    public Upcoming(List<Iterator<Input>> parts) {
        this.rest = new ArrayDeque<>(parts);
    }

    /** Whether there are more than one in all; to be asked before the first is taken. */
    public boolean several() {
        several |= look(2);
        return several;
    }

    @Override
    public boolean hasNext() {
        return look(1);
    }

    @Override
    public Input next() {
        look(1);
        return ahead.remove();
    }

    private boolean look(int many) {
        while (ahead.size() < many && !rest.isEmpty()) {
            if (rest.element().hasNext()) ahead.add(rest.element().next());
            else rest.remove();
        }
        return ahead.size() >= many;
    }
}
