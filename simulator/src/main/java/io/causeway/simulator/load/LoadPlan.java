package io.causeway.simulator.load;

import io.causeway.codec.v12.Qos;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What load is to be put on a gateway.
 *
 * @param gateway           where the clients send to
 * @param broker            where an MQTT subscriber counts what arrives
 * @param clients           how many, each with a UDP port of its own
 * @param qos               0, 1 or 2
 * @param messagesPerSecond of all clients together; {@link #CLOSED_LOOP} for each client's next message at the
 *                          acknowledgement of the one before
 * @param warmUp            how long to publish before the measurement
 * @param measured          how long to measure
 * @param payloadOctets     at least {@value Stamp#OCTETS}
 * @param retryInterval     T_retry of the clients
 * @param pids              processes of this machine whose CPU time and memory are watched
 */
public record LoadPlan(
        InetSocketAddress gateway,
        InetSocketAddress broker,
        int clients,
        Qos qos,
        int messagesPerSecond,
        Duration warmUp,
        Duration measured,
        int payloadOctets,
        Duration retryInterval,
        List<Long> pids) {
    public static final int CLOSED_LOOP = 0;

    private static final int MAX_PAYLOAD_OCTETS = 60_000;

    /** @throws IllegalArgumentException if there is no such load, with a message for whoever asked for it */
    public LoadPlan {
        pids = List.copyOf(pids);
        require(!gateway.isUnresolved(), "unknown host: " + gateway.getHostString());
        require(!broker.isUnresolved(), "unknown host: " + broker.getHostString());
        require(clients >= 1, "there must be at least one client");
        require(qos != Qos.MINUS_ONE, "QoS is 0, 1 or 2");
        require(messagesPerSecond >= 0, "the rate must not be negative");
        require(
                messagesPerSecond != CLOSED_LOOP || qos != Qos.AT_MOST_ONCE,
                "QoS 0 needs a rate, because nothing is acknowledged");
        require(!warmUp.isNegative(), "the warm-up must not be negative");
        require(!measured.isNegative() && !measured.isZero(), "the measurement must last longer than nothing");
        require(
                payloadOctets >= Stamp.OCTETS && payloadOctets <= MAX_PAYLOAD_OCTETS,
                "the payload must have 16 to 60,000 octets");
        require(!retryInterval.isNegative() && !retryInterval.isZero(), "the retry interval must not be nothing");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
