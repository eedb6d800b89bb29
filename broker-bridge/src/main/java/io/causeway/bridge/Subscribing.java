package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.routing.Subscriber;
import io.causeway.routing.TopicFilter;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import java.util.HashSet;
import java.util.Set;

/** One subscription of one client, from its request until it has been answered and has its retained messages. */
final class Subscribing {
    private final Subscriber subscriber;
    private final TopicFilter filter;
    private final Qos qos;
    private final SubscribeCallback callback;
    private Set<String> retainedSeen = new HashSet<>();
    private boolean answered;
    private boolean ended;

    Subscribing(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback) {
        this.subscriber = subscriber;
        this.filter = filter;
        this.qos = qos;
        this.callback = callback;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    TopicFilter filter() {
        return filter;
    }

    Qos qos() {
        return qos;
    }

    boolean isAnswered() {
        return answered;
    }

    void grant(Qos granted) {
        answered = true;
        callback.onSubscribed(qos.min(granted));
    }

    void refuse(Refusal refusal) {
        answered = true;
        ended = true;
        callback.onRefused(refusal);
    }

    /** The subscription is no more: nothing retained is wanted. */
    void end() {
        ended = true;
    }

    /** It has its retained messages; which ones they were matters no more. */
    void endBurst() {
        retainedSeen = new HashSet<>();
    }

    /** True once in a burst for each topic that the filter means; several filters may bring the same. */
    boolean wantsRetained(String topic) {
        return !ended && filter.matches(topic) && retainedSeen.add(topic);
    }
}
