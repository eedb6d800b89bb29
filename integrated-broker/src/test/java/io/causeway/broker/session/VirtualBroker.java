package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.session.ClientEvent;
import io.causeway.session.ClientEvent.Kind;
import io.causeway.store.Contents;
import io.causeway.store.KeptSession;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredWill;
import io.causeway.testkit.VirtualTime;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongConsumer;

/**
 * A broker without sockets, threads or waiting: what loops would do is done when told, in a fixed order. Not
 * thread-safe.
 */
final class VirtualBroker {
    final VirtualTime time = new VirtualTime();
    final List<ClientEvent> connects = new ArrayList<>();
    final List<ClientEvent> disconnects = new ArrayList<>();
    private final BrokerSettings settings;
    private final Authorizer authorizer;
    private final int loops;
    private final List<MqttShard> shards = new ArrayList<>();
    private SessionStore store;
    /** Another one after each restart. */
    Broker broker;

    private List<Task> posted = new ArrayList<>();
    private boolean holding;
    private int assigned;

    private record Task(int loop, LongConsumer work) {}

    VirtualBroker() {
        this(BrokerSettings.DEFAULTS, 1);
    }

    VirtualBroker(BrokerSettings settings, int loops) {
        this(settings, loops, Authorizer.OPEN);
    }

    VirtualBroker(BrokerSettings settings, int loops, Authorizer authorizer) {
        this(settings, loops, authorizer, SessionStore.NONE);
    }

    private VirtualBroker(BrokerSettings settings, int loops, Authorizer authorizer, SessionStore store) {
        this.settings = settings;
        this.loops = loops;
        this.authorizer = authorizer;
        this.store = store;
        this.broker = begin();
    }

    /** One that keeps what must survive a restart. */
    static VirtualBroker durable(BrokerSettings settings, int loops) {
        return new VirtualBroker(settings, loops, Authorizer.OPEN, new MemorySessionStore());
    }

    static VirtualBroker durable(Authorizer authorizer) {
        return new VirtualBroker(BrokerSettings.DEFAULTS, 1, authorizer, new MemorySessionStore());
    }

    static VirtualBroker durable() {
        return durable(BrokerSettings.DEFAULTS, 1);
    }

    private Broker begin() {
        Broker beginning = new Broker(settings, authorizer, this::record, store, time.nowNanos());
        List<Task> tasks = new ArrayList<>(); // what the former life still does is of no effect
        posted = tasks;
        shards.clear();
        for (int i = 0; i < loops; i++) {
            int loop = i;
            shards.add(new MqttShard(beginning, work -> tasks.add(new Task(loop, work)), time.nowNanos()));
        }
        return beginning;
    }

    // ---- over a restart ------------------------------------------------------------------------------------------

    /** Of a durable broker. */
    MemorySessionStore store() {
        return (MemorySessionStore) store;
    }

    /** The power fails: what is not durable is lost, and clients notice when they next try. */
    void crash() {
        store = store().crash();
        broker = begin();
        Kept kept = kept();
        kept.retained.forEach(broker::restore);
        kept.sessions.forEach(each -> shardOf(each.values().clientId()).restore(each, time.nowNanos()));
        kept.wills.forEach(each -> shardOf(each.clientId()).restore(each));
        settle();
    }

    /** What the store has now. */
    Kept kept() {
        Kept kept = new Kept();
        store.load(kept);
        return kept;
    }

    static final class Kept implements Contents {
        final List<KeptSession> sessions = new ArrayList<>();
        private final List<ApplicationMessage> retained = new ArrayList<>();
        private final List<StoredWill> wills = new ArrayList<>();

        @Override
        public void onSession(KeptSession session) {
            sessions.add(session);
        }

        @Override
        public void onRetained(ApplicationMessage message) {
            retained.add(message);
        }

        @Override
        public void onWill(StoredWill will) {
            wills.add(will);
        }

        @Override
        public void onArrival(StoredArrival arrival) {
            throw new IllegalStateException("there is no broker elsewhere: " + arrival);
        }
    }

    /** As it should be: everything that was done is durable. */
    void restart() {
        shards.forEach(each -> each.shutDown(time.nowNanos()));
        while (step()) {
            // all that loops have to do
        }
        store().commit(Integer.MAX_VALUE);
        crash();
    }

    /** All that waits becomes durable, and what follows from that is done. */
    void commit() {
        while (store().waiting() > 0) {
            store().commit(Integer.MAX_VALUE);
            settle();
        }
    }

    // ---- clients -------------------------------------------------------------------------------------------------

    MqttShard shardOf(String clientId) {
        return shards.get(Math.floorMod(clientId.hashCode(), shards.size()));
    }

    MqttShard shard() {
        return shards.get(0);
    }

    TestClient client(String clientId, TestClient.Version version) {
        return new TestClient(this, clientId, version);
    }

    TestClient client(String clientId) {
        return client(clientId, TestClient.Version.V5);
    }

    /** A client that has connected, with its CONNACK behind it. */
    TestClient connected(String clientId) {
        TestClient client = client(clientId);
        client.connect();
        client.received();
        return client;
    }

    Optional<MqttConnection> accept(MqttConnectMessage connect, ConnectionPort port) {
        String clientId = connect.payload().clientIdentifier();
        String named = clientId.isEmpty() ? "assigned-" + ++assigned : clientId;
        Identity identity = new Identity(
                named,
                connect.variableHeader().hasUserName() ? connect.payload().userName() : "");
        return shardOf(named).connect(connect, identity, port, time.nowNanos());
    }

    /** What loops would do from now on waits. */
    void hold() {
        holding = true;
    }

    void letGo() {
        holding = false;
        settle();
    }

    void settle() {
        while (!holding && step()) {
            // one after the other
        }
    }

    /** One task of a loop, if any waits, whether held or not. */
    boolean step() {
        if (posted.isEmpty()) {
            return false;
        }
        posted.remove(0).work().accept(time.nowNanos());
        return true;
    }

    /** One task of any loop, if any waits, whether held or not. */
    void step(Random random) {
        if (!posted.isEmpty()) {
            stepOf(posted.get(random.nextInt(posted.size())).loop());
        }
    }

    /** One task of the loop that owns the client, if any waits, whether held or not. */
    boolean step(String clientId) {
        return stepOf(shards.indexOf(shardOf(clientId)));
    }

    private boolean stepOf(int loop) {
        for (Task each : posted) {
            if (each.loop() == loop) {
                posted.remove(each);
                each.work().accept(time.nowNanos());
                return true;
            }
        }
        return false;
    }

    /** Time passes, and with it what timers do. */
    void pass(Duration duration) {
        long endNanos = time.nowNanos() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = endNanos - time.nowNanos()) {
            long next = left;
            for (MqttShard shard : shards) {
                next = Math.min(next, Math.max(1, shard.nanosToNextTimer(time.nowNanos())));
            }
            time.advance(Duration.ofNanos(next));
            shards.forEach(each -> each.advance(time.nowNanos()));
            settle();
        }
    }

    long count(BrokerCount count) {
        return broker.counters().get(count);
    }

    BrokerCensus census() {
        return shards.stream().map(MqttShard::census).reduce(BrokerCensus.EMPTY, BrokerCensus::plus);
    }

    private void record(ClientEvent event) {
        (event.kind() == Kind.CONNECTED ? connects : disconnects).add(event);
    }
}
