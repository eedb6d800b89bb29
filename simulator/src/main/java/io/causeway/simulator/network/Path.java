package io.causeway.simulator.network;

import io.causeway.simulator.scenario.NetworkConditions;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * One direction between a sensor and the gateway. Datagrams come out in their order, whatever their delays, but for those
 * that are held back. Owned by the thread of the run.
 */
final class Path {
    /** What waits for the line beyond this is dropped. */
    private static final long QUEUE_OCTETS = 2_048;

    private static final double NANOS_PER_SECOND = 1e9;

    /** The least by which a datagram is held back; the most is ten times as much. */
    private static final long HOLD_BACK_NANOS = Duration.ofMillis(20).toNanos();

    private final NetworkConditions conditions;
    private final Outages outages;
    private final RandomGenerator random;
    private final Transit transit;
    private final Exit exit;

    /** The line is busy until then. */
    private long freeNanos;

    /** When the last datagram that keeps its order comes out. */
    private long lastArrivalNanos;

    Path(
            NetworkConditions conditions,
            Outages outages,
            RandomGenerator random,
            Transit transit,
            Exit exit,
            long nowNanos) {
        this.conditions = conditions;
        this.outages = outages;
        this.random = random;
        this.transit = transit;
        this.exit = exit;
        this.freeNanos = nowNanos;
        this.lastArrivalNanos = nowNanos;
    }

    /**
     * @param datagram borrowed for the call
     * @return whether it will come out; if not, it is lost
     */
    boolean enter(ByteBuf datagram, long nowNanos) {
        if (outages.isOut(nowNanos)) {
            return false;
        }
        long lineNanos = lineNanos(datagram.readableBytes());
        long startNanos = Nanos.later(freeNanos, nowNanos);
        if (startNanos - nowNanos > lineNanos(QUEUE_OCTETS)) {
            return false;
        }
        freeNanos = startNanos + lineNanos;
        if (random.nextDouble() < conditions.loss()) {
            return false;
        }
        boolean isDuplicated = random.nextDouble() < conditions.duplication();
        pass(datagram, nowNanos);
        if (isDuplicated) {
            pass(datagram, nowNanos);
        }
        return true;
    }

    private void pass(ByteBuf datagram, long nowNanos) {
        long arrivalNanos = freeNanos + Draw.delay(conditions.delay(), random);
        if (random.nextDouble() < conditions.reordering()) {
            arrivalNanos += random.nextLong(HOLD_BACK_NANOS, 10 * HOLD_BACK_NANOS);
        } else {
            arrivalNanos = Nanos.later(arrivalNanos, lastArrivalNanos);
            lastArrivalNanos = arrivalNanos;
        }
        transit.carry(datagram, arrivalNanos, exit, nowNanos);
    }

    private long lineNanos(long octets) {
        return conditions.bitsPerSecond() == 0
                ? 0
                : (long) (octets * Byte.SIZE * NANOS_PER_SECOND / conditions.bitsPerSecond());
    }

    /** Where a path ends. */
    @FunctionalInterface
    interface Exit {
        /** @param datagram borrowed for the call */
        void leave(ByteBuf datagram, long nowNanos);
    }
}
