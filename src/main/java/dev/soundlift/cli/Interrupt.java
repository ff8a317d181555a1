package dev.soundlift.cli;

import dev.soundlift.engine.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets Ctrl-C and SIGTERM end a job in order: what is being written is given up and deleted before the JVM goes. */
final class Interrupt {
    /** Longest wait for the workers to notice; a pending file that is left by then is cleared away by the next run. */
    private static final int PATIENCE_SECONDS = 10;

    /** Nothing to be ended. */
    static final Interrupt NONE = new Interrupt(new Cancellation());

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Interrupt(Cancellation cancellation) {
        this.hook = new Thread(() -> {
            cancellation.request();
            try {
                if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        });
    }

    static Interrupt cancels(Cancellation cancellation) {
        Interrupt interrupt = new Interrupt(cancellation);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    /** The work is over: nothing is left to be cleaned up. */
    void end() {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            done.countDown();
        }
    }
}
