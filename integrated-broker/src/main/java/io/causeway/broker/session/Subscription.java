package io.causeway.broker.session;

import io.causeway.routing.Router;
import io.causeway.routing.Subscriber;
import io.causeway.routing.SubscriptionOptions;
import io.causeway.routing.TopicFilter;
import io.causeway.store.StoredSubscription;
import java.util.List;
import java.util.Optional;

/**
 * A subscription of one client.
 *
 * @param group  of a shared subscription (MQTT 5 §4.8.2), or empty
 * @param filter without the group
 */
record Subscription(String group, TopicFilter filter, SubscriptionOptions options) {
    private static final String SHARE_PREFIX = "$share/";
    /** No identifier of a subscription is zero (MQTT 5 §3.8.2.1.2). */
    private static final int NO_IDENTIFIER = 0;

    /** The subscription, or nothing if the text is no topic filter: {@code a/+} or {@code $share/group/a/+}. */
    static Optional<Subscription> parse(String text, SubscriptionOptions options) {
        if (!text.startsWith(SHARE_PREFIX)) {
            return TopicFilter.parse(text).map(filter -> new Subscription("", filter, options));
        }
        int groupEnd = text.indexOf('/', SHARE_PREFIX.length());
        if (groupEnd < 0) {
            return Optional.empty(); // [MQTT-4.8.2-2]
        }
        String group = text.substring(SHARE_PREFIX.length(), groupEnd);
        if (group.isEmpty() || group.indexOf('+') >= 0 || group.indexOf('#') >= 0) {
            return Optional.empty(); // [MQTT-4.8.2-1] [MQTT-4.8.2-2]
        }
        return TopicFilter.parse(text.substring(groupEnd + 1)).map(filter -> new Subscription(group, filter, options));
    }

    /** As it was kept, or nothing if that is none. */
    static Optional<Subscription> restored(StoredSubscription stored) {
        List<Integer> identifiers = stored.identifier() == NO_IDENTIFIER ? List.of() : List.of(stored.identifier());
        return parse(
                stored.filter(),
                new SubscriptionOptions(stored.qos(), stored.noLocal(), stored.retainAsPublished(), identifiers));
    }

    /** @param retainedOwed the client has not been sent all retained messages that the filter means */
    StoredSubscription toStored(boolean retainedOwed) {
        return new StoredSubscription(
                text(),
                options.qos(),
                "",
                options.noLocal(),
                options.retainAsPublished(),
                options.identifiers().isEmpty()
                        ? NO_IDENTIFIER
                        : options.identifiers().get(0),
                retainedOwed);
    }

    static boolean isShared(String text) {
        return text.startsWith(SHARE_PREFIX);
    }

    boolean isShared() {
        return !group.isEmpty();
    }

    /** As the client wrote it. */
    String text() {
        return isShared() ? SHARE_PREFIX + group + '/' + filter.value() : filter.value();
    }

    void enter(Router router, Subscriber subscriber) {
        if (isShared()) {
            router.subscribeShared(group, subscriber, filter, options);
        } else {
            router.subscribe(subscriber, filter, options);
        }
    }

    void leave(Router router, Subscriber subscriber) {
        if (isShared()) {
            router.unsubscribeShared(group, subscriber, filter);
        } else {
            router.unsubscribe(subscriber, filter);
        }
    }
}
