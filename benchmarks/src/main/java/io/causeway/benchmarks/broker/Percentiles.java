package io.causeway.benchmarks.broker;

import org.HdrHistogram.Histogram;

/** Of latencies, in milliseconds; NaN if there were none. */
record Percentiles(double p50Millis, double p99Millis) {
    private static final double MEDIAN = 50;
    private static final double HIGH = 99;
    private static final double MICROS_PER_MILLI = 1_000;

    static Percentiles of(Histogram micros) {
        return new Percentiles(millis(micros, MEDIAN), millis(micros, HIGH));
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getTotalCount() == 0 ? Double.NaN : micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }
}
