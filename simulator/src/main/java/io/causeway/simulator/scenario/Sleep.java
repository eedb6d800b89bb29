package io.causeway.simulator.scenario;

import java.time.Duration;

/**
 * A duty cycle (1.2 §6.14). The sensor wakes, fetches what the gateway has kept for it, publishes what is due, and sleeps
 * again.
 *
 * @param period 1 to 65,535 s from one wake-up to the next, which is what it announces too
 * @param jitter 0 to 0.2, the share of the period by which each wake-up may be earlier or later
 */
public record Sleep(Duration period, double jitter) {
    private static final long MAX_SECONDS = 65_535;
    /** A gateway waits for one and a half periods. */
    private static final double MAX_JITTER = 0.2;

    /** @throws IllegalArgumentException if a value is out of its range */
    public Sleep {
        Require.that(
                period.toNanosPart() == 0 && period.toSeconds() >= 1 && period.toSeconds() <= MAX_SECONDS,
                "the period is 1 to 65,535 whole seconds");
        Require.that(jitter >= 0 && jitter <= MAX_JITTER, "the jitter of wake-ups is 0 % to 20 %");
    }
}
