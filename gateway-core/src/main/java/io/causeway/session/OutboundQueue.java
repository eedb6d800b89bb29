package io.causeway.session;

import io.causeway.session.SessionSettings.QueueBound;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for one client, in order and bounded. Owned by the session's loop.
 *
 * @param <M> a message, with what else is to be known to send it
 */
public final class OutboundQueue<M> {
    private final QueueBound bound;
    private final ToIntFunction<M> weightOctets;
    private final ArrayDeque<M> waiting = new ArrayDeque<>(2);
    private long octets;

    /** @param weightOctets of a message; always the same for the same message */
    public OutboundQueue(QueueBound bound, ToIntFunction<M> weightOctets) {
        this.bound = bound;
        this.weightOctets = weightOctets;
    }

    /** Takes the message as the policy allows; returns how many messages were dropped for it, itself included. */
    public int offer(M message) {
        int weight = weightOctets.applyAsInt(message);
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

    public @Nullable M peek() {
        return waiting.peekFirst();
    }

    public @Nullable M poll() {
        M first = waiting.pollFirst();
        if (first != null) {
            octets -= weightOctets.applyAsInt(first);
        }
        return first;
    }

    public void removeIf(Predicate<M> unwanted) {
        for (Iterator<M> each = waiting.iterator(); each.hasNext(); ) {
            M message = each.next();
            if (unwanted.test(message)) {
                each.remove();
                octets -= weightOctets.applyAsInt(message);
            }
        }
    }

    public int size() {
        return waiting.size();
    }

    public List<M> toList() {
        return List.copyOf(waiting);
    }

    private boolean isFullFor(int weight) {
        return waiting.size() >= bound.messages() || octets + weight > bound.octets();
    }
}
