package io.causeway.bridge;

import io.causeway.bridge.JournalBounds.Policy;
import io.causeway.bridge.JournalSettings.Acknowledge;
import io.causeway.bridge.JournalSettings.Rule;
import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.routing.TopicFilter;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredForward;
import io.causeway.upstream.Refusal;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.AT_MOST_ONCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Which way messages go, and what becomes of them over losses and restarts, in virtual time. */
class JournalTest {
    private static final Duration COMPLETION = UpstreamTimings.DEFAULTS.completion();
    private static final JournalSettings JOURNAL = JournalSettings.DEFAULTS;

    private MemorySessionStore store = new MemorySessionStore();
    private LinkBench bench = LinkBench.connected(LinkBench.settings(), store, JOURNAL);

    private List<String> stored() {
        return store.forwards(LinkBench.LINK, 0, Integer.MAX_VALUE).stream()
                .map(each -> each.message().topic() + " "
                        + each.message().payload().toUtf8() + " "
                        + each.message().qos().value())
                .toList();
    }

    private void start(JournalSettings journal) {
        bench = LinkBench.connected(LinkBench.settings(), store, journal);
    }

    /** Everything that was not durable is lost, and a new life begins with a broker that is not there yet. */
    private void crash(JournalSettings journal) {
        store = store.crash();
        bench = new LinkBench(LinkBench.settings(), store, journal);
        bench.turn();
    }

    private void lose() {
        bench.connection.lose("gone", false);
        bench.turn();
    }

    /** The broker is back and keeps the session. */
    private List<String> reconnect() {
        bench.connection.takeCalls();
        bench.turnAfter(LinkBench.PAUSE);
        bench.connection.accept(true);
        return bench.turn().stream().filter(call -> call.startsWith("publish")).toList();
    }

    private List<String> acknowledgeAll() {
        while (!bench.connection.session.isEmpty()) {
            bench.connection.acknowledgeFirst();
        }
        return bench.turn();
    }

    @Test
    void brokerThere_qos1GoesLiveAndLeavesTheStoreAlone() {
        Outcome outcome = bench.publish("a", "1", AT_LEAST_ONCE);
        assertThat(bench.turn()).containsExactly("publish a 1");
        assertThat(outcome.told()).isEmpty();
        assertThat(stored()).isEmpty();
    }

    @Test
    void brokerAway_qos1IsAcceptedWhenDurable() {
        lose();
        store.hold();
        Outcome outcome = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        assertThat(outcome.told()).isEmpty();

        store.commit(1);
        assertThat(outcome.told()).containsExactly("accepted");
        assertThat(stored()).containsExactly("a 1 1");
        assertThat(bench.counters.journaled()).isEqualTo(1);
        assertThat(bench.counters.journalMessages()).isEqualTo(1);
        assertThat(bench.counters.journalOctets()).isEqualTo(2);
        assertThat(bench.counters.heldMessages()).isZero();
    }

    @Test
    void brokerAway_isAvailableAndSaysThatItIsNotConnected() {
        lose();
        assertThat(bench.link.isAvailable()).isTrue();
        assertThat(bench.link.isConnected()).isFalse();
        assertThat(bench.link.trouble()).isEqualTo("gone");
    }

    @Test
    void brokerBack_backlogGoesInItsOrderAndIsGoneOnceAcknowledged() {
        lose();
        for (int i = 0; i < 5; i++) {
            bench.publish("a", "" + i, AT_LEAST_ONCE);
        }
        assertThat(reconnect())
                .containsExactly("publish a 0", "publish a 1", "publish a 2", "publish a 3", "publish a 4");
        assertThat(stored()).hasSize(5);

        acknowledgeAll();
        assertThat(stored()).isEmpty();
        assertThat(bench.counters.drained()).isEqualTo(5);
        assertThat(bench.counters.journalMessages()).isZero();
        assertThat(bench.counters.journalOctets()).isZero();
        assertThat(bench.link.oldestJournaled()).isZero();
    }

    @Test
    void backlogOfTheSameTopic_isWaitedFor() {
        lose();
        bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        reconnect();
        Outcome behind = bench.publish("a", "2", AT_LEAST_ONCE);
        Outcome other = bench.publish("b", "3", AT_LEAST_ONCE);
        assertThat(bench.turn()).containsExactly("publish b 3");
        assertThat(behind.told()).containsExactly("accepted");
        assertThat(other.told()).isEmpty();
        bench.turn();
        bench.turnAfter(ofSeconds(1));
        assertThat(stored()).containsExactly("a 1 1", "a 2 1");

        acknowledgeAll();
        bench.publish("a", "4", AT_LEAST_ONCE);
        assertThat(bench.turn()).as("nothing is held any more").containsExactly("publish a 4");
        assertThat(bench.connection.session).hasSize(1);
        assertThat(stored()).isEmpty();
    }

    @Test
    void inFlightAndWaitingAtALoss_areAcceptedAtOnceAndSentInOrder() {
        LinkBench narrow = LinkBench.connected(
                LinkBench.settings().withQueue(new QueueSettings(100, 10_000, 1, 1)), store, JOURNAL);
        bench = narrow;
        Outcome sent = bench.publish("a", "1", AT_LEAST_ONCE);
        Outcome waiting = bench.publish("a", "2", AT_LEAST_ONCE);
        bench.turn();
        lose();
        Outcome newer = bench.publish("a", "3", AT_LEAST_ONCE);
        bench.turn();
        assertThat(sent.told()).containsExactly("accepted");
        assertThat(waiting.told()).containsExactly("accepted");
        assertThat(newer.told()).containsExactly("accepted");
        assertThat(stored()).containsExactly("a 1 1", "a 2 1", "a 3 1");

        assertThat(reconnect()).as("the session sends the first by itself").isEmpty();
        bench.connection.acknowledgeFirst();
        assertThat(bench.turn()).containsExactly("publish a 2");
        bench.connection.acknowledgeFirst();
        assertThat(bench.turnAfter(ofSeconds(1))).containsExactly("publish a 3");
        bench.connection.acknowledgeFirst();
        bench.turn();
        assertThat(stored()).isEmpty();
    }

    @Test
    void acknowledgedWhileTheJournalTakesItOver_isDone() {
        Deque<Runnable> meanwhile = new ArrayDeque<>();
        SessionStore interrupted = (SessionStore) Proxy.newProxyInstance(
                SessionStore.class.getClassLoader(),
                new Class<?>[] {SessionStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("nextId") && !meanwhile.isEmpty()) {
                        meanwhile.remove().run();
                    }
                    return method.invoke(store, arguments);
                });
        bench = LinkBench.connected(LinkBench.settings(), interrupted, JOURNAL);
        Outcome outcome = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        meanwhile.add(() -> bench.connection.acknowledgeFirst());
        lose();
        bench.turn();
        assertThat(outcome.told()).containsExactly("accepted");
        assertThat(stored()).isEmpty();
        assertThat(bench.counters.journalMessages()).isZero();
    }

    @Test
    void sessionLostToo_whatTheJournalTookOverIsPublishedAgainFirst() {
        bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        PendingPublish[] forgotten = bench.connection.session.toArray(PendingPublish[]::new);
        lose();
        bench.publish("a", "2", AT_LEAST_ONCE);
        bench.turnAfter(LinkBench.PAUSE);
        bench.connection.takeCalls();
        bench.connection.session.clear();
        bench.connection.accept(false, forgotten);
        assertThat(bench.turn()).containsExactly("publish a 1");
        bench.connection.acknowledgeFirst();
        assertThat(bench.turn()).containsExactly("publish a 2");
    }

    @Test
    void unansweredForTooLong_isLeftToTheJournal() {
        Outcome outcome = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        bench.turnAfter(COMPLETION);
        assertThat(outcome.told()).containsExactly("accepted");
        assertThat(stored()).containsExactly("a 1 1");

        bench.connection.acknowledgeFirst();
        bench.turn();
        assertThat(stored()).isEmpty();
    }

    @Test
    void bridgeWhoseBrokerStalls_leavesItToTheJournalSoon() {
        BridgeSettings bridge = new BridgeSettings(true, LinkWatch.NONE);
        bench = LinkBench.connected(LinkBench.settings().withBridge(bridge), store, JOURNAL);
        Outcome outcome = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        assertThat(outcome.told()).isEmpty();

        bench.turnAfter(BridgeSettings.PATIENCE);
        assertThat(outcome.told()).containsExactly("accepted");
        assertThat(stored()).containsExactly("a 1 1");
    }

    @Test
    void sentAndWaitingForTooLong_areLeftToTheJournalInTheirOrder() {
        QueueSettings narrow = new QueueSettings(100, 10_000, 1, 1);
        bench = LinkBench.connected(LinkBench.settings().withQueue(narrow), store, JOURNAL);
        bench.publish("a", "1", AT_LEAST_ONCE);
        bench.publish("a", "2", AT_LEAST_ONCE);
        bench.turn();
        bench.turnAfter(COMPLETION);
        assertThat(stored()).containsExactly("a 1 1", "a 2 1");
    }

    @Test
    void connectedAndNothingAcknowledged_isATroubleUntilSomethingIs() {
        bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        bench.turnAfter(ofSeconds(29));
        assertThat(bench.link.trouble()).isEmpty();
        bench.turnAfter(ofSeconds(1));
        assertThat(bench.link.trouble()).isEqualTo("it acknowledges nothing");
        assertThat(bench.link.isAvailable()).isTrue();

        bench.connection.acknowledgeFirst();
        bench.turn();
        assertThat(bench.link.trouble()).isEmpty();
    }

    @Test
    void acknowledgedNowAndThen_isNoTrouble() {
        for (int i = 0; i < 10; i++) {
            bench.publish("a", "1", AT_LEAST_ONCE);
            bench.publish("a", "2", AT_LEAST_ONCE);
            bench.turn();
            bench.turnAfter(ofSeconds(20));
            assertThat(bench.link.trouble()).isEmpty();
            bench.connection.acknowledgeFirst();
            bench.turn();
        }
    }

    @Test
    void qos2_goesThroughTheJournalAndIsSentOnceDurable() {
        store.hold();
        Outcome outcome = bench.publish("a", "1", EXACTLY_ONCE);
        assertThat(bench.turn()).isEmpty();
        store.commit(1);
        assertThat(outcome.told()).containsExactly("accepted");
        assertThat(bench.turn()).containsExactly("publish a 1");

        bench.connection.acknowledgeFirst();
        bench.turn();
        assertThat(stored()).hasSize(1);
        store.commit(1);
        assertThat(stored()).isEmpty();
        assertThat(bench.counters.published(EXACTLY_ONCE)).isEqualTo(1);
    }

    @Test
    void qos2_isOneStepWithWhatItsPublisherAdds() {
        store.hold();
        Outcome outcome = new Outcome().joining(new Change.RemoveRetained("marks the unit"));
        bench.link.publish("p", new ApplicationMessage("a", Octets.utf8("1"), EXACTLY_ONCE, false), outcome);
        bench.turn();
        assertThat(outcome.joined().toList()).hasSize(2).first().isInstanceOf(Change.PutForward.class);
        assertThat(store.waiting()).isEqualTo(1);
    }

    @Test
    void acknowledgedByTheJournal_isAcceptedWhenDurableAndSentThen() {
        start(JOURNAL.withAcknowledge(Acknowledge.JOURNAL));
        store.hold();
        Outcome outcome = bench.publish("a", "1", AT_LEAST_ONCE);
        assertThat(bench.turn()).isEmpty();
        store.commit(1);
        assertThat(outcome.told()).containsExactly("accepted");
        assertThat(bench.turn()).containsExactly("publish a 1");
    }

    @Test
    void freshThroughTheJournal_isNotHeldBackByTheDrainRate() {
        start(JOURNAL.withAcknowledge(Acknowledge.JOURNAL).withDrainRate(1));
        for (int i = 0; i < 20; i++) {
            bench.publish("a", "" + i, AT_LEAST_ONCE);
        }
        bench.turn();
        assertThat(bench.turn()).hasSize(20);
    }

    @Test
    void fasterThanTheBroker_leavesTheRestToTheBacklogInOrder() {
        start(JOURNAL.withAcknowledge(Acknowledge.JOURNAL).withDrainRate(1_000_000));
        int messages = 3_000;
        for (int i = 0; i < messages; i++) {
            bench.publish("a", "" + i, AT_LEAST_ONCE);
        }
        List<String> sent = new ArrayList<>(bench.turn());
        for (int round = 0; round < 50; round++) {
            sent.addAll(acknowledgeAll());
            sent.addAll(bench.turnAfter(ofSeconds(1)));
        }
        assertThat(sent)
                .containsExactlyElementsOf(IntStream.range(0, messages)
                        .mapToObj(i -> "publish a " + i)
                        .toList());
        acknowledgeAll();
        assertThat(stored()).isEmpty();
        assertThat(bench.counters.journalMessages()).isZero();
    }

    @Test
    void backlog_goesAtTheDrainRate() {
        start(JOURNAL.withDrainRate(100));
        lose();
        for (int i = 0; i < 1_000; i++) {
            bench.publish("a" + i, "1", AT_LEAST_ONCE);
        }
        bench.turn();
        int sent = reconnect().size();
        for (int i = 0; i < 200; i++) {
            sent += bench.turnAfter(Duration.ofMillis(10)).size();
        }
        assertThat(sent).isBetween(195, 215);
    }

    @Test
    void backlogAndLiveTraffic_shareTheWindow() {
        AggregatingSettings settings = LinkBench.settings().withQueue(new QueueSettings(100, 10_000, 8, 8));
        bench = LinkBench.connected(settings, store, JOURNAL.withDrainRate(1_000_000));
        lose();
        for (int i = 0; i < 50; i++) {
            bench.publish("old" + i, "1", AT_LEAST_ONCE);
        }
        bench.turn();
        reconnect();
        for (int i = 0; i < 20; i++) {
            bench.publish("new" + i, "1", AT_LEAST_ONCE);
        }
        bench.turn();
        assertThat(bench.connection.session)
                .extracting(publish -> publish.message().topic().substring(0, 3))
                .containsExactly("old", "old", "old", "old", "new", "new");
    }

    @Test
    void qos0WhileAway_isRefusedOrKeptAsSet() {
        lose();
        Outcome dropped = bench.publish("a", "1", AT_MOST_ONCE);
        bench.turn();
        assertThat(dropped.told()).containsExactly("CONGESTION");

        start(JOURNAL.withQos0(true));
        lose();
        store.hold();
        Outcome kept = bench.publish("a", "1", AT_MOST_ONCE);
        bench.turn();
        assertThat(kept.told()).as("QoS 0 waits for nothing").containsExactly("accepted");
        store.commit(Integer.MAX_VALUE);
        assertThat(reconnect()).containsExactly("publish a 1");
        acknowledgeAll();
        store.commit(Integer.MAX_VALUE);
        assertThat(stored()).isEmpty();
    }

    @Test
    void windowFull_qos0DoesNotHoldUpWhatGoesToTheJournal() {
        QueueSettings narrow = new QueueSettings(100, 10_000, 1, 1);
        bench = LinkBench.connected(LinkBench.settings().withQueue(narrow), store, JOURNAL);
        bench.publish("a", "1", AT_LEAST_ONCE);
        Outcome quick = bench.publish("b", "2", AT_MOST_ONCE);
        Outcome safe = bench.publish("c", "3", EXACTLY_ONCE);
        bench.turn();
        assertThat(quick.told()).containsExactly("CONGESTION");
        assertThat(safe.told()).containsExactly("accepted");
        assertThat(bench.counters.refused(Refusal.CONGESTION)).isEqualTo(1);
    }

    @Test
    void windowFull_qos0GoesToTheJournalWhereItMay() {
        QueueSettings narrow = new QueueSettings(100, 10_000, 1, 1);
        bench = LinkBench.connected(LinkBench.settings().withQueue(narrow), store, JOURNAL.withQos0(true));
        bench.publish("a", "1", AT_LEAST_ONCE);
        Outcome quick = bench.publish("b", "2", AT_MOST_ONCE);
        bench.turn();
        assertThat(quick.told()).containsExactly("accepted");
        assertThat(stored()).containsExactly("b 2 0");
    }

    @Test
    void keptQos0LostWithTheConnection_isSentAgain() {
        start(JOURNAL.withQos0(true));
        lose();
        bench.publish("a", "1", AT_MOST_ONCE);
        bench.turn();
        assertThat(reconnect()).containsExactly("publish a 1");
        lose();
        assertThat(bench.counters.droppedAtLoss()).isZero();
        assertThat(reconnect()).containsExactly("publish a 1");
    }

    @Test
    void keptQos0HandedOn_isCountedAsPublished() {
        start(JOURNAL.withQos0(true));
        lose();
        bench.publish("a", "1", AT_MOST_ONCE);
        bench.turn();
        assertThat(bench.counters.published(AT_MOST_ONCE)).isZero();
        reconnect();
        acknowledgeAll();
        assertThat(bench.counters.published(AT_MOST_ONCE)).isEqualTo(1);
    }

    @Test
    void storeInTrouble_refusesWhatWouldHaveToBeKeptAndLetsTheRestPass() {
        store.setTaking(false);
        Outcome exactly = bench.publish("a", "1", EXACTLY_ONCE);
        bench.publish("a", "2", AT_LEAST_ONCE);
        bench.publish("a", "3", AT_MOST_ONCE);
        assertThat(bench.turn()).containsExactly("publish a 2", "publish a 3");
        assertThat(exactly.told()).containsExactly("CONGESTION");

        lose();
        Outcome away = bench.publish("a", "4", AT_LEAST_ONCE);
        bench.turn();
        assertThat(away.told()).containsExactly("CONGESTION");
        assertThat(bench.counters.refusedByBound()).isZero();
    }

    private static JournalBounds bounds(int messages, Policy policy) {
        return new JournalBounds(messages, 10_000, Duration.ZERO, policy);
    }

    @Test
    void boundReached_refusesWithCongestion() {
        start(JOURNAL.withBounds(bounds(2, Policy.REFUSE)));
        lose();
        bench.publish("a", "1", AT_LEAST_ONCE);
        bench.publish("a", "2", AT_LEAST_ONCE);
        Outcome third = bench.publish("a", "3", AT_LEAST_ONCE);
        Outcome exactly = bench.publish("a", "4", EXACTLY_ONCE);
        bench.turn();
        assertThat(third.told()).containsExactly("CONGESTION");
        assertThat(exactly.told()).containsExactly("CONGESTION");
        assertThat(bench.counters.refusedByBound()).isEqualTo(2);
        assertThat(stored()).containsExactly("a 1 1", "a 2 1");
    }

    @Test
    void boundReachedWhereTheOldestMakesRoom_dropsAndCounts() {
        start(JOURNAL.withBounds(bounds(2, Policy.DROP_OLDEST)));
        lose();
        for (int i = 1; i <= 4; i++) {
            bench.publish("a", "" + i, AT_LEAST_ONCE);
            bench.turn();
        }
        assertThat(stored()).containsExactly("a 3 1", "a 4 1");
        assertThat(bench.counters.droppedByBound()).isEqualTo(2);
        assertThat(reconnect()).containsExactly("publish a 3", "publish a 4");
    }

    @Test
    void octetsReached_letASingleLargeOneThrough() {
        start(JOURNAL.withBounds(new JournalBounds(10, 5, Duration.ZERO, Policy.REFUSE)));
        lose();
        Outcome large = bench.publish("a", "longer than the bound", AT_LEAST_ONCE);
        Outcome next = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        assertThat(large.told()).containsExactly("accepted");
        assertThat(next.told()).containsExactly("CONGESTION");
    }

    @Test
    void tooLargeForTheBound_isRefusedAndNothingMakesRoom() {
        Rule alarms = new Rule(new TopicFilter("alarms/#"), new JournalBounds(9, 30, Duration.ZERO, Policy.REFUSE));
        JournalBounds bounds = new JournalBounds(10, 50, Duration.ZERO, Policy.DROP_OLDEST);
        start(JOURNAL.withBounds(bounds).withRules(List.of(alarms)));
        lose();
        bench.publish("alarms/1", "protected", AT_LEAST_ONCE);
        bench.publish("t", "1", AT_LEAST_ONCE);
        bench.turn();
        Outcome beyondAll = bench.publish("t", "x".repeat(50), AT_LEAST_ONCE);
        Outcome besideWhatIsProtected = bench.publish("t", "x".repeat(40), AT_LEAST_ONCE);
        bench.turn();
        assertThat(beyondAll.told()).containsExactly("CONGESTION");
        assertThat(besideWhatIsProtected.told()).containsExactly("CONGESTION");
        assertThat(bench.counters.refusedByBound()).isEqualTo(2);
        assertThat(stored()).containsExactly("alarms/1 protected 1", "t 1 1");
    }

    @Test
    void ruleOfItsOwn_boundsItsTopicsAndProtectsThem() {
        Rule alarms = new Rule(new TopicFilter("alarms/#"), bounds(3, Policy.REFUSE));
        start(JOURNAL.withBounds(bounds(4, Policy.DROP_OLDEST)).withRules(List.of(alarms)));
        lose();
        bench.publish("alarms/1", "", AT_LEAST_ONCE);
        bench.publish("alarms/2", "", AT_LEAST_ONCE);
        for (int i = 0; i < 5; i++) {
            bench.publish("t", "" + i, AT_LEAST_ONCE);
            bench.turn();
        }
        assertThat(stored()).containsExactly("alarms/1  1", "alarms/2  1", "t 3 1", "t 4 1");
        bench.publish("alarms/3", "", AT_LEAST_ONCE);
        Outcome fourth = bench.publish("alarms/4", "", AT_LEAST_ONCE);
        bench.turn();
        assertThat(stored()).containsExactly("alarms/1  1", "alarms/2  1", "t 4 1", "alarms/3  1");
        assertThat(fourth.told()).containsExactly("CONGESTION");
    }

    @Test
    void ruleWithPrefixedTopics_matchesThemAsClientsKnowThem() {
        Rule alarms = new Rule(new TopicFilter("alarms/#"), bounds(1, Policy.REFUSE));
        bench = LinkBench.connected(
                LinkBench.settings().withTopicPrefix("site/"), store, JOURNAL.withRules(List.of(alarms)));
        lose();
        bench.publish("alarms/1", "", AT_LEAST_ONCE);
        Outcome second = bench.publish("alarms/2", "", AT_LEAST_ONCE);
        bench.turn();
        assertThat(second.told()).containsExactly("CONGESTION");
    }

    @Test
    void tooOld_isDroppedByTheAgeOfItsRule() {
        Rule brief =
                new Rule(new TopicFilter("brief"), new JournalBounds(10, 10_000, ofSeconds(10), Policy.DROP_OLDEST));
        start(JOURNAL.withRules(List.of(brief)));
        lose();
        bench.publish("brief", "1", AT_LEAST_ONCE);
        bench.publish("long", "2", AT_LEAST_ONCE);
        bench.turn();
        bench.turnAfter(ofSeconds(9));
        assertThat(stored()).hasSize(2);
        bench.turnAfter(ofSeconds(2));
        assertThat(stored()).containsExactly("long 2 1");
        assertThat(bench.counters.droppedByAge()).isEqualTo(1);
        assertThat(bench.link.oldestJournaled()).isEqualTo(ofSeconds(11));
    }

    @Test
    void takenWhileTheClockWasBehind_isNotOlderThanWhatCameBefore() {
        Duration maxAge = Duration.ofDays(1);
        JournalSettings aging = JOURNAL.withBounds(new JournalBounds(10, 10_000, maxAge, Policy.DROP_OLDEST));
        Changes unit = store.begin();
        for (Duration age : List.of(Duration.ofHours(23), Duration.ofDays(20_000), Duration.ofHours(1))) {
            long sequence = store.nextId();
            ApplicationMessage message = new ApplicationMessage("a", Octets.utf8("" + sequence), AT_LEAST_ONCE, false);
            long sinceNanos = bench.nowNanos() - age.toNanos();
            unit.add(new Change.PutForward(
                    new StoredForward(sequence, LinkBench.LINK, "p", message, 0, false, sinceNanos)));
        }
        unit.submit();
        bench = new LinkBench(LinkBench.settings(), store, aging);
        bench.turn();
        assertThat(bench.link.oldestJournaled()).isEqualTo(Duration.ofHours(23));
        assertThat(stored()).hasSize(3);
        bench.turnAfter(Duration.ofHours(1));
        assertThat(stored()).as("the one of the hour before").hasSize(1);
    }

    @Test
    void poisonOfTheJournal_isFoundRemovedAndCountedAndTheRestGoesOn() {
        lose();
        bench.publish("a", "poison", AT_LEAST_ONCE);
        bench.publish("a", "behind", AT_LEAST_ONCE);
        bench.turn();
        assertThat(reconnect()).hasSize(2);
        for (int cut = 0; cut < 10 && bench.counters.droppedUnsendable() == 0; cut++) {
            bench.cutAndRetry();
            bench.connection.accept(true);
            bench.turn();
        }
        assertThat(bench.counters.droppedUnsendable()).isEqualTo(1);
        bench.turnAfter(LinkBench.PAUSE);
        bench.connection.accept(true);
        bench.turn();
        acknowledgeAll();
        assertThat(stored()).isEmpty();
        assertThat(bench.counters.drained()).isEqualTo(1);
    }

    @Test
    void tooLargeForTheBrokerAfterARestart_isRemovedAndDoesNotBlock() {
        lose();
        bench.publish("a", "much too large for the broker now", AT_LEAST_ONCE);
        bench.publish("a", "ok", AT_LEAST_ONCE);
        bench.turn();
        store = store.crash();
        bench = new LinkBench(LinkBench.settings().withMaxPacketOctets(14), store, JOURNAL);
        bench.turn();
        bench.connection.accept(true);
        assertThat(bench.turn()).contains("publish a ok");
        assertThat(stored()).containsExactly("a ok 1");
        assertThat(bench.counters.droppedUnsendable()).isEqualTo(1);
    }

    @Test
    void restart_backlogGoesBeforeNewerOfTheSameTopic() {
        lose();
        bench.publish("a", "1", AT_LEAST_ONCE);
        bench.publish("a", "2", EXACTLY_ONCE);
        bench.turn();
        crash(JOURNAL);
        assertThat(bench.counters.journalMessages()).isEqualTo(2);
        Outcome newer = bench.publish("a", "3", AT_LEAST_ONCE);
        bench.turn();
        assertThat(newer.told()).containsExactly("accepted");
        bench.connection.takeCalls();
        bench.connection.accept(true);
        Outcome newest = bench.publish("a", "4", AT_LEAST_ONCE);
        assertThat(bench.turn()).containsExactly("publish a 1", "publish a 2", "publish a 3");
        assertThat(newest.told()).containsExactly("accepted");
        assertThat(bench.turnAfter(ofSeconds(1))).containsExactly("publish a 4");
    }

    @Test
    void restartWithMarkedQos2_goesOnWithItsPacketId() {
        Change.PutForward put = new Change.PutForward(new StoredForward(
                store.nextId(),
                LinkBench.LINK,
                "p",
                new ApplicationMessage("a", Octets.utf8("1"), EXACTLY_ONCE, false),
                7,
                true,
                0));
        Changes unit = store.begin();
        unit.add(put);
        unit.submit();
        store = store.crash();
        bench = new LinkBench(LinkBench.settings(), store, JOURNAL);
        assertThat(bench.turn()).containsExactly("restore 7 a", "connect 1000");
        bench.connection.accept(true);
        assertThat(bench.turn()).isEmpty();
        bench.connection.acknowledgeFirst();
        bench.turn();
        assertThat(stored()).isEmpty();
    }

    @Test
    void restartWithOneThatCannotBeRestored_goesOnWithTheOthers() {
        Changes unit = store.begin();
        for (String topic : List.of("a!", "b")) {
            ApplicationMessage message = new ApplicationMessage(topic, Octets.utf8("1"), EXACTLY_ONCE, false);
            long sequence = store.nextId();
            int packetId = (int) sequence;
            unit.add(new Change.PutForward(
                    new StoredForward(sequence, LinkBench.LINK, "p", message, packetId, false, 0)));
        }
        unit.submit();
        store = store.crash();
        bench = new LinkBench(LinkBench.settings(), store, JOURNAL);
        assertThatIllegalStateException().isThrownBy(() -> bench.turn());
        assertThat(bench.turn()).anyMatch(call -> call.startsWith("restore ") && call.endsWith(" b"));
        bench.connection.accept(true);
        bench.turn();
        bench.connection.acknowledgeFirst();
        bench.turn();
        assertThat(stored()).isEmpty();
        assertThat(bench.counters.droppedUnsendable()).isEqualTo(1);
    }

    @Test
    void crashBeforeTheCommit_hasAcceptedNothing() {
        lose();
        store.hold();
        Outcome outcome = bench.publish("a", "1", AT_LEAST_ONCE);
        Outcome exactly = bench.publish("a", "2", EXACTLY_ONCE);
        bench.turn();
        crash(JOURNAL);
        assertThat(outcome.told()).isEmpty();
        assertThat(exactly.told()).isEmpty();
        assertThat(stored()).isEmpty();
    }

    @Test
    void closing_leavesTheBacklogForTheNextLife() {
        lose();
        bench.publish("a", "1", AT_LEAST_ONCE);
        bench.turn();
        bench.link.close(ofSeconds(1));
        bench.turn();
        assertThat(bench.publish("a", "2", AT_LEAST_ONCE).told()).containsExactly("CONGESTION");
        crash(JOURNAL);
        assertThat(stored()).containsExactly("a 1 1");
    }

    @Test
    void closing_takesIntoTheJournalWhatWaitsAndWhatComes() {
        lose();
        Outcome waiting = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.link.close(ofSeconds(1));
        Outcome late = bench.publish("a", "2", AT_LEAST_ONCE);
        bench.turn();
        assertThat(waiting.told()).containsExactly("accepted");
        assertThat(late.told()).containsExactly("accepted");
        assertThat(stored()).containsExactly("a 1 1", "a 2 1");
    }

    @Test
    void closingWhenTimeIsUp_leavesWhatIsUnacknowledgedForTheNextLife() {
        QueueSettings narrow = new QueueSettings(100, 10_000, 1, 1);
        bench = LinkBench.connected(LinkBench.settings().withQueue(narrow), store, JOURNAL);
        Outcome sent = bench.publish("a", "1", AT_LEAST_ONCE);
        Outcome waiting = bench.publish("a", "2", AT_LEAST_ONCE);
        bench.turn();
        bench.link.close(ofSeconds(1));
        bench.turn();
        store.hold();
        assertThat(bench.turnAfter(ofSeconds(1))).containsExactly("disconnect");
        assertThat(sent.told()).as("not before it is durable").isEmpty();
        store.commit(Integer.MAX_VALUE);
        assertThat(sent.told()).containsExactly("accepted");
        assertThat(waiting.told()).containsExactly("accepted");
        assertThat(stored()).containsExactly("a 1 1", "a 2 1");
        assertThat(bench.counters.heldMessages()).isZero();
    }

    @Test
    void manyMoreThanAPage_areReadBackInOrder() {
        start(JOURNAL.withDrainRate(1_000_000));
        lose();
        int messages = 5_000;
        for (int i = 0; i < messages; i++) {
            bench.publish("a" + i % 7, "" + i, AT_LEAST_ONCE);
        }
        bench.turn();
        List<String> sent = new ArrayList<>(reconnect());
        for (int round = 0; round < 100; round++) {
            sent.addAll(acknowledgeAll());
            sent.addAll(bench.turnAfter(ofSeconds(1)));
        }
        assertThat(sent)
                .containsExactlyElementsOf(IntStream.range(0, messages)
                        .mapToObj(i -> "publish a" + i % 7 + " " + i)
                        .toList());
        acknowledgeAll();
        assertThat(stored()).isEmpty();
        assertThat(bench.counters.drained()).isEqualTo(messages);
    }

    @Test
    void subscribedWhileAway_standsAtOnceAndIsAskedForWithItsRetainedMessages() {
        lose();
        TestSubscriber subscriber = new TestSubscriber("s");
        Outcome outcome = bench.subscribe(subscriber, "down/#", AT_LEAST_ONCE);
        assertThat(outcome.told()).containsExactly("subscribed 1");
        bench.connection.takeCalls();
        bench.turnAfter(LinkBench.PAUSE);
        bench.connection.accept(true);
        bench.connection.deliver("down/early", "1", AT_LEAST_ONCE, false, 11);
        assertThat(subscriber.takeReceived()).containsExactly("down/early 1 1");
        assertThat(bench.turn()).contains("subscribe 1 down/#:1", "acknowledge 11");
        bench.connection.deliver("down/kept", "2", AT_LEAST_ONCE, true, 12);
        bench.connection.answer(1, 1);
        assertThat(subscriber.takeReceived()).containsExactly("down/kept 2 1R");
    }

    @Test
    void subscribedWhileAwayAndRefusedThen_isLost() {
        lose();
        TestSubscriber subscriber = new TestSubscriber("s");
        bench.subscribe(subscriber, "down/#", AT_LEAST_ONCE);
        bench.turnAfter(LinkBench.PAUSE);
        bench.connection.accept(true);
        bench.turn();
        bench.connection.answer(1, 0x80);
        assertThat(subscriber.lost()).containsExactly("down/#");
    }

    @Test
    void resumedBeforeTheConnection_getsWhatTheBrokerKept() {
        bench = new LinkBench(LinkBench.settings(), store, JOURNAL);
        TestSubscriber subscriber = new TestSubscriber("s");
        bench.link.resume(subscriber, new TopicFilter("down/#"), Qos.AT_LEAST_ONCE);
        bench.turn();
        bench.connection.accept(true);
        bench.connection.deliver("down/1", "kept", AT_LEAST_ONCE, false, 1);
        assertThat(subscriber.takeReceived()).containsExactly("down/1 kept 1");
    }
}
