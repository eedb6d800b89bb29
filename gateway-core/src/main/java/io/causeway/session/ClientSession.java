package io.causeway.session;

import io.causeway.access.Identity;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.DeliveryTarget;
import io.causeway.routing.DurableStep;
import io.causeway.routing.Qos;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.routing.TopicName;
import io.causeway.session.ClientEvent.Kind;
import io.causeway.session.TopicAliases.Alias;
import io.causeway.store.Changes;
import io.causeway.store.KeptSession;
import io.causeway.store.StoredMessage;
import io.causeway.store.StoredSession;
import io.causeway.timer.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One client as the gateway knows it, from its first CONNECT until nothing of it is to be kept (1.2 §6). It outlives
 * its connections: the address may change or be gone. This class decides who is asked; the flows do the work.
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
    private final SessionSettings settings;
    private final Counters<Count> counters;

    private final SessionRecord record;
    private final TopicAliases aliases;
    private final ClientTopics topics;
    private final Subscriptions subscriptions = new Subscriptions();
    private final SubscribeFlow subscribing;
    private final Deliveries deliveries;
    private final OutboundFlow outbound;
    private final InboundFlow inbound;
    private final Supervision supervision;
    private final ClientWill will;
    private final OpeningConnect opening;
    private final Timer retryTimer;

    private State state = State.DISCONNECTED;
    private long stateSinceNanos;
    private boolean persistent;
    private boolean ended;
    private boolean forbiddenTold;
    private @Nullable NetworkIdentity identity;
    private @Nullable ClientPort port;

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
        this.settings = context.settings();
        this.counters = context.counters();
        Flows flows = new Flows();
        this.record = SessionRecord.of(flows, context.changes(), kept);
        int maxAliases = settings.maxTopicAliases();
        this.aliases = kept == null
                ? new TopicAliases(maxAliases, firstAlias, record::put)
                : TopicAliases.restored(maxAliases, kept.aliases(), kept.lostAliases(), record::put);
        this.topics = new ClientTopics(aliases, subscriptions, predefined);
        this.deliveries = new Deliveries(this, context, record);
        OutboundOrder order = new OutboundOrder(deliveries.queue(), record, topics);
        this.outbound = new OutboundFlow(flows, order, record, settings);
        this.inbound = new InboundFlow(flows, context.upstream(), work -> context.post(this, work), record, settings);
        this.subscribing = new SubscribeFlow(flows, this, context, record);
        this.supervision = new Supervision(flows, context, this);
        this.will = new ClientWill(this, context);
        this.opening = new OpeningConnect(settings);
        this.retryTimer = new Timer((timer, nowNanos) -> context.run(this, this::onRetryTimer, nowNanos));
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
        return identity;
    }

    long queuedMessages() {
        return deliveries.queue().size() + (outbound.inFlight() == null ? 0L : 1L);
    }

    ClientTopics topics() {
        return topics;
    }

    // ---- connection ----------------------------------------------------------------------------------------------

    /** A network copy of the CONNECT that opened this connection must not open it again (1.2 §6.13). */
    boolean isLateCopy(ConnectRequest request, boolean withWill, NetworkIdentity from, long nowNanos) {
        return state == State.ACTIVE && from.equals(identity) && opening.isRepeatedBy(request, withWill, nowNanos);
    }

    void onConnect(ConnectRequest request, NetworkIdentity from, ClientPort newPort, long nowNanos) {
        bind(from, newPort);
        opening.onConnect(request, nowNanos);
        persistent = !request.cleanStart();
        forbiddenTold = false;
        enter(State.ACTIVE, nowNanos);
        will.onConnect(request.willChange());
        expectNothingOfClient();
        supervision.onActive(request.keepAlive(), nowNanos);
        record.touch();
        counters.add(Count.CONNECTS_ACCEPTED);
        context.log().event(nowNanos, "connected", clientId, from, "");
        tell(Kind.CONNECTED, "");
        newPort.connAck(ReasonCode.SUCCESS);
        outbound.resume(nowNanos);
    }

    /** What an earlier connection has not been told yet is not for this one, nor for who is at its address now. */
    private void bind(NetworkIdentity newIdentity, ClientPort newPort) {
        closePort();
        identity = newIdentity;
        port = newPort;
        deliveries.useLink(newPort);
    }

    private void closePort() {
        ClientPort old = port;
        if (old != null) {
            old.close();
        }
    }

    private void enter(State newState, long nowNanos) {
        state = newState;
        stateSinceNanos = nowNanos;
    }

    /** Its CONNECT came again: most likely the network's copy, but maybe a client that has started anew. */
    void onLateCopy() {
        expectNothingOfClient();
        ClientPort answering = port;
        if (answering != null) {
            answering.connAck(ReasonCode.SUCCESS);
        }
    }

    private void expectNothingOfClient() {
        aliases.forgetWhatClientKnows();
        inbound.onConnected();
    }

    /**
     * Any packet of the client is a sign of life (1.2 §6.14).
     *
     * @param connects it is a CONNECT: its sender is alive, but takes its last connection for lost
     */
    public void onHeard(boolean connects, long nowNanos) {
        supervision.onHeard(nowNanos);
        if (!connects) {
            outbound.onHeard();
        }
    }

    /** The client goes on from another address without a new connection. */
    void rebind(NetworkIdentity to, ClientPort newPort, long nowNanos) {
        context.log().event(nowNanos, "moved", clientId, to, "from " + identity);
        bind(to, newPort);
        stateSinceNanos = nowNanos;
        record.touch();
    }

    /** The address is another client's now; this one may still be alive elsewhere, until its time is over. */
    void detach(long nowNanos) {
        counters.add(Count.ADDRESSES_REASSIGNED);
        context.log().event(nowNanos, "address given to another client", clientId, identity, "");
        closePort();
        identity = null;
        port = null;
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
        ClientPort old = port;
        if (old != null) {
            old.close();
            old.disconnect();
        }
    }

    public void onDisconnect(long nowNanos) {
        ClientPort answering = port;
        counters.add(Count.DISCONNECTS);
        context.log().event(nowNanos, "disconnected", clientId, identity, "");
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
        context.disarm(retryTimer);
        counters.add(Count.SLEEPS);
        tell(Kind.ASLEEP, "");
        if (port != null) {
            port.disconnect();
        }
    }

    public void onPingReq(long nowNanos) {
        ClientPort answering = port;
        if (answering == null) {
            return;
        }
        if (state == State.ACTIVE) {
            answering.pingRespAtOnce();
            return;
        }
        counters.add(Count.WAKES);
        if (state == State.ASLEEP) {
            tell(Kind.AWAKE, "");
        }
        state = State.AWAKE;
        outbound.resume(nowNanos);
        sleepAgainWhenDrained(nowNanos);
    }

    /** The silence has been too long, or what was sent was never acknowledged. */
    private void onLost(Count cause, long nowNanos) {
        counters.add(cause);
        context.log().warning(nowNanos, "lost", clientId, identity, cause.help());
        tell(Kind.LOST, cause.help());
        will.publish(nowNanos);
        release(nowNanos);
    }

    private void tell(Kind kind, String cause) {
        NetworkIdentity where = identity;
        ClientPort way = port;
        context.events()
                .on(new ClientEvent(
                        kind,
                        clientId,
                        "",
                        where == null ? "" : where.toString(),
                        way == null ? "MQTT-SN" : way.protocol(),
                        cause));
    }

    private void release(long nowNanos) {
        NetworkIdentity given = identity;
        ClientPort way = port;
        enter(State.DISCONNECTED, nowNanos);
        identity = null;
        port = null;
        context.disarm(retryTimer);
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

    /** Forgets everything; the client id is free for a session that starts anew. */
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        state = State.DISCONNECTED;
        context.disarm(retryTimer);
        supervision.stop();
        subscribing.abandon();
        record.end();
        counters.add(Count.DROPPED_SESSION_ENDED, queuedMessages());
        context.onEnded(this);
        closePort();
        // What the upstream still answers is for nobody: the client may be there again, with a new session.
        identity = null;
        port = null;
        subscriptions.all().forEach(each -> context.upstream().unsubscribe(this, each.filter(), () -> {}));
    }

    // ---- topics --------------------------------------------------------------------------------------------------

    public void onRegister(int packetId, String topicName) {
        ClientPort answering = port;
        if (answering == null) {
            return;
        }
        if (!TopicName.isValid(topicName)) {
            answering.regAck(0, packetId, ReasonCode.NOT_SUPPORTED);
            return;
        }
        Optional<Alias> alias =
                record.isTaking() || aliases.has(topicName) ? aliases.tell(topicName) : Optional.empty();
        if (alias.isEmpty()) {
            counters.add(Count.REGISTERS_REFUSED);
            answering.regAck(0, packetId, ReasonCode.CONGESTION);
            return;
        }
        answering.regAck(alias.get().value, packetId, ReasonCode.SUCCESS);
    }

    // ---- client to gateway ---------------------------------------------------------------------------------------

    /**
     * @param topic     the two octets that name the topic
     * @param shortName those octets as a name; empty unless the form is SHORT and they are one
     */
    public void onPublish(
            boolean dup,
            Qos qos,
            boolean retain,
            TopicForm form,
            int topic,
            String shortName,
            int packetId,
            Octets payload,
            long nowNanos) {
        String topicName = topics.topicOf(form, topic, shortName);
        if (topicName == null) {
            counters.add(Count.MESSAGES_IN_REFUSED_TOPIC);
            if (port != null) {
                port.pubAck(topic, packetId, ReasonCode.INVALID_TOPIC_ALIAS);
            }
            return;
        }
        if (!context.authorizer().mayPublish(access, topicName)) {
            forbidPublish(topic, packetId, topicName, nowNanos);
            return;
        }
        ApplicationMessage message = new ApplicationMessage(topicName, payload, qos, retain);
        inbound.onPublish(message, dup, topic, packetId, nowNanos);
    }

    private void forbidPublish(int topic, int packetId, String topicName, long nowNanos) {
        counters.add(Count.MESSAGES_IN_FORBIDDEN);
        if (!forbiddenTold) {
            // Once in a connection: the counter tells how many.
            forbiddenTold = true;
            context.log().warning(nowNanos, "message refused", clientId, identity, "may not publish to " + topicName);
        }
        if (port != null) {
            port.pubAck(topic, packetId, ReasonCode.NOT_SUPPORTED);
        }
    }

    public void onPubRel(int packetId, long nowNanos) {
        inbound.onPubRel(packetId, nowNanos);
    }

    /**
     * Topic or message of the will that this connection was opened with come again, as the CONNACK was lost.
     *
     * @return false if it was opened without, or too long ago
     */
    public boolean onRepeatedWill(long nowNanos) {
        ClientPort answering = port;
        if (answering == null || state != State.ACTIVE || !opening.hasJustBroughtWill(nowNanos)) {
            return false;
        }
        answering.connAck(ReasonCode.SUCCESS);
        return true;
    }

    public void onWillTopic(String topic, Qos qos, boolean retain) {
        boolean changed = will.changeTopic(topic, qos, retain);
        if (changed) {
            record.touch();
        }
        if (port != null) {
            port.willTopicResp(changed ? ReasonCode.SUCCESS : ReasonCode.NOT_SUPPORTED);
        }
    }

    public void onWillDeleted() {
        will.delete();
        record.touch();
        if (port != null) {
            port.willTopicResp(ReasonCode.SUCCESS);
        }
    }

    public void onWillMessage(Octets payload) {
        will.changePayload(payload);
        record.touch();
        if (port != null) {
            port.willMessageResp(ReasonCode.SUCCESS);
        }
    }

    // ---- subscriptions -------------------------------------------------------------------------------------------

    /**
     * @param topic  the two octets that name the topic, unless the form is NORMAL
     * @param filter the topic filter where the form is NORMAL, the name where it is SHORT, else empty
     */
    public void onSubscribe(int packetId, Qos qos, TopicForm form, int topic, String filter) {
        String named = topics.filterOf(form, topic, filter);
        subscribing.onSubscribe(new SubscribeFlow.Request(packetId, qos, form, topic, named));
    }

    public void onUnsubscribe(int packetId, TopicForm form, int topic, String filter) {
        subscribing.onUnsubscribe(packetId, topics.filterOf(form, topic, filter));
    }

    @Override
    public void onSubscriptionLost(TopicFilter filter) {
        context.post(this, nowNanos -> subscribing.onLost(filter, nowNanos));
    }

    // ---- gateway to client ---------------------------------------------------------------------------------------

    /**
     * Queues a message for the client, and sends it if the client listens.
     *
     * @param together what the message is one step with, or null
     * @return whether it is kept over a restart, but only when what the loop has changed up to now is durable
     */
    boolean onDelivery(ApplicationMessage message, Qos subscribedQos, @Nullable DurableStep together, long nowNanos) {
        if (ended) {
            counters.add(Count.DROPPED_SESSION_ENDED);
            return false;
        }
        Outgoing outgoing = deliveries.take(message, subscribedQos, together, nowNanos);
        if (outgoing == null) {
            return false;
        }
        Changes step = outgoing.together();
        if (step != null) {
            step.whenDurable(() -> context.post(this, this::pump));
        }
        pump(nowNanos);
        return record.keep(outgoing);
    }

    public void onRegAck(int packetId, ReasonCode reason, long nowNanos) {
        outbound.onRegAck(packetId, reason, nowNanos);
        sleepAgainWhenDrained(nowNanos);
    }

    public void onPubAck(int topic, int packetId, ReasonCode reason, long nowNanos) {
        if (reason == ReasonCode.INVALID_TOPIC_ALIAS) {
            // Also the answer to a QoS 0 delivery, with packet id 0 (1.2 §6.10): told again before the next one.
            Alias alias = aliases.byValue(topic);
            if (alias != null) {
                aliases.deny(alias);
            }
        }
        outbound.onPubAck(packetId, reason, nowNanos);
        sleepAgainWhenDrained(nowNanos);
    }

    public void onPubRec(int packetId, long nowNanos) {
        outbound.onPubRec(packetId, nowNanos);
    }

    public void onPubComp(int packetId, long nowNanos) {
        outbound.onPubComp(packetId, nowNanos);
        sleepAgainWhenDrained(nowNanos);
    }

    private void onRetryTimer(long nowNanos) {
        outbound.onRetryTimer(nowNanos);
        sleepAgainWhenDrained(nowNanos);
    }

    private void pump(long nowNanos) {
        outbound.pump(nowNanos);
        sleepAgainWhenDrained(nowNanos);
    }

    /** PINGRESP tells the client that there is nothing more, and it may sleep on (1.2 §6.14). */
    private void sleepAgainWhenDrained(long nowNanos) {
        if (state != State.AWAKE || !outbound.isDrained()) {
            return;
        }
        fallAsleepAgain(nowNanos);
        if (port != null) {
            port.pingResp();
        }
    }

    private void fallAsleepAgain(long nowNanos) {
        state = State.ASLEEP;
        tell(Kind.ASLEEP, "");
        supervision.onAsleepAgain(nowNanos);
    }

    /** The flows' view of this session. */
    private final class Flows
            implements SessionRecord.Host, OutboundFlow.Host, InboundFlow.Host, SubscribeFlow.Host, Supervision.Host {
        @Override
        public String clientId() {
            return clientId;
        }

        @Override
        public State state() {
            return state;
        }

        @Override
        public @Nullable ClientPort port() {
            return port;
        }

        @Override
        public @Nullable ClientPort reachablePort() {
            return state == State.ACTIVE || state == State.AWAKE ? port : null;
        }

        @Override
        public boolean holdsBack(Outgoing message) {
            // SUBACK comes before what the subscription brings, PUBACK before the echo of what it acknowledges.
            return subscribing.isPendingFor(message.topic()) || inbound.mayBeEchoed(message.message());
        }

        @Override
        public Optional<TopicReference> referenceTo(String topic) {
            return topics.referenceTo(topic);
        }

        @Override
        public TopicAliases aliases() {
            return aliases;
        }

        @Override
        public Subscriptions subscriptions() {
            return subscriptions;
        }

        @Override
        public void armRetry(long deadlineNanos) {
            context.arm(retryTimer, deadlineNanos);
        }

        @Override
        public void pumpWhenTaken() {
            record.whenTaken(() -> context.post(ClientSession.this, ClientSession.this::pump));
        }

        @Override
        public boolean ping() {
            ClientPort awake = port;
            if (state != State.ACTIVE || awake == null) {
                return false;
            }
            awake.pingReq();
            return true;
        }

        @Override
        public void onDropped(Outgoing message, Count cause, long nowNanos) {
            counters.add(cause);
            context.log()
                    .warning(
                            nowNanos,
                            "message dropped",
                            clientId,
                            identity,
                            cause.help() + ", topic " + message.topic() + ", "
                                    + message.message().payload().length() + " octets");
        }

        @Override
        public void onRetriesExhausted(long nowNanos) {
            if (state == State.AWAKE) {
                fallAsleepAgain(nowNanos); // gone back to sleep too early: the message waits for the next time
                return;
            }
            onLost(Count.CLIENTS_LOST_UNACKNOWLEDGED, nowNanos);
        }

        @Override
        public void onInboundSettled(long nowNanos) {
            pump(nowNanos);
        }

        @Override
        public void onSubscriptionSettled(long nowNanos) {
            pump(nowNanos);
        }

        @Override
        public void removeUnwanted() {
            deliveries
                    .queue()
                    .removeIf(message ->
                            !subscriptions.matches(message.topic()) && !subscribing.isPendingFor(message.topic()));
        }

        @Override
        public void onSilent(long nowNanos) {
            onLost(Count.CLIENTS_LOST_SILENT, nowNanos);
        }

        @Override
        public void onExpired(long nowNanos) {
            counters.add(Count.SESSIONS_EXPIRED);
            context.log().event(nowNanos, "session expired", clientId, null, "");
            end();
        }

        @Override
        public void count(Count count) {
            counters.add(count);
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

    // ---- over a restart ------------------------------------------------------------------------------------------

    private StoredSession toStored(long id) {
        NetworkIdentity where = identity;
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
                outbound.lastPacketId(),
                inbound.lastPacketId());
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
        int dropped = outbound.restore(
                restored(kept.messages()), OutboundFlow.after(values.lastPacketId(), SessionRecord.PACKET_IDS_AHEAD));
        counters.add(Count.DROPPED_QUEUE_FULL, dropped);
        inbound.restore(kept.received(), values.lastReceivedPacketId(), nowNanos);
        supervision.restore(values, restoredPort != null, nowNanos);
        subscribing.restore(kept.subscriptions());
        if (address != null && restoredPort != null && state != State.DISCONNECTED) {
            bind(address, restoredPort);
            outbound.resume(nowNanos);
        }
    }

    /** What it was told when it was restored, there may have been no way for yet. */
    void resume(long nowNanos) {
        outbound.resume(nowNanos);
    }

    private List<Outgoing> restored(List<StoredMessage> messages) {
        List<Outgoing> restored = new ArrayList<>(messages.size());
        for (StoredMessage each : messages) {
            restored.add(Outgoing.restored(each));
        }
        return restored;
    }
}
