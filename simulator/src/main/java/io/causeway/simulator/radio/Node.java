package io.causeway.simulator.radio;

import io.causeway.simulator.network.DatagramReceiver;
import io.causeway.simulator.network.Nanos;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** A remote radio, with a sensor on it. Owned by the thread of the run. */
final class Node {
    final DatagramReceiver sensor;
    final SleepWatch sleepWatch = new SleepWatch();
    private final long address64;
    private final Set<Integer> formerAddresses = new HashSet<>();
    private int address16;
    private boolean isGone;

    /** Whether the gateway's radio knows the 16-bit address that it has now. */
    private boolean isResolved;

    private long heardNanos;
    private long toldNanos;

    Node(long address64, int address16, DatagramReceiver sensor, long nowNanos) {
        this.address64 = address64;
        this.address16 = address16;
        this.sensor = sensor;
        this.heardNanos = nowNanos;
        this.toldNanos = nowNanos;
    }

    long address64() {
        return address64;
    }

    int address16() {
        return address16;
    }

    boolean hadAddress(int formerAddress16) {
        return formerAddresses.contains(formerAddress16);
    }

    void rejoin(int newAddress16) {
        formerAddresses.add(address16);
        address16 = newAddress16;
        isResolved = false;
    }

    /** The gateway's radio gets to know the 16-bit address. */
    void resolve() {
        isResolved = true;
    }

    boolean isResolved() {
        return isResolved;
    }

    /** It is switched off for good. */
    void leave() {
        isGone = true;
    }

    boolean isGone() {
        return isGone;
    }

    /** @return when a packet from it arrives: not before the one that it has sent earlier */
    long afterHeard(long arrivalNanos) {
        heardNanos = Nanos.later(heardNanos, arrivalNanos);
        return heardNanos;
    }

    /** @return when a packet to it arrives: not before the one that was sent earlier */
    long afterTold(long arrivalNanos) {
        toldNanos = Nanos.later(toldNanos, arrivalNanos);
        return toldNanos;
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(address64);
    }
}
