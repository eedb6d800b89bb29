package io.causeway.simulator.truth;

/** Which way messages go. */
public enum Direction {
    /** From a sensor to the broker. */
    UP,
    /** From the broker to a sensor. */
    DOWN
}
