package io.causeway.bridge;

import java.time.Duration;

/**
 * How long things may take towards the broker.
 *
 * @param keepAlive       longest silence on a connection before a PINGREQ (MQTT 3.1.1 §3.1.2.10), whole seconds up to
 *                        65,535; zero: none is sent, and a broker that falls silent is not noticed
 * @param connect         for a connection to stand, from the first name lookup to the CONNACK
 * @param completion      for a publish to be accepted or a subscription to be granted; then it is refused with
 *                        congestion
 * @param reconnectMin    first pause before another attempt to connect
 * @param reconnectMax    longest pause; pauses double up to it, and each is shortened at random by up to a half
 * @param retainedQuiet   silence after which the retained messages of a SUBSCRIBE are taken to be complete
 */
public record UpstreamTimings(
        Duration keepAlive,
        Duration connect,
        Duration completion,
        Duration reconnectMin,
        Duration reconnectMax,
        Duration retainedQuiet) {
    public static final UpstreamTimings DEFAULTS = new UpstreamTimings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(60),
            Duration.ofMillis(750));

    private static final long LONGEST_KEEP_ALIVE_SECONDS = 65_535;
    private static final Duration LONGEST_STORE_WAIT = Duration.ofSeconds(5);

    /** @throws IllegalArgumentException if a value is out of its range */
    public UpstreamTimings {
        if (keepAlive.isNegative() || keepAlive.toSeconds() > LONGEST_KEEP_ALIVE_SECONDS) {
            throw new IllegalArgumentException("keepAlive must be 0 to 65,535 seconds: " + keepAlive);
        }
        requirePositive(connect, "connect");
        requirePositive(completion, "completion");
        requirePositive(reconnectMin, "reconnectMin");
        requirePositive(retainedQuiet, "retainedQuiet");
        if (reconnectMax.compareTo(reconnectMin) < 0) {
            throw new IllegalArgumentException(
                    "reconnectMax " + reconnectMax + " is less than reconnectMin " + reconnectMin);
        }
    }

    /**
     * How long a packet may wait for the store, in the way of all behind it: less than what a broker, which ends a
     * connection after one and a half keep-alives of silence (MQTT 3.1.1 §3.1.2.10), would blame on us.
     */
    Duration storeWait() {
        Duration half = keepAlive.dividedBy(2);
        return keepAlive.isZero() || half.compareTo(LONGEST_STORE_WAIT) > 0 ? LONGEST_STORE_WAIT : half;
    }

    public UpstreamTimings withReconnect(Duration min, Duration max) {
        return new UpstreamTimings(keepAlive, connect, completion, min, max, retainedQuiet);
    }

    public UpstreamTimings withCompletion(Duration newCompletion) {
        return new UpstreamTimings(keepAlive, connect, newCompletion, reconnectMin, reconnectMax, retainedQuiet);
    }

    private static void requirePositive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be above zero: " + value);
        }
    }
}
