package dev.soundlift.engine;

import dev.soundlift.text.Text;
import java.time.Duration;
import java.util.Optional;

/** Hears how far a job is; called often, from the thread that works, so it must be quick. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (done, total) -> {};

    /**
     * Called with every piece of work.
     *
     * @param done how much of the media has been worked on
     * @param total of the stretch that is wanted, where it is known
     */
    void advanced(Duration done, Optional<Duration> total);

    /** What is done before or after any media is worked on, such as "uploading 45 %"; called as often. */
    default void stage(Text words) {}

    /** Of one of two passes over the same media. */
    default Progress half(boolean second) {
        Progress whole = this;
        return new Progress() {
            @Override
            public void advanced(Duration done, Optional<Duration> total) {
                boolean known = second && total.isPresent();
                whole.advanced((known ? done.plus(total.get()) : done).dividedBy(second && !known ? 1 : 2), total);
            }

            @Override
            public void stage(Text words) {
                whole.stage(words);
            }

            @Override
            public void says(Text words) {
                whole.says(words);
            }
        };
    }

    /** A line that the user should see now, such as that a job on another machine goes on. */
    default void says(Text words) {}
}
