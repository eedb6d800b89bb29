package io.causeway.bridge.rules;

import io.causeway.bridge.LinkWatch;
import io.causeway.bridge.rules.BridgeRule.Direction;
import io.causeway.codec.Octets;
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
import io.causeway.store.SessionStore;
import io.causeway.upstream.LocalUpstream;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.SubscribeCallback;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.AT_MOST_ONCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

class BridgeTest {
    private static final String NAME = "bridge:far";

    private final Router here = new Router();
    private final RetainedStore retained = new RetainedStore(100, 1 << 20);
    private final LocalUpstream local = new LocalUpstream(here, retained, SessionStore.NONE);
    private final FarBroker far = new FarBroker();
    private final BridgeCounters counters = new BridgeCounters();
    private final Inbox application = new Inbox("application");
    private final AtomicInteger confirmed = new AtomicInteger();

    @Test
    void out_crossesUnderItsNameThereAtTheLowerQos() {
        open(rule("sensors/#", Direction.OUT, AT_LEAST_ONCE, "", "site/"));

        publish("sensors/a", "1", EXACTLY_ONCE);
        publish("other", "2", AT_LEAST_ONCE);

        assertThat(far.taken).containsExactly(message("site/sensors/a", "1", AT_LEAST_ONCE, false));
        assertThat(counters.out()).isEqualTo(1);
    }

    @Test
    void publisherHere_isConfirmedWhenTheBridgeHasIt() {
        open(rule("#", Direction.OUT, AT_LEAST_ONCE, "", ""));
        far.holding = true;

        publish("a", "1", AT_LEAST_ONCE);
        assertThat(confirmed).hasValue(0);

        far.acceptHeld();
        assertThat(confirmed).hasValue(1);
    }

    @Test
    void refusedThere_isCountedAndThePublisherGoesOn() {
        open(rule("#", Direction.OUT, AT_LEAST_ONCE, "", ""));
        far.refusal = Refusal.CONGESTION;

        publish("a", "1", AT_LEAST_ONCE);

        assertThat(confirmed).hasValue(1);
        assertThat(counters.droppedOut()).isEqualTo(1);
    }

    @Test
    void refusedWhileStopping_isLeftToThePublisherToRepeat() {
        Bridge bridge = open(rule("#", Direction.OUT, AT_LEAST_ONCE, "", ""));
        bridge.stop();
        far.refusal = Refusal.CONGESTION;

        publish("a", "1", AT_LEAST_ONCE);

        assertThat(confirmed).hasValue(0);
        assertThat(counters.droppedOut()).isZero();
    }

    @Test
    void acceptedWhileStopping_isConfirmed() {
        Bridge bridge = open(rule("#", Direction.OUT, AT_LEAST_ONCE, "", ""));
        bridge.stop();

        publish("a", "1", AT_LEAST_ONCE);

        assertThat(confirmed).hasValue(1);
    }

    @Test
    void qosZero_waitsForNobody() {
        open(rule("#", Direction.OUT, AT_LEAST_ONCE, "", ""));
        far.holding = true;

        publish("a", "1", AT_MOST_ONCE);

        assertThat(confirmed).hasValue(1);
    }

    @Test
    void messageWithoutANameThere_isCountedAndThePublisherGoesOn() {
        open(rule("#", Direction.OUT, AT_LEAST_ONCE, "site/", ""));

        publish("site", "1", AT_LEAST_ONCE);

        assertThat(confirmed).hasValue(1);
        assertThat(counters.droppedOut()).isEqualTo(1);
    }

    @Test
    void firstRuleThatMeansIt_counts() {
        open(
                rule("a/#", Direction.OUT, AT_MOST_ONCE, "", "first/"),
                rule("#", Direction.OUT, EXACTLY_ONCE, "", "second/"));

        publish("a/b", "1", EXACTLY_ONCE);

        assertThat(far.taken).containsExactly(message("first/a/b", "1", AT_MOST_ONCE, false));
    }

    @Test
    void in_crossesUnderItsNameHere() {
        open(rule("commands/#", Direction.IN, EXACTLY_ONCE, "", "site/"));
        listen("#");

        far.send(message("site/commands/a", "1", AT_LEAST_ONCE, false));

        assertThat(application.received).containsExactly(message("commands/a", "1", AT_LEAST_ONCE, false));
        assertThat(counters.in()).isEqualTo(1);
    }

    @Test
    void retainedThere_isRetainedHere() {
        open(rule("commands/#", Direction.IN, AT_LEAST_ONCE, "", ""));

        far.sendRetained(message("commands/a", "1", AT_LEAST_ONCE, true));

        assertThat(retained.size()).isEqualTo(1);
    }

    @Test
    void retainedHere_crossesOnceWhenItIsOffered() {
        retained.store(message("sensors/a", "1", AT_LEAST_ONCE, true));

        Bridge bridge = open(rule("sensors/#", Direction.OUT, AT_LEAST_ONCE, "", ""));
        assertThat(far.taken).isEmpty();
        bridge.offerRetained();
        bridge.offerRetained();

        assertThat(far.taken).containsExactly(message("sensors/a", "1", AT_LEAST_ONCE, true));
    }

    @Test
    void whatCameIn_doesNotGoOutAgain() {
        open(rule("#", Direction.BOTH, AT_LEAST_ONCE, "", ""));
        listen("#");

        far.send(message("a", "1", AT_LEAST_ONCE, false));

        assertThat(application.received).hasSize(1);
        assertThat(far.taken).isEmpty();
    }

    @Test
    void clientThatCallsItselfLikeTheBridge_isOneLikeOthers() {
        open(rule("#", Direction.BOTH, AT_LEAST_ONCE, "", ""));

        here.route(NAME, message("a", "1", AT_LEAST_ONCE, false), confirmed::incrementAndGet);

        assertThat(far.taken).hasSize(1);
    }

    @Test
    void whatWentOutAndComesBack_isNotBroughtInAgain() {
        open(rule("#", Direction.BOTH, AT_LEAST_ONCE, "", ""));
        listen("#");

        publish("a", "1", AT_LEAST_ONCE);
        far.send(message("a", "1", AT_LEAST_ONCE, false));
        far.send(message("a", "1", AT_LEAST_ONCE, false));

        assertThat(application.received).hasSize(2); // its own, and one that somebody there has sent
        assertThat(counters.echoes()).isEqualTo(1);
    }

    @Test
    void exactlyOnce_isOneStepWithWhatOthersKeepOfIt() {
        open(rule("#", Direction.OUT, EXACTLY_ONCE, "", ""));
        List<Changes> submitted = new ArrayList<>();
        far.unit = new Changes(submitted::add);
        Changes together = new Changes(submitted::add);

        here.route("sensor", message("a", "1", EXACTLY_ONCE, false), together, confirmed::incrementAndGet);

        assertThat(confirmed).hasValue(1);
        assertThat(submitted).isEmpty();
        together.submit();
        together.becomeDurable();
        assertThat(far.unit.isDurable()).isTrue();
    }

    @Test
    void subscriptionRefusedForCongestion_isTakenUpLater() {
        far.away = true;

        open(rule("commands/#", Direction.IN, AT_LEAST_ONCE, "", ""));
        listen("#");
        far.send(message("commands/a", "1", AT_LEAST_ONCE, false));

        assertThat(application.received).hasSize(1);
    }

    private Bridge open(BridgeRule... rules) {
        Echoes echoes = new Echoes(NAME, List.of(rules), () -> 0);
        far.watch = echoes;
        Bridge bridge = new Bridge(NAME, List.of(rules), far, echoes, here, retained, local, counters);
        bridge.start();
        return bridge;
    }

    private void listen(String filter) {
        here.subscribe(application, new TopicFilter(filter), SubscriptionOptions.of(EXACTLY_ONCE));
    }

    private void publish(String topic, String payload, Qos qos) {
        here.route("sensor", message(topic, payload, qos, false), confirmed::incrementAndGet);
    }

    private static BridgeRule rule(String filter, Direction direction, Qos qos, String local, String remote) {
        return new BridgeRule(new TopicFilter(filter), direction, qos, local, remote);
    }

    private static ApplicationMessage message(String topic, String payload, Qos qos, boolean retain) {
        return new ApplicationMessage(topic, Octets.utf8(payload), qos, retain);
    }

    /** Keeps what comes, at the QoS of the message. */
    private static final class Inbox implements Subscriber, DeliveryTarget {
        private final String clientId;
        private final List<ApplicationMessage> received = new ArrayList<>();

        private Inbox(String clientId) {
            this.clientId = clientId;
        }

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
            for (Recipient each : delivery.recipients()) {
                received.add(delivery.messageFor(each));
            }
            delivery.whenQueued().run();
        }

        @Override
        public void onSubscriptionLost(TopicFilter filter) {}
    }

    /** The broker elsewhere, as the bridge sees it. */
    private static final class FarBroker implements Upstream {
        private final Router router = new Router();
        private LinkWatch watch = LinkWatch.NONE;
        private final List<ApplicationMessage> taken = new ArrayList<>();
        private final List<PublishCallback> held = new ArrayList<>();
        private final List<Recipient> subscribers = new ArrayList<>();
        private boolean holding;
        private boolean away;
        private @Nullable Refusal refusal;
        private @Nullable Changes unit;

        void send(ApplicationMessage message) {
            router.route(message, () -> {});
        }

        void sendRetained(ApplicationMessage message) {
            router.routeRetained(message, List.copyOf(subscribers), () -> {});
        }

        void acceptHeld() {
            held.forEach(PublishCallback::onAccepted);
            held.clear();
        }

        @Override
        public void publish(String publisher, ApplicationMessage message, PublishCallback callback) {
            Changes keeping = unit;
            if (refusal != null) {
                callback.onRefused(refusal);
                return;
            }
            taken.add(message);
            watch.onSent(message);
            if (keeping != null) {
                callback.onTaken(keeping);
            } else if (holding) {
                held.add(callback);
            } else {
                callback.onAccepted();
            }
        }

        @Override
        public void subscribe(Subscriber subscriber, TopicFilter filter, Qos qos, SubscribeCallback callback) {
            if (away) {
                callback.onRefused(Refusal.CONGESTION);
                return;
            }
            resume(subscriber, filter, qos);
            callback.onSubscribed(qos);
        }

        @Override
        public void resume(Subscriber subscriber, TopicFilter filter, Qos qos) {
            SubscriptionOptions options = SubscriptionOptions.of(qos);
            router.subscribe(subscriber, filter, options);
            subscribers.add(new Recipient(subscriber, options));
        }

        @Override
        public void unsubscribe(Subscriber subscriber, TopicFilter filter, Runnable done) {
            done.run();
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public void close(Duration drain) {}
    }
}
