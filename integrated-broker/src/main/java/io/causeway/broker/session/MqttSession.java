package io.causeway.broker.session;

import io.causeway.access.Identity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Delivery.Recipient;
import io.causeway.routing.DeliveryTarget;
import io.causeway.routing.Subscriber;
import io.causeway.routing.SubscriptionOptions;
import io.causeway.routing.TopicFilter;
import io.causeway.timer.Timer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the broker keeps of one client, with or without a connection (MQTT 5 §4.1). Owned by the loop of its {@link
 * MqttShard}, but for what {@link Subscriber} says.
 */
final class MqttSession implements Subscriber {
    private final String clientId;
    private final MqttShard shard;
    private final Subscriptions subscriptions;
    private final OutboundPublishes outbound;
    private final ReceivedIds received = new ReceivedIds();
    private final WillSchedule will;
    private final Timer expiry = new Timer((unused, nowNanos) -> onExpired(nowNanos));
    private Identity identity;
    private long expirySeconds;
    private long offlineSinceNanos;
    private @Nullable MqttConnection connection;
    private boolean ended;
    /** A hint for other threads. */
    private volatile boolean reachable;

    MqttSession(Identity identity, MqttShard shard) {
        this.clientId = identity.clientId();
        this.identity = identity;
        this.shard = shard;
        this.subscriptions = new Subscriptions(this, shard.broker().router());
        this.outbound = new OutboundPublishes(this, shard);
        this.will = new WillSchedule(this, shard);
    }

    // ---- connections ---------------------------------------------------------------------------------------------

    /** @param grantedExpirySeconds after what the settings allow */
    void open(MqttConnection newConnection, ConnectRequest request, Identity as, long grantedExpirySeconds) {
        shard.disarm(expiry);
        connection = newConnection;
        identity = as;
        expirySeconds = grantedExpirySeconds;
        will.replace(request.will());
        outbound.attach(newConnection, request.receiveMaximum());
        reachable = true;
    }

    /** The connection is over, by whatever cause; the will stands unless it was deleted before. */
    void onConnectionOver(long nowNanos) {
        connection = null;
        reachable = false;
        outbound.detach();
        if (expirySeconds == 0) {
            end(nowNanos); // [MQTT-3.1.2-23]
            return;
        }
        will.onConnectionLost(nowNanos);
        waitForClient(nowNanos, 0);
    }

    /** The server stops: nothing of the session is to happen any more. */
    void suspend(long nowNanos) {
        connection = null;
        reachable = false;
        outbound.detach();
        offlineSinceNanos = nowNanos;
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

    /** Ends the session: nothing of it is left [MQTT-4.1.0-2]. */
    void end(long nowNanos) {
        if (ended) {
            return;
        }
        ended = true;
        reachable = false;
        shard.disarm(expiry);
        subscriptions.removeAll();
        outbound.end();
        shard.onEnded(this);
        will.publish(nowNanos);
    }

    private void waitForClient(long nowNanos, long alreadyWaitedSeconds) {
        offlineSinceNanos = nowNanos - Duration.ofSeconds(alreadyWaitedSeconds).toNanos();
        if (expirySeconds != ConnectRequest.NEVER_SECONDS) {
            shard.arm(
                    expiry,
                    offlineSinceNanos + Duration.ofSeconds(expirySeconds).toNanos());
        }
    }

    private void onExpired(long nowNanos) {
        shard.count(BrokerCount.SESSIONS_EXPIRED);
        shard.log().event(nowNanos, "session expired", clientId, null, "after " + expirySeconds + " s");
        shard.run(this, this::end, nowNanos);
    }

    // ---- messages ------------------------------------------------------------------------------------------------

    void onDelivery(ApplicationMessage message, Recipient recipient, long nowNanos) {
        if (ended) {
            shard.count(BrokerCount.DROPPED_SESSION_ENDED);
        } else if (mayReceive(message)) {
            outbound.offer(OutgoingPublish.of(message, recipient.options()), nowNanos);
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

    WillSchedule will() {
        return will;
    }

    long expirySeconds() {
        return expirySeconds;
    }

    /** As changed by DISCONNECT (MQTT 5 §3.14.2.2.2). */
    void changeExpiry(long newExpirySeconds) {
        expirySeconds = newExpirySeconds;
    }

    // ---- over a restart ------------------------------------------------------------------------------------------

    MqttSessionState toState(long nowNanos) {
        ConnectRequest.Will present = will.current();
        long delaySeconds = present == null ? 0 : present.delaySeconds();
        return new MqttSessionState(
                clientId,
                identity.user(),
                expirySeconds,
                connection != null
                        ? 0
                        : Duration.ofNanos(nowNanos - offlineSinceNanos).toSeconds(),
                present == null ? null : present.message(),
                will.isWaiting() ? will.remainingSeconds(nowNanos) : delaySeconds,
                subscriptions.toList().stream().map(MqttSession::toState).toList(),
                outbound.retainedOwed(),
                outbound.inFlightInOrder().stream()
                        .map(each -> new MqttSessionState.InFlight(
                                each.packetId(), each.isReleased(), MqttSessionState.Publish.of(each)))
                        .toList(),
                outbound.lastPacketId(),
                outbound.queueInOrder().stream()
                        .map(MqttSessionState.Publish::of)
                        .toList(),
                received.toList());
    }

    /** Takes up a stored session, whose connection is lost if it had one. */
    void restore(MqttSessionState state, long nowNanos) {
        expirySeconds = state.expirySeconds();
        for (MqttSessionState.Subscribed each : state.subscriptions()) {
            Subscription.parse(each.text(), optionsOf(each)).ifPresent(subscription -> {
                subscriptions.put(subscription);
                if (!subscription.isShared() && state.retainedOwed().contains(subscription.filter())) {
                    outbound.feedRetained(subscription, shard.broker().retained());
                }
            });
        }
        outbound.restore(state);
        state.received().forEach(packetId -> received.put(InboundExchange.restored(packetId, shard.settled())));
        ApplicationMessage willMessage = state.will();
        if (willMessage != null) {
            will.replace(new ConnectRequest.Will(willMessage, state.willDelaySeconds()));
        }
        if (expirySeconds == 0) {
            end(nowNanos);
            return;
        }
        will.onConnectionLost(nowNanos);
        waitForClient(nowNanos, state.offlineSeconds());
    }

    private static SubscriptionOptions optionsOf(MqttSessionState.Subscribed stored) {
        return new SubscriptionOptions(
                stored.qos(), stored.noLocal(), stored.retainAsPublished(), stored.identifiers());
    }

    private static MqttSessionState.Subscribed toState(Subscription subscription) {
        SubscriptionOptions options = subscription.options();
        return new MqttSessionState.Subscribed(
                subscription.text(),
                options.qos(),
                options.noLocal(),
                options.retainAsPublished(),
                List.copyOf(options.identifiers()));
    }
}
