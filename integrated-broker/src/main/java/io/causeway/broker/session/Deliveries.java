package io.causeway.broker.session;

import io.causeway.routing.Delivery;
import io.causeway.routing.Delivery.Recipient;
import io.causeway.routing.Qos;
import io.causeway.store.ChangeLog;
import io.causeway.store.Changes;
import org.jspecify.annotations.Nullable;

/**
 * Brings messages to the sessions of one loop, and confirms them when they are queued there: durably, where a session
 * keeps them over a restart. Owned by that loop, but for {@link #add} and {@link #waiting}.
 */
final class Deliveries {
    private final MqttShard shard;
    private final ChangeLog changes;
    private final Inbox<Delivery> arrived;
    /** What was queued as one step with something else may be sent now. */
    private final Inbox<Delivery> released;

    Deliveries(MqttShard shard) {
        this.shard = shard;
        this.changes = shard.changes();
        this.arrived = new Inbox<>(shard.mailbox(), this::onArrived, shard::flushAll);
        this.released = new Inbox<>(shard.mailbox(), this::onReleased, shard::flushAll);
    }

    /** Any thread. */
    void add(Delivery delivery) {
        arrived.add(delivery);
    }

    /** Any thread. */
    int waiting() {
        return arrived.size();
    }

    private void onArrived(Delivery delivery, long nowNanos) {
        Changes together = delivery.together() instanceof Changes step ? step : null;
        boolean kept = false;
        try {
            for (Recipient recipient : delivery.recipients()) {
                if (recipient.subscriber() instanceof MqttSession session) {
                    kept |= isKept(delivery, recipient, session);
                    OutgoingPublish publish =
                            OutgoingPublish.of(delivery.messageFor(recipient), recipient.options(), together);
                    shard.run(session, now -> session.onDelivery(publish, now), nowNanos);
                }
            }
        } finally {
            confirm(delivery, together, kept);
        }
    }

    private static boolean isKept(Delivery delivery, Recipient recipient, MqttSession session) {
        Qos qos = delivery.message().qos().min(recipient.qos());
        return qos != Qos.AT_MOST_ONCE && session.record().isWhole();
    }

    private void confirm(Delivery delivery, @Nullable Changes together, boolean kept) {
        if (together == null) {
            if (kept) {
                changes.whenDurable(delivery.whenQueued());
            } else {
                delivery.whenQueued().run();
            }
            return;
        }
        if (kept) {
            changes.submit(); // a session that is new has to be there before its message
        }
        together.whenDurable(() -> released.add(delivery));
        delivery.whenQueued().run();
    }

    private void onReleased(Delivery delivery, long nowNanos) {
        for (Recipient recipient : delivery.recipients()) {
            if (recipient.subscriber() instanceof MqttSession session) {
                shard.run(session, session.outbound()::pump, nowNanos);
            }
        }
    }
}
