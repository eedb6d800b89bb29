package io.causeway.gateway.runtime;

import io.causeway.dialect.v12.IngressCount;
import io.causeway.gateway.admin.Metrics;
import io.causeway.routing.Router;
import io.causeway.session.Census;
import io.causeway.session.Count;
import java.util.Locale;
import java.util.Map;

/** What a gateway tells Prometheus. Everything that is counted anywhere has a metric here. */
final class GatewayMetrics {
    private GatewayMetrics() {}

    static void register(Metrics metrics, ShardLoops loops, Router router, Links links) {
        for (Count count : Count.values()) {
            metrics.counter(nameOf(count), count.help(), () -> loops.count(count));
        }
        for (IngressCount count : IngressCount.values()) {
            metrics.counter("ingress_" + nameOf(count), count.help(), () -> loops.count(count));
        }
        metrics.counter("routed_messages", "messages that had a subscriber here", router::routedMessages);
        metrics.counter(
                "dropped_overload",
                "messages at QoS 0 dropped: too much waits for the loop of their subscribers",
                router::overloadDrops);
        metrics.counter("unmatched_messages", "messages that nobody here had subscribed to", router::unmatchedMessages);
        metrics.gauge("sessions", "sessions of all kinds", loops::sessions);
        Recent<Census> census = new Recent<>(Census.EMPTY, loops::census);
        metrics.gauges("clients", "sessions by state of their client", "state", () -> byState(census.get()));
        metrics.gauge(
                "queued_messages",
                "messages that wait for clients",
                () -> census.get().queuedMessages());
        metrics.gauge(
                "wills_waiting",
                "wills that the upstream has not taken yet",
                () -> census.get().willsWaiting());
        LinkMetrics.register(metrics, links.transports());
    }

    private static Map<String, Double> byState(Census census) {
        return Map.of(
                "active", (double) census.active(),
                "asleep", (double) census.asleep(),
                "awake", (double) census.awake(),
                "disconnected", (double) census.disconnected());
    }

    private static String nameOf(Enum<?> count) {
        return count.name().toLowerCase(Locale.ROOT);
    }
}
