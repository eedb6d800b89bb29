package io.causeway.gateway.runtime;

import io.causeway.gateway.admin.Metrics;
import io.causeway.radio.LinkCounters;
import io.causeway.radio.LinkState;
import io.causeway.radio.Transport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What links tell Prometheus. */
final class LinkMetrics {
    private static final double DEGRADED = 0.5;

    private final Metrics metrics;
    /** Each link is read once in a scrape: the system is asked for some of it, and may have much to tell. */
    private final Recent<Map<String, LinkCounters>> counters;

    private LinkMetrics(Metrics metrics, List<Transport> links) {
        this.metrics = metrics;
        this.counters = new Recent<>(Map.of(), () -> counters(links));
    }

    static void register(Metrics metrics, List<Transport> links) {
        new LinkMetrics(metrics, links).register();
        metrics.gauges("link_up", "1: serves; 0.5: open, but degraded; 0: down", "link", () -> states(links));
        RadioMetrics.register(metrics, links);
    }

    private void register() {
        perLink("received_datagrams", "datagrams received", LinkCounters::received);
        perLink("received_octets", "octets received", LinkCounters::receivedOctets);
        perLink("receive_failures", "errors of the system on receiving", LinkCounters::receiveFailures);
        perLink("sent_datagrams", "datagrams sent", LinkCounters::sent);
        perLink("sent_octets", "octets sent", LinkCounters::sentOctets);
        perLink("send_failures", "datagrams that the system refused", LinkCounters::sendFailures);
        perLink("send_overflows", "datagrams dropped: too many waiting", LinkCounters::sendOverflows);
        perLink("oversized_datagrams", "datagrams dropped: too long", LinkCounters::oversized);
        perLink("listener_errors", "datagrams that we failed on", LinkCounters::listenerErrors);
        perLink(
                "kernel_drops",
                "datagrams that arrived and were lost unread, mostly for want of receive buffer",
                each -> Math.max(0, each.kernelDrops()));
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

    private static Map<String, LinkCounters> counters(List<Transport> links) {
        Map<String, LinkCounters> counters = new LinkedHashMap<>();
        links.forEach(link -> counters.put(link.name(), link.counters()));
        return counters;
    }

    private void perLink(String name, String help, ToLongFunction<LinkCounters> value) {
        metrics.counters("link_" + name, help, "link", () -> {
            Map<String, Long> values = new LinkedHashMap<>();
            counters.get().forEach((link, each) -> values.put(link, value.applyAsLong(each)));
            return values;
        });
    }
}
