package io.causeway.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.session.SessionSettings.QueueBound;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Messages that wait for one client, in order and bounded. Owned by the session's loop. */
final class OutboundQueue {
    private final QueueBound bound;
    private final ArrayDeque<ApplicationMessage> waiting = new ArrayDeque<>(2);
    private long octets;

    OutboundQueue(QueueBound bound) {
        this.bound = bound;
    }

    /** Takes the message as the policy allows; returns how many messages were dropped for it, itself included. */
    int offer(ApplicationMessage message) {
        int weight = message.weightOctets();
        if (weight > bound.octets()) {
            return 1;
        }
        int dropped = 0;
        while (isFullFor(weight)) {
            if (bound.policy() == OverflowPolicy.DROP_NEWEST) {
                return 1;
            }
            poll();
            dropped++;
        }
        waiting.addLast(message);
        octets += weight;
        return dropped;
    }

    @Nullable
    ApplicationMessage peek() {
        return waiting.peekFirst();
    }

    @Nullable
    ApplicationMessage poll() {
        ApplicationMessage first = waiting.pollFirst();
        if (first != null) {
            octets -= first.weightOctets();
        }
        return first;
    }

    void removeIf(Predicate<ApplicationMessage> unwanted) {
        for (Iterator<ApplicationMessage> each = waiting.iterator(); each.hasNext(); ) {
            ApplicationMessage message = each.next();
            if (unwanted.test(message)) {
                each.remove();
                octets -= message.weightOctets();
            }
        }
    }

    int size() {
        return waiting.size();
    }

    List<ApplicationMessage> toList() {
        return List.copyOf(waiting);
    }

    private boolean isFullFor(int weight) {
        return waiting.size() >= bound.messages() || octets + weight > bound.octets();
    }
}
