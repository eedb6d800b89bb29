package io.causeway.bridge;

import io.causeway.store.Changes;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the packets of QoS 2, which would say too much if they left before what was submitted before them is
 * durable: PUBLISH, PUBREC, PUBREL, and PUBCOMP, after which the broker may use the packet id for another message. A
 * packet is what is written up to a flush. One thread writes; any may {@linkplain #giveUp give up}, which ends its
 * waiting.
 */
final class GatedOutput extends OutputStream {
    private static final int PUBLISH = 3;
    private static final int PUBREC = 5;
    private static final int PUBREL = 6;
    private static final int PUBCOMP = 7;
    private static final int QOS_BITS = 0x06;
    private static final int EXACTLY_ONCE = 0x04;

    private final OutputStream out;
    private final Supplier<@Nullable Changes> latest;
    private final Runnable hurry;
    private final Duration patience;
    private boolean withinPacket;
    private volatile CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean givenUp;

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

    /** @throws StoreStuckException if the store takes too long: the connection is to end, and be made again later */
    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (!withinPacket && length > 0) {
            withinPacket = true;
            if (isGated(octets[offset] & 0xFF)) {
                awaitDurable();
            }
        }
        out.write(octets, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
        withinPacket = false;
    }

    private static boolean isGated(int first) {
        return switch (first >> 4) {
            case PUBREC, PUBREL, PUBCOMP -> true;
            case PUBLISH -> (first & QOS_BITS) == EXACTLY_ONCE;
            default -> false;
        };
    }

    private void awaitDurable() throws IOException {
        Changes unit = latest.get();
        if (unit == null || unit.isDurable()) {
            return;
        }
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
        if (!unit.isDurable()) {
            throw givenUp
                    ? new IOException("given up while the store was not ready")
                    : new StoreStuckException(patience);
        }
    }

    /** The connection ends. */
    void giveUp() {
        givenUp = true;
        gate.countDown();
    }
}
