package io.causeway.bridge;

import java.time.Duration;

/**
 * How much a journal may hold, or what is to one filter in it.
 *
 * @param messages from 1
 * @param octets   of topic and payload in them, from 1
 * @param maxAge   after which a message is dropped; zero: never
 * @param policy   what happens at a bound
 */
public record JournalBounds(int messages, long octets, Duration maxAge, Policy policy) {
    public static final JournalBounds DEFAULTS =
            new JournalBounds(100_000, 64L * 1024 * 1024, Duration.ZERO, Policy.REFUSE);

    /** What happens when there is no room. */
    public enum Policy {
        /** The publisher is told to try again, and nothing that is held is dropped for others. */
        REFUSE,
        /** The oldest makes room. */
        DROP_OLDEST
    }

    /** @throws IllegalArgumentException if a value is out of its range */
    public JournalBounds {
        if (messages < 1) {
            throw new IllegalArgumentException("messages must be at least 1: " + messages);
        }
        if (octets < 1) {
            throw new IllegalArgumentException("octets must be at least 1: " + octets);
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge must not be negative: " + maxAge);
        }
    }

    /** The key that leaves no room for so many, with its value. */
    String reached(int messagesAfter) {
        return messagesAfter > messages ? "messages (" + messages + ")" : "octets (" + octets + ")";
    }

    boolean hasRoomFor(int messagesAfter, long octetsAfter) {
        return messagesAfter <= messages && (octetsAfter <= octets || messagesAfter == 1); // a large one must pass
    }
}
