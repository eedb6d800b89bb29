package io.causeway.broker.session;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.TopicFilter;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Retained messages that new subscriptions of one client are owed. Each is looked up when the client can take it: so a
 * subscription to everything costs a place in the tree, not a copy of it. Owned by the session's loop.
 */
final class RetainedBacklog {
    private final Consumer<Subscription> served;
    private final ArrayDeque<Feed> feeds = new ArrayDeque<>(2);

    private record Feed(Subscription subscription, Iterator<ApplicationMessage> rest) {}

    /** @param served is told of a subscription that was owed something and is not any more */
    RetainedBacklog(Consumer<Subscription> served) {
        this.served = served;
    }

    /** In place of what the former subscription to the same filter was owed. */
    void add(Subscription subscription, RetainedStore store) {
        remove(subscription.filter());
        // Another cursor: one that has looked ahead would bring a message that is replaced before its turn.
        if (store.cursor(subscription.filter()).hasNext()) {
            feeds.add(new Feed(subscription, store.cursor(subscription.filter())));
        }
    }

    /** Whether not all was sent that the filter means. */
    boolean owes(TopicFilter filter) {
        return feeds.stream().anyMatch(each -> each.subscription().filter().equals(filter));
    }

    void remove(TopicFilter filter) {
        feeds.removeIf(each -> each.subscription().filter().equals(filter));
    }

    /** The next message, or null if there is none. */
    @Nullable
    OutgoingPublish poll() {
        Feed first = feeds.peek();
        while (first != null) {
            if (first.rest().hasNext()) {
                ApplicationMessage stored = first.rest().next().withRetain(true); // §3.3.1.3
                return OutgoingPublish.of(stored, first.subscription().options(), null);
            }
            feeds.remove();
            served.accept(first.subscription());
            first = feeds.peek();
        }
        return null;
    }
}
