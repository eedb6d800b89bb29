package io.causeway.client;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How to look for a gateway (1.2 §6.1).
 *
 * @param target   a multicast group with its port, or the address of one host
 * @param radius   how many hops the search may spread, 0 to 255; 0 means everywhere
 * @param delay    before the first SEARCHGW. Where many clients may start at once it should be random, up to
 *                 {@link #T_SEARCHGW}; a gateway that advertises itself meanwhile is found without a SEARCHGW
 * @param interval between the first and the second SEARCHGW; doubled each time
 * @param attempts how many are sent, 1 or more
 */
public record GatewaySearch(InetSocketAddress target, int radius, Duration delay, Duration interval, int attempts) {
    /** The specification's advice (1.2 §7.2). */
    public static final Duration T_SEARCHGW = Duration.ofSeconds(5);

    private static final int DEFAULT_ATTEMPTS = 3;
    private static final int MAX_RADIUS = 0xFF;

    /** @throws IllegalArgumentException if a value is outside its range or the target's name is unknown */
    public GatewaySearch {
        if (target.isUnresolved()) {
            throw new IllegalArgumentException("unknown host: " + target.getHostString());
        }
        if (delay.isNegative() || interval.isNegative() || interval.isZero() || attempts < 1) {
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
