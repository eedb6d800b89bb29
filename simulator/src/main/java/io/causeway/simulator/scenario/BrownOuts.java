package io.causeway.simulator.scenario;

import java.time.Duration;

/**
 * A sensor loses its power at random times (a Poisson process): it says nothing, and returns with an empty memory.
 *
 * @param every  the mean time from one return to the next loss
 * @param outage how long it is away
 */
public record BrownOuts(Duration every, Span<Duration> outage) {
    /** @throws IllegalArgumentException if a time is none */
    public BrownOuts {
        Require.positive(every, "the time between brown-outs");
        Require.positive(outage.least(), "an outage");
    }
}
