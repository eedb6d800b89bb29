package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.Router;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredArrival;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.SubscribeCallback;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All clients on one MQTT connection to a broker, or on a pool of them. Safe for many threads, and none of the calls
 * that an {@link Upstream} promises not to block does: each connection has a worker thread behind bounded queues.
 *
 * <p>What a client publishes goes over the connection that its client id falls to, so its messages keep their order.
 * Subscriptions live on the first connection. While the broker is away everything is refused with congestion, unless there
 * is a journal: then messages go there, subscriptions stand from the beginning, and the broker hears of all when it is back.
 *
 * <p>Down, messages come at least once. Where filters overlap and none covers the other ({@code a/+} and {@code +/b}), a
 * broker may send a message for each of them (MQTT 3.1.1 §3.3.5), also at QoS 2, and nothing in it says so: every one of
 * them goes to all whose filters match. To take equal messages for copies would lose what a sensor really sent twice.
 */
public final class AggregatingUpstream implements Upstream {
    private static final Duration CLOSING_ALLOWANCE = Duration.ofSeconds(1);

    private final AggregatingSettings settings;
    private final SessionStore store;
    private final boolean journaling;
    private final List<BrokerLink> links = new ArrayList<>();
    private final Map<String, BrokerLink> byName = new HashMap<>();
    private final List<Thread> workers = new ArrayList<>();

    /**
     * @param router   where messages of the broker go
     * @param counters told what happens; may be shared with nobody else
     * @param random   for the pauses between attempts to connect
     * @param store    keeps over a restart what waits for the broker, and where the handshakes of QoS 2 stand
     * @param journal  how much may wait there; null: nothing does
     * @throws IllegalArgumentException if there is to be a journal and the store keeps nothing, or if a file named in the
     *                                  TLS settings cannot be used; the message says which and why
     */
    public AggregatingUpstream(
            AggregatingSettings settings,
            Router router,
            UpstreamCounters counters,
            RandomGenerator random,
            SessionStore store,
            @Nullable JournalSettings journal) {
        this.settings = settings;
        this.store = store;
        this.journaling = journal != null;
        BrokerAddress broker = BrokerAddress.of(settings.broker());
        BrokerSockets sockets = new BrokerSockets(settings);
        for (int i = 0; i < settings.connections(); i++) {
            String clientId = settings.clientIdOf(i);
            LinkStore place = new LinkStore(clientId, store, journal);
            BrokerLink link = new BrokerLink(
                    "Broker " + broker + " as '" + clientId + "'",
                    settings,
                    place,
                    router,
                    counters,
                    new SplittableRandom(random.nextLong()),
                    System::nanoTime,
                    listener -> new PahoConnection(clientId, settings, place, sockets, listener));
            byName.put(clientId, link);
            links.add(link);
            Thread worker = new Thread(link::run, "broker-" + clientId);
            worker.setDaemon(true);
            workers.add(worker);
        }
    }

    /**
     * Takes up a QoS 2 message that an earlier life has not completed. Before {@link #start}.
     *
     * @return false if none of these connections has brought it
     */
    public boolean restore(StoredArrival arrival) {
        BrokerLink link = byName.get(arrival.link());
        if (link != null) {
            link.restore(arrival);
        }
        return link != null;
    }

    /**
     * Begins to connect and returns at once; a broker that is not there yet is waited for. To be called once. Blocks only
     * if there were other connections in an earlier life, until what waited for them is moved.
     *
     * @throws RehomingException if that cannot be done now
     */
    public void start() {
        if (journaling) {
            Rehoming rehoming =
                    new Rehoming(store, publisher -> settings.clientIdOf(homeOf(publisher)), Rehoming.PATIENCE);
            settings.formerClientIds().forEach(rehoming::moveFrom);
        }
        workers.forEach(Thread::start);
    }

    @Override
    public void publish(String publisher, ApplicationMessage message, PublishCallback callback) {
        links.get(homeOf(publisher)).publish(publisher, message, callback);
    }

    private int homeOf(String publisher) {
        return Math.floorMod(publisher.hashCode(), links.size());
    }

    @Override
    public void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback) {
        links.get(0).subscribe(subscriber, filter, qos, callback);
    }

    @Override
    public void resume(Subscriber subscriber, TopicFilter filter, Qos qos) {
        links.get(0).resume(subscriber, filter, qos);
    }

    @Override
    public void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done) {
        links.get(0).unsubscribe(subscriber, filter, done);
    }

    @Override
    public boolean isAvailable() {
        return links.stream().allMatch(BrokerLink::isAvailable);
    }

    /** Whether all connections stand. */
    public boolean isConnected() {
        return links.stream().allMatch(BrokerLink::isConnected);
    }

    /** How long the oldest message has been in the journal; zero if it is empty. */
    public Duration oldestJournaled() {
        return links.stream()
                .map(BrokerLink::oldestJournaled)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Why connections are missing, or what is wrong with them, each cause in words; nothing if all is well. */
    public List<String> troubles() {
        return links.stream()
                .map(BrokerLink::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .distinct()
                .toList();
    }

    @Override
    public void close(Duration drain) {
        links.forEach(link -> link.close(drain));
        long deadlineNanos = System.nanoTime() + drain.plus(CLOSING_ALLOWANCE).toNanos();
        for (Thread worker : workers) {
            try {
                worker.join(Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
