package io.causeway.broker.listen;

import java.time.Duration;

/**
 * What clients of one listener may take up.
 *
 * @param maxConnections           open at a time, from 1
 * @param maxConnectionsPerAddress open at a time from one IP address, from 1
 * @param maxStrangers             that have not sent CONNECT yet, from 1; beyond it the oldest of them is closed, so
 *                                 that silent connections keep nobody out
 * @param connectTimeout           from the connection to its CONNECT, handshakes of TLS and WebSocket included
 * @param maxPacketOctets          of a packet, its fixed header included, from 1,024
 */
public record ListenerLimits(
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxStrangers,
        Duration connectTimeout,
        int maxPacketOctets) {
    private static final int SMALLEST_PACKET_BOUND = 1_024;

    /** As the configuration has it when nothing is said. */
    public static final ListenerLimits DEFAULTS =
            new ListenerLimits(10_000, 10_000, 1_000, Duration.ofSeconds(10), 1024 * 1024);

    public ListenerLimits {
        require(maxConnections >= 1, "maxConnections must be at least 1");
        require(maxConnectionsPerAddress >= 1, "maxConnectionsPerAddress must be at least 1");
        require(maxStrangers >= 1, "maxStrangers must be at least 1");
        require(connectTimeout.compareTo(Duration.ZERO) > 0, "connectTimeout must be more than nothing");
        require(maxPacketOctets >= SMALLEST_PACKET_BOUND, "maxPacketOctets must be at least 1024");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
