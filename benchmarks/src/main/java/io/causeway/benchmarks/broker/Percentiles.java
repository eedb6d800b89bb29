package io.causeway.benchmarks.broker;

/** Of latencies, in microseconds. */
record Percentiles(long p50Micros, long p99Micros) {
    static final double MEDIAN = 50;
    static final double HIGH = 99;
}
