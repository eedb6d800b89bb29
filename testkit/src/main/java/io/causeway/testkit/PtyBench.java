package io.causeway.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/**
 * A serial port to plug and to pull: a pseudo-terminal under a symbolic link, with the test at its far end. It is made by
 * {@code socat}; a test that needs one is skipped where {@link #isAvailable} says that there is none. Each plugging gives
 * another device under the same link, as a USB adapter may get. Not thread-safe, but the two directions may be used by
 * two threads.
 */
public final class PtyBench implements AutoCloseable {
    private static final long PLUG_SECONDS = 10;

    private final Path directory;
    private final Path link;
    private Process socat;

    private PtyBench(Path directory, String name) throws IOException, InterruptedException {
        this.directory = directory;
        this.link = directory.resolve(name);
        this.socat = start();
    }

    /** Whether there is a {@code socat} on this machine. */
    public static boolean isAvailable() {
        try {
            return new ProcessBuilder("socat", "-V")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * A port that is plugged.
     *
     * @param directory of the test's own
     * @param name      of the link to be made there
     */
    public static PtyBench plugged(Path directory, String name) throws IOException, InterruptedException {
        return new PtyBench(directory, name);
    }

    private Process start() throws IOException, InterruptedException {
        try (WatchService changes = directory.getFileSystem().newWatchService()) {
            directory.register(changes, StandardWatchEventKinds.ENTRY_CREATE);
            Process process = new ProcessBuilder(
                            "socat", "-b", "4096", "STDIO", "pty,raw,echo=0,ignoreeof,link=" + link)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            while (!Files.exists(link)) {
                WatchKey change = changes.poll(PLUG_SECONDS, TimeUnit.SECONDS);
                if (change == null) {
                    process.destroyForcibly();
                    throw new IOException("socat made no " + link);
                }
                change.reset();
            }
            return process;
        }
    }

    /** What a program has to open. */
    public Path link() {
        return link;
    }

    /** The name that the port has by itself, for this plugging. */
    public Path device() throws IOException {
        return link.toRealPath();
    }

    /** Pulls it out: whoever has it open sees the line hang up, and the link is gone. */
    public void unplug() throws IOException, InterruptedException {
        socat.destroy();
        socat.waitFor();
        Files.deleteIfExists(link);
    }

    /** Plugs it in again, behind {@link #unplug}. */
    public void plug() throws IOException, InterruptedException {
        socat = start();
    }

    /** Sends octets to whoever has the port open; if nobody has, they wait for the next. */
    public void send(byte[] octets) throws IOException {
        OutputStream out = socat.getOutputStream();
        out.write(octets);
        out.flush();
    }

    /** What was written to the port, as a stream that blocks; another one after each plugging. */
    public InputStream received() {
        return socat.getInputStream();
    }

    @Override
    public void close() throws IOException {
        socat.destroyForcibly();
        Files.deleteIfExists(link);
    }
}
