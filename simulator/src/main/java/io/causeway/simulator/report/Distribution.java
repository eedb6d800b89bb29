package io.causeway.simulator.report;

import java.util.List;

/**
 * How latencies are distributed, finer than {@link Percentiles}.
 *
 * @param percentiles the usual ones
 * @param steps       by rising percentile, closer to each other the nearer they are to 100; empty if there were no
 *                    latencies
 */
public record Distribution(Percentiles percentiles, List<Step> steps) {
    public static final Distribution NONE = new Distribution(Percentiles.NONE, List.of());

    public Distribution {
        steps = List.copyOf(steps);
    }

    /**
     * A share of all latencies is this or less.
     *
     * @param percentile 0 to 100
     */
    public record Step(double percentile, long micros) {}
}
