package io.causeway.radio;

import java.util.concurrent.atomic.LongAdder;

/** Counts what passes through one transport. Free to use from any thread; adapters write it, {@link #read} reads it. */
public final class LinkMeter {
    private final LongAdder received = new LongAdder();
    private final LongAdder receivedOctets = new LongAdder();
    private final LongAdder receiveFailures = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder sentOctets = new LongAdder();
    private final LongAdder sendFailures = new LongAdder();
    private final LongAdder sendOverflows = new LongAdder();
    private final LongAdder oversized = new LongAdder();
    private final LongAdder listenerErrors = new LongAdder();

    public void received(int octets) {
        received.increment();
        receivedOctets.add(octets);
    }

    public void receiveFailed() {
        receiveFailures.increment();
    }

    public void sent(int octets) {
        sent.increment();
        sentOctets.add(octets);
    }

    public void sendFailed() {
        sendFailures.increment();
    }

    public void sendOverflowed() {
        sendOverflows.increment();
    }

    public void oversized() {
        oversized.increment();
    }

    public void listenerFailed() {
        listenerErrors.increment();
    }

    /** @param kernelDrops what the system tells, or {@link LinkCounters#UNKNOWN} */
    public LinkCounters read(long kernelDrops) {
        return new LinkCounters(
                received.sum(),
                receivedOctets.sum(),
                receiveFailures.sum(),
                sent.sum(),
                sentOctets.sum(),
                sendFailures.sum(),
                sendOverflows.sum(),
                oversized.sum(),
                listenerErrors.sum(),
                kernelDrops);
    }
}
