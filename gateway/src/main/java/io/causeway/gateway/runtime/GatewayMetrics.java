package io.causeway.gateway.runtime;

import io.causeway.dialect.v12.IngressCount;
import io.causeway.gateway.admin.Metrics;
import io.causeway.radio.LinkCounters;
import io.causeway.radio.LinkState;
import io.causeway.routing.Router;
import io.causeway.session.Census;
import io.causeway.session.Count;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What a gateway tells Prometheus. Everything that is counted anywhere has a metric here. */
final class GatewayMetrics {
    private static final double DEGRADED = 0.5;

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
        registerLinks(metrics, links);
    }

    private static void registerLinks(Metrics metrics, Links links) {
        metrics.gauges("link_up", "1: serves; 0.5: open, but degraded; 0: down", "link", () -> states(links));
        perLink(metrics, "received_datagrams", "datagrams received", links, LinkCounters::received);
        perLink(metrics, "received_octets", "octets received", links, LinkCounters::receivedOctets);
        perLink(metrics, "receive_failures", "errors of the system on receiving", links, LinkCounters::receiveFailures);
        perLink(metrics, "sent_datagrams", "datagrams sent", links, LinkCounters::sent);
        perLink(metrics, "sent_octets", "octets sent", links, LinkCounters::sentOctets);
        perLink(metrics, "send_failures", "datagrams that the system refused", links, LinkCounters::sendFailures);
        perLink(metrics, "send_overflows", "datagrams dropped: too many waiting", links, LinkCounters::sendOverflows);
        perLink(metrics, "oversized_datagrams", "datagrams dropped: too long", links, LinkCounters::oversized);
        perLink(metrics, "listener_errors", "datagrams that we failed on", links, LinkCounters::listenerErrors);
        perLink(
                metrics,
                "kernel_drops",
                "datagrams that arrived and were lost unread, mostly for want of receive buffer",
                links,
                counters -> Math.max(0, counters.kernelDrops()));
    }

    private static Map<String, Double> states(Links links) {
        Map<String, Double> states = new LinkedHashMap<>();
        for (Link link : links) {
            states.put(link.transport().name(), valueOf(link.transport().state()));
        }
        return states;
    }

    private static double valueOf(LinkState state) {
        if (state instanceof LinkState.Up) {
            return 1;
        }
        return state instanceof LinkState.Degraded ? DEGRADED : 0;
    }

    private static void perLink(
            Metrics metrics, String name, String help, Links links, ToLongFunction<LinkCounters> value) {
        Supplier<Map<String, Long>> byLink = () -> {
            Map<String, Long> values = new LinkedHashMap<>();
            for (Link link : links) {
                values.put(
                        link.transport().name(),
                        value.applyAsLong(link.transport().counters()));
            }
            return values;
        };
        metrics.counters("link_" + name, help, "link", byLink);
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
