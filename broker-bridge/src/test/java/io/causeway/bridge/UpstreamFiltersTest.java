package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.upstream.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.AT_MOST_ONCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** The subscriptions of a link, with the test in the place of the broker. */
class UpstreamFiltersTest {
    private static final Duration QUIET = UpstreamTimings.DEFAULTS.retainedQuiet();
    private static final Duration COMPLETION = UpstreamTimings.DEFAULTS.completion();
    private static final int FAILURE = 0x80;

    private final LinkBench bench = LinkBench.connected(LinkBench.settings());
    private final TestSubscriber alice = new TestSubscriber("alice");
    private final TestSubscriber bob = new TestSubscriber("bob");
    private int answered;

    /** Subscribes, and the broker grants all that is asked. */
    private void standing(TestSubscriber subscriber, String filter, Qos qos) {
        bench.subscribe(subscriber, filter, qos);
        grantAll();
        quiet();
    }

    /** The broker grants what it was asked; returns what that was. */
    private List<String> grantAll() {
        List<String> calls = bench.connection.takeCalls();
        for (String call : calls) {
            if (call.startsWith("subscribe ")) {
                List<String> words = List.of(call.split(" ", -1));
                answered = Integer.parseInt(words.get(1));
                Integer[] codes = words.stream()
                        .skip(2)
                        .map(each -> Integer.valueOf(each.substring(each.lastIndexOf(':') + 1)))
                        .toArray(Integer[]::new);
                bench.connection.answer(answered, codes);
            }
        }
        bench.link.turn();
        return calls.stream().map(UpstreamFiltersTest::withoutId).toList();
    }

    private static String withoutId(String call) {
        return call.replaceFirst("subscribe \\d+ ", "subscribe ");
    }

    private List<String> calls() {
        return bench.connection.takeCalls().stream()
                .filter(call -> !call.startsWith("acknowledge "))
                .map(UpstreamFiltersTest::withoutId)
                .toList();
    }

    /** All bursts of retained messages end. */
    private List<String> quiet() {
        bench.link.turn();
        bench.connection.takeCalls();
        return bench.turnAfter(QUIET).stream()
                .map(UpstreamFiltersTest::withoutId)
                .toList();
    }

    private void live(String topic, String payload) {
        bench.connection.deliver(topic, payload, AT_LEAST_ONCE, false, 1);
    }

    private void retained(String topic, String payload) {
        bench.connection.deliver(topic, payload, AT_LEAST_ONCE, true, 1);
    }

    @Test
    void newFilter_isSubscribedAndGrantedWithTheSuback() {
        Outcome outcome = bench.subscribe(alice, "a/b", AT_LEAST_ONCE);
        assertThat(outcome.told()).isEmpty();
        assertThat(grantAll()).containsExactly("subscribe a/b:1");
        assertThat(outcome.told()).containsExactly("subscribed 1");

        live("a/b", "1");
        assertThat(alice.takeReceived()).containsExactly("a/b 1 1");
    }

    @Test
    void brokerGrantsLess_isReported() {
        Outcome outcome = bench.subscribe(alice, "a/b", EXACTLY_ONCE);
        bench.connection.answer(1, 1);
        assertThat(outcome.told()).containsExactly("subscribed 1");
    }

    @Test
    void brokerRefuses_isNotSupportedAndLeavesNothing() {
        Outcome outcome = bench.subscribe(alice, "a/b", AT_LEAST_ONCE);
        bench.connection.answer(1, FAILURE);
        assertThat(outcome.told()).containsExactly("NOT_SUPPORTED");
        assertThat(bench.counters.refused(Refusal.NOT_SUPPORTED)).isEqualTo(1);

        live("a/b", "1");
        assertThat(alice.takeReceived()).isEmpty();
    }

    @Test
    void brokerRefusesAHigherQos_theFormerSubscriptionStands() {
        standing(alice, "a/b", AT_MOST_ONCE);
        Outcome outcome = bench.subscribe(alice, "a/b", AT_LEAST_ONCE);
        bench.connection.answer(2, FAILURE);
        assertThat(outcome.told()).containsExactly("NOT_SUPPORTED");

        live("a/b", "1");
        assertThat(alice.takeReceived()).containsExactly("a/b 1 0");
    }

    @Test
    void secondSubscriberOfAFilter_isGrantedAtOnceAndServedAtItsOwnQos() {
        standing(alice, "a/b", AT_LEAST_ONCE);
        Outcome outcome = bench.subscribe(bob, "a/b", AT_MOST_ONCE);
        assertThat(outcome.told()).containsExactly("subscribed 0");
        assertThat(grantAll()).as("for the retained messages").containsExactly("subscribe a/b:1");

        live("a/b", "1");
        assertThat(alice.takeReceived()).containsExactly("a/b 1 1");
        assertThat(bob.takeReceived()).containsExactly("a/b 1 0");
    }

    @Test
    void higherQosWanted_isRaisedAndGrantedWithTheSuback() {
        standing(alice, "a/b", AT_MOST_ONCE);
        Outcome outcome = bench.subscribe(bob, "a/b", EXACTLY_ONCE);
        assertThat(outcome.told()).isEmpty();
        assertThat(grantAll()).containsExactly("subscribe a/b:2");
        assertThat(outcome.told()).containsExactly("subscribed 2");
    }

    @Test
    void lastSubscriberGone_isUnsubscribed() {
        standing(alice, "a/b", AT_LEAST_ONCE);
        standing(bob, "a/b", AT_LEAST_ONCE);
        assertThat(bench.unsubscribe(alice, "a/b").told()).containsExactly("done");
        assertThat(calls()).isEmpty();

        bench.unsubscribe(bob, "a/b");
        assertThat(calls()).containsExactly("unsubscribe a/b");
        live("a/b", "1");
        assertThat(bob.takeReceived()).isEmpty();
    }

    @Test
    void unsubscribedWithoutASubscription_isDoneAllTheSame() {
        assertThat(bench.unsubscribe(alice, "a/b").told()).containsExactly("done");
        assertThat(calls()).isEmpty();
    }

    @Test
    void unsubscribedBeforeTheSuback_isToldAndLeavesNothing() {
        Outcome outcome = bench.subscribe(alice, "a/b", AT_LEAST_ONCE);
        bench.unsubscribe(alice, "a/b");
        assertThat(outcome.told()).containsExactly("CONGESTION");

        assertThat(grantAll()).containsExactly("subscribe a/b:1");
        assertThat(calls()).as("after the burst, if there is one").isEmpty();
        assertThat(quiet()).containsExactly("unsubscribe a/b");
        assertThat(outcome.told()).hasSize(1);
    }

    @Test
    void narrowerFilter_isServedByTheWiderOne() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        Outcome outcome = bench.subscribe(bob, "a/+/c", AT_LEAST_ONCE);
        assertThat(outcome.told()).containsExactly("subscribed 1");
        assertThat(grantAll()).containsExactly("subscribe a/#:1");

        live("a/b/c", "1");
        assertThat(bob.takeReceived()).containsExactly("a/b/c 1 1");
    }

    @Test
    void narrowerFilterAtAHigherQos_raisesTheWiderOne() {
        standing(alice, "a/#", AT_MOST_ONCE);
        bench.subscribe(bob, "a/b", AT_LEAST_ONCE);
        assertThat(grantAll()).containsExactly("subscribe a/#:1");
    }

    @Test
    void widerFilterComes_isSubscribedFirstAndThenTheNarrowerOnesGo() {
        standing(alice, "a/b", AT_LEAST_ONCE);
        standing(alice, "a/c", AT_MOST_ONCE);
        bench.subscribe(bob, "a/#", AT_MOST_ONCE);
        assertThat(grantAll()).as("at the QoS that alice has").containsExactly("subscribe a/#:1", "subscribe a/c:1");
        assertThat(calls()).containsExactly("unsubscribe a/b", "unsubscribe a/c");
    }

    @Test
    void widerFilterGoes_theNarrowerOnesAreSubscribedFirst() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        standing(bob, "a/b/+", AT_LEAST_ONCE);
        standing(bob, "a/b/c", AT_LEAST_ONCE);
        bench.unsubscribe(alice, "a/#");
        assertThat(grantAll()).as("the widest of what is left").containsExactly("subscribe a/b/+:1");
        assertThat(calls()).containsExactly("unsubscribe a/#");
    }

    @Test
    void widerFilterGoesAndComesBackMeanwhile_stays() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        standing(bob, "a/b", AT_LEAST_ONCE);
        bench.unsubscribe(alice, "a/#");
        assertThat(calls()).containsExactly("subscribe a/b:1");
        assertThat(bench.subscribe(alice, "a/#", AT_LEAST_ONCE).told()).containsExactly("subscribed 1");
        assertThat(calls()).containsExactly("subscribe a/#:1");
        bench.connection.answer(3, 1);
        bench.link.turn();
        assertThat(calls()).containsExactly("unsubscribe a/b");
    }

    @Test
    void widerFilterRefused_narrowerOneThatWaitedForItGetsItsOwn() {
        Outcome wide = bench.subscribe(alice, "#", AT_LEAST_ONCE);
        Outcome narrow = bench.subscribe(bob, "a/b", AT_LEAST_ONCE);
        assertThat(calls()).containsExactly("subscribe #:1");
        bench.connection.answer(1, FAILURE);
        bench.link.turn();
        assertThat(wide.told()).containsExactly("NOT_SUPPORTED");
        assertThat(grantAll()).containsExactly("subscribe a/b:1");
        assertThat(narrow.told()).containsExactly("subscribed 1");
    }

    @Test
    void overlappingFilters_getTheSameQos() {
        standing(alice, "a/+", AT_MOST_ONCE);
        standing(alice, "+/c", AT_MOST_ONCE);
        bench.subscribe(bob, "+/b", AT_LEAST_ONCE);
        assertThat(grantAll()).containsExactly("subscribe +/b:1", "subscribe a/+:1", "subscribe +/c:1");
    }

    @Test
    void retainedMessages_goOnlyToThoseWhoAskedAndWhoseFilterMatches() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        bench.subscribe(bob, "a/b", AT_MOST_ONCE);
        retained("a/b", "1"); // may come before the SUBACK
        grantAll();
        retained("a/c", "2");
        assertThat(alice.takeReceived()).isEmpty();
        assertThat(bob.takeReceived()).containsExactly("a/b 1 0R");
        assertThat(bench.counters.retainedUnasked()).isEqualTo(1);
    }

    @Test
    void retainedMessagesAfterTheQuietTime_areDropped() {
        bench.subscribe(alice, "a", AT_LEAST_ONCE);
        grantAll();
        quiet();
        retained("a", "1");
        assertThat(alice.takeReceived()).isEmpty();
        assertThat(bench.counters.retainedUnasked()).isEqualTo(1);
    }

    @Test
    void retainedMessagesKeepComing_theBurstGoesOn() {
        bench.subscribe(alice, "#", AT_LEAST_ONCE);
        grantAll();
        for (int i = 0; i < 5; i++) {
            bench.turnAfter(QUIET.minusMillis(1));
            retained("a/" + i, "x");
        }
        assertThat(alice.takeReceived()).hasSize(5);
    }

    @Test
    void askersDuringABurst_shareTheNextOne() {
        TestSubscriber carol = new TestSubscriber("carol");
        bench.subscribe(alice, "a/#", AT_LEAST_ONCE);
        grantAll();
        retained("a/1", "x");
        bench.subscribe(bob, "a/1", AT_LEAST_ONCE);
        bench.subscribe(carol, "a/#", AT_LEAST_ONCE);
        assertThat(calls()).isEmpty();

        assertThat(quiet()).containsExactly("subscribe a/#:1");
        bench.connection.answer(2, 1);
        retained("a/1", "x");
        retained("a/2", "y");
        assertThat(alice.takeReceived()).containsExactly("a/1 x 1R");
        assertThat(bob.takeReceived()).containsExactly("a/1 x 1R");
        assertThat(carol.takeReceived()).containsExactly("a/1 x 1R", "a/2 y 1R");
    }

    @Test
    void sameRetainedMessageFromTwoBursts_isDeliveredOnce() {
        bench.subscribe(alice, "a/+", AT_LEAST_ONCE);
        bench.subscribe(bob, "+/b", AT_LEAST_ONCE);
        grantAll();
        retained("a/b", "1");
        retained("a/b", "1");
        assertThat(alice.takeReceived()).containsExactly("a/b 1 1R");
        assertThat(bob.takeReceived()).containsExactly("a/b 1 1R");
    }

    @Test
    void unsubscribedDuringTheBurst_getsNothingRetained() {
        bench.subscribe(alice, "a/#", AT_LEAST_ONCE);
        grantAll();
        bench.unsubscribe(alice, "a/#");
        retained("a/1", "x");
        assertThat(alice.takeReceived()).isEmpty();
    }

    @Test
    void brokerAway_refusesNewSubscriptionsAlsoOfLiveFilters() {
        standing(alice, "a", AT_LEAST_ONCE);
        bench.connection.lose("gone", true);
        bench.turn();
        assertThat(bench.subscribe(bob, "a", AT_LEAST_ONCE).told()).containsExactly("CONGESTION");
    }

    @Test
    void lostBeforeTheSuback_isRefusedAndLeavesNothing() {
        Outcome outcome = bench.subscribe(alice, "a", AT_LEAST_ONCE);
        reconnect();
        assertThat(outcome.told()).containsExactly("CONGESTION");
        assertThat(bench.turn()).noneMatch(call -> call.startsWith("subscribe"));
        live("a", "1");
        assertThat(alice.takeReceived()).isEmpty();
    }

    @Test
    void reconnected_subscribesAllAgainInBatches() {
        IntStream.range(0, 10).forEach(i -> standing(alice, "a/" + i, AT_LEAST_ONCE));
        reconnect();
        assertThat(grantAll())
                .containsExactly("subscribe a/0:1 a/1:1 a/2:1 a/3:1 a/4:1 a/5:1 a/6:1 a/7:1", "subscribe a/8:1 a/9:1");
        assertThat(bench.counters.resubscriptions()).isEqualTo(10);

        retained("a/3", "old");
        assertThat(alice.takeReceived()).as("nobody asked").isEmpty();
        assertThat(bench.counters.retainedUnasked()).isEqualTo(1);
    }

    @Test
    void reconnectedWithManyFilters_asksForAFewAtATime() {
        IntStream.range(0, 40).forEach(i -> standing(alice, "a/" + i, AT_LEAST_ONCE));
        reconnect();
        List<String> asked = new ArrayList<>();
        for (List<String> next = grantAll(); !next.isEmpty(); next = grantAll()) {
            assertThat(next).hasSizeLessThanOrEqualTo(2);
            next.forEach(call -> asked.addAll(List.of(call.split(" ", -1)).subList(1, call.split(" ", -1).length)));
        }
        assertThat(asked).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void reconnectedAndNotAnswered_asksAgainWithGrowingPausesUntilItStands() {
        standing(alice, "a", AT_LEAST_ONCE);
        reconnect();
        assertThat(calls()).containsExactly("subscribe a:1");
        for (int pauseSeconds : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            assertThat(bench.turnAfter(COMPLETION)).isEmpty();
            assertThat(bench.turnAfter(Duration.ofSeconds(pauseSeconds).minusNanos(1)))
                    .isEmpty();
            assertThat(bench.turnAfter(Duration.ofNanos(1))).hasSize(1).allMatch(call -> call.endsWith(" a:1"));
        }
        bench.connection.answer(10, 1);
        assertThat(bench.turnAfter(Duration.ofHours(1))).isEmpty();
        live("a", "1");
        assertThat(alice.takeReceived()).containsExactly("a 1 1");
        assertThat(alice.lost()).isEmpty();
    }

    @Test
    void reconnectedAndRefused_subscribersAreTold() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        standing(bob, "a/b", AT_LEAST_ONCE);
        reconnect();
        assertThat(calls()).containsExactly("subscribe a/#:1");
        bench.connection.answer(3, FAILURE);
        bench.link.turn();
        assertThat(alice.lost()).containsExactly("a/#");

        assertThat(grantAll()).as("bob's may be allowed").containsExactly("subscribe a/b:1");
        live("a/b", "1");
        assertThat(bob.takeReceived()).containsExactly("a/b 1 1");
        assertThat(alice.takeReceived()).isEmpty();
        assertThat(bob.lost()).isEmpty();
    }

    @Test
    void widerFilterGoneAndTheNarrowerOneRefused_itsSubscriberIsTold() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        standing(bob, "a/b", AT_LEAST_ONCE);
        bench.unsubscribe(alice, "a/#");
        assertThat(calls()).containsExactly("subscribe a/b:1");
        bench.connection.answer(3, FAILURE);
        bench.link.turn();
        assertThat(bob.lost()).containsExactly("a/b");
        assertThat(calls()).containsExactly("unsubscribe a/#");
    }

    @Test
    void lostDuringABurst_theAskerGetsTheRestAfterwards() {
        bench.subscribe(alice, "a/#", AT_LEAST_ONCE);
        grantAll();
        retained("a/1", "x");
        reconnect();
        grantAll();
        retained("a/1", "x");
        retained("a/2", "y");
        assertThat(alice.takeReceived()).containsExactly("a/1 x 1R", "a/2 y 1R");
    }

    @Test
    void unsubscribedWhileAway_isUnsubscribedAfterwards() {
        standing(alice, "a", AT_LEAST_ONCE);
        standing(alice, "b/#", AT_LEAST_ONCE);
        standing(bob, "b/c", EXACTLY_ONCE);
        bench.connection.lose("gone", true);
        bench.turn();
        bench.unsubscribe(alice, "a");
        bench.unsubscribe(alice, "b/#");
        bench.turnAfter(LinkBench.PAUSE);
        bench.connection.accept(true);
        bench.link.turn();
        assertThat(calls()).containsExactly("subscribe b/c:2", "unsubscribe a b/#");
    }

    @Test
    void subackDoesNotCome_isRefusedWithCongestion() {
        Outcome outcome = bench.subscribe(alice, "a", EXACTLY_ONCE);
        calls();
        assertThat(bench.turnAfter(COMPLETION)).containsExactly("unsubscribe a");
        assertThat(outcome.told()).containsExactly("CONGESTION");

        bench.connection.answer(1, 2); // too late
        assertThat(outcome.told()).hasSize(1);
    }

    @Test
    void filterOnWhichTheBrokerCuts_isTriedThreeTimes() {
        for (int i = 0; i < 3; i++) {
            assertThat(bench.subscribe(alice, "secret/#", AT_LEAST_ONCE).told()).isEmpty();
            reconnect();
        }
        assertThat(bench.subscribe(alice, "secret/#", AT_LEAST_ONCE).told()).containsExactly("NOT_SUPPORTED");
        assertThat(bench.subscribe(alice, "other", AT_LEAST_ONCE).told()).isEmpty();

        bench.turnAfter(Duration.ofHours(1));
        assertThat(bench.subscribe(alice, "secret/#", AT_LEAST_ONCE).told())
                .as("an hour later it may be allowed")
                .isEmpty();
    }

    @Test
    void filterThatCannotBeSent_isRefusedForGood() {
        assertThat(bench.subscribe(alice, "a!", AT_LEAST_ONCE).told()).containsExactly("NOT_SUPPORTED");
    }

    @Test
    void equalMessagesUnderOverlappingFilters_areAllDelivered() {
        standing(alice, "a/+", AT_LEAST_ONCE);
        standing(alice, "+/b", AT_LEAST_ONCE);
        IntStream.range(0, 1_000).forEach(i -> live("a/b", "21.5"));
        assertThat(alice.takeReceived()).hasSize(1_000);
    }

    private void reconnect() {
        bench.connection.lose("cut", true);
        bench.turn();
        bench.turnAfter(LinkBench.PAUSE);
        bench.connection.accept(true);
        bench.connection.takeCalls();
        bench.link.turn();
    }

    // ---- taken for a bridge --------------------------------------------------------------------------------------

    private void reconnectAsBridge(boolean sessionPresent) {
        bench.connection.becomeBridge();
        bench.cutAndRetry();
        bench.connection.accept(sessionPresent);
        bench.link.turn();
    }

    @Test
    void bridge_getsLiveMessagesWithTheirRetainFlag() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        reconnectAsBridge(true);
        grantAll();
        quiet();

        retained("a/b", "1");
        live("a/b", "2");

        assertThat(alice.takeReceived()).containsExactly("a/b 1 1R", "a/b 2 1");
    }

    @Test
    void bridgeWhoseSessionIsStillThere_doesNotAskForRetainedMessagesAgain() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        reconnectAsBridge(true);
        assertThat(grantAll()).contains("subscribe a/#:1"); // the session was not one of a bridge
        quiet();

        reconnectAsBridge(true);
        assertThat(grantAll()).noneMatch(call -> call.startsWith("subscribe"));
        retained("a/b", "while we were away");
        assertThat(alice.takeReceived()).containsExactly("a/b while we were away 1R");
    }

    @Test
    void bridgeWhoseConnectsDidNotReachTheBroker_keepsItsFilters() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        reconnectAsBridge(true);
        grantAll();
        quiet();

        bench.cutAndRetry();
        bench.turnAfter(UpstreamTimings.DEFAULTS.connect());
        bench.turnUntilConnecting();
        bench.connection.accept(true);
        bench.link.turn();
        assertThat(calls()).noneMatch(call -> call.startsWith("subscribe"));
    }

    @Test
    void bridgeWhoseConnectWentUnanswered_subscribesAgainAlthoughThereIsASession() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        reconnectAsBridge(true);
        grantAll();
        quiet();

        bench.connection.reachBroker();
        bench.cutAndRetry();
        bench.turnAfter(UpstreamTimings.DEFAULTS.connect());
        bench.turnUntilConnecting();
        bench.connection.accept(true); // the one that the first CONNECT has made is empty
        bench.link.turn();
        assertThat(grantAll()).contains("subscribe a/#:1");
        quiet();

        reconnectAsBridge(true);
        assertThat(calls()).noneMatch(call -> call.startsWith("subscribe"));
    }

    @Test
    void bridgeWhoseSessionIsGoneAsTheAnswerSaidThatCrossedOurGivingUp_subscribesAgain() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        reconnectAsBridge(true);
        grantAll();
        quiet();

        bench.connection.acceptWhenAborted(false);
        bench.cutAndRetry();
        bench.turnAfter(UpstreamTimings.DEFAULTS.connect());
        bench.turnUntilConnecting();
        bench.connection.accept(true);
        bench.link.turn();
        assertThat(calls()).contains("subscribe a/#:1");
    }

    @Test
    void bridgeWhoseSessionIsGone_losesNoLiveMessageAmongTheRetainedOnesThatComeAgain() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        reconnectAsBridge(true);
        grantAll();
        quiet();

        reconnectAsBridge(false);
        assertThat(grantAll()).contains("subscribe a/#:1");
        retained("a/b", "old");
        retained("a/b", "new");
        assertThat(alice.takeReceived()).containsExactly("a/b old 1R", "a/b new 1R");
    }

    @Test
    void bridge_getsWhatHasWaitedThereBeforeTheWorkerLooks() {
        standing(alice, "a/#", AT_LEAST_ONCE);
        bench.connection.becomeBridge();
        bench.cutAndRetry();
        bench.connection.accept(true);

        retained("a/b", "1");

        assertThat(alice.takeReceived()).containsExactly("a/b 1 1R");
    }

    @Test
    void bridgeThatSubscribesBeforeTheBrokerIsThere_asksForRetainedMessages() {
        LinkBench bridge = new LinkBench(LinkBench.settings().withBridge(new BridgeSettings(true, LinkWatch.NONE)));
        assertThat(bridge.subscribe(alice, "a/#", AT_LEAST_ONCE).told()).containsExactly("subscribed 1");
        bridge.connection.accept(false);
        bridge.link.turn();

        bridge.connection.deliver("a/b", "1", AT_LEAST_ONCE, true, 1);

        assertThat(alice.takeReceived()).containsExactly("a/b 1 1R");
    }

    @Test
    void liveMessagesOverABridge_doNotProlongABurst() {
        reconnectAsBridge(true);
        bench.subscribe(alice, "a/#", AT_LEAST_ONCE);
        grantAll();
        retained("a/b", "1");
        bench.subscribe(bob, "a/#", AT_LEAST_ONCE);
        calls();

        bench.turnAfter(QUIET.minusMillis(1));
        retained("a/b", "2");

        assertThat(bench.turnAfter(Duration.ofMillis(1))).anyMatch(call -> call.startsWith("subscribe"));
    }

    @Test
    void bridgeThatHasJustSubscribed_losesNoLiveMessageAmongTheRetainedOnes() {
        reconnectAsBridge(true);
        bench.subscribe(alice, "a/#", AT_LEAST_ONCE);

        retained("a/b", "1");
        retained("a/b", "2");

        assertThat(alice.takeReceived()).containsExactly("a/b 1 1R", "a/b 2 1R");
    }
}
