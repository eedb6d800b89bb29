package io.causeway.gateway.config;

import io.causeway.settings.Bounds;
import java.time.Duration;

/**
 * How many sessions there may be, how fast new ones may come, and how long they are kept: {@code sessions}.
 *
 * @param max sessions at the same time, connected or not, 1 to 10 million
 * @param connectsPerSecond CONNECTs of unknown clients from all addresses together, 1 to 1 million
 * @param connectsPerSecondAndAddress the same from one address, 1 to 1 million
 * @param expiry how long the session of a disconnected client is kept, 1 s to 3650 days, or {@link #NEVER}
 */
public record SessionsConfig(int max, int connectsPerSecond, int connectsPerSecondAndAddress, Duration expiry) {
    static final Bounds<Integer> MAX = new Bounds<>(1, 10_000_000);
    static final Bounds<Integer> PER_SECOND = new Bounds<>(1, 1_000_000);
    static final Bounds<Duration> EXPIRY = new Bounds<>(Duration.ofSeconds(1), Duration.ofDays(3650));

    /** The expiry of sessions that are kept for ever. */
    public static final Duration NEVER = Duration.ZERO;

    /** Room for a large fleet behind a few forwarders or NATs; sessions do not expire. */
    public static final SessionsConfig DEFAULT = new SessionsConfig(100_000, 50_000, 20_000, NEVER);

    /** @throws IllegalArgumentException if a value is out of bounds */
    public SessionsConfig {
        MAX.require("max", max);
        PER_SECOND.require("connect-rate", connectsPerSecond);
        PER_SECOND.require("connect-rate-per-address", connectsPerSecondAndAddress);
        if (!expiry.equals(NEVER)) {
            EXPIRY.require("expiry", expiry);
        }
    }

    /** Whether sessions of disconnected clients end by themselves. */
    public boolean expires() {
        return !expiry.equals(NEVER);
    }
}
