package io.causeway.simulator.radio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The far end of a pseudo-terminal, whose near end a gateway opens by a symbolic link. Each has its own name behind the
 * link, as a USB port may have after it was pulled. Java cannot make one, so socat does. Two threads carry the octets to
 * and from that process: nothing here waits for a gateway that does not read.
 */
final class PseudoTerminal implements AutoCloseable {
    private static final Path TERMINALS = Path.of("/dev/pts");
    private static final int BUFFER_OCTETS = 4_096;
    private static final int MOST_PIECES = 64;
    private static final long GLANCE_MILLIS = 20;
    private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Path link;
    private final Process socat;
    private final Runnable whenHeard;
    private final BlockingQueue<byte[]> input = new ArrayBlockingQueue<>(MOST_PIECES);
    private final BlockingQueue<byte[]> output = new ArrayBlockingQueue<>(MOST_PIECES);
    private final Thread reader;
    private final Thread writer;

    private PseudoTerminal(Path link, Process socat, Runnable whenHeard) {
        this.link = link;
        this.socat = socat;
        this.whenHeard = whenHeard;
        this.reader = thread("pty-reader", this::read);
        this.writer = thread("pty-writer", this::write);
    }

    /**
     * Makes one, and returns when the link is there.
     *
     * @param whenHeard called, on another thread, when the gateway has written something
     * @throws IOException if that cannot be done, with words for the user
     */
    static PseudoTerminal at(Path link, Runnable whenHeard) throws IOException {
        clear(link);
        PseudoTerminal terminal = new PseudoTerminal(link, start(link), whenHeard);
        try {
            terminal.awaitLink();
        } catch (IOException e) {
            terminal.close();
            throw e;
        }
        terminal.reader.start();
        terminal.writer.start();
        return terminal;
    }

    /** Only what another run has left behind is removed. */
    private static void clear(Path link) throws IOException {
        if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).startsWith(TERMINALS)) {
            Files.delete(link);
        } else if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(link + " exists, and is no pseudo-terminal: choose another path");
        }
    }

    /** In a session of its own, because Ctrl-C is meant for the run only, which ends in order. */
    private static Process start(Path link) throws IOException {
        try {
            return new ProcessBuilder("socat", "-b", "" + BUFFER_OCTETS, "STDIO,setsid", "pty,raw,echo=0,link=" + link)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException("pseudo-terminals are made by socat, which is missing: sudo apt install socat", e);
        }
    }

    private void awaitLink() throws IOException {
        long beganNanos = System.nanoTime();
        while (!Files.exists(link)) {
            if (endsWithin(GLANCE_MILLIS) || System.nanoTime() - beganNanos > LONGEST_START_NANOS) {
                throw new IOException("socat cannot make a pseudo-terminal at " + link);
            }
        }
    }

    private boolean endsWithin(long millis) throws IOException {
        try {
            return socat.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * What the gateway has written.
     *
     * @throws IOException if the terminal is gone
     */
    Optional<ByteBuf> poll() throws IOException {
        byte[] octets = input.poll();
        if (octets == null && !socat.isAlive()) {
            throw new IOException("socat, which holds " + link + ", was ended");
        }
        return Optional.ofNullable(octets).map(Unpooled::wrappedBuffer);
    }

    /**
     * Sends to the gateway. If it has not read for long, what is too much is lost, as on a line.
     *
     * @param octets borrowed for the call
     */
    void write(ByteBuf octets) {
        output.offer(ByteBufUtil.getBytes(octets));
    }

    private void read() {
        byte[] buffer = new byte[BUFFER_OCTETS];
        try (InputStream in = socat.getInputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                input.put(Arrays.copyOf(buffer, count));
                whenHeard.run();
            }
        } catch (IOException | InterruptedException e) {
            // pulled: whoever polls sees that the process has ended
        }
    }

    private void write() {
        try (OutputStream out = socat.getOutputStream()) {
            while (true) {
                out.write(output.take());
                if (output.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException | InterruptedException e) {
            // pulled, as above
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Pulls it: the gateway's end hangs up, and the link is gone. */
    @Override
    public void close() {
        reader.interrupt();
        writer.interrupt();
        socat.destroyForcibly();
        try {
            socat.waitFor();
            Files.deleteIfExists(link);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // it dangles, and the next one replaces it
        }
    }
}
