package io.causeway.simulator.radio;

import io.causeway.simulator.network.Nanos;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** The channel that all nodes share, one packet at a time. Owned by the thread of the run. */
final class Air {
    /** Headers, acknowledgement and waiting for a free channel, in octets of payload. */
    private static final int OVERHEAD_OCTETS = 40;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** A radio gives up when the channel is busy for longer. */
    private static final long LONGEST_WAIT_NANOS = Duration.ofSeconds(2).toNanos();

    private final AirConditions conditions;
    private final SplittableRandom random;
    private long freeNanos;

    Air(AirConditions conditions, SplittableRandom random, long nowNanos) {
        this.conditions = conditions;
        this.random = random;
        this.freeNanos = nowNanos;
    }

    /**
     * Sends a packet when those before it are through.
     *
     * @param times how often it is sent, be it repeated or passed on
     * @return when it has been sent; nothing if the channel is busy for too long
     */
    OptionalLong send(int payloadOctets, int times, long nowNanos) {
        long startNanos = Nanos.later(freeNanos, nowNanos);
        if (startNanos - nowNanos > LONGEST_WAIT_NANOS) {
            return OptionalLong.empty();
        }
        long octets = (long) (payloadOctets + OVERHEAD_OCTETS) * times;
        freeNanos = startNanos + octets * Byte.SIZE * NANOS_PER_SECOND / conditions.bitsPerSecond();
        return OptionalLong.of(freeNanos);
    }

    /** What a packet takes besides: half to one and a half of the mean. */
    long latencyNanos() {
        return (long) (conditions.latency().toNanos() * (0.5 + random.nextDouble()));
    }

    boolean losesOne() {
        return random.nextDouble() < conditions.loss();
    }

    boolean doublesOne() {
        return random.nextDouble() < conditions.duplication();
    }
}
