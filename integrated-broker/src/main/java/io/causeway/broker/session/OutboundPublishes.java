package io.causeway.broker.session;

import io.causeway.routing.Qos;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.TopicFilter;
import io.causeway.store.StoredMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one client gets: a bounded queue, a window of messages that are sent and not acknowledged, and retained messages
 * when there is nothing else to send. Outlives connections; what was in flight is sent again on the next one in its old
 * order (MQTT 5 §4.4). Owned by the session's loop.
 */
final class OutboundPublishes {
    private final MqttSession session;
    private final SessionRecord record;
    private final MqttShard shard;
    private final int maxInFlight;
    private final SendQueue queue;
    private final InFlight inFlight = new InFlight();
    /** In flight since an earlier connection and not sent on this one yet. */
    private final ArrayDeque<OutgoingPublish> toRepeat = new ArrayDeque<>(0);

    private final RetainedBacklog retained;
    private @Nullable MqttConnection connection;
    /** How many may be outstanding on this connection [MQTT-3.3.4-9], and how many are. */
    private int window;

    private int outstanding;
    /** That the client took on its last connection. */
    private int largestPacketOctets = Integer.MAX_VALUE;

    private long lastSequence;
    private boolean pumping;

    OutboundPublishes(MqttSession session, SessionRecord record, MqttShard shard) {
        this.session = session;
        this.record = record;
        this.shard = shard;
        this.maxInFlight = shard.broker().settings().maxInFlight();
        this.queue = new SendQueue(session, record, shard);
        this.retained = new RetainedBacklog(session::onRetainedServed);
    }

    // ---- connections ---------------------------------------------------------------------------------------------

    /** @param receiveMaximum of the client */
    void attach(MqttConnection newConnection, int receiveMaximum) {
        connection = newConnection;
        window = Math.min(receiveMaximum, maxInFlight);
        largestPacketOctets = newConnection.maxPacketOctets();
        outstanding = 0;
        toRepeat.clear();
        for (OutgoingPublish each : inFlight.inOrder()) {
            each.setOutstanding(false);
            toRepeat.add(each);
        }
    }

    void detach() {
        connection = null;
        queue.dropQos0();
    }

    void end() {
        connection = null;
        shard.count(BrokerCount.DROPPED_SESSION_ENDED, queue.size() + inFlight.size());
    }

    // ---- messages ------------------------------------------------------------------------------------------------

    /** Sends the message if it is ready and nothing is before it, or queues it, or drops it. */
    void offer(OutgoingPublish publish, long nowNanos) {
        MqttConnection to = connection;
        if (to == null && publish.qos() == Qos.AT_MOST_ONCE) {
            shard.count(BrokerCount.DROPPED_OFFLINE);
            return;
        }
        publish.setSequence(++lastSequence);
        if (to != null && isNext(publish, nowNanos) && to.isWritable()) {
            transmit(publish, to, nowNanos);
            return;
        }
        if (publish.message().payload().length() > largestPacketOctets) {
            // The client would not take it, and it must not take the place of what can be delivered [MQTT-3.1.2-25].
            shard.count(BrokerCount.DROPPED_TOO_LARGE);
            return;
        }
        queue.add(publish, nowNanos);
    }

    /** A new subscription is to be served with what is stored. */
    void feedRetained(Subscription subscription, RetainedStore store) {
        retained.add(subscription, store);
    }

    void stopRetained(TopicFilter filter) {
        retained.remove(filter);
    }

    /** Whether the client has not been sent all stored messages that the filter means. */
    boolean owesRetained(TopicFilter filter) {
        return retained.owes(filter);
    }

    /** Sends as much as the connection and the client take. What it writes may change the port, which calls it again. */
    void pump(long nowNanos) {
        MqttConnection to = connection;
        if (to == null || pumping) {
            return;
        }
        pumping = true;
        try {
            while (to.isWritable() && sendNext(to, nowNanos)) {
                // as much as there is room for
            }
        } finally {
            pumping = false;
        }
    }

    /** Whether nothing is before the message, or while the disk takes nothing, nothing that it may not pass. */
    private boolean isNext(OutgoingPublish publish, long nowNanos) {
        if (!queue.isEmpty()) {
            pump(nowNanos);
        }
        return toRepeat.isEmpty() && canGo(publish) && queue.mayBePassedBy(publish);
    }

    /** The disk is not in its way, nor is the client. */
    private boolean canGo(OutgoingPublish publish) {
        boolean waitsForTheDisk = !publish.isReady()
                || (mustBeDurable(publish) && !shard.commits().isTaking());
        return !waitsForTheDisk && hasRoomFor(publish.qos());
    }

    /** It would be sent when its packet id is durable, and not take the room of others until then. */
    private boolean mustBeDurable(OutgoingPublish publish) {
        return publish.qos() == Qos.EXACTLY_ONCE && record.isWhole();
    }

    private boolean hasRoomFor(Qos qos) {
        return qos == Qos.AT_MOST_ONCE || (outstanding < window && inFlight.size() < maxInFlight);
    }

    /** False if there is nothing to send, or no room. */
    private boolean sendNext(MqttConnection to, long nowNanos) {
        OutgoingPublish again = toRepeat.peek();
        if (again != null) {
            return repeat(again, to, nowNanos);
        }
        if (!queue.isEmpty()) {
            return sendQueued(to, nowNanos);
        }
        return hasRoomFor(Qos.EXACTLY_ONCE) && sendRetained(to, nowNanos);
    }

    private boolean sendQueued(MqttConnection to, long nowNanos) {
        OutgoingPublish next = queue.poll(this::canGo);
        if (next != null) {
            transmit(next, to, nowNanos);
            return true;
        }
        if (!shard.commits().isTaking()) {
            shard.commits().awaitNext(to);
        }
        return false;
    }

    private boolean sendRetained(MqttConnection to, long nowNanos) {
        OutgoingPublish stored = retained.poll();
        if (stored == null) {
            return false;
        }
        if (session.mayReceive(stored.message())) {
            stored.setSequence(++lastSequence);
            transmit(stored, to, nowNanos);
        }
        return true;
    }

    private void transmit(OutgoingPublish publish, MqttConnection to, long nowNanos) {
        if (publish.message().properties().isExpired(nowNanos)) {
            shard.count(BrokerCount.DROPPED_EXPIRED); // [MQTT-3.3.2-5]
            record.remove(publish);
            return;
        }
        if (publish.qos() != Qos.AT_MOST_ONCE) {
            inFlight.add(publish);
            recordPacketId(publish);
        }
        if (send(publish, false, to, nowNanos)) {
            shard.count(BrokerCount.MESSAGES_OUT);
        }
    }

    private void recordPacketId(OutgoingPublish publish) {
        if (publish.isRecorded()) {
            record.mark(publish);
        } else {
            record.put(publish);
        }
    }

    /** On a new connection: PUBLISH again, or PUBREL if the client has said that it has the message [MQTT-4.4.0-1]. */
    private boolean repeat(OutgoingPublish publish, MqttConnection to, long nowNanos) {
        boolean isSettled = inFlight.get(publish.packetId()) != publish;
        if (!isSettled && publish.isReleased()) {
            to.sendWhenDurable(Answers.pubRel(publish.packetId(), Reason.SUCCESS));
        } else if (!isSettled) {
            if (outstanding >= window) {
                return false;
            }
            if (send(publish, true, to, nowNanos)) {
                shard.count(BrokerCount.MESSAGES_OUT_REPEATED);
            }
        }
        toRepeat.poll();
        return true;
    }

    /** False if the client does not take packets of that size: the message is done then [MQTT-3.1.2-25]. */
    private boolean send(OutgoingPublish publish, boolean repeated, MqttConnection to, long nowNanos) {
        MqttPublishMessage packet = to.packets().packet(publish, repeated, nowNanos);
        if (packet == null) {
            inFlight.remove(publish);
            record.remove(publish);
            shard.count(BrokerCount.DROPPED_TOO_LARGE);
            to.warnRefused(
                    "message dropped",
                    "too large for the client: " + publish.message().topic(),
                    nowNanos);
            return false;
        }
        if (publish.qos() != Qos.AT_MOST_ONCE) {
            publish.setOutstanding(true);
            outstanding++;
        }
        if (publish.qos() == Qos.EXACTLY_ONCE) {
            to.sendWhenDurable(packet);
        } else {
            to.sendMessage(packet);
        }
        return true;
    }

    // ---- acknowledgements ----------------------------------------------------------------------------------------

    /** @param reason of MQTT 5; 0 for MQTT 3 */
    void onPubAck(int packetId, int reason, long nowNanos) {
        OutgoingPublish publish = inFlight.get(packetId);
        if (publish == null || publish.qos() != Qos.AT_LEAST_ONCE) {
            shard.count(BrokerCount.UNKNOWN_PACKET_IDS);
            return;
        }
        settle(publish, reason, nowNanos);
    }

    void onPubRec(int packetId, int reason, MqttConnection from, long nowNanos) {
        OutgoingPublish publish = inFlight.get(packetId);
        if (publish == null || publish.qos() != Qos.EXACTLY_ONCE) {
            shard.count(BrokerCount.UNKNOWN_PACKET_IDS);
            if (!Reason.isFailure(reason)) {
                from.send(Answers.pubRel(packetId, Reason.PACKET_IDENTIFIER_NOT_FOUND));
            }
            return;
        }
        if (Reason.isFailure(reason)) {
            settle(publish, reason, nowNanos);
            return;
        }
        if (!publish.isReleased()) {
            publish.release();
            record.mark(publish);
        }
        from.sendWhenDurable(Answers.pubRel(packetId, Reason.SUCCESS));
    }

    void onPubComp(int packetId, long nowNanos) {
        OutgoingPublish publish = inFlight.get(packetId);
        if (publish == null || !publish.isReleased()) {
            shard.count(BrokerCount.UNKNOWN_PACKET_IDS);
            return;
        }
        settle(publish, Reason.SUCCESS.value(), nowNanos);
    }

    private void settle(OutgoingPublish publish, int reason, long nowNanos) {
        inFlight.remove(publish);
        record.remove(publish);
        if (publish.isOutstanding()) {
            outstanding--;
        }
        shard.count(Reason.isFailure(reason) ? BrokerCount.DROPPED_REJECTED : BrokerCount.MESSAGES_OUT_SETTLED);
        pump(nowNanos);
    }

    // ---- state ---------------------------------------------------------------------------------------------------

    int queued() {
        return queue.size();
    }

    int inFlight() {
        return inFlight.size();
    }

    int lastPacketId() {
        return inFlight.lastId();
    }

    /** Takes up the messages of a stored session, before anything else. */
    void restore(List<StoredMessage> messages, int lastPacketId) {
        for (StoredMessage each : messages) {
            OutgoingPublish publish = OutgoingPublish.restored(each);
            lastSequence = each.sequence();
            if (each.packetId() != OutgoingPublish.NO_PACKET_ID) {
                inFlight.restore(publish, each.packetId());
            } else {
                queue.restore(publish);
            }
        }
        inFlight.setLastId(lastPacketId);
    }
}
