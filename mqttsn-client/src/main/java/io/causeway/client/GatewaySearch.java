package io.causeway.client;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How to look for a gateway (1.2 §6.1).
 *
 * @param target   a multicast group with its port, or the address of one host
 * @param radius   how many hops the search may spread, 0 to 255; 0 means everywhere
 * @param maxDelay the first SEARCHGW is sent after a random time up to this, so that many clients that start at once do not
 *                 all ask; {@link #T_SEARCHGW} where there are many. Another client's SEARCHGW meanwhile is as good as an own
 *                 one, and a gateway that advertises itself is found without
 * @param interval between the first and the second SEARCHGW; doubled each time
 * @param attempts how many are sent, 1 to {@value #MAX_ATTEMPTS}
 */
public record GatewaySearch(InetSocketAddress target, int radius, Duration maxDelay, Duration interval, int attempts) {
    /** The specification's advice (1.2 §7.2). */
    public static final Duration T_SEARCHGW = Duration.ofSeconds(5);

    private static final int DEFAULT_ATTEMPTS = 3;
    private static final int MAX_ATTEMPTS = 20;
    private static final int MAX_RADIUS = 0xFF;
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);

    /** @throws IllegalArgumentException if a value is outside its range or the target's name is unknown */
    public GatewaySearch {
        if (target.isUnresolved()) {
            throw new IllegalArgumentException("unknown host: " + target.getHostString());
        }
        boolean isIntervalPossible =
                !interval.isNegative() && !interval.isZero() && interval.compareTo(MAX_INTERVAL) <= 0;
        if (maxDelay.isNegative() || !isIntervalPossible || attempts < 1 || attempts > MAX_ATTEMPTS) {
            throw new IllegalArgumentException("no search: " + attempts + " times every " + interval);
        }
        if (radius < 0 || radius > MAX_RADIUS) {
            throw new IllegalArgumentException("a radius is 0 to 255: " + radius);
        }
    }

    /** At once, without limit to the radius, three times. */
    public static GatewaySearch at(InetSocketAddress target) {
        return new GatewaySearch(target, 0, Duration.ZERO, T_SEARCHGW, DEFAULT_ATTEMPTS);
    }
}
