package io.causeway.simulator.report;

/**
 * Of latencies, in microseconds; all 0 if there were none.
 *
 * @param count how many there were
 */
public record Percentiles(long count, long p50Micros, long p90Micros, long p99Micros, long p999Micros, long maxMicros) {
    public static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0, 0);

    /** The worse of both in each: an upper bound, because the percentiles of two spans do not add up to those of both. */
    Percentiles worse(Percentiles other) {
        return new Percentiles(
                count + other.count,
                Math.max(p50Micros, other.p50Micros),
                Math.max(p90Micros, other.p90Micros),
                Math.max(p99Micros, other.p99Micros),
                Math.max(p999Micros, other.p999Micros),
                Math.max(maxMicros, other.maxMicros));
    }
}
