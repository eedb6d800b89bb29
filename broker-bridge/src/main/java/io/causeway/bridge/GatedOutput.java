package io.causeway.bridge;

import io.causeway.store.Changes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds back the packets of QoS 2, which would say too much if they left before what was submitted before them is
 * durable: PUBLISH, PUBREC, PUBREL, and PUBCOMP, after which the broker may use the packet id for another message. They
 * keep their order; if the store takes too long, all others pass them. A packet is what is written up to a flush.
 *
 * <p>One thread writes. Any may {@linkplain #sendHeld send} what was held back and need not be any longer, or
 * {@linkplain #giveUp give up}, which ends the writer's waiting.
 */
final class GatedOutput extends OutputStream {
    private static final Logger LOG = LoggerFactory.getLogger(GatedOutput.class);

    private static final int PUBLISH = 3;
    private static final int PUBREC = 5;
    private static final int PUBREL = 6;
    private static final int PUBCOMP = 7;
    private static final int QOS_BITS = 0x06;
    private static final int EXACTLY_ONCE = 0x04;

    private record Held(ByteArrayOutputStream packet, Changes unit) {}

    private final OutputStream out;
    private final Supplier<@Nullable Changes> latest;
    private final Runnable hurry;
    private final Duration patience;
    private volatile CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean givenUp;

    /** Whoever has it may use {@link #out} and {@link #held}: the writer from the beginning of a packet to its end. */
    private final Semaphore turn = new Semaphore(1);

    private final Deque<Held> held = new ArrayDeque<>();
    private @Nullable Held holding;
    private boolean withinPacket;

    /**
     * @param latest the last unit that was submitted; those before it become durable before it
     * @param hurry  run before one is waited for
     * @param patience how long one is waited for: nothing else can be written meanwhile, PINGREQ neither
     */
    GatedOutput(OutputStream out, Supplier<@Nullable Changes> latest, Runnable hurry, Duration patience) {
        this.out = out;
        this.latest = latest;
        this.hurry = hurry;
        this.patience = patience;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (!withinPacket && length > 0) {
            turn.acquireUninterruptibly();
            withinPacket = true;
            Changes unit = isGated(octets[offset] & 0xFF) ? awaitDurable() : null;
            holding = unit == null ? null : new Held(new ByteArrayOutputStream(), unit);
        }
        (holding == null ? out : holding.packet()).write(octets, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (!withinPacket) {
            return;
        }
        if (holding != null) {
            held.add(holding);
        }
        sendDurable();
        withinPacket = false;
        turn.release();
    }

    /**
     * Sends what was held back and need not be any longer.
     *
     * @return false if there may be more
     */
    boolean sendHeld() throws IOException {
        if (!turn.tryAcquire()) {
            return false;
        }
        try {
            sendDurable();
            return held.isEmpty();
        } finally {
            turn.release();
        }
    }

    private void sendDurable() throws IOException {
        for (Held next = held.peek(); next != null && next.unit().isDurable(); next = held.peek()) {
            held.remove().packet().writeTo(out);
        }
        out.flush();
    }

    private static boolean isGated(int first) {
        return switch (first >> 4) {
            case PUBREC, PUBREL, PUBCOMP -> true;
            case PUBLISH -> (first & QOS_BITS) == EXACTLY_ONCE;
            default -> false;
        };
    }

    /** Returns what the packet has to be held back for, since it takes too long; null if it can leave. */
    private @Nullable Changes awaitDurable() throws IOException {
        sendDurable();
        Changes unit = latest.get();
        if (!held.isEmpty()) {
            return unit; // in their order
        }
        if (unit == null || unit.isDurable()) {
            return null;
        }
        await(unit);
        if (unit.isDurable()) {
            return null;
        }
        LOG.warn(
                "The store has not kept for {} ms what messages of QoS 2 rely on: they wait, others pass them",
                patience.toMillis());
        return unit;
    }

    /** @throws IOException if the connection ends meanwhile */
    private void await(Changes unit) throws IOException {
        CountDownLatch opened = new CountDownLatch(1);
        gate = opened;
        if (givenUp) {
            opened.countDown();
        }
        unit.whenDurable(opened::countDown);
        hurry.run();
        try {
            opened.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (givenUp && !unit.isDurable()) {
            throw new IOException("given up while the store was not ready");
        }
    }

    /** The connection ends. */
    void giveUp() {
        givenUp = true;
        gate.countDown();
    }
}
