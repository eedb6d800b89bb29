package io.causeway.simulator.report;

/** What a simulated sensor is about, as it knows itself. */
public enum SensorState {
    /** Not there yet, or gone in order. */
    OFF,
    CONNECTING,
    ACTIVE,
    ASLEEP,
    AWAKE,
    /** Without a connection, and waiting before it tries again. */
    DISCONNECTED,
    /** Without power. */
    DARK,
    /** Publishing without a connection. */
    BEACON
}
