package io.causeway.gateway.runtime;

import io.causeway.gateway.admin.Metrics;
import io.causeway.radio.LinkCounters;
import io.causeway.radio.LinkState;
import io.causeway.radio.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What links tell Prometheus. */
final class LinkMetrics {
    private static final double DEGRADED = 0.5;

    private LinkMetrics() {}

    static void register(Metrics metrics, List<Transport> links) {
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
        RadioMetrics.register(metrics, links);
    }

    private static Map<String, Double> states(List<Transport> links) {
        Map<String, Double> states = new LinkedHashMap<>();
        links.forEach(link -> states.put(link.name(), valueOf(link.state())));
        return states;
    }

    private static double valueOf(LinkState state) {
        if (state instanceof LinkState.Up) {
            return 1;
        }
        return state instanceof LinkState.Degraded ? DEGRADED : 0;
    }

    private static void perLink(
            Metrics metrics, String name, String help, List<Transport> links, ToLongFunction<LinkCounters> value) {
        Supplier<Map<String, Long>> byLink = () -> {
            Map<String, Long> values = new LinkedHashMap<>();
            for (Transport link : links) {
                values.put(link.name(), value.applyAsLong(link.counters()));
            }
            return values;
        };
        metrics.counters("link_" + name, help, "link", byLink);
    }
}
