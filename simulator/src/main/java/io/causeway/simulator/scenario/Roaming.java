package io.causeway.simulator.scenario;

import java.time.Duration;

/**
 * A sensor gets a new address at random times (a Poisson process), and notices it: it connects again.
 *
 * @param every the mean time from one to the next
 */
public record Roaming(Duration every) {
    /** @throws IllegalArgumentException if the time is none */
    public Roaming {
        Require.positive(every, "the time between changes of address");
    }
}
