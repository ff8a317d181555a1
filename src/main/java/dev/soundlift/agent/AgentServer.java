package dev.soundlift.agent;

import dev.soundlift.engine.Cancellation;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** Serves one client over two streams. */
public final class AgentServer {
    private AgentServer() {}

    /** Until the input ends or the end is asked for; what runs then is given up, and nothing half-written is left. */
    public static void serve(AgentOptions options, Program program, InputStream in, OutputStream out, Cancellation end)
            throws InterruptedException {
        Roots roots = new Roots(options.roots(), options.here(), options.uploads());
        Produced produced = new Produced(roots);
        Jobs jobs = new Jobs(
                program,
                roots,
                options.locale(),
                options.atOnce(),
                result -> Job.files(result).forEach(produced::add));
        Toolbox toolbox = new Toolbox(program, roots, jobs, options.locale());
        SdkServer sdk = new SdkServer(toolbox.tools(), roots, produced, options, out);
        CountDownLatch ended = new CountDownLatch(1);
        Thread reader = new Thread(
                () -> {
                    try {
                        sdk.serve(in);
                    } finally {
                        ended.countDown(); // whatever has ended it: nobody would listen any more
                    }
                },
                "input");
        reader.setDaemon(true); // nobody can wake a thread that reads
        reader.start();
        Cancellation.Listening listening = end.onRequest(ended::countDown);
        try {
            ended.await();
        } finally {
            listening.close();
            jobs.close();
            sdk.close();
        }
    }
}
