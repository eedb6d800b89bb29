package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.StoredForward;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.causeway.routing.Qos.AT_LEAST_ONCE;
import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** A damaged row costs one message, and a disk that cannot be read none. */
class JournalDamageTest {
    private static final int MORE_THAN_IS_AT_HAND = 1_200;
    private static final int MORE_THAN_A_PAGE = 254;

    private final MemorySessionStore sound = new MemorySessionStore();
    private final FaultyStore store = new FaultyStore(sound);

    private long leave(String topic, Qos qos, int packetId) {
        long sequence = store.nextId();
        ApplicationMessage message = new ApplicationMessage(topic, Octets.EMPTY, qos, false);
        Changes unit = store.begin();
        unit.add(new Change.PutForward(new StoredForward(sequence, LinkBench.LINK, "p", message, packetId, false, 0)));
        unit.submit();
        return sequence;
    }

    private LinkBench restarted() {
        return new LinkBench(LinkBench.settings(), store, JournalSettings.DEFAULTS);
    }

    private List<StoredForward> stored() {
        return sound.forwards(LinkBench.LINK, 0, Integer.MAX_VALUE);
    }

    @Test
    void damagedMessage_isDroppedAndCountedAndTheRestGoesOn() {
        leave("a", AT_LEAST_ONCE, 0);
        store.damage(leave("b", AT_LEAST_ONCE, 0));
        leave("c", AT_LEAST_ONCE, 0);
        LinkBench bench = restarted();
        bench.turn();
        bench.connection.accept(true);
        assertThat(bench.turn()).containsExactly("publish a ", "publish c ");
        assertThat(bench.counters.droppedUnreadable()).isEqualTo(1);
        assertThat(bench.counters.journalMessages()).isEqualTo(2);
        assertThat(stored()).as("left to be looked at").hasSize(3);
    }

    @Test
    void damagedMessageThatWasUnderWay_isDroppedAndCountedAndTheRestGoesOn() {
        store.damage(leave("a", EXACTLY_ONCE, 7));
        leave("b", EXACTLY_ONCE, 8);
        LinkBench bench = restarted();
        assertThat(bench.turn()).containsExactly("restore 8 b", "connect 1000");
        assertThat(bench.counters.droppedUnreadable()).isEqualTo(1);
        assertThat(stored()).as("left to be looked at").hasSize(2);
    }

    @Test
    void readingFailsAfterADamagedMessageThatWasUnderWay_costsNoOther() {
        store.damage(leave("a", EXACTLY_ONCE, 7));
        for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
            leave("b", EXACTLY_ONCE, 0);
        }
        leave("c", EXACTLY_ONCE, 8);
        store.failOnRead(2);
        LinkBench bench = restarted();
        assertThat(bench.turn()).isEmpty();
        assertThat(bench.turnAfter(ofSeconds(1))).containsExactly("restore 8 c", "connect 1000");
        assertThat(bench.counters.droppedUnreadable()).isEqualTo(1);
        assertThat(bench.counters.journalMessages()).isEqualTo(MORE_THAN_A_PAGE + 1);
    }

    @Test
    void unreadableAtTheStart_connectsOnlyOnceItCanBeReadAndRefusesUntilThen() {
        leave("a", AT_LEAST_ONCE, 0);
        store.setUnreadable(true);
        LinkBench bench = restarted();
        Outcome early = bench.publish("a", "early", AT_LEAST_ONCE);
        assertThat(bench.turn()).isEmpty();
        Outcome late = bench.publish("a", "late", AT_LEAST_ONCE);
        assertThat(early.told()).containsExactly("CONGESTION");
        assertThat(late.told()).containsExactly("CONGESTION");
        assertThat(bench.link.isAvailable()).isFalse();
        assertThat(bench.link.trouble()).isEqualTo("the journal cannot be read: the disk is broken");

        store.setUnreadable(false);
        assertThat(bench.turnAfter(ofSeconds(1))).containsExactly("connect 1000");
        assertThat(bench.link.isAvailable()).isTrue();
        bench.connection.accept(true);
        assertThat(bench.turn()).containsExactly("publish a ");
        assertThat(bench.link.trouble()).isEmpty();
    }

    @Test
    void closedWhileUnreadable_endsAndLeavesEverything() {
        leave("a", AT_LEAST_ONCE, 0);
        store.setUnreadable(true);
        LinkBench bench = restarted();
        bench.turn();
        bench.link.close(Duration.ZERO);
        assertThat(bench.turn()).containsExactly("abort");
        assertThat(bench.publish("a", "1", AT_LEAST_ONCE).told()).containsExactly("CONGESTION");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void unreadableLater_liveMessagesGoOnAndTheBacklogWaits() {
        leave("old", AT_LEAST_ONCE, 0);
        LinkBench bench = restarted();
        bench.turn();
        store.setUnreadable(true);
        bench.connection.accept(true);
        bench.publish("live", "1", AT_LEAST_ONCE);
        Outcome behind = new Outcome();
        bench.link.publish("p", new ApplicationMessage("old", Octets.utf8("2"), AT_LEAST_ONCE, false), behind);
        assertThat(bench.turn()).containsExactly("publish live 1");
        assertThat(behind.told()).as("kept behind the older one").containsExactly("accepted");
        assertThat(bench.link.trouble()).isEqualTo("the journal cannot be read: the disk is broken");
        assertThat(bench.link.isAvailable()).isTrue();

        store.setUnreadable(false);
        assertThat(bench.turnAfter(ofSeconds(1))).containsExactly("publish old ", "publish old 2");
        assertThat(bench.link.trouble()).isEmpty();
    }

    @Test
    void failureInTheMiddleOfATurn_leavesNobodyWaitingWhoWasTakenBefore() {
        LinkBench bench = restarted();
        Outcome before = bench.publish("a", "1", AT_LEAST_ONCE);
        bench.publish("a", "2", AT_LEAST_ONCE);
        store.failOnId(2);
        assertThatIllegalStateException().isThrownBy(bench::turn);
        assertThat(before.told()).containsExactly("accepted");
    }

    @Test
    void unreadableWhileTheOldestMakesRoom_stillMakesRoom() {
        JournalBounds bounds =
                new JournalBounds(MORE_THAN_IS_AT_HAND, 1_000_000, Duration.ZERO, JournalBounds.Policy.DROP_OLDEST);
        LinkBench bench = new LinkBench(LinkBench.settings(), store, JournalSettings.DEFAULTS.withBounds(bounds));
        for (int i = 0; i < MORE_THAN_IS_AT_HAND; i++) {
            bench.publish("a", "" + i, AT_LEAST_ONCE);
        }
        bench.turn();
        store.setUnreadable(true);
        Outcome newest = bench.publish("a", "newest", AT_LEAST_ONCE);
        bench.turn();
        assertThat(newest.told()).containsExactly("accepted");
        assertThat(bench.counters.droppedByBound()).isEqualTo(1);
    }
}
