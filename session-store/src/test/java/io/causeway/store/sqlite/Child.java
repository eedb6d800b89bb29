package io.causeway.store.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A second JVM, which says in lines how far it is. */
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private Child(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Child run(Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        for (Object each : arguments) {
            command.add(each.toString());
        }
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    long pid() {
        return process.pid();
    }

    /** The next number that it says. */
    int nextNumber() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the other process has ended");
        }
        return Integer.parseInt(line);
    }

    /** Ends it at once, wherever it is, and returns the last of the numbers that it said. */
    int kill(int before) throws IOException, InterruptedException {
        signal("KILL");
        int last = before;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            last = Integer.parseInt(line);
        }
        process.waitFor();
        return last;
    }

    /** Has it stand still, as its files do then, while something is done. */
    void whileStopped(Work work) throws IOException, InterruptedException {
        signal("STOP");
        try {
            work.run();
        } finally {
            signal("CONT");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            lines.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void signal(String name) throws IOException, InterruptedException {
        int result = new ProcessBuilder("kill", "-" + name, String.valueOf(pid()))
                .start()
                .waitFor();
        if (result != 0) {
            throw new IOException("kill -" + name + " failed with " + result);
        }
    }
}
