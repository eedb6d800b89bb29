package io.causeway.bridge;

import java.time.Duration;

/**
 * What is different on a connection between two brokers.
 *
 * @param announce whether to tell the broker that we are one, as long as it bears that
 * @param watch    told what is under way
 */
public record BridgeSettings(boolean announce, LinkWatch watch) {
    /** A connection of clients. */
    public static final BridgeSettings NONE = new BridgeSettings(false, LinkWatch.NONE);

    /**
     * Longest wait of a publisher here for the broker there: subscribers here wait with it, who have nothing to do with
     * the uplink. Long enough for a slow one in order; then the journal takes over, or the message is given up.
     */
    static final Duration PATIENCE = Duration.ofSeconds(1);
}
