package io.causeway.broker.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The octets of packets that have begun to come and are not complete, over many connections: without a bound, clients
 * that never finish what they begin would fill the memory of all. Safe for many threads.
 */
public final class UnfinishedPackets {
    /** Less is what any connection may hold; it is not counted. */
    static final int UNCOUNTED_OCTETS = 16 * 1024;

    private final long maxOctets;
    private final AtomicLong octets = new AtomicLong();

    /** @param maxOctets from 1 */
    public UnfinishedPackets(long maxOctets) {
        this.maxOctets = maxOctets;
    }

    /** False if there are too many now. */
    boolean change(int by) {
        return octets.addAndGet(by) <= maxOctets || by <= 0;
    }
}
