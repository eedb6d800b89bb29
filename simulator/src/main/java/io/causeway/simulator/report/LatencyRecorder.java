package io.causeway.simulator.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Latencies of any number in little memory: in microseconds up to a day, three digits exact. Owned by one thread. */
public final class LatencyRecorder {
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long LONGEST_MICROS = 86_400_000_000L;
    private static final int DIGITS = 3;

    /** Of a distribution, in each half of what is left to 100 %. */
    private static final int STEPS_PER_HALF = 4;

    private final Histogram histogram = new Histogram(LONGEST_MICROS, DIGITS);

    /** One that is negative counts as 0, one of more than a day as a day. */
    public void record(long nanos) {
        histogram.recordValue(Math.min(LONGEST_MICROS, Math.max(0, nanos / NANOS_PER_MICRO)));
    }

    /** Records what the other one has, too. */
    public void addAll(LatencyRecorder other) {
        histogram.add(other.histogram);
    }

    /** Forgets everything. */
    public void reset() {
        histogram.reset();
    }

    public Percentiles percentiles() {
        return new Percentiles(
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }

    /** For a report: some dozens of steps. */
    public Distribution distribution() {
        List<Distribution.Step> steps = new ArrayList<>();
        if (histogram.getTotalCount() > 0) {
            histogram
                    .percentiles(STEPS_PER_HALF)
                    .forEach(value -> steps.add(
                            new Distribution.Step(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo())));
        }
        return new Distribution(percentiles(), steps);
    }
}
