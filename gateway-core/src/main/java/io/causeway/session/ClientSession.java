package io.causeway.session;

import io.causeway.access.Identity;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.DeliveryTarget;
import io.causeway.routing.Qos;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.routing.TopicName;
import io.causeway.session.ClientEvent.Kind;
import io.causeway.session.ConnectRequest.WillChange;
import io.causeway.session.TopicAliases.Alias;
import io.causeway.timer.Timer;
import java.time.Duration;
import java.util.Optional;
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

    private final TopicAliases aliases;
    private final Subscriptions subscriptions = new Subscriptions();
    private final SubscribeFlow subscribing;
    private final OutboundQueue<ApplicationMessage> queue;
    private final OutboundFlow outbound;
    private final InboundFlow inbound;
    private final Supervision supervision;
    private final Timer retryTimer;
    private PredefinedTopics.ClientView predefined;
    private WillData will = WillData.NONE;

    private State state = State.DISCONNECTED;
    private boolean persistent;
    private boolean ended;
    private boolean queueOverflowed;
    /** Over the link on which the client was last. */
    private int largestPayloadOctets = Integer.MAX_VALUE;

    private boolean forbiddenTold;
    private @Nullable NetworkIdentity identity;
    private @Nullable ClientPort port;
    private @Nullable ConnectRequest lastConnect;
    private long connectedAtNanos;

    /** A session that starts anew. */
    ClientSession(String clientId, SessionContext context, PredefinedTopics.ClientView predefined, int firstAlias) {
        this(clientId, context, predefined, new TopicAliases(context.settings().maxTopicAliases(), firstAlias));
    }

    /** A session that was stored. */
    ClientSession(SessionState stored, SessionContext context, PredefinedTopics.ClientView predefined) {
        this(
                stored.clientId(),
                context,
                predefined,
                TopicAliases.restored(context.settings().maxTopicAliases(), stored.aliases()));
    }

    private ClientSession(
            String clientId, SessionContext context, PredefinedTopics.ClientView predefined, TopicAliases aliases) {
        this.clientId = clientId;
        this.access = Identity.anonymous(clientId);
        this.context = context;
        this.settings = context.settings();
        this.counters = context.counters();
        this.predefined = predefined;
        this.aliases = aliases;
        this.queue = new OutboundQueue<>(settings.queue(), ApplicationMessage::weightOctets);
        Flows flows = new Flows();
        this.outbound = new OutboundFlow(flows, queue, settings);
        this.inbound = new InboundFlow(flows, context.upstream(), work -> context.post(this, work), settings);
        this.subscribing = new SubscribeFlow(flows, this, context);
        this.supervision = new Supervision(flows, context, this);
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
        return queue.size() + (outbound.inFlight() == null ? 0L : 1L);
    }

    Optional<String> predefinedTopic(int alias) {
        return predefined.topicOf(alias);
    }

    TopicAliases aliases() {
        return aliases;
    }

    // ---- connection ----------------------------------------------------------------------------------------------

    /** A network copy of the CONNECT that opened this connection must not open it again (1.2 §6.13). */
    boolean isLateCopy(ConnectRequest request, boolean withWill, NetworkIdentity from, long nowNanos) {
        ConnectRequest last = lastConnect;
        return last != null
                && last.cleanStart()
                && request.cleanStart()
                && request.keepAlive().equals(last.keepAlive())
                && withWill == last.changesWill()
                && from.equals(identity)
                && hasJustConnected(nowNanos);
    }

    private boolean hasJustConnected(long nowNanos) {
        return state == State.ACTIVE
                && nowNanos - connectedAtNanos < settings.retryNanos() * (settings.retryCount() + 1);
    }

    void onConnect(ConnectRequest request, NetworkIdentity from, ClientPort newPort, long nowNanos) {
        identity = from;
        port = newPort;
        largestPayloadOctets = newPort.largestPayloadOctets();
        lastConnect = request;
        connectedAtNanos = nowNanos;
        persistent = !request.cleanStart();
        forbiddenTold = false;
        state = State.ACTIVE;
        if (request.willChange() instanceof WillChange.Replace replace) {
            will = replace.will();
        } else if (request.willChange() instanceof WillChange.Delete) {
            will = WillData.NONE;
        }
        expectNothingOfClient();
        supervision.onActive(request.keepAlive(), nowNanos);
        counters.add(Count.CONNECTS_ACCEPTED);
        context.log().event(nowNanos, "connected", clientId, from, "");
        tell(Kind.CONNECTED, "");
        newPort.connAck(ReasonCode.SUCCESS);
        outbound.resume(nowNanos);
    }

    /** Its CONNECT came again: most likely the network's copy, but maybe a client that has started anew. */
    void onLateCopy() {
        expectNothingOfClient();
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
        identity = to;
        port = newPort;
        largestPayloadOctets = newPort.largestPayloadOctets();
    }

    /** The address is another client's now; this one may still be alive elsewhere, until its time is over. */
    void detach(long nowNanos) {
        counters.add(Count.ADDRESSES_REASSIGNED);
        context.log().event(nowNanos, "address given to another client", clientId, identity, "");
        identity = null;
        port = null;
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
            old.disconnect();
        }
    }

    public void onDisconnect(long nowNanos) {
        ClientPort answering = port;
        counters.add(Count.DISCONNECTS);
        context.log().event(nowNanos, "disconnected", clientId, identity, "");
        tell(Kind.DISCONNECTED, "");
        release(nowNanos);
        if (answering != null) {
            answering.disconnect();
        }
    }

    /** Sleep is announced by DISCONNECT with Duration (1.2 §6.14); a new duration replaces the former. */
    public void onSleep(Duration sleepDuration, long nowNanos) {
        state = State.ASLEEP;
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
            answering.pingResp();
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
        if (will.canBePublished()) {
            publishWill(will.toMessage(), nowNanos);
        }
        release(nowNanos);
    }

    /** The rules may be others than when the client told its will. */
    private void publishWill(ApplicationMessage message, long nowNanos) {
        if (!context.authorizer().mayPublish(access, message.topic())) {
            counters.add(Count.WILLS_FORBIDDEN);
            context.log()
                    .warning(nowNanos, "will dropped", clientId, identity, "may not publish to " + message.topic());
            return;
        }
        context.publishWill(clientId, message, nowNanos);
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
        state = State.DISCONNECTED;
        identity = null;
        port = null;
        context.disarm(retryTimer);
        if (given != null) {
            context.onUnbound(this, given, nowNanos);
        }
        if (persistent) {
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
        int forgotten = queue.size() + (outbound.inFlight() == null ? 0 : 1);
        counters.add(Count.DROPPED_SESSION_ENDED, forgotten);
        context.onEnded(this);
        // What the upstream still answers is for nobody: the client may be there again, with a new session.
        identity = null;
        port = null;
        subscriptions.toValue().forEach(each -> context.upstream().unsubscribe(this, each.filter(), () -> {}));
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
        Optional<Alias> alias = aliases.assign(topicName);
        if (alias.isEmpty()) {
            answering.regAck(0, packetId, ReasonCode.CONGESTION);
            return;
        }
        alias.get().known = true;
        answering.regAck(alias.get().value, packetId, ReasonCode.SUCCESS);
    }

    void usePredefinedTopics(PredefinedTopics.ClientView view) {
        predefined = view;
    }

    private @Nullable String topicOf(TopicForm form, int topic, String shortName) {
        return switch (form) {
            case NORMAL -> {
                Alias alias = aliases.byValue(topic);
                yield alias == null ? null : alias.topic;
            }
            case PREDEFINED -> predefined.topicOf(topic).orElse(null);
            case SHORT -> TopicName.isValid(shortName) ? shortName : null;
        };
    }

    /**
     * How a delivery names its topic: as the client did when it subscribed to exactly this one, else in the form
     * that needs the least of the client (1.2 §6.7).
     */
    private Optional<TopicReference> referenceTo(String topic) {
        TopicForm named = subscriptions.formOf(topic);
        if (named != TopicForm.NORMAL) {
            Optional<Integer> known = predefined.aliasOf(topic);
            if (known.isPresent() && named != TopicForm.SHORT) {
                return Optional.of(new TopicReference(TopicForm.PREDEFINED, known.get()));
            }
            int shortForm = ShortName.octetsOf(topic);
            if (shortForm != ShortName.NONE) {
                return Optional.of(new TopicReference(TopicForm.SHORT, shortForm));
            }
        }
        return aliases.assign(topic).map(alias -> new TopicReference(TopicForm.NORMAL, alias.value));
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
        String topicName = topicOf(form, topic, shortName);
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
        ConnectRequest last = lastConnect;
        if (answering == null || last == null || !last.changesWill() || !hasJustConnected(nowNanos)) {
            return false;
        }
        answering.connAck(ReasonCode.SUCCESS);
        return true;
    }

    public void onWillTopic(String topic, Qos qos, boolean retain) {
        boolean usable = TopicName.isValid(topic);
        if (usable && !context.authorizer().mayPublish(access, topic)) {
            counters.add(Count.WILLS_FORBIDDEN);
            usable = false;
        }
        if (usable) {
            will = will.withTopic(topic, qos, retain);
        }
        if (port != null) {
            port.willTopicResp(usable ? ReasonCode.SUCCESS : ReasonCode.NOT_SUPPORTED);
        }
    }

    public void onWillDeleted() {
        will = WillData.NONE;
        if (port != null) {
            port.willTopicResp(ReasonCode.SUCCESS);
        }
    }

    public void onWillMessage(Octets payload) {
        will = will.withPayload(payload);
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
        String named = form == TopicForm.PREDEFINED ? predefined.topicOf(topic).orElse("") : filter;
        subscribing.onSubscribe(new SubscribeFlow.Request(packetId, qos, form, topic, named));
    }

    public void onUnsubscribe(int packetId, TopicForm form, int topic, String filter) {
        String named = form == TopicForm.PREDEFINED ? predefined.topicOf(topic).orElse("") : filter;
        subscribing.onUnsubscribe(packetId, named);
    }

    @Override
    public void onSubscriptionLost(TopicFilter filter) {
        context.post(this, nowNanos -> subscribing.onLost(filter, nowNanos));
    }

    // ---- gateway to client ---------------------------------------------------------------------------------------

    /** Queues a message for the client, and sends it if the client listens. */
    void onDelivery(ApplicationMessage message, Qos subscribedQos, long nowNanos) {
        if (ended) {
            counters.add(Count.DROPPED_SESSION_ENDED);
            return;
        }
        if (!context.authorizer().mayReceive(access, message.topic())) {
            counters.add(Count.DROPPED_FORBIDDEN);
            return;
        }
        ApplicationMessage served = message.withQos(message.qos().min(subscribedQos));
        if (state == State.DISCONNECTED && served.qos() == Qos.AT_MOST_ONCE) {
            counters.add(Count.DROPPED_OFFLINE);
            return;
        }
        if (message.payload().length() > largestPayloadOctets) {
            // It must not take the place of what can be delivered.
            counters.add(Count.DROPPED_TOO_LARGE);
            context.log().warning(nowNanos, "message dropped", clientId, identity, Count.DROPPED_TOO_LARGE.help());
            return;
        }
        queueOverflowed &= queue.size() > 0;
        int dropped = queue.offer(served);
        if (dropped > 0) {
            onOverflow(dropped, served, nowNanos);
        }
        pump(nowNanos);
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
                alias.known = false;
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

    private void onOverflow(int dropped, ApplicationMessage message, long nowNanos) {
        counters.add(Count.DROPPED_QUEUE_FULL, dropped);
        if (!queueOverflowed) {
            // Once until the queue has been emptied: the counter tells how many.
            queueOverflowed = true;
            context.log()
                    .warning(
                            nowNanos,
                            "queue full",
                            clientId,
                            identity,
                            queue.size() + " messages wait, " + settings.queue().policy() + ", newest is for "
                                    + message.topic());
        }
    }

    /** The flows' view of this session. */
    private final class Flows implements OutboundFlow.Host, InboundFlow.Host, SubscribeFlow.Host, Supervision.Host {
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
        public boolean holdsBack(ApplicationMessage message) {
            // SUBACK comes before what the subscription brings, PUBACK before the echo of what it acknowledges.
            return subscribing.isPendingFor(message.topic()) || inbound.mayBeEchoed(message);
        }

        @Override
        public Optional<TopicReference> referenceTo(String topic) {
            return ClientSession.this.referenceTo(topic);
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
        public boolean ping() {
            ClientPort awake = port;
            if (state != State.ACTIVE || awake == null) {
                return false;
            }
            awake.pingReq();
            return true;
        }

        @Override
        public void onDropped(ApplicationMessage message, Count cause, long nowNanos) {
            counters.add(cause);
            context.log()
                    .warning(
                            nowNanos,
                            "message dropped",
                            clientId,
                            identity,
                            cause.help() + ", topic " + message.topic() + ", "
                                    + message.payload().length() + " octets");
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
            outbound.removeWaiting(
                    message -> !subscriptions.matches(message.topic()) && !subscribing.isPendingFor(message.topic()));
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
    }

    // ---- as a value ----------------------------------------------------------------------------------------------

    /** All that must survive a restart. */
    SessionState toState() {
        return new SessionState(
                clientId,
                state,
                persistent,
                identity,
                supervision.keepAlive(),
                supervision.sleepDuration(),
                will,
                subscriptions.toValue(),
                aliases.toValue(),
                outbound.toValue(),
                outbound.lastPacketId(),
                inbound.toValue(),
                inbound.lastPacketId(),
                queue.toList());
    }

    /**
     * Goes on where an earlier life of the gateway stopped; a client that was there is taken to be there still.
     *
     * @param restoredPort null if there is no way to where the client was: it is waited for, as long as it promised
     */
    void restore(SessionState stored, @Nullable ClientPort restoredPort, long nowNanos) {
        persistent = stored.persistent();
        will = stored.will();
        outbound.restore(stored.inFlight(), stored.lastPacketId());
        inbound.restore(stored.unreleased(), stored.lastReceivedPacketId(), nowNanos);
        stored.queue().forEach(queue::offer);
        // A client that was awake asks again, or it has gone back to sleep.
        state = stored.state() == State.AWAKE ? State.ASLEEP : stored.state();
        supervision.restore(stored.keepAlive(), stored.sleepDuration(), nowNanos);
        subscribing.restore(stored.subscriptions());
        if (restoredPort == null) {
            loseUnlessWatched(nowNanos);
            return;
        }
        identity = stored.address();
        port = restoredPort;
        outbound.resume(nowNanos);
    }
}
