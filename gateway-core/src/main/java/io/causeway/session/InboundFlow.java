package io.causeway.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Changes;
import io.causeway.store.StoredReceived;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.Upstream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one client publishes (1.2 §6.6): handed to the upstream, answered when the upstream has it, and recognised
 * when it is repeated, so that QoS 2 goes up exactly once. Owned by the session's loop.
 */
final class InboundFlow {
    /** An exchange that its client left half-done gives way to new ones after so many retry intervals. */
    private static final int ABANDONED_INTERVALS = 10;

    private static final int NONE = -1;

    /** What the flow needs of its session. */
    interface Host {
        String clientId();

        /** Where answers go, or null while the client has no address. */
        @Nullable
        ClientPort port();

        /** An exchange towards the upstream has ended: what was held back for it may go. */
        void onInboundSettled(long nowNanos);

        void count(Count count);
    }

    private enum Phase {
        /** Handed to the upstream, not yet answered. */
        PENDING,
        /** QoS 2: the upstream has it, the client has not released it. */
        RECEIVED,
        /** QoS 2: done, remembered so that a late repetition is known. */
        COMPLETED
    }

    private final Host host;
    private final Upstream upstream;
    private final Mailbox mailbox;
    private final SessionRecord record;
    private final int maxInFlight;
    private final long retryNanos;
    private final long rememberNanos;
    private final long abandonedNanos;
    private final List<Exchange> exchanges = new ArrayList<>(1);
    private int lastPacketId = NONE;
    private long lastFingerprint;
    /**
     * The client gives each message a packet id of its own, as most do: the same content under the same id is then a
     * copy that the network made, which carries no DUP flag, if it comes within T_retry. From a client that knows only
     * one packet id it is another message.
     */
    private boolean countsPacketIds;

    InboundFlow(Host host, Upstream upstream, Mailbox mailbox, SessionRecord record, SessionSettings settings) {
        this.host = host;
        this.upstream = upstream;
        this.mailbox = mailbox;
        this.record = record;
        this.maxInFlight = settings.maxInboundInFlight();
        this.retryNanos = settings.retryNanos();
        this.rememberNanos = settings.retryNanos() * (settings.retryCount() + 1);
        this.abandonedNanos = settings.retryNanos() * ABANDONED_INTERVALS;
    }

    /** @param topic the two octets that named the topic in the PUBLISH, for its answer */
    void onPublish(ApplicationMessage message, boolean dup, int topic, int packetId, long nowNanos) {
        if (message.qos() == Qos.AT_MOST_ONCE) {
            host.count(Count.MESSAGES_IN);
            upstream.publish(host.clientId(), message, new Unanswered(topic, packetId));
            return;
        }
        Exchange known = find(packetId);
        if (known != null && onKnown(known, message, dup, nowNanos)) {
            return;
        }
        boolean cannotBeKept = message.qos() == Qos.EXACTLY_ONCE && !record.isTaking();
        if (cannotBeKept || !makeRoom(nowNanos)) {
            refuse(topic, packetId, ReasonCode.CONGESTION);
            return;
        }
        host.count(Count.MESSAGES_IN);
        Exchange exchange = new Exchange(message, topic, packetId, nowNanos);
        observeNumbering(exchange);
        exchanges.add(exchange);
        upstream.publish(host.clientId(), message, exchange);
    }

    /**
     * The client has connected, and may have started anew: what it completed before tells nothing about what it sends
     * now. What it has not released stays known, for it may have kept that too; and so does its way to number messages.
     *
     * <p>A CONNECT that was repeated or copied on its way, and comes late, looks the same. If a late copy of a completed
     * message follows, that message goes up twice: better than to take the first message after a reboot for a copy, and
     * lose it.
     */
    void onConnected() {
        exchanges.removeIf(each -> each.phase == Phase.COMPLETED);
    }

    /** An unknown PUBREL is answered too, or a client whose PUBCOMP was lost would never come to an end. */
    void onPubRel(int packetId, long nowNanos) {
        Exchange exchange = find(packetId);
        if (exchange != null && exchange.phase == Phase.PENDING) {
            return; // of an earlier exchange: PUBCOMP would confirm a message that the upstream may still refuse
        }
        if (exchange != null && exchange.phase == Phase.RECEIVED) {
            unrecord(exchange);
            exchange.phase = Phase.COMPLETED;
            exchange.sinceNanos = nowNanos;
        }
        ClientPort port = host.port();
        if (port != null) {
            port.pubComp(packetId);
        }
    }

    /** Whether this message may be the echo of one that is on its way up and not answered. */
    boolean mayBeEchoed(ApplicationMessage message) {
        for (Exchange exchange : exchanges) {
            if (exchange.phase == Phase.PENDING
                    && exchange.messageTopic.equals(message.topic())
                    && exchange.payloadHash == message.payload().hashCode()) {
                return true;
            }
        }
        return false;
    }

    void refuse(int topic, int packetId, ReasonCode reason) {
        host.count(
                reason == ReasonCode.CONGESTION
                        ? Count.MESSAGES_IN_REFUSED_CONGESTION
                        : Count.MESSAGES_IN_REFUSED_UPSTREAM);
        reject(topic, packetId, reason);
    }

    /** Answers a PUBLISH that does not go up, at any QoS. */
    void reject(int topic, int packetId, ReasonCode reason) {
        ClientPort port = host.port();
        if (port != null) {
            port.pubAck(topic, packetId, reason);
        }
    }

    /** The packet id of the client's last message, or -1. */
    int lastPacketId() {
        return lastPacketId;
    }

    void restore(List<StoredReceived> unreleased, int restoredLastPacketId, long nowNanos) {
        lastPacketId = restoredLastPacketId;
        unreleased.forEach(each -> exchanges.add(new Exchange(each, nowNanos)));
    }

    /** True if that was all: the packet is a repetition, or cannot be told from one now. */
    private boolean onKnown(Exchange known, ApplicationMessage message, boolean dup, long nowNanos) {
        boolean same =
                known.fingerprint == fingerprint(message, message.payload().hashCode());
        switch (known.phase) {
            case PENDING -> {
                known.leftBehind = !same;
                if (same) {
                    host.count(Count.MESSAGES_IN_REPEATED);
                } else {
                    refuse(known.topic, known.packetId, ReasonCode.CONGESTION);
                }
                return true;
            }
            case RECEIVED -> {
                if (same) {
                    acknowledgeAgain(known);
                    return true;
                }
            }
            case COMPLETED -> {
                boolean networkCopy = countsPacketIds && nowNanos - known.sinceNanos < retryNanos;
                if (same && (dup || networkCopy)) {
                    acknowledgeAgain(known);
                    return true;
                }
            }
        }
        // The client has left that exchange behind and uses its packet id for another message.
        exchanges.remove(known);
        unrecord(known);
        return false;
    }

    private void acknowledgeAgain(Exchange known) {
        host.count(Count.MESSAGES_IN_REPEATED);
        ClientPort port = host.port();
        if (port != null) {
            port.pubRec(known.packetId);
        }
    }

    /** The last message once more may be a copy of it, and tells nothing. */
    private void observeNumbering(Exchange latest) {
        boolean sameId = latest.packetId == lastPacketId;
        if (!sameId || latest.fingerprint != lastFingerprint) {
            countsPacketIds = !sameId && lastPacketId != NONE;
        }
        boolean first = lastPacketId == NONE;
        lastPacketId = latest.packetId;
        lastFingerprint = latest.fingerprint;
        if (first) {
            record.note(); // that there was one; which was the last after that, is not worth it
        }
    }

    private boolean makeRoom(long nowNanos) {
        int open = 0;
        for (Iterator<Exchange> each = exchanges.iterator(); each.hasNext(); ) {
            Exchange exchange = each.next();
            long age = nowNanos - exchange.sinceNanos;
            boolean forgotten = exchange.phase == Phase.COMPLETED && age >= rememberNanos;
            boolean abandoned = exchange.phase == Phase.RECEIVED && age >= abandonedNanos;
            if (forgotten || (abandoned && exchanges.size() >= maxInFlight)) {
                each.remove();
                unrecord(exchange);
            } else if (exchange.phase != Phase.COMPLETED) {
                open++;
            }
        }
        if (open < maxInFlight && exchanges.size() >= maxInFlight) {
            forgetOldestCompleted();
        }
        return open < maxInFlight;
    }

    private void forgetOldestCompleted() {
        for (Exchange exchange : exchanges) {
            if (exchange.phase == Phase.COMPLETED) {
                exchanges.remove(exchange);
                return;
            }
        }
    }

    private @Nullable Exchange find(int packetId) {
        for (Exchange exchange : exchanges) {
            if (exchange.packetId == packetId) {
                return exchange;
            }
        }
        return null;
    }

    /** Before anything else can happen to what is on its way up: all who keep something of it wait for this. */
    private void onTaken(Exchange exchange, Changes together) {
        if (exchange.qos == Qos.EXACTLY_ONCE && !exchange.leftBehind) {
            record.put(exchange.toStored(), together);
            exchange.recorded = true;
        }
        record.submit(together);
        together.whenDurable(exchange::onAccepted);
    }

    private void unrecord(Exchange exchange) {
        if (exchange.recorded) {
            exchange.recorded = false;
            record.removeReceived(exchange.packetId);
        }
    }

    private void onAnswered(Exchange exchange, long nowNanos) {
        Refusal refusal = exchange.refusal;
        if (exchange.leftBehind) {
            exchanges.remove(exchange);
            unrecord(exchange);
        } else if (refusal != null) {
            exchanges.remove(exchange);
            refuse(exchange.topic, exchange.packetId, ReasonCode.of(refusal));
        } else {
            host.count(Count.MESSAGES_IN_ACCEPTED);
            accept(exchange, nowNanos);
        }
        host.onInboundSettled(nowNanos);
    }

    private void accept(Exchange exchange, long nowNanos) {
        ClientPort port = host.port();
        if (exchange.qos == Qos.AT_LEAST_ONCE) {
            exchanges.remove(exchange);
            if (port != null) {
                port.pubAck(exchange.topic, exchange.packetId, ReasonCode.SUCCESS);
            }
            return;
        }
        if (!exchange.recorded) {
            exchange.recorded = true;
            record.put(exchange.toStored());
        }
        exchange.phase = Phase.RECEIVED;
        exchange.sinceNanos = nowNanos;
        if (port != null) {
            port.pubRec(exchange.packetId);
        }
    }

    private static long fingerprint(ApplicationMessage message, int payloadHash) {
        int retain = message.retain() ? 1 : 0;
        return ((long) message.topic().hashCode() << Integer.SIZE)
                ^ (payloadHash & 0xFFFF_FFFFL)
                ^ ((long) message.qos().value() << 1 | retain);
    }

    /** A message at QoS 0 on its way up: what is answered is a refusal, if there is one. */
    private final class Unanswered implements PublishCallback {
        private final int topic;
        private final int packetId;

        private Unanswered(int topic, int packetId) {
            this.topic = topic;
            this.packetId = packetId;
        }

        @Override
        public void onAccepted() {
            // Nobody waits for it.
        }

        @Override
        public void onRefused(Refusal why) {
            mailbox.post(nowNanos -> refuse(topic, packetId, ReasonCode.of(why)));
        }
    }

    /**
     * One message at QoS 1 or 2 on its way up. Its answer comes on any thread and is posted to the session's loop, which owns all
     * else; the mailbox orders the one field that both touch.
     */
    private final class Exchange implements PublishCallback, LongConsumer {
        private final String messageTopic;
        private final Qos qos;
        private final int topic;
        private final int packetId;
        private final int payloadHash;
        private final long fingerprint;
        private Phase phase = Phase.PENDING;
        /** The client uses the packet id for another message: the answer would be taken for that one's. */
        private boolean leftBehind;
        /** The store has been told that the upstream has it. */
        private boolean recorded;

        private long sinceNanos;
        private @Nullable Refusal refusal;

        private Exchange(ApplicationMessage message, int topic, int packetId, long nowNanos) {
            this.messageTopic = message.topic();
            this.qos = message.qos();
            this.topic = topic;
            this.packetId = packetId;
            this.sinceNanos = nowNanos;
            this.payloadHash = message.payload().hashCode();
            this.fingerprint = fingerprint(message, payloadHash);
        }

        /** One that the upstream has taken in an earlier life of the gateway. */
        private Exchange(StoredReceived unreleased, long nowNanos) {
            this.messageTopic = "";
            this.qos = Qos.EXACTLY_ONCE;
            this.topic = 0;
            this.packetId = unreleased.packetId();
            this.payloadHash = 0;
            this.fingerprint = unreleased.fingerprint();
            this.phase = Phase.RECEIVED;
            this.recorded = true;
            this.sinceNanos = nowNanos;
        }

        @Override
        public void onAccepted() {
            mailbox.post(this);
        }

        @Override
        public void onTaken(Changes together) {
            mailbox.post(nowNanos -> InboundFlow.this.onTaken(this, together));
        }

        @Override
        public void onRefused(Refusal why) {
            refusal = why;
            mailbox.post(this);
        }

        private StoredReceived toStored() {
            return new StoredReceived(packetId, fingerprint);
        }

        @Override
        public void accept(long nowNanos) {
            onAnswered(this, nowNanos);
        }
    }
}
