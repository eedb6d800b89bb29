package io.causeway.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * How a client connects again by itself when a connection is lost (1.2 §6.12, §6.13): to another gateway first, if one is
 * known, and to the former one after that. Before each attempt it waits for a random time between half of a delay and all of
 * it, and the delay doubles from attempt to attempt: so a fleet that lost its gateway at one moment does not return at one.
 *
 * @param firstDelay   before the first attempt
 * @param longestDelay where the doubling ends
 * @param gateways     asked before each attempt for the gateways to choose from, on the client's loop, so it must not block;
 *                     while there are none, the client returns to the one that it had
 */
public record Reconnection(Duration firstDelay, Duration longestDelay, Supplier<List<InetSocketAddress>> gateways) {
    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);
    private static final Duration LONGEST_POSSIBLE = Duration.ofDays(1);

    /** @throws IllegalArgumentException if there is no first delay, or the longest is less, or more than a day */
    public Reconnection {
        boolean isPossible = !firstDelay.isNegative()
                && !firstDelay.isZero()
                && longestDelay.compareTo(firstDelay) >= 0
                && longestDelay.compareTo(LONGEST_POSSIBLE) <= 0;
        if (!isPossible) {
            throw new IllegalArgumentException("no delays: " + firstDelay + " to " + longestDelay);
        }
    }

    /** To the gateway of the endpoint, after a second at first, and after five minutes at last. */
    public static Reconnection toSameGateway() {
        return toOneOf(List::of);
    }

    /** To any of these, such as {@link GatewayWatch#addresses}, with the same delays. */
    public static Reconnection toOneOf(Supplier<List<InetSocketAddress>> gateways) {
        return new Reconnection(FIRST_DELAY, LONGEST_DELAY, gateways);
    }

    /** The same, with other delays. */
    public Reconnection withDelays(Duration first, Duration longest) {
        return new Reconnection(first, longest, gateways);
    }
}
