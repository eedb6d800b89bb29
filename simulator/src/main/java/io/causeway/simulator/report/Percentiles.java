package io.causeway.simulator.report;

/**
 * Of latencies, in microseconds; all 0 if there were none.
 *
 * @param count how many there were
 */
public record Percentiles(long count, long p50Micros, long p90Micros, long p99Micros, long p999Micros, long maxMicros) {
    public static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0, 0);
}
