package io.causeway.gateway.config;

/**
 * What of the field's habits is tolerated: {@code quirks}.
 *
 * @param stripTrailingNuls NULs at the end of client ids and topic names are taken off
 * @param sleeperPingMoves a PINGREQ with the id of a sleeping client moves it to the address it came from
 * @param qosMinusOne PUBLISH with QoS -1 is accepted from clients that are not connected (1.2 §6.8)
 * @param qosMinusOneInlineTopics such a PUBLISH may carry its topic name in place of a topic id
 */
public record QuirksConfig(
        boolean stripTrailingNuls, boolean sleeperPingMoves, boolean qosMinusOne, boolean qosMinusOneInlineTopics) {
    /** Everything that cannot be mistaken for something else. */
    public static final QuirksConfig DEFAULT = new QuirksConfig(true, true, true, false);
}
