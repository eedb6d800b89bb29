package io.causeway.session;

import java.time.Duration;

/**
 * How sessions behave; the same for all of a gateway.
 *
 * @param retryInterval      T_retry (1.2 §7.2), more than zero
 * @param retryCount         N_retry, 0 or more repetitions
 * @param keepAliveTolerance silence allowed, as a multiple of keep alive or sleep duration; 1 or more. Zero: the
 *                           1.2 §7.2 rule, 1.5 up to a minute and 1.1 above
 * @param queue              bound of what waits for one client
 * @param maxSubscriptions   per client, from 1
 * @param maxTopicAliases    per client, 1 to 65,534
 * @param maxInboundInFlight exchanges that one client may have open towards the upstream, from 1
 * @param expiry             life of a disconnected persistent session; zero: for ever
 * @param sleeperPingMoves   a PINGREQ with client id from a new address moves a sleeping client there
 */
public record SessionSettings(
        Duration retryInterval,
        int retryCount,
        double keepAliveTolerance,
        QueueBound queue,
        int maxSubscriptions,
        int maxTopicAliases,
        int maxInboundInFlight,
        Duration expiry,
        boolean sleeperPingMoves) {

    private static final Duration LONG_DURATION = Duration.ofMinutes(1);
    private static final double SHORT_TOLERANCE = 1.5;
    private static final double LONG_TOLERANCE = 1.1;
    private static final int LAST_ALIAS = 0xFFFE;

    /** As the configuration has it when nothing is said. */
    public static final SessionSettings DEFAULTS = new SessionSettings(
            Duration.ofSeconds(10),
            3,
            SHORT_TOLERANCE,
            new QueueBound(100, 256 * 1024, OverflowPolicy.DROP_OLDEST),
            1_000,
            5_000,
            32,
            Duration.ZERO,
            true);

    /**
     * Bound of one client's queue; whichever is reached first.
     *
     * @param messages from 1
     * @param octets   payloads and topics, from 1
     */
    public record QueueBound(int messages, long octets, OverflowPolicy policy) {
        public QueueBound {
            require(messages >= 1 && octets >= 1, "a queue holds at least one message and one octet");
        }
    }

    public SessionSettings {
        require(retryInterval.toNanos() > 0, "retryInterval must be more than zero");
        require(retryCount >= 0, "retryCount must not be negative");
        require(keepAliveTolerance == 0 || keepAliveTolerance >= 1, "keepAliveTolerance is 0 or at least 1");
        require(maxSubscriptions >= 1, "maxSubscriptions must be at least 1");
        require(maxTopicAliases >= 1 && maxTopicAliases <= LAST_ALIAS, "maxTopicAliases is 1 to 65534");
        require(maxInboundInFlight >= 1, "maxInboundInFlight must be at least 1");
        require(!expiry.isNegative(), "expiry must not be negative");
    }

    /** Silence after which a client counts as lost: the duration it promised, and the tolerance. */
    long allowedNanos(Duration promised) {
        double factor = keepAliveTolerance;
        if (factor == 0) {
            factor = promised.compareTo(LONG_DURATION) > 0 ? LONG_TOLERANCE : SHORT_TOLERANCE;
        }
        return (long) (promised.toNanos() * factor);
    }

    long retryNanos() {
        return retryInterval.toNanos();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
