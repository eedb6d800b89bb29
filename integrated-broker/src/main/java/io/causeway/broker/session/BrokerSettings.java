package io.causeway.broker.session;

import io.causeway.session.OverflowPolicy;
import io.causeway.session.SessionSettings.QueueBound;
import java.time.Duration;

/**
 * How MQTT sessions behave; the same for the whole broker.
 *
 * @param maxSessions         with or without a connection, from 1
 * @param queue               bound of what waits for one client
 * @param maxInFlight         messages at QoS 1 and 2 sent to one client and not acknowledged, 1 to 65,535; the client
 *                            may ask for less
 * @param receiveMaximum      messages at QoS 1 and 2 that a client may send before they are acknowledged, 1 to 65,535
 * @param maxPacketOctets     largest packet that a client may send, fixed header included, from 1,024
 * @param topicAliasMaximum   topic aliases in each direction of a connection, 0 to 65,535
 * @param maxSubscriptions    per client, from 1
 * @param sessionExpiryMax    longest life of a disconnected session, in whole seconds; zero: as long as the client asks
 * @param keepAliveMaxSeconds longest keep alive of an MQTT 5 client, up to 65,535; 0: as the client asks
 * @param maxRetainedTopics   topics with a retained message, from 1
 * @param maxRetainedOctets   of all retained messages, about, from 1
 */
public record BrokerSettings(
        int maxSessions,
        QueueBound queue,
        int maxInFlight,
        int receiveMaximum,
        int maxPacketOctets,
        int topicAliasMaximum,
        int maxSubscriptions,
        Duration sessionExpiryMax,
        int keepAliveMaxSeconds,
        int maxRetainedTopics,
        long maxRetainedOctets) {
    private static final int UINT16_MAX = 0xFFFF;
    private static final int SMALLEST_PACKET_BOUND = 1_024;

    /** As the configuration has it when nothing is said. */
    public static final BrokerSettings DEFAULTS = new BrokerSettings(
            100_000,
            new QueueBound(10_000, 16 * 1024 * 1024, OverflowPolicy.DROP_OLDEST),
            100,
            1_000,
            1024 * 1024,
            16,
            1_000,
            Duration.ZERO,
            0,
            100_000,
            256L * 1024 * 1024);

    public BrokerSettings {
        require(maxSessions >= 1, "maxSessions must be at least 1");
        require(isUint16(maxInFlight) && maxInFlight >= 1, "maxInFlight is 1 to 65535");
        require(isUint16(receiveMaximum) && receiveMaximum >= 1, "receiveMaximum is 1 to 65535");
        require(maxPacketOctets >= SMALLEST_PACKET_BOUND, "maxPacketOctets must be at least 1024");
        require(isUint16(topicAliasMaximum), "topicAliasMaximum is 0 to 65535");
        require(maxSubscriptions >= 1, "maxSubscriptions must be at least 1");
        require(!sessionExpiryMax.isNegative(), "sessionExpiryMax must not be negative");
        require(isUint16(keepAliveMaxSeconds), "keepAliveMaxSeconds is 0 to 65535");
        require(maxRetainedTopics >= 1 && maxRetainedOctets >= 1, "at least one message can be retained");
    }

    private static boolean isUint16(int value) {
        return value >= 0 && value <= UINT16_MAX;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
