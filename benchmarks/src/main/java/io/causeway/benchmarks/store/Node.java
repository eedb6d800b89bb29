package io.causeway.benchmarks.store;

import io.causeway.codec.v12.Packet;
import org.jspecify.annotations.Nullable;

/** A client behind the forwarder: what it waits for, and what it sends again until that has come. */
final class Node {
    private final int number;
    private @Nullable Packet request;
    private long sentNanos;
    private int received;

    Node(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    String clientId() {
        return "node-" + number;
    }

    /** What was sent last and is not answered, or null. */
    @Nullable
    Packet request() {
        return request;
    }

    long sentNanos() {
        return sentNanos;
    }

    void sent(Packet newRequest, long nowNanos) {
        request = newRequest;
        sentNanos = nowNanos;
    }

    void answered() {
        request = null;
    }

    void countReceived() {
        received++;
    }

    int received() {
        return received;
    }
}
