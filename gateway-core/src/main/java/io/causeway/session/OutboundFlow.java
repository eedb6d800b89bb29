package io.causeway.session;

import io.causeway.routing.Qos;
import io.causeway.session.TopicAliases.Alias;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings queued messages to one client, one after the other (1.2 §6.10): a REGISTER where the client does not know
 * the alias, then the PUBLISH, then what its QoS asks for; each repeated until it is answered. What is in flight
 * stays first when the client sleeps, is lost or reconnects. Owned by the session's loop.
 */
final class OutboundFlow {
    static final int MAX_PACKET_ID = 0xFFFF;
    /** A client that is congested is asked again after so many retry intervals. */
    private static final int CONGESTION_INTERVALS = 3;
    /** A client that has denied a topic so often, though told each time, will not know it. */
    private static final int MAX_DENIALS = 3;

    /** What the flow needs of its session. */
    interface Host {
        /** The way to the client, or null while nothing may be sent to it. */
        @Nullable
        ClientPort reachablePort();

        /** A message may have to wait for something that the client must hear first. */
        boolean holdsBack(Outgoing message);

        /** How to name a topic towards this client; nothing if no alias is left. */
        Optional<TopicReference> referenceTo(String topic);

        TopicAliases aliases();

        void armRetry(long deadlineNanos);

        /** T_retry towards the client. */
        long retryNanos();

        /** Has {@link #pump} called when the store may have begun to take again. */
        void pumpWhenTaken();

        /** Asks the client for a sign of life; false, and not asked, if it is one that sleeps. */
        boolean ping();

        void onDropped(Outgoing message, Count cause, long nowNanos);

        void onRetriesExhausted(long nowNanos);

        void count(Count count);
    }

    private enum Phase {
        IDLE,
        REGISTERING,
        PUBLISHING,
        RELEASING
    }

    private final Host host;
    private final OutboundOrder order;
    private final PassingFlow passing;
    private final SessionRecord record;
    private final int retryCount;

    private Phase phase = Phase.IDLE;
    private @Nullable Outgoing current;
    private TopicReference reference = new TopicReference(TopicForm.NORMAL, 0);
    private int lastPacketId;
    private int registerId;
    private int denials;
    private int registerRounds;
    private boolean heardWhileProbed;
    private int attempts;
    private long retryAtNanos;

    OutboundFlow(Host host, OutboundOrder order, SessionRecord record, SessionSettings settings) {
        this.host = host;
        this.order = order;
        this.passing = new PassingFlow(host, order, record);
        this.record = record;
        this.retryCount = settings.retryCount();
    }

    /**
     * How long a client may be silent while a message is sent to it, until the retries are exhausted.
     *
     * @param retryNanos T_retry towards it
     */
    static long longestSilenceNanos(long retryNanos, SessionSettings settings) {
        return retryNanos * (CONGESTION_INTERVALS + settings.retryCount());
    }

    /** Nothing waits and nothing is in flight. */
    boolean isDrained() {
        return phase == Phase.IDLE && order.isEmpty();
    }

    @Nullable
    Outgoing inFlight() {
        return current;
    }

    /** Sends as long as nothing has to be waited for. */
    void pump(long nowNanos) {
        while (phase == Phase.IDLE && host.reachablePort() != null) {
            Outgoing next = order.next();
            if (next == null && !order.isEmpty() && !record.isTaking()) {
                host.pumpWhenTaken();
            }
            if (next == null || host.holdsBack(next)) {
                return;
            }
            order.take(next);
            current = next;
            denials = 0;
            registerRounds = 0;
            begin(next, nowNanos);
        }
        passing.pump(nowNanos);
    }

    /** The client is there again: what was in flight is sent again, with a full set of retries. */
    void resume(long nowNanos) {
        Outgoing message = current;
        ClientPort port = host.reachablePort();
        if (message == null || port == null) {
            pump(nowNanos);
            return;
        }
        if (phase == Phase.RELEASING) {
            attempts = 0;
            port.pubRel(message.packetId());
            arm(nowNanos, host.retryNanos());
            return;
        }
        boolean unanswered = phase == Phase.REGISTERING && nowNanos - retryAtNanos >= 0;
        if (unanswered && ++registerRounds >= registerAttempts()) {
            giveUpTopic(message, nowNanos); // it has come back so often, and never answered
        } else {
            begin(message, nowNanos);
        }
        pump(nowNanos);
    }

    /** The client is there, and listens. */
    void onHeard() {
        heardWhileProbed = true;
    }

    void onRegAck(int packetId, ReasonCode reason, long nowNanos) {
        Outgoing message = current;
        if (phase != Phase.REGISTERING || packetId != registerId || message == null) {
            return;
        }
        switch (reason) {
            case SUCCESS -> {
                host.aliases().tell(message.topic());
                sendPublish(message, nowNanos);
            }
            case CONGESTION -> waitForClient(nowNanos);
            case INVALID_TOPIC_ALIAS, NOT_SUPPORTED -> giveUpTopic(message, nowNanos);
        }
        pump(nowNanos);
    }

    void onPubAck(int packetId, ReasonCode reason, long nowNanos) {
        Outgoing message = current;
        if (phase != Phase.PUBLISHING || message == null || !isOf(message, packetId)) {
            return;
        }
        switch (reason) {
            case SUCCESS -> {
                if (message.qos() == Qos.AT_LEAST_ONCE) {
                    settle(message);
                }
            }
            case CONGESTION -> waitForClient(nowNanos);
            case INVALID_TOPIC_ALIAS -> onAliasDenied(message, nowNanos);
            case NOT_SUPPORTED -> drop(message, Count.DROPPED_REJECTED, nowNanos);
        }
        pump(nowNanos);
    }

    void onPubRec(int packetId, long nowNanos) {
        Outgoing message = current;
        ClientPort port = host.reachablePort();
        boolean isUnderWay = phase == Phase.PUBLISHING || phase == Phase.RELEASING;
        if (message == null || port == null || !isUnderWay) {
            return;
        }
        if (message.qos() != Qos.EXACTLY_ONCE || !isOf(message, packetId)) {
            return;
        }
        if (!message.isReleased()) {
            message.release();
            record.mark(message);
        }
        phase = Phase.RELEASING;
        attempts = 0;
        port.pubRel(packetId);
        arm(nowNanos, host.retryNanos());
    }

    void onPubComp(int packetId, long nowNanos) {
        Outgoing message = current;
        if (phase == Phase.RELEASING && message != null && isOf(message, packetId)) {
            settle(message);
            pump(nowNanos);
        }
    }

    /** The message in flight has no packet id before it is sent for the first time. */
    private static boolean isOf(Outgoing message, int packetId) {
        return packetId == message.packetId() && packetId != 0;
    }

    /** May come early, or when there is nothing to repeat any more. */
    void onRetryTimer(long nowNanos) {
        Outgoing message = current;
        ClientPort port = host.reachablePort();
        if (message == null || port == null) {
            return;
        }
        if (nowNanos - retryAtNanos < 0) {
            host.armRetry(retryAtNanos);
            return;
        }
        if (port.isHeld()) {
            arm(nowNanos, host.retryNanos()); // the client cannot have heard of it yet
            return;
        }
        if (attempts >= retryCount && !probesOn()) {
            onExhausted(message, nowNanos);
            return;
        }
        attempts++;
        host.count(Count.MESSAGES_OUT_REPEATED);
        switch (phase) {
            case REGISTERING -> port.register(reference.value(), registerId, message.topic());
            case PUBLISHING -> message.publishTo(port, reference);
            case RELEASING -> port.pubRel(message.packetId());
            case IDLE -> throw new IllegalStateException("in flight, yet idle");
        }
        arm(nowNanos, host.retryNanos());
    }

    private void begin(Outgoing message, long nowNanos) {
        if (message.message().properties().isExpired(nowNanos)) {
            drop(message, Count.DROPPED_EXPIRED, nowNanos); // [MQTT-3.3.2-5]
            return;
        }
        attempts = 0;
        Optional<TopicReference> found = denials > 0 ? aliasOf(message) : host.referenceTo(message.topic());
        if (found.isEmpty()) {
            drop(message, Count.DROPPED_NO_ALIAS, nowNanos);
            return;
        }
        reference = found.get();
        if (reference.form() != TopicForm.NORMAL) {
            sendPublish(message, nowNanos);
            return;
        }
        Alias alias = host.aliases().byValue(reference.value());
        if (alias == null) {
            throw new IllegalStateException("no alias " + reference.value());
        }
        if (alias.isKnown()) {
            sendPublish(message, nowNanos);
        } else if (alias.suppressed) {
            drop(message, Count.DROPPED_REGISTER, nowNanos);
        } else {
            sendRegister(message, nowNanos);
        }
    }

    private void sendRegister(Outgoing message, long nowNanos) {
        ClientPort port = host.reachablePort();
        if (phase != Phase.REGISTERING) {
            registerId = nextPacketId();
            phase = Phase.REGISTERING;
        }
        if (port != null && !port.register(reference.value(), registerId, message.topic())) {
            drop(message, Count.DROPPED_TOO_LARGE, nowNanos);
            return;
        }
        arm(nowNanos, host.retryNanos());
    }

    private void sendPublish(Outgoing message, long nowNanos) {
        ClientPort port = host.reachablePort();
        if (message.packetId() == 0 && message.qos() != Qos.AT_MOST_ONCE) {
            message.setPacketId(nextPacketId());
            record.mark(message);
        }
        attempts = 0;
        phase = Phase.PUBLISHING;
        if (port == null) {
            return;
        }
        boolean repeated = message.isSentBefore();
        if (!message.publishTo(port, reference)) {
            drop(message, Count.DROPPED_TOO_LARGE, nowNanos);
            return;
        }
        host.count(repeated ? Count.MESSAGES_OUT_REPEATED : Count.MESSAGES_OUT);
        if (message.qos() == Qos.AT_MOST_ONCE) {
            clear(message);
            return;
        }
        arm(nowNanos, host.retryNanos());
    }

    /**
     * The client does not know what it was told: told again by REGISTER (1.2 §6.10). More than once, for a late copy of
     * its first denial, after the REGISTER, must not cost the message.
     */
    private void onAliasDenied(Outgoing message, long nowNanos) {
        if (denials >= MAX_DENIALS) {
            drop(message, Count.DROPPED_REJECTED, nowNanos);
            return;
        }
        denials++;
        host.aliases().assign(message.topic()).ifPresent(host.aliases()::deny);
        begin(message, nowNanos);
    }

    /** It has answered: what it has not answered before does not count any more. */
    private void waitForClient(long nowNanos) {
        attempts = 0;
        arm(nowNanos, CONGESTION_INTERVALS * host.retryNanos());
    }

    private Optional<TopicReference> aliasOf(Outgoing message) {
        return host.aliases().assign(message.topic()).map(alias -> alias.reference);
    }

    /**
     * Some clients never answer REGISTER, and must not be lost for it. To tell them from those that hear nothing, REGISTER
     * is repeated once more as often as anything else, with a PINGREQ each time.
     *
     * @return false if that is over, or of no use
     */
    private boolean probesOn() {
        if (phase != Phase.REGISTERING || attempts + 1 >= registerAttempts() || !host.ping()) {
            return false;
        }
        if (attempts == retryCount) {
            heardWhileProbed = false;
        }
        return true;
    }

    private int registerAttempts() {
        return 2 * (retryCount + 1);
    }

    private void onExhausted(Outgoing message, long nowNanos) {
        boolean probed = phase == Phase.REGISTERING && attempts > retryCount;
        if (probed && heardWhileProbed) {
            giveUpTopic(message, nowNanos);
        } else if (probed && message.qos() == Qos.AT_MOST_ONCE) {
            drop(message, Count.DROPPED_REGISTER, nowNanos); // not worth a client
        } else {
            host.onRetriesExhausted(nowNanos);
        }
        pump(nowNanos);
    }

    private void giveUpTopic(Outgoing message, long nowNanos) {
        host.aliases().assign(message.topic()).ifPresent(alias -> alias.suppressed = true);
        drop(message, Count.DROPPED_REGISTER, nowNanos);
    }

    private void settle(Outgoing message) {
        host.count(Count.MESSAGES_OUT_SETTLED);
        clear(message);
    }

    private void drop(Outgoing message, Count cause, long nowNanos) {
        clear(message);
        host.onDropped(message, cause, nowNanos);
    }

    private void clear(Outgoing done) {
        phase = Phase.IDLE;
        current = null;
        record.remove(done);
    }

    private void arm(long nowNanos, long delayNanos) {
        retryAtNanos = nowNanos + delayNanos;
        host.armRetry(retryAtNanos);
    }

    int lastPacketId() {
        return lastPacketId;
    }

    /**
     * Takes up what was in flight and what waited; it is sent when {@link #resume} finds the client there.
     *
     * @param restoredLastPacketId the last that may have been given out
     * @return how many messages there was no room for, as there may be less than there was
     */
    int restore(List<Outgoing> messages, int restoredLastPacketId) {
        lastPacketId = restoredLastPacketId;
        int dropped = 0;
        for (Outgoing message : messages) {
            if (current == null && message.packetId() != 0) {
                current = message;
                phase = message.isReleased() ? Phase.RELEASING : Phase.PUBLISHING;
            } else {
                dropped += order.restore(message);
            }
        }
        return dropped;
    }

    private int nextPacketId() {
        lastPacketId = after(lastPacketId, 1);
        record.onPacketId(lastPacketId);
        return lastPacketId;
    }

    /** The packet id that is so many further on; 1 follows the last. */
    static int after(int packetId, int count) {
        return packetId + count <= MAX_PACKET_ID ? packetId + count : packetId + count - MAX_PACKET_ID;
    }
}
