package io.causeway.broker.session;

import io.causeway.access.Authorizer;
import io.causeway.access.Identity;
import io.causeway.session.ClientEvent;
import io.causeway.session.ClientEvent.Kind;
import io.causeway.store.SessionStore;
import io.causeway.testkit.VirtualTime;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A broker without sockets, threads or waiting: what loops would do is done when told, in a fixed order. Not
 * thread-safe.
 */
final class VirtualBroker {
    final VirtualTime time = new VirtualTime();
    final Broker broker;
    final List<ClientEvent> connects = new ArrayList<>();
    final List<ClientEvent> disconnects = new ArrayList<>();
    private final List<MqttShard> shards = new ArrayList<>();
    private final Deque<LongConsumer> posted = new ArrayDeque<>();
    private boolean holding;
    private int assigned;

    VirtualBroker() {
        this(BrokerSettings.DEFAULTS, 1);
    }

    VirtualBroker(BrokerSettings settings, int loops) {
        this(settings, loops, Authorizer.OPEN);
    }

    VirtualBroker(BrokerSettings settings, int loops, Authorizer authorizer) {
        broker = new Broker(settings, authorizer, this::record, SessionStore.NONE, time.nowNanos());
        for (int i = 0; i < loops; i++) {
            shards.add(new MqttShard(broker, posted::add, time.nowNanos()));
        }
    }

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
        while (!holding && !posted.isEmpty()) {
            posted.poll().accept(time.nowNanos());
        }
    }

    /** One task of a loop, if any waits, whether held or not. */
    boolean step() {
        LongConsumer first = posted.poll();
        if (first == null) {
            return false;
        }
        first.accept(time.nowNanos());
        return true;
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
