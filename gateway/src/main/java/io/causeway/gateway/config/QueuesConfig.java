package io.causeway.gateway.config;

import io.causeway.settings.Bounds;
import java.util.Objects;

/**
 * What may wait for one client that sleeps, is away or is slow: {@code queues}.
 *
 * @param messages 1 to 1 million
 * @param octets of topics and payloads, 1 KiB to 1 GiB
 * @param policy what gives way when a bound is reached
 */
public record QueuesConfig(int messages, long octets, Policy policy) {

    /** What gives way when a queue is full. */
    public enum Policy {
        /** The message that has waited longest. */
        DROP_OLDEST,
        /** The message that has just come. */
        DROP_NEWEST
    }

    static final Bounds<Integer> MESSAGES = new Bounds<>(1, 1_000_000);
    static final Bounds<Long> OCTETS = new Bounds<>(1L << 10, 1L << 30);

    /** A hundred messages, and the newest are worth most. */
    public static final QueuesConfig DEFAULT = new QueuesConfig(100, 256L << 10, Policy.DROP_OLDEST);

    /** @throws IllegalArgumentException if a value is out of bounds */
    public QueuesConfig {
        MESSAGES.require("messages", messages);
        OCTETS.require("octets", octets);
        Objects.requireNonNull(policy);
    }
}
