package io.causeway.session;

import io.causeway.access.Identity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.DeliveryTarget;
import io.causeway.routing.DurableStep;
import io.causeway.routing.Qos;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.session.ClientEvent.Kind;
import io.causeway.store.KeptSession;
import io.causeway.store.StoredSession;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client as the gateway knows it, from its first CONNECT until nothing of it is to be kept (1.2 §6). It outlives
 * its connections: the address may change or be gone. This class is its life, from state to state; what goes through
 * it are its {@link #flows}.
 *
 * <p>Owned by the loop of its shard. Other threads may only compare it and read {@link #clientId} and {@link #owner}
 * and tell it that a {@linkplain #onSubscriptionLost subscription is lost}.
 */
public final class ClientSession implements Subscriber {
    /** The states of 1.2 §6.14; lost is disconnected, with a cause. */
    public enum State {
        DISCONNECTED,
        ACTIVE,
        ASLEEP,
        AWAKE
    }

    private final String clientId;
    private final Identity access;
    private final SessionContext context;
    private final Counters<Count> counters;

    private final VirtualConnection connection;
    private final SessionRecord record;
    private final ProtocolFlows flows;
    private final Supervision supervision;
    private final ClientWill will;

    private State state = State.DISCONNECTED;
    private long stateSinceNanos;
    private boolean persistent;
    private boolean ended;

    /** A session that starts anew. */
    ClientSession(String clientId, SessionContext context, PredefinedTopics.ClientView predefined, int firstAlias) {
        this(clientId, context, predefined, null, firstAlias);
    }

    /** A session that was kept; it has to be {@linkplain #restore restored} next. */
    ClientSession(KeptSession kept, SessionContext context, PredefinedTopics.ClientView predefined) {
        this(kept.values().clientId(), context, predefined, kept, TopicAliases.FIRST);
    }

    private ClientSession(
            String clientId,
            SessionContext context,
            PredefinedTopics.ClientView predefined,
            @Nullable KeptSession kept,
            int firstAlias) {
        this.clientId = clientId;
        this.access = Identity.anonymous(clientId);
        this.context = context;
        this.counters = context.counters();
        this.connection = new VirtualConnection(context.settings());
        this.record = SessionRecord.of(new Recorded(), context.changes(), kept);
        int maxAliases = context.settings().maxTopicAliases();
        TopicAliases aliases = kept == null
                ? new TopicAliases(maxAliases, firstAlias, record::put)
                : TopicAliases.restored(maxAliases, kept.aliases(), kept.lostAliases(), record::put);
        this.flows = new ProtocolFlows(this, context, connection, record, aliases, predefined);
        this.supervision = new Supervision(this, context, connection);
        this.will = new ClientWill(this, context, connection, record);
    }

    @Override
    public String clientId() {
        return clientId;
    }

    @Override
    public DeliveryTarget owner() {
        return context.deliveries();
    }

    public State state() {
        return state;
    }

    /** Who this is to the rules of access: MQTT-SN 1.2 knows no user names. */
    Identity access() {
        return access;
    }

    @Nullable
    NetworkIdentity identity() {
        return connection.identity();
    }

    /** Whether the client takes what is sent to it now, if there is a way. */
    boolean isListening() {
        return state == State.ACTIVE || state == State.AWAKE;
    }

    long queuedMessages() {
        return flows.queuedMessages();
    }

    ClientTopics topics() {
        return flows.topics();
    }

    /** What the client asks for, sends and acknowledges. */
    public ProtocolFlows flows() {
        return flows;
    }

    /** What the client leaves to be published when it is lost. */
    public ClientWill will() {
        return will;
    }

    // ---- connection ----------------------------------------------------------------------------------------------

    /** A network copy of the CONNECT that opened this connection must not open it again (1.2 §6.13). */
    boolean isLateCopy(ConnectRequest request, boolean withWill, NetworkIdentity from, long nowNanos) {
        return state == State.ACTIVE && connection.isOpenedAgainBy(request, withWill, from, nowNanos);
    }

    void onConnect(ConnectRequest request, NetworkIdentity from, ClientPort newPort, long nowNanos) {
        connection.open(request, from, newPort, nowNanos);
        persistent = !request.cleanStart();
        enter(State.ACTIVE, nowNanos);
        will.onConnect(request.willChange());
        flows.onConnected();
        supervision.onActive(request.keepAlive(), nowNanos);
        record.touch();
        counters.add(Count.CONNECTS_ACCEPTED);
        context.log().event(nowNanos, "connected", clientId, from, "");
        tell(Kind.CONNECTED, "");
        connection.connAck(ReasonCode.SUCCESS);
        flows.resume(nowNanos);
    }

    private void enter(State newState, long nowNanos) {
        state = newState;
        stateSinceNanos = nowNanos;
    }

    /** Its CONNECT came again: most likely the network's copy, but maybe a client that has started anew. */
    void onLateCopy() {
        flows.expectNothingOfClient();
        connection.connAck(ReasonCode.SUCCESS);
    }

    /**
     * Topic or message of the will that this connection was opened with come again, as the CONNACK was lost.
     *
     * @return false if it was opened without, or too long ago
     */
    public boolean onRepeatedWill(long nowNanos) {
        if (state != State.ACTIVE || !connection.hasJustBroughtWill(nowNanos)) {
            return false;
        }
        connection.connAck(ReasonCode.SUCCESS);
        return true;
    }

    /**
     * Any packet of the client is a sign of life (1.2 §6.14).
     *
     * @param connects it is a CONNECT: its sender is alive, but takes its last connection for lost
     */
    public void onHeard(boolean connects, long nowNanos) {
        supervision.onHeard(nowNanos);
        if (!connects) {
            flows.onHeard();
        }
    }

    /** The client goes on from another address without a new connection. */
    void rebind(NetworkIdentity to, ClientPort newPort, long nowNanos) {
        context.log().event(nowNanos, "moved", clientId, to, "from " + connection.identity());
        connection.bind(to, newPort);
        stateSinceNanos = nowNanos;
        record.touch();
    }

    /** The address is another client's now; this one may still be alive elsewhere, until its time is over. */
    void detach(long nowNanos) {
        counters.add(Count.ADDRESSES_REASSIGNED);
        context.log().event(nowNanos, "address given to another client", clientId, connection.identity(), "");
        connection.close();
        record.touch();
        if (state == State.AWAKE) {
            fallAsleepAgain(nowNanos);
        }
        loseUnlessWatched(nowNanos);
    }

    /** A client without an address that nobody waits for would never be missed. */
    private void loseUnlessWatched(long nowNanos) {
        if (state != State.DISCONNECTED && !supervision.isWatching()) {
            onLost(Count.CLIENTS_LOST_ADDRESS, nowNanos);
        }
    }

    /** The client is served at another address from now on, and the old one is told (1.2 §5.4.21). */
    void sayGoodbyeToOldAddress() {
        connection.sayGoodbye();
    }

    public void onDisconnect(long nowNanos) {
        ClientPort answering = connection.port();
        counters.add(Count.DISCONNECTS);
        context.log().event(nowNanos, "disconnected", clientId, connection.identity(), "");
        tell(Kind.DISCONNECTED, "");
        record.hold();
        release(nowNanos);
        if (answering != null) {
            answering.disconnect();
        }
    }

    /** Sleep is announced by DISCONNECT with Duration (1.2 §6.14); a new duration replaces the former. */
    public void onSleep(Duration sleepDuration, long nowNanos) {
        enter(State.ASLEEP, nowNanos);
        record.touch();
        supervision.onAsleep(sleepDuration, nowNanos);
        flows.pause();
        counters.add(Count.SLEEPS);
        tell(Kind.ASLEEP, "");
        connection.disconnect();
    }

    public void onPingReq(long nowNanos) {
        if (!connection.exists()) {
            return;
        }
        if (state == State.ACTIVE) {
            connection.pingRespAtOnce();
            return;
        }
        counters.add(Count.WAKES);
        if (state == State.ASLEEP) {
            tell(Kind.AWAKE, "");
        }
        state = State.AWAKE;
        flows.resume(nowNanos);
        sleepAgainWhenDrained(nowNanos);
    }

    /** PINGRESP tells the client that there is nothing more, and it may sleep on (1.2 §6.14). */
    void sleepAgainWhenDrained(long nowNanos) {
        if (state != State.AWAKE || !flows.isDrained()) {
            return;
        }
        fallAsleepAgain(nowNanos);
        connection.pingResp();
    }

    private void fallAsleepAgain(long nowNanos) {
        state = State.ASLEEP;
        tell(Kind.ASLEEP, "");
        supervision.onAsleepAgain(nowNanos);
    }

    /** What was sent was never acknowledged. */
    void onRetriesExhausted(long nowNanos) {
        if (state == State.AWAKE) {
            fallAsleepAgain(nowNanos); // gone back to sleep too early: the message waits for the next time
            return;
        }
        onLost(Count.CLIENTS_LOST_UNACKNOWLEDGED, nowNanos);
    }

    /** The client has been silent for longer than it promised. */
    void onSilent(long nowNanos) {
        onLost(Count.CLIENTS_LOST_SILENT, nowNanos);
    }

    private void onLost(Count cause, long nowNanos) {
        counters.add(cause);
        context.log().warning(nowNanos, "lost", clientId, connection.identity(), cause.help());
        tell(Kind.LOST, cause.help());
        will.publish(nowNanos);
        release(nowNanos);
    }

    private void tell(Kind kind, String cause) {
        NetworkIdentity where = connection.identity();
        context.events()
                .on(new ClientEvent(
                        kind, clientId, "", where == null ? "" : where.toString(), connection.protocol(), cause));
    }

    private void release(long nowNanos) {
        NetworkIdentity given = connection.identity();
        ClientPort way = connection.port();
        enter(State.DISCONNECTED, nowNanos);
        connection.release();
        flows.pause();
        if (given != null && way != null) {
            context.onUnbound(this, given, way, nowNanos);
        }
        if (persistent) {
            record.touch();
            supervision.onDisconnected(nowNanos);
        } else {
            end();
        }
    }

    /** The client has been disconnected for longer than its session is kept. */
    void onExpired(long nowNanos) {
        counters.add(Count.SESSIONS_EXPIRED);
        context.log().event(nowNanos, "session expired", clientId, null, "");
        end();
    }

    /** Forgets everything; the client id is free for a session that starts anew. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        state = State.DISCONNECTED;
        supervision.stop();
        flows.abandon();
        record.end();
        context.onEnded(this);
        // What the upstream still answers is for nobody: the client may be there again, with a new session.
        connection.close();
        flows.unsubscribeAll();
    }

    // ---- as a subscriber -----------------------------------------------------------------------------------------

    @Override
    public void onSubscriptionLost(TopicFilter filter) {
        context.post(this, nowNanos -> flows.onSubscriptionLost(filter, nowNanos));
    }

    /**
     * Takes a message for the client.
     *
     * @param together what the message is one step with, or null
     * @return whether it is kept over a restart, but only when what the loop has changed up to now is durable
     */
    boolean onDelivery(ApplicationMessage message, Qos subscribedQos, @Nullable DurableStep together, long nowNanos) {
        if (ended) {
            counters.add(Count.DROPPED_SESSION_ENDED);
            return false;
        }
        return flows.onDelivery(message, subscribedQos, together, nowNanos);
    }

    // ---- over a restart ------------------------------------------------------------------------------------------

    private StoredSession toStored(long id) {
        NetworkIdentity where = connection.identity();
        return new StoredSession(
                id,
                StoredSession.Protocol.MQTT_SN,
                clientId,
                "",
                storedState(),
                persistent,
                where == null ? "" : where.storedForm(),
                supervision.keepAlive(),
                supervision.sleepDuration(),
                0,
                stateSinceNanos,
                will.toStored(),
                0,
                flows.lastPacketId(),
                flows.lastReceivedPacketId());
    }

    /** A client that is awake asks again after a restart, or it has gone back to sleep. */
    private StoredSession.State storedState() {
        return switch (state) {
            case ACTIVE -> StoredSession.State.ACTIVE;
            case ASLEEP, AWAKE -> StoredSession.State.ASLEEP;
            case DISCONNECTED -> StoredSession.State.DISCONNECTED;
        };
    }

    /**
     * Goes on where an earlier life of the gateway stopped; a client that was there is taken to be there still.
     *
     * @param restoredPort null if there is no way to where the client was: it is waited for
     */
    void restore(
            KeptSession kept, @Nullable NetworkIdentity address, @Nullable ClientPort restoredPort, long nowNanos) {
        StoredSession values = kept.values();
        persistent = values.persistent();
        will.restore(values.will());
        state = State.valueOf(values.state().name());
        stateSinceNanos = values.sinceNanos();
        flows.restore(kept, nowNanos);
        supervision.restore(values, restoredPort != null, nowNanos);
        if (address != null && restoredPort != null && state != State.DISCONNECTED) {
            connection.bind(address, restoredPort);
            flows.resume(nowNanos);
        }
    }

    /** What it was told when it was restored, there may have been no way for yet. */
    void resume(long nowNanos) {
        flows.resume(nowNanos);
    }

    /** The record's view of this session. */
    private final class Recorded implements SessionRecord.Host {
        @Override
        public @Nullable ClientPort port() {
            return connection.port();
        }

        @Override
        public void post(LongConsumer work) {
            context.post(ClientSession.this, work);
        }

        @Override
        public StoredSession toStored(long id) {
            return ClientSession.this.toStored(id);
        }
    }
}
