package io.causeway.gateway.admin;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The metrics of one gateway. A metric is a supplier, called by the thread that answers a scrape: it must be quick and
 * safe to call from any thread. Names get the prefix {@code causeway_}, counters the suffix {@code _total}. Metrics may
 * be added at any time, from any thread.
 */
public final class Metrics {
    private static final String PREFIX = "causeway_";

    private final PrometheusRegistry registry = new PrometheusRegistry();

    /** The metrics of the process and its Java runtime, and none of the gateway yet. */
    public Metrics() {
        ProcessMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmBufferPoolMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
    }

    /**
     * Adds a value that only grows.
     *
     * @throws IllegalArgumentException if the name is taken or no name for a metric
     */
    public void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .callback(sample -> sample.call((double) value.getAsLong()))
                .register(registry);
    }

    /**
     * Adds values that only grow, one for each value of a label. No value of the label may ever go away.
     *
     * @param label name of the label
     * @param values by value of the label
     * @throws IllegalArgumentException if the name is taken or no name for a metric
     */
    public void counters(String name, String help, String label, Supplier<Map<String, Long>> values) {
        CounterWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .labelNames(label)
                .callback(sample -> values.get().forEach((key, value) -> sample.call(value, key)))
                .register(registry);
    }

    /**
     * Adds a value that goes up and down.
     *
     * @throws IllegalArgumentException if the name is taken or no name for a metric
     */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .callback(sample -> sample.call(value.getAsDouble()))
                .register(registry);
    }

    /**
     * Adds values that go up and down, one for each value of a label.
     *
     * @param label name of the label
     * @param values by value of the label
     * @throws IllegalArgumentException if the name is taken or no name for a metric
     */
    public void gauges(String name, String help, String label, Supplier<Map<String, Double>> values) {
        GaugeWithCallback.builder()
                .name(PREFIX + name)
                .help(help)
                .labelNames(label)
                .callback(sample -> values.get().forEach((key, value) -> sample.call(value, key)))
                .register(registry);
    }

    PrometheusRegistry registry() {
        return registry;
    }
}
