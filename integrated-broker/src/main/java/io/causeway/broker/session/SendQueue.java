package io.causeway.broker.session;

import io.causeway.broker.session.OutgoingPublish.Order;
import io.causeway.routing.Qos;
import io.causeway.session.OutboundQueue;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for one client: bounded, and kept over a restart where the session is. While the disk takes nothing,
 * what needs no disk passes what waits for it. Owned by the session's loop.
 */
final class SendQueue {
    private final MqttSession session;
    private final SessionRecord record;
    private final MqttShard shard;
    private final OutboundQueue<OutgoingPublish> queue;
    private boolean overflowed;

    SendQueue(MqttSession session, SessionRecord record, MqttShard shard) {
        this.session = session;
        this.record = record;
        this.shard = shard;
        this.queue =
                new OutboundQueue<>(shard.broker().settings().queue(), OutgoingPublish::weightOctets, record::remove);
    }

    boolean isEmpty() {
        return queue.peek() == null;
    }

    int size() {
        return queue.size();
    }

    /** Puts the message at the end, or drops as the bound's policy says. */
    void add(OutgoingPublish publish, long nowNanos) {
        overflowed &= !isEmpty();
        record.put(publish);
        int dropped = queue.offer(publish);
        if (dropped > 0) {
            onOverflow(dropped, publish, nowNanos);
        }
    }

    /** Takes up a message of a stored session. */
    void restore(OutgoingPublish publish) {
        shard.count(BrokerCount.DROPPED_QUEUE_FULL, queue.offer(publish));
    }

    /** Whether a message that is not in here may be sent before those that are. */
    boolean mayBePassedBy(OutgoingPublish publish) {
        return isEmpty()
                || (!shard.commits().isTaking()
                        && queue.peekFirst(each -> each.order().equals(publish.order())) == null);
    }

    /**
     * Takes the first message if it can go; while the disk takes nothing, the first that can and may pass those before
     * it. Null if there is none.
     */
    @Nullable
    OutgoingPublish poll(Predicate<OutgoingPublish> canGo) {
        OutgoingPublish first = queue.peek();
        if (first == null || canGo.test(first)) {
            return queue.poll();
        }
        if (shard.commits().isTaking()) {
            return null;
        }
        Set<Order> passed = new HashSet<>();
        return queue.pollFirst(each -> {
            boolean goes = canGo.test(each) && !passed.contains(each.order());
            if (!goes) {
                passed.add(each.order());
            }
            return goes;
        });
    }

    /** What is lost with a connection anyway does not wait for the next one. */
    void dropQos0() {
        int before = queue.size();
        queue.removeIf(each -> each.qos() == Qos.AT_MOST_ONCE);
        shard.count(BrokerCount.DROPPED_OFFLINE, before - queue.size());
    }

    private void onOverflow(int dropped, OutgoingPublish newest, long nowNanos) {
        shard.count(BrokerCount.DROPPED_QUEUE_FULL, dropped);
        if (!overflowed) {
            // Once until the queue has been emptied: the counter tells how many.
            overflowed = true;
            shard.log()
                    .warning(
                            nowNanos,
                            "queue full, messages dropped",
                            session.clientId(),
                            session.address(),
                            "the latest to " + newest.message().topic());
        }
    }
}
