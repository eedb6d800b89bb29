package io.causeway.routing;

import io.causeway.routing.Delivery.Recipient;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Brings application messages to their subscribers: matches on the caller's thread, then hands one batch to each
 * owner. The one meeting place of all loops; safe for many threads.
 */
public final class Router {
    private final SubscriptionTrie<Subscriber> trie = new SubscriptionTrie<>();
    private final LongAdder routedMessages = new LongAdder();
    private final LongAdder unmatchedMessages = new LongAdder();
    private final LongAdder overloadDrops = new LongAdder();

    /** Adds a subscription or changes its QoS; true if it is new. */
    public boolean subscribe(Subscriber subscriber, TopicFilter filter, Qos qos) {
        return trie.put(filter, subscriber, qos).isEmpty();
    }

    /** Removes a subscription; false if there was none. */
    public boolean unsubscribe(Subscriber subscriber, TopicFilter filter) {
        return trie.remove(filter, subscriber);
    }

    /**
     * Delivers a live message to each matching subscriber once, at the highest QoS of its matching filters
     * (MQTT 3.1.1 §3.3.5), with the retain flag cleared.
     *
     * @param whenQueued run once, on any thread, when every owner has queued it; at once if nobody subscribed
     */
    public void route(ApplicationMessage message, Runnable whenQueued) {
        Matches matches = new Matches();
        trie.match(message.topic(), matches);
        List<Recipient> recipients = matches.recipients();
        if (recipients.isEmpty()) {
            unmatchedMessages.increment();
            whenQueued.run();
            return;
        }
        routedMessages.increment();
        hand(message.withRetain(false), recipients, whenQueued);
    }

    /** Delivers one stored message to the given subscribers only, with the retain flag set. */
    public void routeRetained(ApplicationMessage message, List<Recipient> recipients, Runnable whenQueued) {
        if (recipients.isEmpty()) {
            whenQueued.run();
            return;
        }
        hand(message.withRetain(true), recipients, whenQueued);
    }

    /** Live messages that had a subscriber, since the start. */
    public long routedMessages() {
        return routedMessages.sum();
    }

    /** Live messages that nobody had subscribed to, since the start. */
    public long unmatchedMessages() {
        return unmatchedMessages.sum();
    }

    /** Messages at QoS 0 not delivered because too much waited for the owner of their subscribers. */
    public long overloadDrops() {
        return overloadDrops.sum();
    }

    private void hand(ApplicationMessage message, List<Recipient> recipients, Runnable whenQueued) {
        DeliveryTarget first = recipients.get(0).subscriber().owner();
        boolean oneOwner = true;
        for (Recipient recipient : recipients) {
            oneOwner &= recipient.subscriber().owner() == first;
        }
        if (oneOwner) {
            deliver(first, new Delivery(message, recipients, whenQueued));
            return;
        }
        Map<DeliveryTarget, List<Recipient>> byOwner = new LinkedHashMap<>();
        for (Recipient recipient : recipients) {
            byOwner.computeIfAbsent(recipient.subscriber().owner(), unused -> new ArrayList<>())
                    .add(recipient);
        }
        AtomicInteger ownersLeft = new AtomicInteger(byOwner.size());
        Runnable lastOneConfirms = () -> {
            if (ownersLeft.decrementAndGet() == 0) {
                whenQueued.run();
            }
        };
        byOwner.forEach((owner, own) -> deliver(owner, new Delivery(message, own, lastOneConfirms)));
    }

    private void deliver(DeliveryTarget owner, Delivery delivery) {
        if (delivery.message().qos() == Qos.AT_MOST_ONCE && owner.isOverloaded()) {
            overloadDrops.add(delivery.recipients().size());
            delivery.whenQueued().run();
            return;
        }
        owner.deliver(delivery);
    }

    /** Collects matches; the common case of one match needs no search. */
    private static final class Matches implements SubscriptionTrie.MatchVisitor<Subscriber> {
        private static final int SEARCH_LIMIT = 8;

        private final List<Recipient> found = new ArrayList<>(1);
        /** Where each subscriber is found; made once a search costs more. */
        private @Nullable IdentityHashMap<Subscriber, Integer> index;

        @Override
        public void onMatch(Subscriber subscriber, Qos qos) {
            int at = indexOf(subscriber);
            if (at < 0) {
                found.add(new Recipient(subscriber, qos));
            } else if (found.get(at).qos().compareTo(qos) < 0) {
                found.set(at, new Recipient(subscriber, qos));
            }
        }

        private int indexOf(Subscriber subscriber) {
            if (found.size() < SEARCH_LIMIT) {
                for (int i = 0; i < found.size(); i++) {
                    if (found.get(i).subscriber() == subscriber) {
                        return i;
                    }
                }
                return -1;
            }
            Integer known = index().putIfAbsent(subscriber, found.size());
            return known == null ? -1 : known;
        }

        private IdentityHashMap<Subscriber, Integer> index() {
            IdentityHashMap<Subscriber, Integer> present = index;
            if (present == null) {
                present = new IdentityHashMap<>();
                for (int i = 0; i < found.size(); i++) {
                    present.put(found.get(i).subscriber(), i);
                }
                index = present;
            }
            return present;
        }

        List<Recipient> recipients() {
            return found;
        }
    }
}
