package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.upstream.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.AT_MOST_ONCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

class BrokerLinkTest {
    private static final Duration COMPLETION = UpstreamTimings.DEFAULTS.completion();

    private LinkBench bench = LinkBench.connected(LinkBench.settings());

    @Test
    void acknowledgedByTheBroker_isAcceptedOnlyThen() {
        Outcome outcome = bench.publish("a", "1", AT_LEAST_ONCE);
        assertThat(bench.turn()).containsExactly("publish a 1");
        assertThat(outcome.told()).isEmpty();

        bench.connection.acknowledgeFirst();
        assertThat(outcome.told()).containsExactly("accepted");
        assertThat(bench.counters.published(AT_LEAST_ONCE))
                .as("with the one before")
                .isEqualTo(2);
        assertThat(bench.counters.heldMessages()).isZero();
        assertThat(bench.counters.heldOctets()).isZero();
        assertThat(bench.counters.inflight()).isZero();
    }

    @Test
    void qos0_isAcceptedWhenHandedOver() {
        Outcome outcome = bench.publish("a", "1", AT_MOST_ONCE);
        bench.turn();
        assertThat(outcome.told()).containsExactly("accepted");
        assertThat(bench.counters.inflight()).isEqualTo(1);

        bench.connection.acknowledgeFirst();
        assertThat(bench.counters.inflight()).isZero();
        assertThat(outcome.told()).containsExactly("accepted");
    }

    @Test
    void brokerAway_refusesAtOnceWithCongestion() {
        bench.connection.lose("gone", true);

        assertThat(bench.publish("a", "1", AT_LEAST_ONCE).told()).containsExactly("CONGESTION");
        assertThat(bench.publish("a", "1", AT_MOST_ONCE).told()).containsExactly("CONGESTION");
        assertThat(bench.counters.refused(Refusal.CONGESTION)).isEqualTo(2);
        assertThat(bench.link.isAvailable()).isFalse();
    }

    @Test
    void lostBeforeTheWorkerLooked_isNotTakenForConnected() {
        LinkBench brief = new LinkBench(LinkBench.settings());
        brief.turn();
        brief.connection.accept(false);
        brief.connection.lose("gone", true);
        brief.turn();
        assertThat(brief.link.isAvailable()).isFalse();
        assertThat(brief.publish("a", "1", AT_LEAST_ONCE).told()).containsExactly("CONGESTION");
    }

    @Test
    void windowFull_restWaitsInOrderUntilAQuarterIsFree() {
        LinkBench narrow = LinkBench.connected(LinkBench.settings().withQueue(new QueueSettings(100, 10_000, 4, 2)));
        for (int i = 0; i < 6; i++) {
            narrow.publish("a", "" + i, AT_LEAST_ONCE);
        }
        assertThat(narrow.turn()).containsExactly("publish a 0", "publish a 1", "publish a 2", "publish a 3");

        narrow.connection.acknowledgeFirst();
        narrow.connection.acknowledgeFirst();
        assertThat(narrow.turn()).containsExactly("publish a 4", "publish a 5");
    }

    @Test
    void boundOfMessagesReached_refusesWithCongestionAndTakesAgainAfterwards() {
        LinkBench narrow = LinkBench.connected(LinkBench.settings().withQueue(new QueueSettings(2, 10_000, 4, 2)));
        narrow.publish("a", "1", AT_LEAST_ONCE);
        narrow.publish("a", "2", AT_LEAST_ONCE);
        assertThat(narrow.publish("a", "3", AT_LEAST_ONCE).told()).containsExactly("CONGESTION");

        narrow.turn();
        narrow.connection.acknowledgeFirst();
        Outcome later = narrow.publish("a", "4", AT_LEAST_ONCE);
        assertThat(later.told()).isEmpty();
        assertThat(narrow.counters.heldMessages()).isEqualTo(2);
    }

    @Test
    void boundOfOctetsReached_refusesButLetsASingleLargeOneThrough() {
        LinkBench narrow = LinkBench.connected(LinkBench.settings().withQueue(new QueueSettings(100, 10, 4, 2)));
        assertThat(narrow.publish("a", "longer than the bound", AT_LEAST_ONCE).told())
                .isEmpty();
        assertThat(narrow.publish("a", "1", AT_LEAST_ONCE).told()).containsExactly("CONGESTION");
        assertThat(narrow.counters.heldOctets()).isEqualTo(22);
    }

    @Test
    void lostInFlight_isLeftToTheSessionAndNewerFollow() {
        Outcome first = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        Outcome waiting = bench.publish("a", "2", AT_LEAST_ONCE); // arrives while the connection goes down

        assertThat(bench.cutAndRetry()).containsExactly("connect 1000");
        bench.connection.accept(true);
        assertThat(bench.turn()).containsExactly("publish a 2");

        bench.connection.acknowledgeFirst();
        bench.connection.acknowledgeFirst();
        assertThat(first.told()).containsExactly("accepted");
        assertThat(waiting.told()).containsExactly("accepted");
    }

    @Test
    void sessionLostWithTheBroker_publishesForgottenOnesAgainBeforeNewer() {
        Outcome first = bench.publish("a", "1", EXACTLY_ONCE);
        bench.publish("a", "2", EXACTLY_ONCE);
        bench.turn();
        bench.publish("a", "3", EXACTLY_ONCE);
        PendingPublish[] forgotten = bench.connection.session.toArray(PendingPublish[]::new);

        bench.cutAndRetry();
        bench.connection.session.clear();
        bench.connection.accept(false, forgotten);
        assertThat(bench.turn()).containsExactly("publish a 1", "publish a 2", "publish a 3");
        assertThat(bench.counters.inflight()).isEqualTo(3);

        bench.connection.acknowledgeFirst();
        assertThat(first.told()).containsExactly("accepted");
    }

    @Test
    void sessionLostAndTheAnswerCrossedOurGivingUp_forgottenOnesArePublishedOnTheNextConnection() {
        AggregatingSettings settings = LinkBench.settings();
        LinkBench patient =
                LinkBench.connected(settings.withTimings(settings.timings().withCompletion(Duration.ofMinutes(1))));
        Outcome outcome = patient.publish("a", "1", EXACTLY_ONCE);
        patient.turn();
        PendingPublish[] forgotten = patient.connection.session.toArray(PendingPublish[]::new);
        patient.cutAndRetry();
        patient.connection.session.clear();
        patient.connection.acceptWhenAborted(false, forgotten);
        assertThat(patient.turnAfter(settings.timings().connect())).containsExactly("abort");

        patient.turnUntilConnecting();
        patient.connection.accept(true);
        assertThat(patient.turn()).containsExactly("publish a 1");
        patient.connection.acknowledgeFirst();
        assertThat(outcome.told()).containsExactly("accepted");
    }

    @Test
    void qos0InFlightAtALoss_isGoneAndMakesRoom() {
        bench.publish("a", "1", AT_MOST_ONCE);
        bench.turn();
        bench.cutAndRetry();
        assertThat(bench.counters.droppedAtLoss()).isEqualTo(1);
        assertThat(bench.counters.inflight()).isZero();
    }

    @Test
    void brokerAwayForTooLong_refusesWhatWaitsAndForgetsIt() {
        Outcome sent = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        Outcome waiting = bench.publish("a", "2", AT_LEAST_ONCE);
        bench.cutAndRetry();

        bench.turnAfter(COMPLETION);
        assertThat(sent.told()).containsExactly("CONGESTION");
        assertThat(waiting.told()).containsExactly("CONGESTION");

        assertThat(bench.turnAfter(LinkBench.PAUSE)).containsExactly("connect 1000");
        assertThat(bench.connection.session).isEmpty();
        assertThat(bench.counters.heldMessages()).isZero();
        assertThat(bench.counters.inflight()).isZero();
    }

    @Test
    void lateCopyOfARefusedMessage_isNotToldTwice() {
        Outcome outcome = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        bench.turnAfter(COMPLETION);
        assertThat(outcome.told()).containsExactly("CONGESTION");

        bench.connection.acknowledgeFirst();
        assertThat(outcome.told()).containsExactly("CONGESTION");
        assertThat(bench.counters.inflight()).isZero();
        assertThat(bench.counters.heldMessages()).isZero();
    }

    @Test
    void qos2InFlightForTooLong_waitsForTheTruth() {
        Outcome outcome = bench.publish("a", "1", EXACTLY_ONCE);
        bench.turn();
        bench.turnAfter(COMPLETION.multipliedBy(10));
        assertThat(outcome.told()).isEmpty();

        bench.connection.acknowledgeFirst();
        assertThat(outcome.told()).containsExactly("accepted");
    }

    @Test
    void bridgeWithoutAJournal_doesNotLetItsPublishersWaitForABrokerThatStalls() {
        bench = LinkBench.connected(LinkBench.settings().withBridge(new BridgeSettings(true, LinkWatch.NONE)));
        Outcome once = bench.publish("a", "1", AT_LEAST_ONCE);
        Outcome exactlyOnce = bench.publish("a", "2", EXACTLY_ONCE);
        bench.turn();
        assertThat(once.told()).isEmpty();

        bench.turnAfter(BridgeSettings.PATIENCE);
        assertThat(once.told()).containsExactly("CONGESTION");
        assertThat(exactlyOnce.told()).containsExactly("CONGESTION");
    }

    @Test
    void messageThatMakesTheBrokerCut_isFoundAndRefusedAndTheOthersGoThrough() {
        Outcome innocent = bench.publish("a", "innocent", AT_LEAST_ONCE);
        Outcome poison = bench.publish("a", "poison", AT_LEAST_ONCE);
        Outcome behind = bench.publish("a", "behind", AT_LEAST_ONCE);
        bench.turn();
        assertThat(bench.cutAndRetry()).containsExactly("connect 1000");
        bench.connection.accept(true);
        bench.turn();
        assertThat(bench.cutAndRetry()).as("one at a time").containsExactly("connect 1");
        bench.connection.accept(true);
        bench.turn();

        bench.connection.acknowledgeFirst();
        assertThat(innocent.told()).containsExactly("accepted");
        for (int strike = 1; strike < 3; strike++) {
            assertThat(bench.cutAndRetry()).containsExactly("connect 1");
            bench.connection.accept(true);
            assertThat(bench.turn()).isEmpty();
            assertThat(poison.told()).isEmpty();
        }
        assertThat(bench.cutAndRetry()).as("full width").containsExactly("connect 1000");
        assertThat(poison.told()).containsExactly("NOT_SUPPORTED");
        assertThat(bench.connection.session).hasSize(1);

        bench.connection.accept(true);
        bench.turn();
        bench.connection.acknowledgeFirst();
        assertThat(behind.told()).containsExactly("accepted");
    }

    @Test
    void messageUnderSuspicion_isNotRefusedBeforeTheProof() {
        Outcome suspect = bench.publish("a", "1", AT_LEAST_ONCE);
        Outcome other = bench.publish("a", "2", AT_LEAST_ONCE);
        bench.turn();
        bench.cutAndRetry();
        bench.connection.accept(true);
        bench.turn();
        assertThat(bench.cutAndRetry()).containsExactly("connect 1");

        bench.turnAfter(COMPLETION);
        assertThat(other.told()).containsExactly("CONGESTION");
        assertThat(suspect.told()).isEmpty();
    }

    /** Sends the message and cuts until it is refused. Returns how long everybody had to wait between the cuts. */
    private Duration provePoison(Outcome poison) {
        Duration waited = Duration.ZERO;
        bench.turn();
        while (poison.told().isEmpty()) {
            bench.connection.lose("the broker closed the connection", true);
            bench.turn();
            waited = waited.plus(bench.turnUntilConnecting());
            bench.connection.accept(true);
            bench.turn();
        }
        assertThat(poison.told()).containsExactly("NOT_SUPPORTED");
        return waited;
    }

    @Test
    void poison_isFoundWithoutLongPauses() {
        bench = LinkBench.connected(LinkBench.settings()
                .withTimings(UpstreamTimings.DEFAULTS.withReconnect(LinkBench.PAUSE, Duration.ofMinutes(1))));
        for (int round = 0; round < 5; round++) {
            Duration waited = provePoison(bench.publish("a" + round, "poison", AT_LEAST_ONCE));
            assertThat(waited).isLessThan(LinkBench.PAUSE.plusMillis(500));
            Outcome behind = bench.publish("b", "innocent", AT_LEAST_ONCE);
            bench.turn();
            bench.connection.acknowledgeFirst();
            assertThat(behind.told()).containsExactly("accepted");
        }
    }

    @Test
    void ofTheKindOfAProvenPoison_isRefusedWithoutBeingSent() {
        provePoison(bench.publish("a", "poison", AT_LEAST_ONCE));

        Outcome again = bench.publish("a", "poison", AT_LEAST_ONCE);
        assertThat(bench.turn()).isEmpty();
        assertThat(again.told()).containsExactly("NOT_SUPPORTED");

        bench.publish("a", "small", AT_LEAST_ONCE);
        bench.publish("a", "poison", AT_MOST_ONCE);
        bench.publish("b", "poison", AT_LEAST_ONCE);
        assertThat(bench.turn()).containsExactly("publish a small", "publish a poison", "publish b poison");
    }

    @Test
    void provenPoison_isTriedAgainAfterAWhile() {
        provePoison(bench.publish("a", "poison", AT_LEAST_ONCE));
        bench.turnAfter(KnownPoison.MEMORY);
        bench.publish("a", "poison", AT_LEAST_ONCE);
        assertThat(bench.turn()).containsExactly("publish a poison");
    }

    @Test
    void twicePoison_costsTheTopic() {
        provePoison(bench.publish("a", "poison", AT_LEAST_ONCE));
        bench.publish("b", "innocent", AT_LEAST_ONCE);
        bench.turn();
        bench.connection.acknowledgeFirst();
        provePoison(bench.publish("a", "smol", AT_LEAST_ONCE));

        Outcome smaller = bench.publish("a", "", AT_LEAST_ONCE);
        assertThat(bench.turn()).isEmpty();
        assertThat(smaller.told()).containsExactly("NOT_SUPPORTED");
    }

    @Test
    void secondPoisonBehindTheFirst_doesNotBlockForEver() {
        Outcome first = bench.publish("a", "poison", AT_LEAST_ONCE);
        Outcome second = bench.publish("b", "poison too", AT_LEAST_ONCE);
        Outcome behind = bench.publish("c", "innocent", AT_LEAST_ONCE);
        provePoison(first);
        provePoison(second);

        bench.turn();
        bench.connection.acknowledgeFirst();
        assertThat(behind.told()).containsExactly("accepted");
    }

    @Test
    void brokerThatTakesNothing_isNotTakenForPoisonAgain() {
        for (int i = 0; i < PoisonWatch.MOST_IN_A_ROW; i++) {
            provePoison(bench.publish("a" + i, "1", AT_LEAST_ONCE));
        }
        Outcome next = bench.publish("b", "1", AT_LEAST_ONCE);
        bench.turn();
        for (int cut = 0; cut < 8; cut++) {
            assertThat(bench.cutAndRetry()).containsExactly("connect 1000");
            bench.connection.accept(true);
            bench.turn();
        }
        assertThat(next.told()).isEmpty();
        bench.turnAfter(COMPLETION);
        assertThat(next.told()).containsExactly("CONGESTION");
    }

    @Test
    void packetLargerThanTheBrokerTakes_isRefusedForGood() {
        LinkBench small = LinkBench.connected(LinkBench.settings().withMaxPacketOctets(14));
        Outcome fits = small.publish("abc", "12345", AT_LEAST_ONCE);
        Outcome tooLarge = small.publish("abc", "123456", AT_LEAST_ONCE);
        small.publish("abc", "1234567", AT_MOST_ONCE);
        assertThat(small.turn()).containsExactly("publish abc 12345", "publish abc 1234567");
        assertThat(fits.told()).isEmpty();
        assertThat(tooLarge.told()).containsExactly("NOT_SUPPORTED");
    }

    @Test
    void suspectsAllInnocent_connectsAtFullWidthAgainAndGoesOn() {
        Outcome suspect = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        bench.cutAndRetry();
        bench.connection.accept(true);
        bench.turn();
        assertThat(bench.cutAndRetry()).containsExactly("connect 1");
        bench.connection.accept(true);
        bench.turn();
        Outcome newer = bench.publish("a", "2", AT_LEAST_ONCE);
        assertThat(bench.turn()).as("waits while suspects are sent").isEmpty();

        bench.connection.acknowledgeFirst();
        assertThat(suspect.told()).containsExactly("accepted");
        assertThat(bench.turn()).containsExactly("disconnect");
        assertThat(bench.link.isAvailable()).isFalse();
        assertThat(bench.turn()).containsExactly("connect 1000");
        bench.connection.accept(true);
        assertThat(bench.turn()).containsExactly("publish a 2");
        assertThat(bench.link.isAvailable()).isTrue();
        assertThat(newer.told()).isEmpty();
    }

    @Test
    void topicThatCannotBeSent_isRefusedForGood() {
        Outcome outcome = bench.publish("a!", "1", AT_LEAST_ONCE);
        assertThat(bench.turn()).isEmpty();
        assertThat(outcome.told()).containsExactly("NOT_SUPPORTED");
    }

    @Test
    void prefix_standsBeforeTopicsAndFilters() {
        LinkBench prefixed = LinkBench.connected(LinkBench.settings().withTopicPrefix("site/7/"));
        prefixed.publish("a", "1", AT_LEAST_ONCE);
        assertThat(prefixed.turn()).containsExactly("publish site/7/a 1");

        TestSubscriber subscriber = new TestSubscriber("s");
        prefixed.subscribe(subscriber, "#", AT_MOST_ONCE);
        assertThat(prefixed.turn()).containsExactly("subscribe 1 site/7/#:0");
        prefixed.connection.answer(1, 0);
        prefixed.connection.deliver("site/7/a/b", "2", AT_MOST_ONCE, false, 0);
        prefixed.connection.deliver("site/8/a/b", "3", AT_MOST_ONCE, false, 0);
        assertThat(subscriber.takeReceived()).containsExactly("a/b 2 0");
        assertThat(prefixed.counters.outsidePrefix()).isEqualTo(1);
    }

    @Test
    void messageTooLongWithThePrefix_isRefusedForGood() {
        LinkBench prefixed = LinkBench.connected(LinkBench.settings().withTopicPrefix("site/7/"));
        Outcome outcome = new Outcome();
        prefixed.link.publish(
                LinkBench.PUBLISHER,
                new ApplicationMessage("x".repeat(65_530), Octets.EMPTY, AT_LEAST_ONCE, false),
                outcome);
        assertThat(outcome.told()).containsExactly("NOT_SUPPORTED");
    }

    @Test
    void downwards_isAcknowledgedInOrderOnceQueued() {
        TestSubscriber slow = new TestSubscriber("slow");
        TestSubscriber quick = new TestSubscriber("quick");
        slow.holdConfirmations();
        bench.subscribe(slow, "slow", AT_LEAST_ONCE);
        bench.subscribe(quick, "quick", AT_LEAST_ONCE);
        bench.turn();
        bench.connection.deliver("slow", "1", AT_LEAST_ONCE, false, 11);
        bench.connection.deliver("quick", "2", AT_LEAST_ONCE, false, 12);
        bench.connection.deliver("quick", "3", EXACTLY_ONCE, false, 13);
        assertThat(bench.turn()).isEmpty();

        slow.confirmAll();
        assertThat(bench.turn()).containsExactly("acknowledge 11", "acknowledge 12", "acknowledge 13");
        assertThat(bench.counters.arrived()).isEqualTo(3);
        assertThat(bench.counters.acknowledged()).isEqualTo(3);
    }

    @Test
    void qos2AlreadyDelivered_isNotDeliveredAgainAfterAReconnect() {
        TestSubscriber slow = new TestSubscriber("slow");
        slow.holdConfirmations();
        bench.subscribe(slow, "slow", EXACTLY_ONCE);
        bench.connection.deliver("slow", "1", EXACTLY_ONCE, false, 11);
        bench.cutAndRetry();
        bench.connection.accept(true);
        bench.turn();

        bench.connection.deliver("slow", "1", EXACTLY_ONCE, false, 11);
        assertThat(slow.takeReceived()).containsExactly("slow 1 2");
        bench.connection.takeCalls();
        slow.confirmAll();
        assertThat(bench.turn()).containsExactly("acknowledge 11");
    }

    @Test
    void qos2OfASessionThatWasMadeUnseen_isNotTakenForOneDeliveredBefore() {
        TestSubscriber slow = new TestSubscriber("slow");
        slow.holdConfirmations();
        bench.subscribe(slow, "slow", EXACTLY_ONCE);
        bench.connection.answer(1, 2);
        bench.connection.deliver("slow", "1", EXACTLY_ONCE, false, 11);
        bench.cutAndRetry();
        bench.connection.accept(true);
        bench.turn();

        bench.connection.deliver("slow", "2", EXACTLY_ONCE, false, 11);
        assertThat(slow.takeReceived()).containsExactly("slow 1 2", "slow 2 2");
        slow.confirmAll();
        assertThat(bench.turn()).contains("acknowledge 11");
    }

    @Test
    void qos2OfALostConnectionHandedOverLate_isNotDeliveredAgain() {
        TestSubscriber subscriber = new TestSubscriber("s");
        bench.subscribe(subscriber, "a", EXACTLY_ONCE);
        bench.connection.answer(1, 2);
        bench.cutAndRetry();
        bench.connection.accept(true);
        bench.turn();
        bench.connection.deliverLate("a", "1", 11);
        assertThat(bench.turn()).doesNotContain("acknowledge 11");

        bench.connection.deliver("a", "1", EXACTLY_ONCE, false, 11);
        assertThat(bench.turn()).contains("acknowledge 11");
        assertThat(subscriber.takeReceived()).containsExactly("a 1 2");
        assertThat(bench.counters.acknowledged()).isEqualTo(1);
    }

    @Test
    void sessionLostAndTheAnswerCrossedOurGivingUp_formerPacketIdsMeanNothing() {
        TestSubscriber slow = new TestSubscriber("slow");
        slow.holdConfirmations();
        bench.subscribe(slow, "slow", EXACTLY_ONCE);
        bench.connection.answer(1, 2);
        bench.connection.deliver("slow", "1", EXACTLY_ONCE, false, 11);
        bench.cutAndRetry();
        bench.connection.acceptWhenAborted(false);
        assertThat(bench.turnAfter(UpstreamTimings.DEFAULTS.connect())).containsExactly("abort");

        bench.turnUntilConnecting();
        bench.connection.accept(true);
        bench.turn();
        bench.connection.deliver("slow", "2", EXACTLY_ONCE, false, 11);
        assertThat(slow.takeReceived()).containsExactly("slow 1 2", "slow 2 2");
    }

    @Test
    void acknowledgementOfALostConnection_isNotGivenOnTheNext() {
        TestSubscriber slow = new TestSubscriber("slow");
        slow.holdConfirmations();
        bench.subscribe(slow, "slow", AT_LEAST_ONCE);
        bench.connection.deliver("slow", "1", AT_LEAST_ONCE, false, 11);
        bench.cutAndRetry();
        bench.connection.accept(true);
        bench.turn();
        bench.connection.takeCalls();

        slow.confirmAll();
        assertThat(bench.turn()).isEmpty();
    }

    @Test
    void noAnswerToTheAttempt_isGivenUpAndTriedAgain() {
        LinkBench silent = new LinkBench(LinkBench.settings());
        assertThat(silent.turn()).containsExactly("connect 1000");
        assertThat(silent.turnAfter(ofSeconds(9))).isEmpty();
        assertThat(silent.turnAfter(ofSeconds(1))).containsExactly("abort");
        assertThat(silent.link.trouble()).contains("no answer within 10000 ms");
        silent.connection.accept(false); // too late
        assertThat(silent.turnAfter(LinkBench.PAUSE)).containsExactly("connect 1000");
        assertThat(silent.link.isAvailable()).isFalse();
        assertThat(silent.counters.failedConnects()).isEqualTo(1);
    }

    @Test
    void refusedConnects_arePacedByLongerPauses() {
        LinkBench refused = new LinkBench(
                LinkBench.settings().withTimings(UpstreamTimings.DEFAULTS.withReconnect(ofMillis(100), ofMillis(800))));
        List<Integer> pauses = new ArrayList<>();
        refused.turn();
        for (int attempt = 0; attempt < 6; attempt++) {
            refused.connection.lose("refused", false);
            refused.turn();
            int millis = 0;
            while (!refused.turnAfter(ofMillis(1)).contains("connect 1000")) {
                millis++;
            }
            pauses.add(millis);
        }
        assertThat(pauses.get(0)).isBetween(49, 101);
        assertThat(pauses.get(1)).isBetween(99, 201);
        assertThat(pauses.get(2)).isBetween(199, 401);
        assertThat(pauses.subList(3, 6)).allSatisfy(pause -> assertThat(pause).isBetween(399, 801));
    }

    @Test
    void closing_waitsForWhatIsInFlightAndThenDisconnects() {
        Outcome outcome = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        bench.link.close(ofSeconds(1));
        assertThat(bench.turn()).isEmpty();
        assertThat(bench.publish("a", "2", AT_LEAST_ONCE).told()).containsExactly("CONGESTION");

        bench.connection.acknowledgeFirst();
        assertThat(bench.turn()).containsExactly("disconnect");
        assertThat(outcome.told()).containsExactly("accepted");
    }

    @Test
    void closingFails_endsAllTheSameAndRefusesWhatIsHeld() {
        Outcome held = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        bench.connection.failOnDisconnect();
        bench.link.close(Duration.ZERO);

        bench.link.run();

        assertThat(held.told()).containsExactly("CONGESTION");
        assertThat(bench.link.trouble()).isEqualTo("closed");
        assertThat(bench.publish("a", "2", AT_LEAST_ONCE).told()).containsExactly("CONGESTION");
    }

    @Test
    void closingTakesTooLong_refusesTheRest() {
        Outcome sent = bench.publish("a", "1", EXACTLY_ONCE);
        bench.turn();
        bench.link.close(ofSeconds(1));
        bench.turn();
        assertThat(bench.turnAfter(ofSeconds(1))).containsExactly("disconnect");
        assertThat(sent.told()).containsExactly("CONGESTION");

        assertThat(bench.subscribe(new TestSubscriber("s"), "a", AT_MOST_ONCE).told())
                .containsExactly("CONGESTION");
        assertThat(bench.unsubscribe(new TestSubscriber("s"), "a").told()).containsExactly("done");
    }
}
