package io.causeway.broker.session;

import io.causeway.store.ChangeLog;
import io.causeway.store.Changes;
import java.util.ArrayDeque;

/**
 * Messages at QoS 2 of one client, each of which is one step: what its subscribers keep of it, and that it was received,
 * become durable together or not at all. So a crash leaves no message that was delivered and would be delivered again,
 * and the steps are taken in the order of the messages. Outlives connections. Owned by the session's loop.
 */
final class InboundSteps {
    private final SessionRecord record;
    private final ChangeLog changes;
    private final ArrayDeque<InboundExchange> open = new ArrayDeque<>(0);

    InboundSteps(SessionRecord record, ChangeLog changes) {
        this.record = record;
        this.changes = changes;
    }

    /** To be filled by all who get the message, and then to be {@linkplain #takeInOrder taken}. */
    Changes begin(InboundExchange exchange) {
        Changes together = changes.begin();
        exchange.begin(this, together);
        open.add(exchange);
        return together;
    }

    /** The message was refused: nobody has it, and nothing is taken. */
    void cancel(InboundExchange exchange) {
        open.remove(exchange);
    }

    /** Every queue has the message of some exchange. It is safe when that is durable, also if the session is no more. */
    void takeInOrder() {
        for (InboundExchange first = open.peek(); first != null && first.isQueued(); first = open.peek()) {
            open.remove();
            Changes together = first.together();
            record.put(first, together);
            together.whenDurable(first);
            changes.submit(together);
        }
    }
}
