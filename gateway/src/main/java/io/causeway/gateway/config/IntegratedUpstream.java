package io.causeway.gateway.config;

import io.causeway.settings.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code mode: integrated}: this process is the broker, for devices and for MQTT clients.
 *
 * @param listen         where MQTT clients connect; empty: nowhere, devices reach each other only
 * @param tls            of listeners with TLS; null without them
 * @param anonymous      whether clients without a name are let in where names are known
 * @param maxConnections MQTT connections at the same time, 1 to 1 million
 * @param maxPacket      octets of the largest MQTT packet that is taken, 1 KiB to 256 MiB
 * @param maxInflight    messages of QoS 1 and 2 unacknowledged, each way for each client, 1 to 65535
 * @param queue          what may wait for one MQTT client
 * @param retained       bound of retained messages
 * @param sessionExpiry  longest life of a session without a connection, or {@link SessionsConfig#NEVER}
 * @param eventsTopic    where connections and disconnections are told; empty: nowhere
 * @param statusInterval between two updates of {@code $SYS}, or {@link #NO_STATUS}
 */
public record IntegratedUpstream(
        List<ListenUri> listen,
        @Nullable ServerTlsConfig tls,
        boolean anonymous,
        int maxConnections,
        long maxPacket,
        int maxInflight,
        QueuesConfig queue,
        Retained retained,
        Duration sessionExpiry,
        String eventsTopic,
        Duration statusInterval)
        implements UpstreamConfig {

    /** No {@code $SYS} topics. */
    public static final Duration NO_STATUS = Duration.ZERO;

    static final Bounds<Integer> MAX_CONNECTIONS = new Bounds<>(1, 1_000_000);
    static final Bounds<Long> MAX_PACKET = new Bounds<>(1L << 10, 256L << 20);
    static final Bounds<Integer> MAX_INFLIGHT = new Bounds<>(1, 65_535);
    static final Bounds<Duration> STATUS_INTERVAL = new Bounds<>(Duration.ofSeconds(1), Duration.ofHours(1));

    /** For clients on this machine. */
    public static final IntegratedUpstream DEFAULT = new IntegratedUpstream(
            List.of(ListenUri.parse("127.0.0.1:1883")),
            null,
            false,
            10_000,
            1L << 20,
            100,
            new QueuesConfig(1_000, 4L << 20, QueuesConfig.Policy.DROP_OLDEST),
            Retained.DEFAULT,
            SessionsConfig.NEVER,
            "",
            Duration.ofSeconds(10));

    /**
     * How many retained messages are kept.
     *
     * @param messages 1 to 10 million
     * @param octets   of topics and payloads, 4 KiB to 4 GiB
     */
    public record Retained(int messages, long octets) {
        static final Bounds<Integer> MESSAGES = new Bounds<>(1, 10_000_000);
        static final Bounds<Long> OCTETS = new Bounds<>(4L << 10, 4L << 30);

        /** A hundred thousand messages, 64 MiB. */
        public static final Retained DEFAULT = new Retained(100_000, 64L << 20);

        /** @throws IllegalArgumentException if a value is out of bounds */
        public Retained {
            MESSAGES.require("messages", messages);
            OCTETS.require("octets", octets);
        }
    }

    /** @throws IllegalArgumentException if a value is out of bounds, or TLS and listeners do not fit */
    public IntegratedUpstream {
        listen = List.copyOf(listen);
        MAX_CONNECTIONS.require("max-connections", maxConnections);
        MAX_PACKET.require("max-packet", maxPacket);
        MAX_INFLIGHT.require("max-inflight", maxInflight);
        Objects.requireNonNull(queue);
        Objects.requireNonNull(retained);
        boolean usesTls = listen.stream().anyMatch(each -> each.scheme().usesTls());
        if (usesTls && tls == null) {
            throw new IllegalArgumentException("a listener with TLS needs tls.certificate and tls.key");
        }
        if (!usesTls && tls != null) {
            throw new IllegalArgumentException("tls is given, and no listener uses it: mqtts:// and wss:// do");
        }
    }
}
