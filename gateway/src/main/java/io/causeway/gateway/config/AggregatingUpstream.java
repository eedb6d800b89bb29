package io.causeway.gateway.config;

import io.causeway.settings.Bounds;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code mode: aggregating}: all clients share one connection to a broker, or a few.
 *
 * @param broker where the broker is
 * @param clientId the gateway's own client id at the broker, 1 to 256 characters
 * @param connections how many connections there are, each with the clients whose id hashes to it, 1 to 64
 * @param credentials user and password for the broker
 * @param keepAlive MQTT keep-alive, 1 s to 65535 s
 * @param cleanSession whether the broker forgets the gateway's subscriptions and messages when the connection ends
 * @param tls used with {@code mqtts://} and {@code wss://} only
 * @param reconnect the pauses between attempts to connect
 * @param queue what may wait for the broker
 * @param maxInflight messages of QoS 1 and 2 per connection that the broker has not acknowledged, 1 to 5000
 * @param maxPacket octets of the largest PUBLISH that the broker takes, 128 to 256 MiB; larger ones are refused
 * @param topicPrefix put before every topic on its way up and taken off on its way down; ends with a slash,
 *     or is empty
 * @param connectTimeout how long an attempt to connect may take, 100 ms to 10 min
 * @param journal what is kept while the broker is away; null: nothing ({@code none})
 */
public record AggregatingUpstream(
        BrokerUri broker,
        String clientId,
        int connections,
        Credentials credentials,
        Duration keepAlive,
        boolean cleanSession,
        TlsConfig tls,
        Reconnect reconnect,
        Queue queue,
        int maxInflight,
        long maxPacket,
        String topicPrefix,
        Duration connectTimeout,
        @Nullable JournalConfig journal)
        implements UpstreamConfig {

    static final Duration USUAL_KEEP_ALIVE = Duration.ofMinutes(1);
    static final int USUAL_MAX_INFLIGHT = 1_000;
    static final long USUAL_MAX_PACKET = 256L << 20;
    static final Duration USUAL_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    static final Bounds<Integer> CLIENT_ID_CHARACTERS = new Bounds<>(1, 256);
    static final Bounds<Integer> CONNECTIONS = new Bounds<>(1, 64);
    static final Bounds<Duration> KEEP_ALIVE = new Bounds<>(Duration.ofSeconds(1), Duration.ofSeconds(65_535));
    static final Bounds<Integer> MAX_INFLIGHT = new Bounds<>(1, 5_000);
    static final Bounds<Long> MAX_PACKET = new Bounds<>(128L, USUAL_MAX_PACKET);
    static final Bounds<Duration> CONNECT_TIMEOUT = new Bounds<>(Duration.ofMillis(100), Duration.ofMinutes(10));

    /** @throws IllegalArgumentException if a value is out of bounds */
    public AggregatingUpstream {
        Objects.requireNonNull(broker);
        Objects.requireNonNull(credentials);
        Objects.requireNonNull(tls);
        Objects.requireNonNull(reconnect);
        Objects.requireNonNull(queue);
        CLIENT_ID_CHARACTERS.require("length of client-id", clientId.length());
        CONNECTIONS.require("connections", connections);
        KEEP_ALIVE.require("keep-alive", keepAlive);
        MAX_INFLIGHT.require("max-inflight", maxInflight);
        MAX_PACKET.require("max-packet", maxPacket);
        TopicText.requirePrefix(topicPrefix);
        CONNECT_TIMEOUT.require("connect-timeout", connectTimeout);
    }

    /**
     * User and password for the broker.
     *
     * @param user empty: neither is sent
     * @param password none: only the user is sent
     */
    public record Credentials(String user, Secret password) {
        /** Nothing is sent. */
        public static final Credentials NONE = new Credentials("", Secret.NONE);

        /** @throws IllegalArgumentException if there is a password without a user (MQTT 3.1.1 §3.1.2.9) */
        public Credentials {
            if (user.isEmpty() && !password.isEmpty()) {
                throw new IllegalArgumentException("a password needs a user");
            }
        }
    }

    /**
     * The pauses between attempts to connect, doubled from one to the next.
     *
     * @param min the first pause, 10 ms to 1 h
     * @param max the longest pause, not below {@code min}, 10 ms to 1 h
     */
    public record Reconnect(Duration min, Duration max) {
        static final Bounds<Duration> PAUSE = new Bounds<>(Duration.ofMillis(10), Duration.ofHours(1));

        /** From one second up to a minute. */
        public static final Reconnect DEFAULT = new Reconnect(Duration.ofSeconds(1), Duration.ofMinutes(1));

        /** @throws IllegalArgumentException if a value is out of bounds, or {@code min} is above {@code max} */
        public Reconnect {
            PAUSE.require("min", min);
            PAUSE.require("max", max);
            if (min.compareTo(max) > 0) {
                throw new IllegalArgumentException("min is longer than max");
            }
        }
    }

    /**
     * What may wait for the broker, per connection; beyond it devices are answered with congestion.
     *
     * @param messages 1 to 10 million
     * @param octets of topics and payloads, 4 KiB to 4 GiB
     */
    public record Queue(int messages, long octets) {
        static final Bounds<Integer> MESSAGES = new Bounds<>(1, 10_000_000);
        static final Bounds<Long> OCTETS = new Bounds<>(4L << 10, 4L << 30);

        /** Ten thousand messages, 16 MiB. */
        public static final Queue DEFAULT = new Queue(10_000, 16L << 20);

        /** @throws IllegalArgumentException if a value is out of bounds */
        public Queue {
            MESSAGES.require("messages", messages);
            OCTETS.require("octets", octets);
        }
    }

    /** Whether what waits in the journal of a link is sent from here, the numbered ones of a pool among them. */
    public boolean drains(String link) {
        return journal != null && link.matches(Pattern.quote(clientId) + "(-[0-9]+)?");
    }
}
