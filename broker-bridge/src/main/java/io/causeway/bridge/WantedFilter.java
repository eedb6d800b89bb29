package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.routing.Subscriber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who of our clients subscribed to a filter. Owned by {@link UpstreamFilters}. */
final class WantedFilter {
    private final Map<Subscriber, Subscribing> standing = new LinkedHashMap<>();
    private final List<Subscribing> asking = new ArrayList<>();

    void ask(Subscribing one) {
        asking.add(one);
    }

    /** It was granted. */
    void stand(Subscribing one) {
        asking.remove(one);
        Subscribing former = standing.put(one.subscriber(), one);
        if (former != null) {
            former.end();
        }
    }

    /**
     * It was refused.
     *
     * @return the one of the same subscriber that is in force then, if there is any
     */
    @Nullable
    Subscribing withdraw(Subscribing one) {
        asking.remove(one);
        for (int i = asking.size() - 1; i >= 0; i--) {
            if (asking.get(i).subscriber() == one.subscriber()) {
                return asking.get(i);
            }
        }
        return standing.get(one.subscriber());
    }

    /** Takes out all of a subscriber; returns those not answered yet. */
    List<Subscribing> remove(Subscriber subscriber) {
        Subscribing stood = standing.remove(subscriber);
        if (stood != null) {
            stood.end();
        }
        List<Subscribing> unanswered =
                asking.stream().filter(one -> one.subscriber() == subscriber).toList();
        asking.removeAll(unanswered);
        return unanswered;
    }

    /** Takes out all subscriptions that were granted; returns whose they were. */
    List<Subscriber> removeStanding() {
        List<Subscriber> lost = List.copyOf(standing.keySet());
        standing.values().forEach(Subscribing::end);
        standing.clear();
        return lost;
    }

    boolean isUnused() {
        return standing.isEmpty() && asking.isEmpty();
    }

    /** The highest QoS that somebody wants. */
    Qos qos() {
        Qos highest = Qos.AT_MOST_ONCE;
        for (Subscribing one : standing.values()) {
            highest = highest.max(one.qos());
        }
        for (Subscribing one : asking) {
            highest = highest.max(one.qos());
        }
        return highest;
    }
}
