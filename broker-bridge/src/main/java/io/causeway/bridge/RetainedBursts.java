package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Delivery.Recipient;
import io.causeway.routing.Qos;
import io.causeway.routing.Subscriber;
import io.causeway.routing.SubscriptionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The retained messages that the broker sends after each SUBSCRIBE, which say in no way which one they answer. A burst
 * begins with the SUBSCRIBE, since brokers may send before the SUBACK, and ends some silence after it. See
 * {@link UpstreamFilters}.
 */
final class RetainedBursts {
    private final long quietNanos;
    private final Set<LiveFilter> underWay = new LinkedHashSet<>();

    RetainedBursts(Duration quiet) {
        this.quietNanos = quiet.toNanos();
    }

    void begin(LiveFilter filter) {
        underWay.add(filter);
    }

    void onAnswered(LiveFilter filter, long nowNanos) {
        filter.quietAt(nowNanos + quietNanos);
    }

    void drop(LiveFilter filter) {
        underWay.remove(filter);
    }

    void clear() {
        underWay.clear();
    }

    /** Those who asked for this retained message, each once. */
    List<Recipient> recipientsOf(ApplicationMessage message) {
        Map<Subscriber, Qos> askers = new LinkedHashMap<>();
        for (LiveFilter burst : underWay) {
            if (burst.filter().matches(message.topic())) {
                for (Subscribing one : burst.served()) {
                    if (one.wantsRetained(message.topic())) {
                        askers.merge(one.subscriber(), one.qos(), Qos::max);
                    }
                }
            }
        }
        List<Recipient> recipients = new ArrayList<>();
        askers.forEach((subscriber, qos) -> recipients.add(new Recipient(subscriber, SubscriptionOptions.of(qos))));
        return recipients;
    }

    /** A message to such a topic has come: the burst that it may belong to goes on. */
    void prolong(String topic, long nowNanos) {
        for (LiveFilter burst : underWay) {
            if (burst.filter().matches(topic)) {
                burst.quietAt(nowNanos + quietNanos);
            }
        }
    }

    /** Ends the bursts that have been silent for long enough, and returns them. */
    List<LiveFilter> endSilent(long nowNanos) {
        List<LiveFilter> ended = underWay.stream()
                .filter(burst -> !burst.isRequested() && nowNanos - burst.quietAtNanos() >= 0)
                .toList();
        ended.forEach(burst -> {
            underWay.remove(burst);
            burst.endBurst();
        });
        return ended;
    }

    /** Nanoseconds until the next burst may end. */
    long nextEndNanos(long nowNanos) {
        long nextNanos = Long.MAX_VALUE;
        for (LiveFilter burst : underWay) {
            if (!burst.isRequested()) {
                nextNanos = Math.min(nextNanos, burst.quietAtNanos() - nowNanos);
            }
        }
        return nextNanos;
    }
}
