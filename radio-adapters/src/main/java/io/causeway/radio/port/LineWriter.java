package io.causeway.radio.port;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what waits for a line, at the line's own speed, in a thread of its own. Every other method may be called by any
 * thread; they share what this monitor guards.
 */
final class LineWriter {
    private static final Logger log = LoggerFactory.getLogger(LineWriter.class);

    /** What may wait, however slow the line. */
    private static final int LEAST_WAITING_OCTETS = 1_024;

    private final LineTiming timing;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private int waitingOctets;
    private int mostWaitingOctets;
    private @Nullable Target target;
    private long stuckFromNanos;
    private boolean isWriting;
    private int lostWrites;

    LineWriter(LineTiming timing) {
        this.timing = timing;
    }

    /** One opening of the port. */
    private static final class Target {
        private final OpenPort port;
        private final Pace pace;

        Target(OpenPort port, Pace pace) {
            this.port = port;
            this.pace = pace;
        }
    }

    private static final class Write {
        private final Target target;
        private final byte[] octets;

        Write(Target target, byte[] octets) {
            this.target = target;
            this.octets = octets;
        }
    }

    /** From now on writes to this port. */
    synchronized void open(OpenPort port, int bitsPerSecond) {
        target = new Target(port, new Pace(bitsPerSecond, timing.gap(), System.nanoTime()));
        mostWaitingOctets = Math.max(LEAST_WAITING_OCTETS, bitsPerSecond / Pace.BITS_PER_OCTET); // those of a second
    }

    /**
     * Drops what waits, and refuses more.
     *
     * @return how many writes have been lost since the last time: these, the one under way, and those that the port did not take
     */
    synchronized int close() {
        int lost = lostWrites + waiting.size() + (target != null && isWriting ? 1 : 0);
        lostWrites = 0;
        target = null;
        waiting.clear();
        waitingOctets = 0;
        return lost;
    }

    /** @return false if the line is not up, or more waits than it can send in a second */
    synchronized boolean offer(byte[] octets) {
        boolean isFull = waitingOctets > 0 && waitingOctets + octets.length > mostWaitingOctets;
        if (target == null || isFull) {
            return false;
        }
        waitingOctets += octets.length;
        waiting.add(octets);
        notifyAll();
        return true;
    }

    /** Whether a write has been going on for so long that it will not end by itself. */
    synchronized boolean isStuck(long nowNanos) {
        return isWriting && nowNanos - stuckFromNanos >= 0;
    }

    /** Writes until the thread is interrupted. */
    void run() {
        try {
            while (true) {
                Write next = takeNext();
                if (!write(next)) {
                    next.target.port.close(); // who reads it notices
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether the port has taken it; a binding that fails costs the port, not the thread */
    private boolean write(Write next) {
        boolean isTaken = false;
        try {
            isTaken = next.target.port.write(next.octets);
        } catch (RuntimeException e) {
            log.error("writing to a port failed", e);
        } finally {
            done(next, isTaken);
        }
        return isTaken;
    }

    private synchronized Write takeNext() throws InterruptedException {
        while (true) {
            Target current = target;
            byte[] octets = waiting.peek();
            if (current == null || octets == null) {
                wait();
                continue;
            }
            long nowNanos = System.nanoTime();
            long pauseNanos = current.pace.waitNanos(nowNanos);
            if (pauseNanos > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, pauseNanos);
                continue;
            }
            waiting.remove();
            current.pace.wrote(octets.length, nowNanos);
            isWriting = true;
            Duration patience = timing.patience().plus(current.pace.timeFor(octets.length));
            stuckFromNanos = nowNanos + patience.toNanos();
            return new Write(current, octets);
        }
    }

    private synchronized void done(Write write, boolean isTaken) {
        isWriting = false;
        if (write.target == target) {
            lostWrites += isTaken ? 0 : 1;
            waitingOctets -= write.octets.length;
        }
    }
}
