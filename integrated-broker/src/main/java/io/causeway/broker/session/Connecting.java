package io.causeway.broker.session;

import io.causeway.access.Identity;
import io.causeway.session.Takeover;
import io.causeway.store.ChangeLog;
import io.causeway.store.LeftInStore;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import java.util.Optional;

/**
 * From CONNECT to CONNACK: lets a client in, to the session that it has or to a new one, or refuses it (MQTT 5 §3.1.4). Owned
 * by the loop of its {@link MqttShard}.
 */
final class Connecting {
    private final MqttShard shard;
    private final Broker broker;
    private final ChangeLog changes;
    private final LeftInStore leftInStore;
    private Takeover takeover = Takeover.NONE;

    Connecting(MqttShard shard, LeftInStore leftInStore) {
        this.shard = shard;
        this.broker = shard.broker();
        this.changes = shard.changes();
        this.leftInStore = leftInStore;
    }

    void useTakeover(Takeover newTakeover) {
        takeover = newTakeover;
    }

    /** See {@link MqttShard#connect}. */
    Optional<MqttConnection> connect(
            MqttConnectMessage connect, Identity identity, ConnectionPort port, long nowNanos) {
        Optional<ConnectRefusal> refusal = ConnectRefusal.of(connect);
        if (refusal.isPresent()) {
            refuse(connect, refusal.get(), identity, port, nowNanos);
            return Optional.empty();
        }
        ConnectRequest request = ConnectRequest.of(connect, nowNanos);
        ConnAck connAck = ConnAck.of(request, identity.clientId(), broker.settings());
        refusal = refusalOf(request, connAck, identity);
        if (refusal.isPresent()) {
            refuse(connect, refusal.get(), identity, port, nowNanos);
            return Optional.empty();
        }
        return Optional.of(open(request, connAck, identity, port, nowNanos));
    }

    /** See {@link MqttShard#yieldTo}. */
    boolean yieldTo(String clientId, long nowNanos) {
        MqttSession session = shard.session(clientId);
        boolean wasLeft = leftInStore.remove(clientId);
        if (session == null && !wasLeft) {
            return false;
        }
        if (session != null) {
            disconnectOld(session, nowNanos);
            session.end(nowNanos);
        }
        changes.submit(); // before what the session in its place has to be kept
        shard.flushAll(nowNanos);
        return true;
    }

    private Optional<ConnectRefusal> refusalOf(ConnectRequest request, ConnAck connAck, Identity identity) {
        if (connAck.octets() > request.maxPacketOctets()) {
            return Optional.of(ConnectRefusal.PACKET_BOUND_TOO_LOW); // [MQTT-3.1.2-24]
        }
        ConnectRequest.Will will = request.will();
        if (will != null && !broker.mayPublish(identity, will.message().topic())) {
            return Optional.of(ConnectRefusal.WILL_NOT_AUTHORIZED);
        }
        if (isToBeKept(request, connAck, identity) && !shard.commits().isTaking()) {
            return Optional.of(ConnectRefusal.NOTHING_CAN_BE_KEPT);
        }
        if (shard.session(identity.clientId()) == null && !broker.tryAddSession()) {
            return Optional.of(ConnectRefusal.TOO_MANY_SESSIONS);
        }
        return Optional.empty();
    }

    /** Whether the answer would have to wait until something is durable. */
    private boolean isToBeKept(ConnectRequest request, ConnAck connAck, Identity identity) {
        MqttSession former = shard.session(identity.clientId());
        boolean forgets = former != null && !former.record().isEmpty();
        return forgets
                || leftInStore.contains(identity.clientId())
                || connAck.expirySeconds() > 0
                || request.will() != null;
    }

    private void refuse(
            MqttConnectMessage connect, ConnectRefusal refusal, Identity identity, ConnectionPort port, long nowNanos) {
        broker.counters().add(refusal.count());
        shard.refusals().warning(nowNanos, "connection refused", identity.clientId(), port.address(), refusal.cause());
        refusal.answerTo(connect).ifPresent(port::send);
        port.close();
    }

    private MqttConnection open(
            ConnectRequest request, ConnAck connAck, Identity identity, ConnectionPort port, long nowNanos) {
        boolean takesOver = takeover.yieldTo(identity.clientId(), nowNanos);
        MqttSession former = shard.session(identity.clientId());
        if (former != null) {
            disconnectOld(former, nowNanos); // [MQTT-3.1.4-3]
        }
        boolean present = former != null && former.survives(identity, request.cleanStart(), nowNanos);
        if (former != null && !present) {
            broker.addSession(); // in its place
        }
        MqttSession session = former != null && present ? former : new MqttSession(identity, shard);
        shard.add(session);
        MqttConnection connection = new MqttConnection(session, shard, port, request, connAck.keepAliveSeconds());
        if (former != null) {
            session.record().succeed(former.record());
        }
        if (leftInStore.remove(identity.clientId()) || takesOver) {
            session.record().succeedOther();
        }
        session.open(connection, request, identity, connAck, nowNanos);
        broker.counters().add(BrokerCount.CONNECTS_ACCEPTED);
        if (present) {
            broker.counters().add(BrokerCount.SESSIONS_RESUMED);
        }
        String version = request.version().toString();
        shard.log().event(nowNanos, "connected", identity.clientId(), port.address(), version);
        shard.run(session, now -> connection.begin(connAck.packet(request.version(), present), now), nowNanos);
        shard.flushAll(nowNanos);
        return connection;
    }

    private static void disconnectOld(MqttSession session, long nowNanos) {
        MqttConnection old = session.connection();
        if (old != null) {
            old.end(
                    MqttReasonCodes.Disconnect.SESSION_TAKEN_OVER,
                    BrokerCount.TAKEOVERS,
                    "session taken over",
                    nowNanos);
        }
    }
}
