package io.causeway.invariants;

import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.invariants.Message.Received;
import io.causeway.routing.TopicFilter;
import io.causeway.session.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds what the clients got against what was promised to those who published it. */
final class Verdict {
    private final World world;
    private final List<String> missing = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    Verdict(World world) {
        this.world = world;
    }

    /** What was broken, one line each; empty if all held. */
    List<String> faults() {
        if (world.gateway().count(Count.SESSIONS_FAILED) > 0) {
            faults.add("a session failed by the gateway's own fault");
        }
        for (ModelClient subscriber : world.clients()) {
            checkRetained(subscriber);
            for (ModelClient publisher : world.clients()) {
                checkCopies(subscriber, publisher);
                checkOrder(subscriber, publisher);
            }
        }
        // Whoever answers no REGISTER, however often it is repeated, is not told of that topic: the one cause there is.
        if (missing.size() > world.givenUp()) {
            faults.addAll(missing);
        }
        return faults;
    }

    /** They stood when the subscription was acknowledged. */
    private void checkRetained(ModelClient subscriber) {
        for (Message message : world.retained()) {
            boolean means = granted(subscriber, message.topic().name()).isPresent();
            if (means && !received(subscriber).contains(message.asReceived())) {
                missing.add(subscriber.clientId() + " missed the retained " + message);
            }
        }
    }

    private void checkCopies(ModelClient subscriber, ModelClient publisher) {
        Map<Received, Integer> copies = new HashMap<>();
        received(subscriber).forEach(each -> copies.merge(each, 1, Integer::sum));
        for (Message message : publisher.publisher().acknowledged()) {
            Optional<Qos> granted = granted(subscriber, message.topic().name());
            int count = copies.getOrDefault(message.asReceived(), 0);
            boolean exactlyOnce = message.qos() == Qos.EXACTLY_ONCE && granted.equals(Optional.of(Qos.EXACTLY_ONCE));
            if (granted.isPresent() && count == 0) {
                missing.add(subscriber.clientId() + " missed " + message);
            } else if (exactlyOnce && count > 1) {
                faults.add(subscriber.clientId() + " got " + count + " copies of " + message);
            }
        }
    }

    /**
     * First copies count: what QoS 1 repeats may come late. Where the disk may be full, what waits for it is passed by
     * messages at another QoS.
     */
    private void checkOrder(ModelClient subscriber, ModelClient publisher) {
        Map<String, Integer> latest = new HashMap<>();
        for (Received each : new LinkedHashSet<>(received(subscriber))) {
            if (!each.publisher().equals(publisher.clientId())) {
                continue;
            }
            Message message = publisher.publisher().acknowledged().get(each.number());
            String lane = world.diskMayBeFull() ? each.topic() + " at " + served(subscriber, message) : each.topic();
            Integer before = latest.put(lane, each.number());
            if (before != null && before > each.number()) {
                faults.add(subscriber.clientId() + " got " + each + " after number " + before);
            }
        }
    }

    private static Optional<Qos> served(ModelClient subscriber, Message message) {
        return granted(subscriber, message.topic().name())
                .map(granted -> granted.compareTo(message.qos()) < 0 ? granted : message.qos());
    }

    private static List<Received> received(ModelClient client) {
        return client.subscriber().received();
    }

    /** The highest QoS of the subscriptions that mean the topic. */
    private static Optional<Qos> granted(ModelClient subscriber, String topic) {
        return subscriber.subscriber().wanted().entrySet().stream()
                .filter(each -> means(each.getKey(), topic))
                .map(Map.Entry::getValue)
                .max(Qos::compareTo);
    }

    private static boolean means(Topic filter, String topic) {
        return new TopicFilter(ModelTopic.nameOf(filter)).matches(topic);
    }
}
