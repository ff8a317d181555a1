package dev.soundlift.cli;

import dev.soundlift.engine.Cancellation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells Ctrl-C from a polite request to end, which no documented part of Java does: for a program that runs until it is
 * told to stop, the second is its regular end.
 */
final class Signals {
    private Signals() {}

    /** Cancels on either; the code becomes 130 after Ctrl-C. Where signals cannot be told apart, as {@link Interrupt} does. */
    static Interrupt orElse(Cancellation cancellation, AtomicInteger code) {
        try {
            on("TERM", cancellation::request);
            on("INT", () -> {
                code.set(ExitCode.INTERRUPTED);
                cancellation.request();
            });
            return Interrupt.NONE;
        } catch (ReflectiveOperationException | RuntimeException anotherJava) {
            return Interrupt.cancels(cancellation);
        }
    }

    /** By reflection: the compiler warns of sun.misc.Signal, and no JVM must have it. */
    private static void on(String name, Runnable act) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler acting = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) act.run();
            return method.getName().equals("hashCode") ? (Object) System.identityHashCode(proxy) : null;
        };
        Object listener = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, acting);
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
    }
}
