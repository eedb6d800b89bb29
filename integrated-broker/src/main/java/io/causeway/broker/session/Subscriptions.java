package io.causeway.broker.session;

import io.causeway.routing.Router;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one client is subscribed to, by the text of its filters. Owned by the session's loop. */
final class Subscriptions {
    private final MqttSession subscriber;
    private final Router router;
    private final Map<String, Subscription> byText = new LinkedHashMap<>(4);

    Subscriptions(MqttSession subscriber, Router router) {
        this.subscriber = subscriber;
        this.router = router;
    }

    boolean contains(String text) {
        return byText.containsKey(text);
    }

    @Nullable
    Subscription get(String text) {
        return byText.get(text);
    }

    int size() {
        return byText.size();
    }

    /** Adds it, or replaces the one to the same filter [MQTT-3.8.4-3]. */
    void put(Subscription subscription) {
        byText.put(subscription.text(), subscription);
        subscription.enter(router, subscriber);
    }

    /** False if there was none. */
    boolean remove(String text) {
        Subscription former = byText.remove(text);
        if (former == null) {
            return false;
        }
        former.leave(router, subscriber);
        return true;
    }

    void removeAll() {
        byText.values().forEach(each -> each.leave(router, subscriber));
        byText.clear();
    }
}
