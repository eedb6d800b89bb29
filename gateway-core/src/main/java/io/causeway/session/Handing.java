package io.causeway.session;

import io.causeway.routing.Delivery;
import io.causeway.routing.Delivery.Recipient;
import io.causeway.store.ChangeLog;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a delivery to its recipients on one loop, one after the other, and confirms it when what they keep of it is
 * durable. The same object for all deliveries, as there is one at a time. Owned by the loop.
 */
final class Handing implements LongConsumer {
    private final SessionContext context;
    private final ChangeLog changes;
    private @Nullable Delivery delivery;
    private @Nullable Recipient recipient;
    private boolean kept;

    Handing(SessionContext context, ChangeLog changes) {
        this.context = context;
        this.changes = changes;
    }

    void hand(Delivery arrived, long nowNanos) {
        delivery = arrived;
        kept = false;
        List<Recipient> recipients = arrived.recipients();
        for (int i = 0; i < recipients.size(); i++) { // nothing to be collected, unlike an iterator
            recipient = recipients.get(i);
            if (recipient.subscriber() instanceof ClientSession session) {
                context.run(session, this, nowNanos);
            }
        }
        delivery = null;
        recipient = null;
        if (kept) {
            changes.whenDurable(arrived.whenQueued());
        } else {
            arrived.whenQueued().run();
        }
    }

    @Override
    public void accept(long nowNanos) {
        Delivery arrived = delivery;
        Recipient here = recipient;
        if (arrived == null || here == null || !(here.subscriber() instanceof ClientSession session)) {
            throw new IllegalStateException("nothing is being delivered");
        }
        kept |= session.onDelivery(arrived.messageFor(here), here.qos(), arrived.together(), nowNanos);
    }
}
