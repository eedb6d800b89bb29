package io.causeway.gateway.config;

import io.causeway.routing.TopicFilter;
import io.causeway.settings.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What devices publish while the broker is away, and how it gets there later: {@code upstream.journal}.
 *
 * @param acknowledge who must have a message at QoS 1 before its publisher is told so
 * @param qosZero     whether messages at QoS 0 are kept too ({@code qos0})
 * @param room        what it holds for each connection
 * @param drainRate   messages per second that go to the broker beside live ones when it is back, 1 to 1 million
 * @param shares      what of that some topics may take, at most 100; a message counts for the first whose filter fits
 */
public record JournalConfig(Acknowledge acknowledge, boolean qosZero, Room room, int drainRate, List<Share> shares) {

    /** Who must have a message at QoS 1 before its publisher is told so. */
    public enum Acknowledge {
        /** The broker, as long as it is there; else the journal. */
        BROKER,
        /** The journal, always. */
        JOURNAL
    }

    /** What becomes of a message that has no room. */
    public enum Policy {
        /** Its publisher is told of congestion, and keeps it. */
        REFUSE,
        /** The message that has waited longest makes room. */
        DROP_OLDEST
    }

    static final Bounds<Integer> DRAIN_RATE = new Bounds<>(1, 1_000_000);
    static final Bounds<Integer> SHARES = new Bounds<>(0, 100);

    /** A hundred thousand messages, 64 MiB, and nothing that was acknowledged is dropped. */
    public static final JournalConfig DEFAULT = new JournalConfig(
            Acknowledge.BROKER, false, new Room(100_000, 64L << 20, Room.ANY_AGE, Policy.REFUSE), 2_000, List.of());

    /** @throws IllegalArgumentException if a value is out of bounds */
    public JournalConfig {
        Objects.requireNonNull(acknowledge);
        Objects.requireNonNull(room);
        DRAIN_RATE.require("drain-rate", drainRate);
        shares = List.copyOf(shares);
        SHARES.require("filters", shares.size());
    }

    /**
     * How much is kept, and how long.
     *
     * @param messages 1 to 100 million
     * @param octets   of topics and payloads, 4 KiB to 1024 GiB
     * @param maxAge   what has waited longer is dropped, 1 s to 3650 days, or {@link #ANY_AGE}
     * @param policy   at a bound of messages or octets
     */
    public record Room(int messages, long octets, Duration maxAge, Policy policy) {
        static final Bounds<Integer> MESSAGES = new Bounds<>(1, 100_000_000);
        static final Bounds<Long> OCTETS = new Bounds<>(4L << 10, 1L << 40);
        static final Bounds<Duration> MAX_AGE = new Bounds<>(Duration.ofSeconds(1), Duration.ofDays(3650));

        /** Nothing is dropped for its age. */
        public static final Duration ANY_AGE = Duration.ZERO;

        /** @throws IllegalArgumentException if a value is out of bounds */
        public Room {
            MESSAGES.require("messages", messages);
            OCTETS.require("octets", octets);
            if (!maxAge.equals(ANY_AGE)) {
                MAX_AGE.require("max-age", maxAge);
            }
            Objects.requireNonNull(policy);
        }
    }

    /**
     * The room for some topics, within that of all.
     *
     * @param filter of topics as devices publish them
     */
    public record Share(TopicFilter filter, Room room) {
        public Share {
            Objects.requireNonNull(filter);
            Objects.requireNonNull(room);
        }
    }
}
