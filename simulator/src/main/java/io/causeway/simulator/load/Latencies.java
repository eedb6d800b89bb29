package io.causeway.simulator.load;

import org.HdrHistogram.Histogram;

/** A distribution of latencies, in microseconds up to a minute, three digits exact. */
final class Latencies {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long LONGEST_MICROS = 60_000_000;
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(LONGEST_MICROS, DIGITS);

    void record(long nanos) {
        histogram.recordValue(Math.min(LONGEST_MICROS, Math.max(0, nanos / NANOS_PER_MICRO)));
    }

    void clear() {
        histogram.reset();
    }

    Percentiles percentiles() {
        return new Percentiles(
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }
}
