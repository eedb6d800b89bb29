package io.causeway.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.DurableStep;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.routing.TopicName;
import io.causeway.session.ClientSession.State;
import io.causeway.session.TopicAliases.Alias;
import io.causeway.store.Changes;
import io.causeway.store.KeptSession;
import io.causeway.timer.Timer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What goes through one session: the protocol flows (2.0 §4.3) of what its client asks for, publishes, is sent and
 * acknowledges. They go on from one connection to the next. This class decides which flow is asked; whether the client
 * listens, the session knows. Owned by the session's loop.
 */
public final class ProtocolFlows {
    private final ClientSession session;
    private final SessionContext context;
    private final Counters<Count> counters;
    private final VirtualConnection connection;
    private final SessionRecord record;

    private final TopicAliases aliases;
    private final Subscriptions subscriptions = new Subscriptions();
    private final ClientTopics topics;
    private final Deliveries deliveries;
    private final OutboundFlow outbound;
    private final InboundFlow inbound;
    private final SubscribeFlow subscribing;
    private final Timer retryTimer;

    private boolean forbiddenTold;

    ProtocolFlows(
            ClientSession session,
            SessionContext context,
            VirtualConnection connection,
            SessionRecord record,
            TopicAliases aliases,
            PredefinedTopics.ClientView predefined) {
        this.session = session;
        this.context = context;
        this.counters = context.counters();
        this.connection = connection;
        this.record = record;
        this.aliases = aliases;
        this.topics = new ClientTopics(aliases, subscriptions, predefined);
        this.deliveries = new Deliveries(session, context, connection, record);
        SessionSettings settings = context.settings();
        Host host = new Host();
        OutboundOrder order = new OutboundOrder(deliveries.queue(), record, topics);
        this.outbound = new OutboundFlow(host, order, record, settings);
        this.inbound = new InboundFlow(host, context.upstream(), host::post, record, settings);
        this.subscribing = new SubscribeFlow(host, session, context, record);
        this.retryTimer = new Timer((timer, nowNanos) -> context.run(session, this::onRetryTimer, nowNanos));
    }

    ClientTopics topics() {
        return topics;
    }

    long queuedMessages() {
        return deliveries.queue().size() + (outbound.inFlight() == null ? 0L : 1L);
    }

    /** Nothing waits for the client and nothing is in flight to it. */
    boolean isDrained() {
        return outbound.isDrained();
    }

    // ---- what the session tells -----------------------------------------------------------------------------------

    void onConnected() {
        forbiddenTold = false;
        expectNothingOfClient();
    }

    /** The client may have started anew, and know nothing. */
    void expectNothingOfClient() {
        aliases.forgetWhatClientKnows();
        inbound.onConnected();
    }

    /** The client is there, and listens. */
    void onHeard() {
        outbound.onHeard();
    }

    /** Nothing is sent again until {@link #resume}. */
    void pause() {
        context.disarm(retryTimer);
    }

    /** The client is there: what was in flight is sent again, and then what waits. */
    void resume(long nowNanos) {
        outbound.resume(nowNanos);
    }

    /** The session ends: nothing is sent any more, and what the upstream still answers is for nobody. */
    void abandon() {
        pause();
        subscribing.abandon();
        counters.add(Count.DROPPED_SESSION_ENDED, queuedMessages());
    }

    void unsubscribeAll() {
        subscriptions.all().forEach(each -> context.upstream().unsubscribe(session, each.filter(), () -> {}));
    }

    // ---- topics --------------------------------------------------------------------------------------------------

    public void onRegister(int packetId, String topicName) {
        ClientPort port = connection.port();
        if (port == null) {
            return;
        }
        if (!TopicName.isValid(topicName)) {
            port.regAck(0, packetId, ReasonCode.NOT_SUPPORTED);
            return;
        }
        Optional<Alias> alias =
                record.isTaking() || aliases.has(topicName) ? aliases.tell(topicName) : Optional.empty();
        if (alias.isEmpty()) {
            counters.add(Count.REGISTERS_REFUSED);
            port.regAck(0, packetId, ReasonCode.CONGESTION);
            return;
        }
        port.regAck(alias.get().value, packetId, ReasonCode.SUCCESS);
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
            inbound.reject(topic, packetId, ReasonCode.INVALID_TOPIC_ALIAS);
            return;
        }
        if (!context.authorizer().mayPublish(session.access(), topicName)) {
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
            warn(nowNanos, "message refused", "may not publish to " + topicName);
        }
        inbound.reject(topic, packetId, ReasonCode.NOT_SUPPORTED);
    }

    public void onPubRel(int packetId, long nowNanos) {
        inbound.onPubRel(packetId, nowNanos);
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

    void onSubscriptionLost(TopicFilter filter, long nowNanos) {
        subscribing.onLost(filter, nowNanos);
    }

    // ---- gateway to client ---------------------------------------------------------------------------------------

    /**
     * Queues a message for the client, and sends it if the client listens.
     *
     * @param together what the message is one step with, or null
     * @return whether it is kept over a restart, but only when what the loop has changed up to now is durable
     */
    boolean onDelivery(ApplicationMessage message, Qos subscribedQos, @Nullable DurableStep together, long nowNanos) {
        Outgoing outgoing = deliveries.take(message, subscribedQos, together, nowNanos);
        if (outgoing == null) {
            return false;
        }
        Changes step = outgoing.together();
        if (step != null) {
            step.whenDurable(() -> context.post(session, this::pump));
        }
        pump(nowNanos);
        return record.keep(outgoing);
    }

    public void onRegAck(int packetId, ReasonCode reason, long nowNanos) {
        outbound.onRegAck(packetId, reason, nowNanos);
        session.sleepAgainWhenDrained(nowNanos);
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
        session.sleepAgainWhenDrained(nowNanos);
    }

    public void onPubRec(int packetId, long nowNanos) {
        outbound.onPubRec(packetId, nowNanos);
    }

    public void onPubComp(int packetId, long nowNanos) {
        outbound.onPubComp(packetId, nowNanos);
        session.sleepAgainWhenDrained(nowNanos);
    }

    private void onRetryTimer(long nowNanos) {
        outbound.onRetryTimer(nowNanos);
        session.sleepAgainWhenDrained(nowNanos);
    }

    private void pump(long nowNanos) {
        outbound.pump(nowNanos);
        session.sleepAgainWhenDrained(nowNanos);
    }

    // ---- over a restart ------------------------------------------------------------------------------------------

    /** The last packet id that was given to the client. */
    int lastPacketId() {
        return outbound.lastPacketId();
    }

    /** The packet id of the client's last message, or -1. */
    int lastReceivedPacketId() {
        return inbound.lastPacketId();
    }

    /** Takes up what was under way; it goes on with {@link #resume}. */
    void restore(KeptSession kept, long nowNanos) {
        int lastPacketId = OutboundFlow.after(kept.values().lastPacketId(), SessionRecord.PACKET_IDS_AHEAD);
        List<Outgoing> messages =
                kept.messages().stream().map(Outgoing::restored).toList();
        counters.add(Count.DROPPED_QUEUE_FULL, outbound.restore(messages, lastPacketId));
        inbound.restore(kept.received(), kept.values().lastReceivedPacketId(), nowNanos);
        subscribing.restore(kept.subscriptions());
    }

    private void warn(long nowNanos, String what, String detail) {
        context.log().warning(nowNanos, what, session.clientId(), connection.identity(), detail);
    }

    /** The flows' view of each other, and of the session. */
    private final class Host implements OutboundFlow.Host, InboundFlow.Host, SubscribeFlow.Host {
        @Override
        public String clientId() {
            return session.clientId();
        }

        @Override
        public @Nullable ClientPort port() {
            return connection.port();
        }

        @Override
        public @Nullable ClientPort reachablePort() {
            return session.isListening() ? connection.port() : null;
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
        public long retryNanos() {
            return connection.retryNanos();
        }

        @Override
        public void pumpWhenTaken() {
            record.whenTaken(() -> post(ProtocolFlows.this::pump));
        }

        @Override
        public boolean ping() {
            if (session.state() != State.ACTIVE || !connection.exists()) {
                return false;
            }
            connection.pingReq();
            return true;
        }

        @Override
        public void onDropped(Outgoing message, Count cause, long nowNanos) {
            counters.add(cause);
            int octets = message.message().payload().length();
            warn(nowNanos, "message dropped", cause.help() + ", topic " + message.topic() + ", " + octets + " octets");
        }

        @Override
        public void onRetriesExhausted(long nowNanos) {
            session.onRetriesExhausted(nowNanos);
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
        public void count(Count count) {
            counters.add(count);
        }

        private void post(LongConsumer work) {
            context.post(session, work);
        }
    }
}
