package io.causeway.simulator.scenario;

/**
 * What payloads look like. Each carries who sent it, its number and when, so that none can be mistaken for another.
 *
 * @param format  how it is written
 * @param content what the value in it does from one message to the next
 * @param octets  how long it is; a payload that needs more for what it carries is longer
 */
public record PayloadTemplate(Format format, Content content, Span<Integer> octets) {
    public static final PayloadTemplate DEFAULT =
            new PayloadTemplate(Format.OCTETS, Content.COUNTER, new Span<>(32, 32));

    private static final int MAX_OCTETS = 60_000;

    /** @throws IllegalArgumentException if a size is out of its range */
    public PayloadTemplate {
        Require.that(octets.least() >= 0 && octets.most() <= MAX_OCTETS, "a payload has 0 to 60,000 octets");
    }

    /** How a payload is written. */
    public enum Format {
        OCTETS,
        TEXT,
        JSON,
        CBOR
    }

    /** What the value does. */
    public enum Content {
        COUNTER,
        RANDOM_WALK
    }
}
