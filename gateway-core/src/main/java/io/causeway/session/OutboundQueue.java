package io.causeway.session;

import io.causeway.session.SessionSettings.QueueBound;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
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
    private final Consumer<M> dropped;
    private final ArrayDeque<M> waiting = new ArrayDeque<>(2);
    private long octets;

    /** @param weightOctets of a message; always the same for the same message */
    public OutboundQueue(QueueBound bound, ToIntFunction<M> weightOctets) {
        this(bound, weightOctets, message -> {});
    }

    /** @param dropped told of each message that is not taken, makes way for another, or is not wanted any more */
    public OutboundQueue(QueueBound bound, ToIntFunction<M> weightOctets, Consumer<M> dropped) {
        this.bound = bound;
        this.weightOctets = weightOctets;
        this.dropped = dropped;
    }

    /** Takes the message as the policy allows; returns how many messages were dropped for it, itself included. */
    public int offer(M message) {
        int weight = weightOctets.applyAsInt(message);
        boolean never = weight > bound.octets();
        if (never || (bound.policy() == OverflowPolicy.DROP_NEWEST && isFullFor(weight))) {
            dropped.accept(message);
            return 1;
        }
        int madeWay = 0;
        while (isFullFor(weight)) {
            dropOldest();
            madeWay++;
        }
        waiting.addLast(message);
        octets += weight;
        return madeWay;
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

    /** The first that meets the condition, or null. */
    public @Nullable M peekFirst(Predicate<? super M> condition) {
        for (M message : waiting) {
            if (condition.test(message)) {
                return message;
            }
        }
        return null;
    }

    /** Takes the first that meets the condition past those before it; null if none does. */
    public @Nullable M pollFirst(Predicate<? super M> condition) {
        for (Iterator<M> each = waiting.iterator(); each.hasNext(); ) {
            M message = each.next();
            if (condition.test(message)) {
                each.remove();
                octets -= weightOctets.applyAsInt(message);
                return message;
            }
        }
        return null;
    }

    public void removeIf(Predicate<M> unwanted) {
        for (Iterator<M> each = waiting.iterator(); each.hasNext(); ) {
            M message = each.next();
            if (unwanted.test(message)) {
                each.remove();
                octets -= weightOctets.applyAsInt(message);
                dropped.accept(message);
            }
        }
    }

    public int size() {
        return waiting.size();
    }

    public List<M> toList() {
        return List.copyOf(waiting);
    }

    private void dropOldest() {
        M oldest = poll();
        if (oldest != null) {
            dropped.accept(oldest);
        }
    }

    private boolean isFullFor(int weight) {
        return waiting.size() >= bound.messages() || octets + weight > bound.octets();
    }
}
