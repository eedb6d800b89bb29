package io.causeway.routing;

import io.causeway.codec.Octets;
import io.causeway.routing.Delivery.Recipient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RouterTest {
    private final Router router = new Router();
    private final Owner owner = new Owner();
    private final AtomicInteger confirmed = new AtomicInteger();

    @Test
    void messageNobodySubscribedTo_isConfirmedAtOnceAndCounted() {
        route("a/b");

        assertThat(confirmed).hasValue(1);
        assertThat(router.unmatchedMessages()).isEqualTo(1);
        assertThat(router.routedMessages()).isZero();
    }

    @Test
    void message_isConfirmedOnlyWhenItsOwnerHasQueuedIt() {
        router.subscribe(owner.subscriber("s"), filter("a/b"), at(Qos.AT_LEAST_ONCE));

        route("a/b");
        assertThat(confirmed).hasValue(0);

        owner.confirmAll();
        assertThat(confirmed).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 20})
    void overlappingFilters_reachEachSubscriberOnceAtItsHighestQos(int subscribers) {
        for (int i = 0; i < subscribers; i++) {
            Subscriber subscriber = owner.subscriber("s" + i);
            router.subscribe(subscriber, filter("a/b"), at(Qos.AT_LEAST_ONCE));
            router.subscribe(subscriber, filter("a/#"), at(Qos.of(i % 3)));
            router.subscribe(subscriber, filter("#"), at(Qos.AT_MOST_ONCE));
        }

        route("a/b");

        assertThat(owner.deliveries).singleElement().satisfies(delivery -> {
            List<Recipient> recipients = delivery.recipients();
            assertThat(recipients)
                    .extracting(Recipient::subscriber)
                    .doesNotHaveDuplicates()
                    .hasSize(subscribers);
            for (Recipient recipient : recipients) {
                int number = Integer.parseInt(recipient.subscriber().clientId().substring(1));
                assertThat(recipient.qos()).isEqualTo(number % 3 == 2 ? Qos.EXACTLY_ONCE : Qos.AT_LEAST_ONCE);
            }
        });
    }

    @Test
    void severalOwners_getABatchEachAndConfirmOnceTogether() {
        Owner other = new Owner();
        router.subscribe(owner.subscriber("one"), filter("a/b"), at(Qos.AT_LEAST_ONCE));
        router.subscribe(other.subscriber("two"), filter("a/b"), at(Qos.AT_LEAST_ONCE));
        router.subscribe(owner.subscriber("three"), filter("a/#"), at(Qos.AT_LEAST_ONCE));

        route("a/b");

        assertThat(owner.deliveries)
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.recipients())
                        .extracting(each -> each.subscriber().clientId())
                        .containsExactlyInAnyOrder("one", "three"));
        assertThat(other.deliveries)
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.recipients()).hasSize(1));
        owner.confirmAll();
        assertThat(confirmed).hasValue(0);
        other.confirmAll();
        assertThat(confirmed).hasValue(1);
        assertThat(router.routedMessages()).isEqualTo(1);
    }

    @Test
    void liveMessage_losesItsRetainFlag() {
        router.subscribe(owner.subscriber("s"), filter("a/b"), at(Qos.AT_LEAST_ONCE));

        router.route("p", message("a/b").withRetain(true), () -> {});

        assertThat(owner.received()).extracting(ApplicationMessage::retain).containsExactly(false);
    }

    @Test
    void retainedMessage_reachesTheGivenSubscribersOnlyAndKeepsItsFlag() {
        Subscriber asker = owner.subscriber("asker");
        router.subscribe(asker, filter("a/b"), at(Qos.AT_LEAST_ONCE));
        router.subscribe(owner.subscriber("other"), filter("a/b"), at(Qos.AT_LEAST_ONCE));
        Recipient recipient = new Recipient(asker, at(Qos.AT_LEAST_ONCE));

        router.routeRetained(message("a/b"), List.of(recipient), confirmed::incrementAndGet);

        assertThat(owner.deliveries).singleElement().satisfies(delivery -> {
            assertThat(delivery.recipients()).containsExactly(recipient);
            assertThat(delivery.messageFor(recipient).retain()).isTrue();
        });
        owner.confirmAll();
        assertThat(confirmed).hasValue(1);
    }

    @Test
    void retainedMessageForNobody_isConfirmedAtOnce() {
        router.routeRetained(message("a/b"), List.of(), confirmed::incrementAndGet);

        assertThat(confirmed).hasValue(1);
    }

    @Test
    void sessionThatStartedAnewUnderTheSameId_isAnotherSubscriber() {
        Subscriber before = owner.subscriber("s");
        router.subscribe(before, filter("a/b"), at(Qos.AT_LEAST_ONCE));

        assertThat(router.unsubscribe(owner.subscriber("s"), filter("a/b"))).isFalse();
        assertThat(router.unsubscribe(before, filter("a/b"))).isTrue();
    }

    @Test
    void subscribingAgain_isNotNew() {
        Subscriber subscriber = owner.subscriber("s");

        assertThat(router.subscribe(subscriber, filter("a/b"), at(Qos.AT_LEAST_ONCE)))
                .isTrue();
        assertThat(router.subscribe(subscriber, filter("a/b"), at(Qos.EXACTLY_ONCE)))
                .isFalse();
    }

    @Test
    void retainAsPublished_keepsTheFlagForWhoAskedForIt() {
        SubscriptionOptions asPublished = new SubscriptionOptions(Qos.AT_LEAST_ONCE, false, true, List.of());
        router.subscribe(owner.subscriber("s"), filter("a/b"), asPublished);

        router.route("p", message("a/b").withRetain(true), () -> {});
        router.route("p", message("a/b"), () -> {});

        assertThat(owner.received()).extracting(ApplicationMessage::retain).containsExactly(true, false);
    }

    @Test
    void noLocal_keepsAwayWhatTheSubscriberPublishes() {
        SubscriptionOptions noLocal = new SubscriptionOptions(Qos.AT_LEAST_ONCE, true, false, List.of());
        router.subscribe(owner.subscriber("s"), filter("a/b"), noLocal);

        assertThat(router.route("s", message("a/b"), () -> {})).isFalse();
        assertThat(router.route("other", message("a/b"), () -> {})).isTrue();

        router.subscribe(owner.subscriber("s"), filter("a/+"), at(Qos.AT_MOST_ONCE));
        assertThat(router.route("s", message("a/b"), () -> {}))
                .as("another of its subscriptions wants it")
                .isTrue();
    }

    @Test
    void overlappingFilters_tellAllTheirIdentifiers() {
        Subscriber subscriber = owner.subscriber("s");
        router.subscribe(
                subscriber, filter("a/b"), new SubscriptionOptions(Qos.AT_MOST_ONCE, false, false, List.of(7)));
        router.subscribe(subscriber, filter("a/+"), at(Qos.AT_LEAST_ONCE));
        router.subscribe(subscriber, filter("#"), new SubscriptionOptions(Qos.AT_MOST_ONCE, false, true, List.of(9)));

        route("a/b");

        assertThat(owner.deliveries.get(0).recipients()).singleElement().satisfies(recipient -> {
            assertThat(recipient.options().identifiers()).containsExactlyInAnyOrder(7, 9);
            assertThat(recipient.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
            assertThat(recipient.options().retainAsPublished()).isTrue();
        });
    }

    @Test
    void sharedSubscription_reachesItsMembersInTurn() {
        for (String member : List.of("one", "two", "three")) {
            router.subscribeShared("g", owner.subscriber(member), filter("a/+"), at(Qos.AT_LEAST_ONCE));
        }
        for (int i = 0; i < 6; i++) {
            route("a/b");
        }
        assertThat(owner.recipientIds()).containsExactly("one", "two", "three", "one", "two", "three");
    }

    @Test
    void sharedSubscription_prefersWhoCanBeReached() {
        NamedSubscriber away = owner.subscriber("away");
        NamedSubscriber there = owner.subscriber("there");
        away.reachable = false;
        router.subscribeShared("g", away, filter("a"), at(Qos.AT_LEAST_ONCE));
        router.subscribeShared("g", there, filter("a"), at(Qos.AT_LEAST_ONCE));
        route("a");
        route("a");
        there.reachable = false;
        route("a");
        assertThat(owner.recipientIds()).hasSize(3).startsWith("there", "there");
    }

    @Test
    void sharedSubscriptions_ofOtherGroupsAndPlainOnesGetTheirOwnCopy() {
        Subscriber both = owner.subscriber("both");
        router.subscribe(both, filter("a"), at(Qos.AT_LEAST_ONCE));
        router.subscribeShared("g", both, filter("a"), at(Qos.AT_LEAST_ONCE));
        router.subscribeShared("h", owner.subscriber("other"), filter("#"), at(Qos.AT_LEAST_ONCE));

        route("a");

        assertThat(owner.recipientIds()).containsExactlyInAnyOrder("both", "both", "other");
    }

    @Test
    void memberThatLeavesOrChanges_isTakenSoFromThenOn() {
        Subscriber member = owner.subscriber("s");
        router.subscribeShared("g", member, filter("a"), at(Qos.AT_LEAST_ONCE));
        router.subscribeShared("g", member, filter("a"), at(Qos.EXACTLY_ONCE));
        route("a");
        assertThat(owner.deliveries.get(0).recipients())
                .extracting(Recipient::qos)
                .containsExactly(Qos.EXACTLY_ONCE);

        assertThat(router.unsubscribeShared("other", member, filter("a"))).isFalse();
        assertThat(router.unsubscribeShared("g", member, filter("a"))).isTrue();
        assertThat(router.unsubscribeShared("g", member, filter("a"))).isFalse();
        assertThat(router.route("p", message("a"), () -> {})).isFalse();
    }

    private static SubscriptionOptions at(Qos qos) {
        return SubscriptionOptions.of(qos);
    }

    private void route(String topic) {
        router.route("p", message(topic), confirmed::incrementAndGet);
    }

    private static ApplicationMessage message(String topic) {
        return new ApplicationMessage(topic, Octets.utf8("x"), Qos.AT_LEAST_ONCE, false);
    }

    private static TopicFilter filter(String value) {
        return new TopicFilter(value);
    }

    /** A loop that takes deliveries and confirms them when told. */
    private static final class Owner implements DeliveryTarget {
        private final List<Delivery> deliveries = new ArrayList<>();

        @Override
        public void deliver(Delivery delivery) {
            deliveries.add(delivery);
        }

        void confirmAll() {
            deliveries.forEach(each -> each.whenQueued().run());
        }

        List<String> recipientIds() {
            return deliveries.stream()
                    .flatMap(each -> each.recipients().stream())
                    .map(each -> each.subscriber().clientId())
                    .toList();
        }

        List<ApplicationMessage> received() {
            return deliveries.stream()
                    .flatMap(delivery -> delivery.recipients().stream().map(delivery::messageFor))
                    .toList();
        }

        NamedSubscriber subscriber(String clientId) {
            return new NamedSubscriber(clientId, this);
        }
    }

    /** Compared by identity, as sessions are. */
    private static final class NamedSubscriber implements Subscriber {
        private final String clientId;
        private final DeliveryTarget owner;
        private boolean reachable = true;

        private NamedSubscriber(String clientId, DeliveryTarget owner) {
            this.clientId = clientId;
            this.owner = owner;
        }

        @Override
        public String clientId() {
            return clientId;
        }

        @Override
        public boolean isReachable() {
            return reachable;
        }

        @Override
        public void onSubscriptionLost(TopicFilter filter) {
            throw new AssertionError("the router takes nothing away");
        }

        @Override
        public DeliveryTarget owner() {
            return owner;
        }
    }
}
