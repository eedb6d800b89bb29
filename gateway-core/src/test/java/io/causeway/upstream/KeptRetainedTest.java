package io.causeway.upstream;

import io.causeway.codec.Octets;
import io.causeway.harness.KeptContents;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.MessageProperties;
import io.causeway.routing.Qos;
import io.causeway.routing.RetainedStore;
import io.causeway.routing.Router;
import io.causeway.routing.TopicFilter;
import io.causeway.store.MemorySessionStore;
import io.causeway.upstream.LocalUpstream.NoRoom;
import io.causeway.upstream.LocalUpstream.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is retained is on the disk in the end, however the disk fares; and what was promised, at once. */
class KeptRetainedTest {
    private static final int MAX_TOPICS = 3;

    private MemorySessionStore store = new MemorySessionStore();
    private RetainedStore retained = new RetainedStore(MAX_TOPICS, 1 << 20);
    private final List<NoRoom> noRoom = new ArrayList<>();
    private LocalUpstream upstream = new LocalUpstream(new Router(), retained, store, noRoom::add);

    @Test
    void message_replacesTheFormerOne_andAnEmptyOneDeletes() {
        publish("a", "1");
        publish("a", "2");
        publish("b", "1");
        publish("b", "");

        assertThat(kept()).isEqualTo(Map.of("a", "2")).isEqualTo(here());
    }

    @Test
    void fullDisk_atMostOneMessageWaitsPerTopic_andTheLatestIsKeptInTheEnd() {
        fillTheDisk();
        publish("first", "0");
        for (int i = 0; i < 1_000; i++) {
            publish("a", "" + i);
            publish("b", "" + i);
        }

        assertThat(store.waiting()).isEqualTo(1);
        emptyTheDisk();
        assertThat(kept()).isEqualTo(Map.of("first", "0", "a", "999", "b", "999"));
    }

    @Test
    void fullDisk_whatCameAndWentIsNotKept() {
        fillTheDisk();
        publish("first", "0");
        for (int i = 0; i < 1_000; i++) {
            publish("topic" + i, "1");
            publish("topic" + i, "");
        }
        assertThat(store.waiting()).isEqualTo(1);
        emptyTheDisk();

        assertThat(kept()).isEqualTo(Map.of("first", "0"));
    }

    @Test
    void fullDisk_deletionOfWhatIsKeptReachesItInTheEnd() {
        publish("a", "1");
        fillTheDisk();
        publish("first", "0");
        publish("a", "2");
        publish("a", "");
        assertThat(kept()).containsEntry("a", "1");

        emptyTheDisk();

        assertThat(kept()).isEqualTo(Map.of("first", "0"));
    }

    @Test
    void promise_isKeptWhenItsMessageOrALaterOneIs() {
        List<String> told = new ArrayList<>();
        fillTheDisk();
        publish("first", "0");
        promise("a", "1", () -> told.add("1"));
        publish("a", "2");

        store.commit(1);
        assertThat(told).isEmpty();
        store.commit(1);
        assertThat(told).containsExactly("1");
        assertThat(kept()).containsEntry("a", "2");
    }

    @Test
    void promiseToDeleteOnceMore_waitsForTheFirstDeletion() {
        publish("a", "1");
        store.hold();
        List<String> told = new ArrayList<>();
        promise("a", "", () -> told.add("first"));
        promise("a", "", () -> told.add("again"));

        assertThat(told).isEmpty();
        store.commit(1);
        assertThat(told).containsExactly("first", "again");
    }

    @Test
    void qos0_isHandedOnBeforeItIsKept() {
        List<String> told = new ArrayList<>();
        store.hold();

        upstream.deliver("p", message("a", "1", Qos.AT_MOST_ONCE), null, false, () -> told.add("handed on"));

        assertThat(told).containsExactly("handed on");
    }

    @Test
    void noRoom_isToldAndKeepsNothing() {
        for (String topic : List.of("a", "b", "c")) {
            publish(topic, "1");
        }

        assertThat(upstream.deliver("p", message("d", "1", Qos.AT_LEAST_ONCE), null, true, () -> {}))
                .isEqualTo(Outcome.REFUSED);
        assertThat(upstream.deliver("p", message("d", "1", Qos.AT_LEAST_ONCE), null, false, () -> {}))
                .isEqualTo(Outcome.UNMATCHED);
        assertThat(noRoom).containsExactly(NoRoom.REFUSED, NoRoom.DROPPED);
        assertThat(kept()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void lessRoomAfterARestart_leavesTheRestWhereItIs_untilItIsDeleted() {
        for (String topic : List.of("a", "b", "c")) {
            publish(topic, "1");
        }

        restart(2);
        assertThat(here()).containsOnlyKeys("a", "b");
        assertThat(noRoom).containsExactly(NoRoom.DROPPED);
        assertThat(kept()).containsOnlyKeys("a", "b", "c");

        publish("c", "");
        assertThat(kept()).containsOnlyKeys("a", "b");
    }

    @Test
    void expired_areRemovedHereAndFromTheStore() {
        MessageProperties expiring = new MessageProperties(-1, null, null, null, List.of(), 1, 0);
        publish("a", "1");
        upstream.deliver(
                "p",
                new ApplicationMessage("b", Octets.utf8("1"), Qos.AT_MOST_ONCE, true, expiring),
                null,
                false,
                () -> {});

        upstream.removeExpired(2_000_000_000L);

        assertThat(kept()).isEqualTo(Map.of("a", "1")).isEqualTo(here());
    }

    /** Publishes, deletes, commits and troubles of the disk in any order, and a crash at any point. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void crashAtAnyPoint_losesNothingThatWasPromised(long seed) {
        Random random = new Random(seed);
        for (int lives = 100; lives > 0; lives--) {
            store.hold();
            Map<String, List<String>> published = new HashMap<>();
            kept().forEach((topic, value) -> published.put(topic, new ArrayList<>(List.of(value))));
            Map<String, Integer> promised = new HashMap<>();
            for (int step = random.nextInt(60); step > 0; step--) {
                switch (random.nextInt(5)) {
                    case 0 -> store.commit(1);
                    case 1 -> store.setTaking(random.nextBoolean());
                    default -> publishAny(random, published, promised);
                }
            }
            restart(MAX_TOPICS);
            Map<String, String> survived = here();
            promised.forEach((topic, place) -> {
                List<String> values = published.getOrDefault(topic, List.of());
                assertThat(values.subList(place, values.size())).contains(survived.getOrDefault(topic, ""));
            });
        }
        publish("topic0", "1");
        assertThat(kept()).isEqualTo(here());
    }

    private void publishAny(Random random, Map<String, List<String>> published, Map<String, Integer> promised) {
        String topic = "topic" + random.nextInt(MAX_TOPICS);
        List<String> values = published.computeIfAbsent(topic, unused -> new ArrayList<>(List.of("")));
        String value = random.nextInt(3) == 0 ? "" : "" + values.size();
        int place = values.size();
        values.add(value);
        if (random.nextBoolean()) {
            publish(topic, value);
        } else {
            promise(topic, value, () -> promised.merge(topic, place, Math::max));
        }
    }

    private void restart(int maxTopics) {
        store = store.crash();
        retained = new RetainedStore(maxTopics, 1 << 20);
        upstream = new LocalUpstream(new Router(), retained, store, noRoom::add);
        KeptContents.of(store).retained().forEach(upstream::restore);
    }

    private void fillTheDisk() {
        store.hold();
        store.setTaking(false);
    }

    private void emptyTheDisk() {
        store.setTaking(true);
        store.commit(Integer.MAX_VALUE);
    }

    private void publish(String topic, String payload) {
        upstream.deliver("p", message(topic, payload, Qos.AT_MOST_ONCE), null, false, () -> {});
    }

    private void promise(String topic, String payload, Runnable whenSafe) {
        upstream.deliver("p", message(topic, payload, Qos.AT_LEAST_ONCE), null, false, whenSafe);
    }

    private static ApplicationMessage message(String topic, String payload, Qos qos) {
        return new ApplicationMessage(topic, Octets.utf8(payload), qos, true);
    }

    private Map<String, String> here() {
        Map<String, String> values = new TreeMap<>();
        retained.match(
                new TopicFilter("#"),
                each -> values.put(each.topic(), each.payload().toUtf8()));
        return values;
    }

    private Map<String, String> kept() {
        Map<String, String> values = new TreeMap<>();
        KeptContents.of(store)
                .retained()
                .forEach(each -> values.put(each.topic(), each.payload().toUtf8()));
        return values;
    }
}
