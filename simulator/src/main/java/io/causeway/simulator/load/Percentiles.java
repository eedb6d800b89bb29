package io.causeway.simulator.load;

/** Of latencies, in microseconds; all 0 if there were none. */
public record Percentiles(long p50Micros, long p99Micros, long p999Micros, long maxMicros) {}
