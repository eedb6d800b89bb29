package io.causeway.session;

import io.causeway.routing.Qos;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which of the messages that wait for a client is next: the first; but while the store takes nothing, the first that
 * needs nothing of it, or one that does would stop all behind it for as long. Messages of the same topic and QoS keep
 * their order even then [MQTT-4.6.0-5]. Owned by the session's loop.
 */
final class OutboundOrder {
    private final OutboundQueue<Outgoing> queue;
    private final SessionRecord record;
    private final ClientTopics topics;

    /** What has an order of its own. */
    private record Lane(String topic, Qos qos) {}

    OutboundOrder(OutboundQueue<Outgoing> queue, SessionRecord record, ClientTopics topics) {
        this.queue = queue;
        this.record = record;
        this.topics = topics;
    }

    boolean isEmpty() {
        return queue.size() == 0;
    }

    /** The next message, or null if none may be sent now. It stays until it is {@linkplain #take taken}. */
    @Nullable
    Outgoing next() {
        if (record.isTaking()) {
            Outgoing first = queue.peek();
            return first != null && first.maySend() ? first : null;
        }
        return firstInItsLane(message -> !needsStore(message));
    }

    /**
     * The next message that can pass one in flight, of which the client cannot hear while the store takes nothing: one
     * that asks for no answer, on a topic that the client can name. Null if there is none.
     */
    @Nullable
    Outgoing nextUnanswered() {
        return firstInItsLane(message ->
                message.qos() == Qos.AT_MOST_ONCE && message.maySend() && topics.isKnownToClient(message.topic()));
    }

    void take(Outgoing message) {
        queue.pollFirst(each -> each == message);
    }

    /** Takes up a message that waited in an earlier life of the gateway; returns how many there was no room for. */
    int restore(Outgoing message) {
        return queue.offer(message);
    }

    /** What the client could not be told of yet. */
    private boolean needsStore(Outgoing message) {
        boolean changesSession = switch (message.qos()) {
            case AT_MOST_ONCE -> false;
            case AT_LEAST_ONCE -> record.mustRecordNextPacketId();
            case EXACTLY_ONCE -> true;
        };
        return changesSession || !message.maySend() || topics.needsNewAlias(message.topic());
    }

    private @Nullable Outgoing firstInItsLane(Predicate<Outgoing> mayGo) {
        Set<Lane> waiting = new HashSet<>();
        return queue.peekFirst(message -> {
            Lane lane = new Lane(message.topic(), message.qos());
            if (!waiting.contains(lane) && mayGo.test(message)) {
                return true;
            }
            waiting.add(lane);
            return false;
        });
    }
}
