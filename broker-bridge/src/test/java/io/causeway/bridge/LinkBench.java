package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Router;
import io.causeway.routing.TopicFilter;
import io.causeway.store.SessionStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One link on a connection on paper, in virtual time and on the test's own thread. */
final class LinkBench {
    static final String LINK = "gateway";
    static final String PUBLISHER = "sensor";

    /** Longest pause between attempts to connect. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** The clock is about to wrap around. */
    private long nowNanos = Long.MAX_VALUE - 5;

    final Router router = new Router();
    final UpstreamCounters counters = new UpstreamCounters();
    final BrokerLink link;
    RecordingConnection connection;

    LinkBench(AggregatingSettings settings) {
        this(settings, SessionStore.NONE, null);
    }

    LinkBench(AggregatingSettings settings, SessionStore store, @Nullable JournalSettings journal) {
        List<RecordingConnection> made = new ArrayList<>();
        link = new BrokerLink(
                "test",
                settings,
                new LinkStore(LINK, store, journal),
                router,
                counters,
                new SplittableRandom(1),
                () -> nowNanos,
                listener -> {
                    made.add(new RecordingConnection(listener));
                    return made.get(0);
                });
        connection = made.get(0);
    }

    static AggregatingSettings settings() {
        return AggregatingSettings.of(URI.create("mqtt://broker"), "gateway")
                .withTimings(UpstreamTimings.DEFAULTS.withReconnect(PAUSE, PAUSE));
    }

    /** A link that is up and over which messages have gone, with nothing left to see of it. */
    static LinkBench connected(AggregatingSettings settings) {
        return connected(settings, SessionStore.NONE, null);
    }

    static LinkBench connected(AggregatingSettings settings, SessionStore store, @Nullable JournalSettings journal) {
        LinkBench bench = new LinkBench(settings, store, journal);
        bench.link.turn();
        bench.connection.accept(false);
        bench.turn();
        bench.publish("first", "", Qos.AT_LEAST_ONCE);
        bench.turn();
        bench.turn(); // through the journal, where everything goes there
        bench.connection.acknowledgeFirst();
        bench.connection.takeCalls();
        return bench;
    }

    long nowNanos() {
        return nowNanos;
    }

    Outcome publish(String topic, String payload, Qos qos) {
        Outcome outcome = new Outcome();
        link.publish(PUBLISHER, new ApplicationMessage(topic, Octets.utf8(payload), qos, false), outcome);
        return outcome;
    }

    Outcome subscribe(TestSubscriber subscriber, String filter, Qos qos) {
        Outcome outcome = new Outcome();
        link.subscribe(subscriber, new TopicFilter(filter), qos, outcome);
        link.turn();
        return outcome;
    }

    Outcome unsubscribe(TestSubscriber subscriber, String filter) {
        Outcome outcome = new Outcome();
        link.unsubscribe(subscriber, new TopicFilter(filter), outcome);
        link.turn();
        return outcome;
    }

    /** A turn later; returns what it asked of the connection. */
    List<String> turnAfter(Duration time) {
        nowNanos += time.toNanos();
        link.turn();
        return connection.takeCalls();
    }

    List<String> turn() {
        return turnAfter(Duration.ZERO);
    }

    /** The broker ends the connection; the pause passes; the next attempt is made. Returns what that was. */
    List<String> cutAndRetry() {
        connection.lose("the broker closed the connection", true);
        turn();
        return turnAfter(PAUSE);
    }

    /** Lets time pass until the next attempt to connect; returns how much. */
    Duration turnUntilConnecting() {
        Duration step = Duration.ofMillis(10);
        Duration waited = Duration.ZERO;
        while (turnAfter(step).stream().noneMatch(call -> call.startsWith("connect "))) {
            waited = waited.plus(step);
        }
        return waited;
    }
}
