package io.causeway.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * How a subscription is to be served (MQTT 5 §3.8.3.1).
 *
 * @param qos               highest QoS to deliver at
 * @param noLocal           not what the subscriber itself publishes
 * @param retainAsPublished live messages keep the retain flag of their publisher
 * @param identifiers       to be told with each delivery; one subscription has at most one (MQTT 5 §3.8.2.1.2)
 */
public record SubscriptionOptions(Qos qos, boolean noLocal, boolean retainAsPublished, List<Integer> identifiers) {
    private static final SubscriptionOptions[] PLAIN = {
        new SubscriptionOptions(Qos.AT_MOST_ONCE, false, false, List.of()),
        new SubscriptionOptions(Qos.AT_LEAST_ONCE, false, false, List.of()),
        new SubscriptionOptions(Qos.EXACTLY_ONCE, false, false, List.of()),
    };

    public SubscriptionOptions {
        identifiers = List.copyOf(identifiers);
    }

    /** As everybody has them who has no choice: MQTT before version 5, and MQTT-SN. */
    public static SubscriptionOptions of(Qos qos) {
        return PLAIN[qos.value()];
    }

    /** What overlapping subscriptions of one subscriber amount to, for one delivery that serves them all. */
    SubscriptionOptions and(SubscriptionOptions other) {
        List<Integer> all = identifiers;
        if (!other.identifiers.isEmpty()) {
            all = new ArrayList<>(identifiers);
            all.addAll(other.identifiers);
        }
        return new SubscriptionOptions(
                qos.max(other.qos), noLocal && other.noLocal, retainAsPublished || other.retainAsPublished, all);
    }
}
