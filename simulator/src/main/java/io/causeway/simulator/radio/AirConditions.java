package io.causeway.simulator.radio;

import java.time.Duration;

/**
 * The channel that all nodes share.
 *
 * @param bitsPerSecond what it carries, above 0
 * @param latency       the mean time that a packet takes besides
 * @param loss          0 to 1, of packets in each direction, whatever the radios repeat
 * @param duplication   0 to 1, of the packets from a node
 */
public record AirConditions(int bitsPerSecond, Duration latency, double loss, double duplication) {
    /** @throws IllegalArgumentException if a value is out of its range */
    public AirConditions {
        if (bitsPerSecond <= 0) {
            throw new IllegalArgumentException("the rate of the air is above 0");
        }
    }
}
