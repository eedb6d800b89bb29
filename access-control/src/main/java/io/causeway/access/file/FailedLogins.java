package io.causeway.access.file;

import io.causeway.codec.Octets;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down who guesses passwords: after a number of failures a host is heard only as often as failures are forgotten.
 * Safe for many threads.
 *
 * <p>Bounded: when too many hosts have failed, the one that has been quiet longest is forgotten.
 */
final class FailedLogins {
    /** So many may fail at once before a host is slowed. */
    static final int PATIENCE = 10;

    /** A failure is forgotten after so long. */
    static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(5);

    static final int MAX_HOSTS = 10_000;

    /** The part of an IPv6 address that names a network; the rest its owner can choose at will (RFC 4291 §2.5.4). */
    private static final int NETWORK_OCTETS = 8;

    private final Map<Object, Failures> byHost = new LinkedHashMap<>();

    /** Not yet forgotten at that time, a fraction for the one that is being forgotten. */
    private record Failures(double count, long atNanos) {
        double countAt(long nowNanos) {
            return Math.max(0, count - (double) (nowNanos - atNanos) / FORGOTTEN_AFTER.toNanos());
        }
    }

    /** Whether the host is heard now. */
    synchronized boolean mayTry(Object host, long nowNanos) {
        return countOf(networkOf(host), nowNanos) <= PATIENCE - 1;
    }

    /** Returns whether the host is slowed from now on, and was not before. */
    synchronized boolean add(Object host, long nowNanos) {
        Object network = networkOf(host);
        double before = countOf(network, nowNanos);
        byHost.remove(network);
        if (byHost.size() >= MAX_HOSTS) {
            byHost.remove(byHost.keySet().iterator().next());
        }
        byHost.put(network, new Failures(before + 1, nowNanos));
        return before <= PATIENCE - 1 && before + 1 > PATIENCE - 1;
    }

    private double countOf(Object network, long nowNanos) {
        Failures failures = byHost.get(network);
        return failures == null ? 0 : failures.countAt(nowNanos);
    }

    private static Object networkOf(Object host) {
        return host instanceof Inet6Address address
                ? Octets.of(Arrays.copyOf(address.getAddress(), NETWORK_OCTETS))
                : host;
    }
}
