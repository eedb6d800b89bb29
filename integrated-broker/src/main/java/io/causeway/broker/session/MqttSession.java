package io.causeway.broker.session;

import io.causeway.access.Identity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.DeliveryTarget;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.store.KeptSession;
import io.causeway.store.StoredSession;
import io.causeway.store.StoredSubscription;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the broker keeps of one client, with or without a connection (MQTT 5 §4.1). Owned by the loop of its {@link
 * MqttShard}, but for what {@link Subscriber} says.
 */
final class MqttSession implements Subscriber {
    /** Only MQTT-SN asks for it. */
    private static final int NO_RECEIVED_PACKET_ID = -1;

    private final String clientId;
    private final MqttShard shard;
    private final Subscriptions subscriptions;
    private final SessionRecord record;
    private final OutboundPublishes outbound;
    private final ReceivedIds received = new ReceivedIds();
    private final InboundSteps steps;
    private final WillSchedule will;
    private final SessionExpiry expiry;
    private Identity identity;
    private Duration keepAlive = Duration.ZERO;
    private @Nullable MqttConnection connection;
    private boolean ended;
    /** A hint for other threads. */
    private volatile boolean reachable;

    MqttSession(Identity identity, MqttShard shard) {
        this.clientId = identity.clientId();
        this.identity = identity;
        this.shard = shard;
        this.subscriptions = new Subscriptions(this, shard.broker().router());
        this.record = new SessionRecord(this, shard);
        this.outbound = new OutboundPublishes(this, record, shard);
        this.steps = new InboundSteps(record, shard.changes());
        this.will = new WillSchedule(this, shard);
        this.expiry = new SessionExpiry(shard, this::onExpired);
    }

    // ---- connections ---------------------------------------------------------------------------------------------

    void open(MqttConnection newConnection, ConnectRequest request, Identity as, ConnAck granted, long nowNanos) {
        connection = newConnection;
        identity = as;
        expiry.suspend(granted.expirySeconds(), nowNanos);
        keepAlive = Duration.ofSeconds(granted.keepAliveSeconds());
        will.replace(request.will());
        record.touch();
        outbound.attach(newConnection, request.receiveMaximum());
        reachable = true;
    }

    /** The connection is over, by whatever cause; the will stands unless it was deleted before. */
    void onConnectionOver(long nowNanos) {
        connection = null;
        reachable = false;
        outbound.detach();
        if (expiry.seconds() == 0) {
            end(nowNanos); // [MQTT-3.1.2-23]
            return;
        }
        expiry.begin(nowNanos);
        will.onConnectionLost(nowNanos);
        record.touch();
    }

    /** The server stops: nothing of the session is to happen any more, and the store has it as connected. */
    void suspend() {
        connection = null;
        reachable = false;
        outbound.detach();
    }

    /** Ends the session after an error of our own. */
    void fail(long nowNanos) {
        MqttConnection present = connection;
        connection = null;
        end(nowNanos);
        if (present != null) {
            present.abort();
        }
    }

    /** It could not be taken up from the store: here nothing of it is left, and there all of it. */
    void abandon() {
        ended = true;
        record.abandon();
        expiry.stop();
        will.delete();
        subscriptions.removeAll();
        shard.onEnded(this);
    }

    /** Ends the session: nothing of it is left [MQTT-4.1.0-2]. */
    void end(long nowNanos) {
        if (ended) {
            return;
        }
        ended = true;
        reachable = false;
        expiry.stop();
        subscriptions.removeAll();
        outbound.end();
        record.end();
        shard.onEnded(this);
        will.publish(nowNanos);
    }

    /**
     * Whether the session is there for a client that comes now, whose former connection is over.
     *
     * @param cleanStart the client wants a new one
     */
    boolean survives(Identity as, boolean cleanStart, long nowNanos) {
        if (ended) {
            return false;
        }
        if (belongsTo(as)) {
            will.onReturn();
        }
        if (cleanStart || !belongsTo(as) || expiry.isOver(nowNanos)) {
            end(nowNanos); // [MQTT-3.1.2-4]
        }
        return !ended;
    }

    private void onExpired(long nowNanos) {
        shard.count(BrokerCount.SESSIONS_EXPIRED);
        shard.log().event(nowNanos, "session expired", clientId, null, "after " + expiry.seconds() + " s");
        shard.run(this, this::end, nowNanos);
    }

    // ---- subscriptions -------------------------------------------------------------------------------------------

    /** @param withRetained brings what is stored too */
    void subscribe(Subscription subscription, boolean withRetained) {
        RetainedStore retained = shard.broker().retained();
        if (withRetained) {
            retained.exclusively(() -> {
                subscriptions.put(subscription);
                outbound.feedRetained(subscription, retained);
                return true;
            });
        } else {
            subscriptions.put(subscription);
        }
        record(subscription);
    }

    /** False if there was none. */
    boolean unsubscribe(Subscription subscription) {
        if (!subscriptions.remove(subscription.text())) {
            return false;
        }
        if (!subscription.isShared()) {
            outbound.stopRetained(subscription.filter());
        }
        record.removeSubscription(subscription.text());
        return true;
    }

    /** All that was stored for a subscription is sent, or on its way. */
    void onRetainedServed(Subscription served) {
        Subscription present = subscriptions.get(served.text());
        if (present != null) {
            record(present);
        }
    }

    private void record(Subscription subscription) {
        record.put(subscription, !subscription.isShared() && outbound.owesRetained(subscription.filter()));
    }

    // ---- messages ------------------------------------------------------------------------------------------------

    void onDelivery(OutgoingPublish publish, long nowNanos) {
        if (ended) {
            shard.count(BrokerCount.DROPPED_SESSION_ENDED);
        } else if (mayReceive(publish.message())) {
            outbound.offer(publish, nowNanos);
        }
    }

    /** Counts if it may not. */
    boolean mayReceive(ApplicationMessage message) {
        if (shard.broker().authorizer().mayReceive(identity, message.topic())) {
            return true;
        }
        shard.count(BrokerCount.DROPPED_ACCESS);
        return false;
    }

    // ---- as others see it ----------------------------------------------------------------------------------------

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public DeliveryTarget owner() {
        return shard;
    }

    @Override
    public boolean isReachable() {
        return reachable;
    }

    @Override
    public void onSubscriptionLost(TopicFilter filter) {
        throw new IllegalStateException("no server brings the messages of this broker: " + filter.value());
    }

    /** What waits in the session of one user is not for another one, whatever client id he chooses. */
    boolean belongsTo(Identity other) {
        return identity.user().equals(other.user());
    }

    boolean isEnded() {
        return ended;
    }

    Identity identity() {
        return identity;
    }

    @Nullable
    MqttConnection connection() {
        return connection;
    }

    /** For logs; null without a connection. */
    @Nullable
    String address() {
        MqttConnection present = connection;
        return present == null ? null : present.address();
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    OutboundPublishes outbound() {
        return outbound;
    }

    ReceivedIds received() {
        return received;
    }

    InboundSteps steps() {
        return steps;
    }

    SessionRecord record() {
        return record;
    }

    WillSchedule will() {
        return will;
    }

    long expirySeconds() {
        return expiry.seconds();
    }

    /** As changed by DISCONNECT (MQTT 5 §3.14.2.2.2). */
    void changeExpiry(long newExpirySeconds) {
        expiry.change(newExpirySeconds);
        record.touch();
    }

    // ---- over a restart ------------------------------------------------------------------------------------------

    /** @param id of this session in the store */
    StoredSession toStored(long id) {
        ConnectRequest.Will present = will.current();
        return new StoredSession(
                id,
                StoredSession.Protocol.MQTT,
                clientId,
                identity.user(),
                storedState(),
                false,
                "",
                keepAlive,
                Duration.ZERO,
                expiry.seconds(),
                expiry.sinceNanos(),
                present == null ? null : present.message(),
                present == null ? 0 : present.delaySeconds(),
                outbound.lastPacketId(),
                NO_RECEIVED_PACKET_ID);
    }

    /** While only a restart has cut its connection, the next restart is to have it as connected too. */
    private StoredSession.State storedState() {
        return connection != null || will.isForgivable()
                ? StoredSession.State.ACTIVE
                : StoredSession.State.DISCONNECTED;
    }

    /**
     * Takes up a stored session. If it had a connection, the restart has cut that: the client is away from now on, and gets
     * time to come back before its will is published, and before the session is over if that means the same.
     */
    void restore(KeptSession kept, long nowNanos) {
        StoredSession values = kept.values();
        boolean wasConnected = values.state() == StoredSession.State.ACTIVE;
        keepAlive = values.keepAlive();
        long sinceNanos = wasConnected ? nowNanos : values.sinceNanos();
        expiry.restore(values.expirySeconds(), sinceNanos);
        ApplicationMessage willMessage = values.will();
        if (willMessage != null) {
            will.replace(new ConnectRequest.Will(willMessage, values.willDelaySeconds()));
        }
        record.restore(values.id());
        if (record.isWhole()) {
            restoreContents(kept);
        }
        if (wasConnected) {
            record.touch();
        }
        long endNanos = expiry.endNanos();
        if (willMessage != null) {
            long willNanos = wasConnected ? will.onRestart(keepAlive, nowNanos) : will.onRestart(sinceNanos, nowNanos);
            endNanos = endNanos - willNanos < 0 ? willNanos : endNanos;
        }
        expiry.waitUntil(endNanos);
    }

    private void restoreContents(KeptSession kept) {
        RetainedStore retained = shard.broker().retained();
        for (StoredSubscription each : kept.subscriptions()) {
            Subscription.restored(each).ifPresent(subscription -> {
                subscriptions.put(subscription);
                if (each.retainedOwed()) {
                    outbound.feedRetained(subscription, retained);
                }
            });
        }
        outbound.restore(kept.messages(), kept.values().lastPacketId());
        kept.received().forEach(each -> received.put(InboundExchange.restored(each.packetId(), shard.settled())));
    }
}
