package io.causeway.session;

import java.util.Optional;

/**
 * Brings messages at QoS 0 past one in flight that cannot leave, because it waits for the store and that takes nothing:
 * what needs nothing of the store need not wait as long. Owned by the session's loop.
 */
final class PassingFlow {
    private final OutboundFlow.Host host;
    private final OutboundOrder order;
    private final SessionRecord record;

    PassingFlow(OutboundFlow.Host host, OutboundOrder order, SessionRecord record) {
        this.host = host;
        this.order = order;
        this.record = record;
    }

    void pump(long nowNanos) {
        ClientPort port = host.reachablePort();
        while (port != null && port.isHeld() && !record.isTaking()) {
            Outgoing next = order.nextUnanswered();
            if (next == null || host.holdsBack(next)) {
                return;
            }
            order.take(next);
            record.remove(next);
            send(port, next, nowNanos);
        }
    }

    private void send(ClientPort port, Outgoing message, long nowNanos) {
        Optional<TopicReference> known = host.referenceTo(message.topic());
        if (message.message().properties().isExpired(nowNanos)) {
            host.onDropped(message, Count.DROPPED_EXPIRED, nowNanos);
        } else if (known.isPresent() && message.publishTo(port, known.get())) {
            host.count(Count.MESSAGES_OUT);
        } else {
            host.onDropped(message, Count.DROPPED_TOO_LARGE, nowNanos);
        }
    }
}
