package io.causeway.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.DurableStep;
import io.causeway.routing.Qos;
import io.causeway.session.ClientSession.State;
import org.jspecify.annotations.Nullable;

/**
 * Takes what is delivered to one client into its queue: what the client may receive, its link can carry, and there is
 * room for. Owned by the session's loop.
 */
final class Deliveries {
    private final ClientSession session;
    private final SessionContext context;
    private final VirtualConnection connection;
    private final SessionRecord record;
    private final OutboundQueue<Outgoing> queue;
    private boolean overflowed;

    Deliveries(ClientSession session, SessionContext context, VirtualConnection connection, SessionRecord record) {
        this.session = session;
        this.context = context;
        this.connection = connection;
        this.record = record;
        this.queue = new OutboundQueue<>(context.settings().queue(), Outgoing::weightOctets, record::remove);
    }

    OutboundQueue<Outgoing> queue() {
        return queue;
    }

    /** @return the message as it waits now, or null if it was dropped */
    @Nullable
    Outgoing take(ApplicationMessage message, Qos subscribedQos, @Nullable DurableStep together, long nowNanos) {
        if (!context.authorizer().mayReceive(session.access(), message.topic())) {
            context.counters().add(Count.DROPPED_FORBIDDEN);
            return null;
        }
        ApplicationMessage served = message.withQos(message.qos().min(subscribedQos));
        if (session.state() == State.DISCONNECTED && served.qos() == Qos.AT_MOST_ONCE) {
            context.counters().add(Count.DROPPED_OFFLINE);
            return null;
        }
        if (message.payload().length() > connection.largestPayloadOctets()) {
            // It must not take the place of what can be delivered.
            context.counters().add(Count.DROPPED_TOO_LARGE);
            warn(
                    nowNanos,
                    "message dropped",
                    Count.DROPPED_TOO_LARGE.help() + ", topic " + message.topic() + ", "
                            + message.payload().length() + " octets");
            return null;
        }
        overflowed &= queue.size() > 0;
        Outgoing outgoing = record.newMessage(served, together);
        int dropped = queue.offer(outgoing);
        if (dropped > 0) {
            onOverflow(dropped, served, nowNanos);
        }
        return outgoing.isGone() ? null : outgoing;
    }

    private void onOverflow(int dropped, ApplicationMessage message, long nowNanos) {
        context.counters().add(Count.DROPPED_QUEUE_FULL, dropped);
        if (!overflowed) {
            // Once until the queue has been emptied: the counter tells how many.
            overflowed = true;
            warn(
                    nowNanos,
                    "queue full",
                    queue.size() + " messages wait, "
                            + context.settings().queue().policy() + ", newest is for " + message.topic());
        }
    }

    private void warn(long nowNanos, String what, String detail) {
        context.log().warning(nowNanos, what, session.clientId(), connection.identity(), detail);
    }
}
