package io.causeway.routing;

import io.causeway.routing.Delivery.Recipient;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings application messages to their subscribers: matches on the caller's thread, then hands one batch to each
 * owner. The one meeting place of all loops; safe for many threads.
 */
public final class Router {
    /** No client id is empty. */
    private static final String NOBODY = "";

    private final SubscriptionTrie<Subscriber, Recipient> trie = new SubscriptionTrie<>();
    private final SharedSubscriptions shared = new SharedSubscriptions();
    private final LongAdder routedMessages = new LongAdder();
    private final LongAdder unmatchedMessages = new LongAdder();
    private final LongAdder overloadDrops = new LongAdder();

    /** Adds a subscription or changes its options; true if it is new. */
    public boolean subscribe(Subscriber subscriber, TopicFilter filter, SubscriptionOptions options) {
        return trie.put(filter, subscriber, new Recipient(subscriber, options)).isEmpty();
    }

    /** Removes a subscription; false if there was none. */
    public boolean unsubscribe(Subscriber subscriber, TopicFilter filter) {
        return trie.remove(filter, subscriber);
    }

    /** Adds a member to a shared subscription (MQTT 5 §4.8.2), or changes its options. */
    public void subscribeShared(String group, Subscriber subscriber, TopicFilter filter, SubscriptionOptions options) {
        shared.put(group, filter, new Recipient(subscriber, options));
    }

    /** Takes a member out of a shared subscription; false if it was none. */
    public boolean unsubscribeShared(String group, Subscriber subscriber, TopicFilter filter) {
        return shared.remove(group, filter, subscriber);
    }

    /**
     * Delivers a live message to each matching subscriber once, at the highest QoS of its matching filters
     * (MQTT 3.1.1 §3.3.5, MQTT 5 §3.3.4), and to one member of each matching shared subscription.
     *
     * @param publisher  client id of who published it, for subscribers that want nothing of their own
     * @param whenQueued run once, on any thread, when every owner has queued it; at once if nobody subscribed
     * @return whether anybody subscribed
     */
    public boolean route(String publisher, ApplicationMessage message, Runnable whenQueued) {
        return route(publisher, message, null, whenQueued);
    }

    /**
     * As {@link #route(String, ApplicationMessage, Runnable)}, where the message is one step with something else.
     *
     * @param together what the subscribers keep of it over a restart goes into this, by the time {@code whenQueued} runs;
     *                 null if it is a step of its own, which is durable by then
     */
    public boolean route(
            String publisher, ApplicationMessage message, @Nullable DurableStep together, Runnable whenQueued) {
        Matches matches = new Matches(publisher);
        trie.match(message.topic(), matches);
        List<Recipient> recipients = matches.found;
        shared.match(message.topic(), recipients::add);
        if (recipients.isEmpty()) {
            unmatchedMessages.increment();
            whenQueued.run();
            return false;
        }
        routedMessages.increment();
        hand(message, false, recipients, together, whenQueued);
        return true;
    }

    /** As {@link #route(String, ApplicationMessage, Runnable)}, for a message that no client here has published. */
    public boolean route(ApplicationMessage message, Runnable whenQueued) {
        return route(NOBODY, message, whenQueued);
    }

    /** Delivers one stored message to the given subscribers only, with the retain flag set. */
    public void routeRetained(ApplicationMessage message, List<Recipient> recipients, Runnable whenQueued) {
        if (recipients.isEmpty()) {
            whenQueued.run();
            return;
        }
        hand(message.withRetain(true), true, recipients, null, whenQueued);
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

    private void hand(
            ApplicationMessage message,
            boolean stored,
            List<Recipient> recipients,
            @Nullable DurableStep together,
            Runnable whenQueued) {
        DeliveryTarget first = recipients.get(0).subscriber().owner();
        boolean oneOwner = true;
        for (Recipient recipient : recipients) {
            oneOwner &= recipient.subscriber().owner() == first;
        }
        if (oneOwner) {
            deliver(first, new Delivery(message, stored, recipients, together, whenQueued));
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
        byOwner.forEach((owner, own) -> deliver(owner, new Delivery(message, stored, own, together, lastOneConfirms)));
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
    private static final class Matches implements Consumer<Recipient> {
        private static final int SEARCH_LIMIT = 8;

        private final String publisher;
        private final List<Recipient> found = new ArrayList<>(1);
        /** Where each subscriber is found; made once a search costs more. */
        private @Nullable IdentityHashMap<Subscriber, Integer> index;

        private Matches(String publisher) {
            this.publisher = publisher;
        }

        @Override
        public void accept(Recipient match) {
            if (match.options().noLocal() && match.subscriber().clientId().equals(publisher)) {
                return; // [MQTT-3.8.3-3]
            }
            int at = indexOf(match.subscriber());
            if (at < 0) {
                found.add(match);
            } else {
                SubscriptionOptions both = found.get(at).options().and(match.options());
                found.set(at, new Recipient(match.subscriber(), both));
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
    }
}
