package io.causeway.gateway.runtime;

import io.causeway.bridge.AggregatingUpstream;
import io.causeway.bridge.BridgeSettings;
import io.causeway.bridge.UpstreamCounters;
import io.causeway.bridge.rules.Bridge;
import io.causeway.bridge.rules.BridgeCounters;
import io.causeway.bridge.rules.Echoes;
import io.causeway.broker.session.Broker;
import io.causeway.gateway.admin.Metrics;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.BridgeConfig;
import io.causeway.routing.Router;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredArrival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** A bridge from the broker in this process, and its connection to the broker elsewhere. */
record SiteBridge(
        String name,
        String address,
        Bridge bridge,
        AggregatingUpstream remote,
        UpstreamCounters connection,
        BridgeCounters counters) {

    /** @throws StartException if a file that the settings name cannot be used */
    static SiteBridge of(BridgeConfig config, Broker here, SessionStore store) throws StartException {
        Router arrivals = new Router();
        UpstreamCounters connection = new UpstreamCounters();
        BridgeCounters counters = new BridgeCounters();
        Echoes echoes = new Echoes(config.name(), config.rules(), System::nanoTime);
        AggregatingUpstream remote = BrokerUpstream.connection(
                "bridge '" + config.name() + "'",
                config.connection(),
                new BridgeSettings(config.announce(), echoes),
                arrivals,
                connection,
                store);
        Bridge bridge = new Bridge(
                "bridge:" + config.name(),
                config.rules(),
                remote,
                echoes,
                here.router(),
                here.retained(),
                here.keepingUpstream(),
                counters);
        return new SiteBridge(
                config.name(), config.connection().broker().toString(), bridge, remote, connection, counters);
    }

    boolean restore(StoredArrival arrival) {
        return remote.restore(arrival);
    }

    /** From now on nothing that is published here passes by it. */
    void attach() {
        bridge.start();
    }

    void connect() {
        remote.start();
    }

    /** To be called now and then. */
    void review() {
        if (remote.isConnected() && connection.journalMessages() == 0) {
            bridge.offerRetained();
        }
    }

    /** From now on what cannot cross any more is left to its publisher, who repeats it after the restart. */
    void stop() {
        bridge.stop();
    }

    void close(Duration drain) {
        remote.close(drain);
    }

    String endpoint() {
        return "bridge " + name + ": " + address;
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (String trouble : remote.troubles()) {
            notes.add("bridge " + name + " to " + address + ": " + trouble);
        }
        if (connection.journalMessages() > 0) {
            notes.add("the journal of bridge " + name + " holds " + connection.journalMessages()
                    + " messages, the oldest for " + remote.oldestJournaled().toSeconds() + " s");
        }
        return notes;
    }

    static void registerMetrics(Metrics metrics, List<SiteBridge> bridges) {
        if (bridges.isEmpty()) {
            return;
        }
        count(
                metrics,
                bridges,
                "out",
                "messages that have crossed, or wait in the journal",
                each -> each.counters.out());
        count(metrics, bridges, "in", "messages brought in", each -> each.counters.in());
        count(metrics, bridges, "dropped_out", "messages that could not cross", each -> each.counters.droppedOut());
        count(metrics, bridges, "dropped_in", "messages that no rule brings in", each -> each.counters.droppedIn());
        count(metrics, bridges, "echoes", "messages that came back and were dropped", each -> each.counters.echoes());
        count(
                metrics,
                bridges,
                "connects",
                "connections that the broker there accepted",
                each -> each.connection.connects());
        count(metrics, bridges, "losses", "connections that broke", each -> each.connection.losses());
        count(
                metrics,
                bridges,
                "journal_dropped",
                "messages of the journal that never crossed",
                each -> each.connection.droppedByBound()
                        + each.connection.droppedByAge()
                        + each.connection.droppedUnsendable()
                        + each.connection.droppedUnreadable());
        measure(
                metrics,
                bridges,
                "connected",
                "1 while the connection stands",
                each -> each.remote.isConnected() ? 1L : 0L);
        measure(
                metrics,
                bridges,
                "journal_messages",
                "messages in the journal",
                each -> each.connection.journalMessages());
        measure(metrics, bridges, "journal_octets", "octets in them", each -> each.connection.journalOctets());
        measure(
                metrics,
                bridges,
                "journal_oldest_seconds",
                "how long the oldest has been there",
                each -> each.remote.oldestJournaled().toSeconds());
    }

    private static void count(
            Metrics metrics, List<SiteBridge> bridges, String what, String help, Function<SiteBridge, Long> value) {
        metrics.counters("bridge_" + what, help, "bridge", byName(bridges, value));
    }

    private static void measure(
            Metrics metrics, List<SiteBridge> bridges, String what, String help, Function<SiteBridge, Long> value) {
        metrics.gauges("bridge_" + what, help, "bridge", byName(bridges, value.andThen(Long::doubleValue)));
    }

    private static <T> Supplier<Map<String, T>> byName(List<SiteBridge> bridges, Function<SiteBridge, T> value) {
        return () -> {
            Map<String, T> values = new LinkedHashMap<>();
            bridges.forEach(each -> values.put(each.name, value.apply(each)));
            return values;
        };
    }
}
