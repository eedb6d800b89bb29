package io.causeway.bridge;

import io.causeway.routing.Qos;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What we owe the broker: a message is acknowledged once its subscribers' queues have it, in the order of arrival
 * [MQTT-4.6.0-2]. Connection threads add, event loops confirm, the worker acknowledges; nobody waits.
 */
final class InboundAcks {
    /** One message; confirmed at most once, in whatever thread. */
    static final class Ack {
        private volatile InboundMessage message;
        private volatile boolean confirmed;

        private Ack(InboundMessage message) {
            this.message = message;
        }
    }

    private final Queue<Ack> inOrder = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Ack> exactlyOnce = new ConcurrentHashMap<>();

    /**
     * Notes an arrival.
     *
     * @return what to {@linkplain #confirm}; null if this is a QoS 2 message that we had before its connection was
     *         lost: it must not be delivered again. With other content it is of a session that the broker has made
     *         since, without our knowing
     */
    @Nullable
    Ack add(InboundMessage message) {
        if (message.message().qos() == Qos.EXACTLY_ONCE) {
            Ack former = exactlyOnce.get(message.packetId());
            if (former != null && former.message.message().equals(message.message())) {
                former.message = message;
                inOrder.add(former);
                return null;
            }
        }
        Ack added = new Ack(message);
        if (message.message().qos() == Qos.EXACTLY_ONCE) {
            exactlyOnce.put(message.packetId(), added);
        }
        inOrder.add(added);
        return added;
    }

    /** An earlier life has delivered this QoS 2 message, and not completed it. */
    void restore(InboundMessage message) {
        Ack delivered = new Ack(message);
        delivered.confirmed = true;
        exactlyOnce.put(message.packetId(), delivered);
    }

    /** The message is in its subscribers' queues. True if the worker is to be woken. */
    boolean confirm(Ack ack) {
        ack.confirmed = true;
        return inOrder.peek() == ack;
    }

    /** Acknowledges, in order, what is confirmed. An id that the connection does not take is remembered. */
    void acknowledge(Predicate<InboundMessage> connection) {
        for (Ack oldest = inOrder.peek(); oldest != null && oldest.confirmed; oldest = inOrder.peek()) {
            inOrder.remove();
            if (connection.test(oldest.message)) {
                exactlyOnce.remove(oldest.message.packetId(), oldest);
            }
        }
    }

    /** The connection is gone: the broker sends again what was not acknowledged over it. */
    void onLost() {
        inOrder.clear();
    }

    /** The broker does not know the session any more: packet ids mean nothing. */
    void onSessionLost() {
        exactlyOnce.clear();
    }
}
