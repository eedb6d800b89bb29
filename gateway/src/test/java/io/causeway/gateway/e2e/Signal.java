package io.causeway.gateway.e2e;

import java.io.IOException;

/** Signals that {@link Process} does not know. */
final class Signal {
    private Signal() {}

    /** @param name as for kill, like {@code HUP} */
    static void send(String name, Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }
}
