package io.causeway.broker.session;

import io.causeway.routing.Delivery;
import io.causeway.routing.Delivery.Recipient;
import io.causeway.routing.Qos;
import io.causeway.store.ChangeLog;
import io.causeway.store.Changes;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings messages to the sessions of one loop, and confirms them when they are queued there: durably, where a session
 * keeps them over a restart. Owned by that loop, but for {@link #add} and {@link #waiting}.
 */
final class Deliveries {
    private final MqttShard shard;
    private final ChangeLog changes;
    private final Inbox<Delivery> arrived;
    private final Inbox<Step> released;

    /** A message that was queued as one step with something else. */
    private record Step(MqttSession session, OutgoingPublish publish) {}

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
        List<Step> steps = together == null
                ? List.of()
                : new ArrayList<>(delivery.recipients().size());
        boolean kept = false;
        try {
            for (Recipient recipient : delivery.recipients()) {
                if (recipient.subscriber() instanceof MqttSession session) {
                    kept |= isKept(delivery, recipient, session);
                    OutgoingPublish publish =
                            OutgoingPublish.of(delivery.messageFor(recipient), recipient.options(), together);
                    if (together != null) {
                        steps.add(new Step(session, publish));
                    }
                    shard.run(session, now -> session.onDelivery(publish, now), nowNanos);
                }
            }
        } finally {
            if (together == null) {
                confirm(delivery, kept);
            } else {
                confirm(delivery, together, steps, kept);
            }
        }
    }

    private static boolean isKept(Delivery delivery, Recipient recipient, MqttSession session) {
        Qos qos = delivery.message().qos().min(recipient.qos());
        return qos != Qos.AT_MOST_ONCE && session.record().isWhole();
    }

    private void confirm(Delivery delivery, boolean kept) {
        if (kept) {
            changes.whenDurable(delivery.whenQueued());
        } else {
            delivery.whenQueued().run();
        }
    }

    private void confirm(Delivery delivery, Changes together, List<Step> steps, boolean kept) {
        if (kept) {
            changes.submit(); // a session that is new has to be there before its message
        }
        together.whenDurable(() -> steps.forEach(released::add));
        delivery.whenQueued().run();
    }

    /** The message may be sent now. */
    private void onReleased(Step step, long nowNanos) {
        step.publish().becomeReady();
        shard.run(step.session(), step.session().outbound()::pump, nowNanos);
    }
}
