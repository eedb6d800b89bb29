package io.causeway.simulator.radio;

import java.time.Duration;

/**
 * An XBee network, and what befalls it.
 *
 * @param family               of all radios
 * @param ap                   the mode that the gateway's radio is in: 1 or 2; 0 for transparent, without frames
 * @param largestPayloadOctets what the command NP tells, above 0
 * @param air                  the channel
 * @param buffers              how many messages the gateway's radio has room for until it has told what became of them
 * @param failedStatuses       0 to 1, of messages to nodes that fail for a reason drawn by lot
 * @param lostStatuses         0 to 1, of messages to nodes whose fate the gateway is never told
 * @param polling              how often a node asks for its messages, because its radio sleeps; zero: it never sleeps
 * @param rejoining            the mean time after which a node joins again with another 16-bit address; zero for never
 * @param resetting            the mean time after which the gateway's radio starts again; zero for never
 * @param isAtAnotherRate      whether the radio has another rate than the gateway, so that either hears nonsense
 */
public record XBeeConditions(
        Family family,
        int ap,
        int largestPayloadOctets,
        AirConditions air,
        int buffers,
        double failedStatuses,
        double lostStatuses,
        Duration polling,
        Duration rejoining,
        Duration resetting,
        boolean isAtAnotherRate) {
    private static final int MOST_AP = 2;

    /** @throws IllegalArgumentException if a value is out of its range, with a message for the user */
    public XBeeConditions {
        if (ap < 0 || ap > MOST_AP) {
            throw new IllegalArgumentException("the API mode is 0, 1 or 2");
        }
        if (largestPayloadOctets <= 0 || buffers <= 0) {
            throw new IllegalArgumentException("a radio has room for something");
        }
    }
}
