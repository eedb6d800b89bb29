package io.causeway.bridge.rules;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Delivery;
import io.causeway.routing.Delivery.Recipient;
import io.causeway.routing.DeliveryTarget;
import io.causeway.routing.Qos;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.routing.Subscriber;
import io.causeway.routing.SubscriptionOptions;
import io.causeway.routing.TopicFilter;
import io.causeway.store.Changes;
import io.causeway.upstream.LocalUpstream;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import io.causeway.upstream.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bridge: a subscriber here whose messages are published there, and a subscriber there whose messages are published
 * here. What it has brought in it does not take out again. Safe for many threads.
 */
public final class Bridge {
    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    private final String name;
    /** Here: no client can have this one, and be taken for the bridge. */
    private final String clientId;

    private final List<BridgeRule> rules;
    private final Upstream remote;
    private final Router here;
    private final RetainedStore retained;
    private final LocalUpstream local;
    private final BridgeCounters counters;
    private final Echoes echoes;
    private final Outgoing outgoing = new Outgoing();
    private final Incoming incoming = new Incoming();
    private final AtomicBoolean retainedOffered = new AtomicBoolean();
    /** The log names the first message that was refused; the counters tell how many. */
    private final AtomicBoolean refusalLogged = new AtomicBoolean();

    private volatile boolean stopping;

    /**
     * @param name     in the log, and as a publisher for the connection
     * @param rules    the first that means a message counts
     * @param remote   the connection to the broker there, which routes what it brings to subscribers of its own
     * @param echoes   watches that connection
     * @param here     where messages here go
     * @param retained what is stored here
     * @param local    takes messages here
     */
    public Bridge(
            String name,
            List<BridgeRule> rules,
            Upstream remote,
            Echoes echoes,
            Router here,
            RetainedStore retained,
            LocalUpstream local,
            BridgeCounters counters) {
        this.name = name;
        this.clientId = '\0' + name;
        this.rules = List.copyOf(rules);
        this.remote = remote;
        this.echoes = echoes;
        this.here = here;
        this.retained = retained;
        this.local = local;
        this.counters = counters;
    }

    /** Subscribes on both sides. Before the connection is made, and once. */
    public void start() {
        for (BridgeRule rule : rules) {
            if (rule.isOut()) {
                takeOut(rule);
            }
            if (rule.isIn()) {
                remote.subscribe(incoming, rule.remoteFilter(), rule.qos(), new Resuming(rule));
            }
        }
    }

    /**
     * The connection is about to be closed: who publishes here is not told any more that a message is done which does
     * not cross, and repeats it to the next life of this process.
     */
    public void stop() {
        stopping = true;
    }

    private void takeOut(BridgeRule rule) {
        here.subscribe(outgoing, rule.localFilter(), optionsOf(rule));
    }

    private static SubscriptionOptions optionsOf(BridgeRule rule) {
        return new SubscriptionOptions(rule.qos(), true, true, List.of());
    }

    /**
     * Takes out what is retained here, the first time that this is called: when the connection stands, or QoS 0 would be
     * lost, and its journal is empty, or it would be filled with the same at each start.
     */
    public void offerRetained() {
        if (!retainedOffered.compareAndSet(false, true)) {
            return;
        }
        for (BridgeRule rule : rules) {
            if (rule.isOut()) {
                List<Recipient> self = List.of(new Recipient(outgoing, optionsOf(rule)));
                retained.match(rule.localFilter(), message -> here.routeRetained(message, self, () -> {}));
            }
        }
    }

    /** The message as it is there; nothing if no rule takes it out. */
    private Optional<ApplicationMessage> toRemote(ApplicationMessage message) {
        for (BridgeRule rule : rules) {
            Optional<String> topic = rule.isOut() ? rule.toRemote(message.topic()) : Optional.empty();
            if (topic.isPresent()) {
                return topic.map(message::withTopic)
                        .map(crossing -> crossing.withQos(crossing.qos().min(rule.qos())));
            }
        }
        return Optional.empty();
    }

    /** The message as it is here; nothing if no rule brings it in. */
    private Optional<ApplicationMessage> toLocal(ApplicationMessage message) {
        for (BridgeRule rule : rules) {
            Optional<String> topic = rule.isIn() ? rule.toLocal(message.topic()) : Optional.empty();
            if (topic.isPresent()) {
                return topic.map(message::withTopic)
                        .map(crossing -> crossing.withQos(crossing.qos().min(rule.qos())));
            }
        }
        return Optional.empty();
    }

    private boolean isRetainedHere(ApplicationMessage message) {
        Predicate<ApplicationMessage> same = each -> each.payload().equals(message.payload());
        boolean[] found = {false};
        retained.match(new TopicFilter(message.topic()), each -> found[0] |= same.test(each));
        return found[0];
    }

    /** Subscribes here. */
    private final class Outgoing implements Subscriber, DeliveryTarget {
        @Override
        public String clientId() {
            return clientId;
        }

        @Override
        public DeliveryTarget owner() {
            return this;
        }

        @Override
        public void deliver(Delivery delivery) {
            for (Recipient recipient : delivery.recipients()) {
                Optional<ApplicationMessage> crossing = toRemote(delivery.messageFor(recipient));
                if (crossing.isEmpty()) {
                    counters.droppedOut.increment();
                    delivery.whenQueued().run();
                } else {
                    send(crossing.get(), delivery);
                }
            }
        }

        private void send(ApplicationMessage message, Delivery delivery) {
            remote.publish(name, message, new Crossing(message, delivery));
            if (message.qos() == Qos.AT_MOST_ONCE) {
                delivery.whenQueued().run();
            }
        }

        @Override
        public void onSubscriptionLost(TopicFilter filter) {
            throw new IllegalStateException("no server brings the messages of this broker: " + filter.value());
        }
    }

    /** A message on its way out: its publisher is told when it is safe, or when it is dropped. */
    private final class Crossing implements PublishCallback {
        private final ApplicationMessage message;
        private final Delivery delivery;

        private Crossing(ApplicationMessage message, Delivery delivery) {
            this.message = message;
            this.delivery = delivery;
        }

        /** One step with what the publisher and other subscribers here keep of it, if they do. */
        @Override
        public void onTaken(Changes unit) {
            if (delivery.together() instanceof Changes together) {
                unit.join(together);
                onAccepted();
            } else {
                PublishCallback.super.onTaken(unit);
            }
        }

        @Override
        public void onAccepted() {
            counters.out.increment();
            confirm();
        }

        @Override
        public void onRefused(Refusal refusal) {
            if (stopping && message.qos() != Qos.AT_MOST_ONCE) {
                return;
            }
            counters.droppedOut.increment();
            if (refusalLogged.compareAndSet(false, true)) {
                LOG.warn(
                        "Bridge '{}': a message to '{}' does not cross ({}); others are only counted",
                        name,
                        message.topic(),
                        refusal);
            }
            confirm();
        }

        private void confirm() {
            if (message.qos() != Qos.AT_MOST_ONCE) {
                delivery.whenQueued().run();
            }
        }
    }

    /** Subscribes there. */
    private final class Incoming implements Subscriber, DeliveryTarget {
        @Override
        public String clientId() {
            return clientId;
        }

        @Override
        public DeliveryTarget owner() {
            return this;
        }

        @Override
        public void deliver(Delivery delivery) {
            for (Recipient recipient : delivery.recipients()) {
                bringIn(delivery.messageFor(recipient), delivery);
            }
        }

        private void bringIn(ApplicationMessage arrived, Delivery delivery) {
            ApplicationMessage message = toLocal(arrived).orElse(null);
            boolean comesBack = delivery.stored() ? message != null && isRetainedHere(message) : echoes.isEcho(arrived);
            if (message == null || comesBack) {
                (comesBack ? counters.echoes : counters.droppedIn).increment();
                delivery.whenQueued().run();
                return;
            }
            counters.in.increment();
            local.deliver(clientId, message, delivery.together(), false, delivery.whenQueued());
        }

        @Override
        public void onSubscriptionLost(TopicFilter filter) {
            LOG.warn("Bridge '{}': the broker there does not give us '{}' any more", name, filter.value());
        }
    }

    /** The answer to a subscription there. */
    private final class Resuming implements SubscribeCallback {
        private final BridgeRule rule;

        private Resuming(BridgeRule rule) {
            this.rule = rule;
        }

        @Override
        public void onSubscribed(Qos granted) {
            if (granted.value() < rule.qos().value()) {
                LOG.warn(
                        "Bridge '{}': the broker there gives us '{}' at QoS {} only",
                        name,
                        rule.remoteFilter().value(),
                        granted.value());
            }
        }

        @Override
        public void onRefused(Refusal refusal) {
            if (refusal == Refusal.CONGESTION) {
                remote.resume(incoming, rule.remoteFilter(), rule.qos()); // asked for when the broker is there
                return;
            }
            LOG.error(
                    "Bridge '{}': the broker there refuses us '{}'",
                    name,
                    rule.remoteFilter().value());
        }
    }
}
