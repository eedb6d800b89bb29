package io.causeway.simulator.scenario;

import java.time.Duration;

/**
 * The course of a run.
 *
 * @param rampUp   over which the sensors appear, evenly; zero: all at once
 * @param steady   with all of them; more than zero
 * @param rampDown over which they say goodbye, evenly; zero: all at once
 * @param drain    the longest wait, before the goodbyes, for what is still under way
 * @param isQuiet  whether nobody publishes during the ramp-up, which then lasts until all are connected, a few at a time; not
 *                 with beacons, which never are
 */
public record Phases(Duration rampUp, Duration steady, Duration rampDown, Duration drain, boolean isQuiet) {
    /** @throws IllegalArgumentException if a length of time is negative, or nothing is steady */
    public Phases {
        Require.notNegative(rampUp, "ramp-up");
        Require.positive(steady, "steady");
        Require.notNegative(rampDown, "ramp-down");
        Require.notNegative(drain, "drain");
    }

    /** With a ramp-up that is not quiet. */
    public Phases(Duration rampUp, Duration steady, Duration rampDown, Duration drain) {
        this(rampUp, steady, rampDown, drain, false);
    }
}
