package io.causeway.routing;

import io.causeway.codec.Octets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetainedStoreTest {
    private final RetainedStore store = new RetainedStore(3, 1 << 20);

    @Test
    void laterMessageOfATopic_takesThePlaceOfTheFormer() {
        store.store(message("a/b", "old"));
        store.store(message("a/b", "new"));

        assertThat(matching("a/b")).containsExactly(message("a/b", "new"));
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void emptyMessage_deletes() {
        store.store(message("a/b", "x"));

        assertThat(store.store(message("a/b", ""))).isTrue();
        assertThat(store.store(message("never/stored", ""))).isTrue();

        assertThat(matching("a/b")).isEmpty();
        assertThat(store.size()).isZero();
    }

    @Test
    void wildcards_showAllTheyMean() {
        store.store(message("a/b", "1"));
        store.store(message("a/c", "2"));
        store.store(message("$s/b", "3"));

        assertThat(matching("a/+")).containsExactlyInAnyOrder(message("a/b", "1"), message("a/c", "2"));
        assertThat(matching("#")).hasSize(2);
        assertThat(matching("+/b")).containsExactly(message("a/b", "1"));
        assertThat(matching("$s/#")).containsExactly(message("$s/b", "3"));
    }

    @Test
    void fullStore_refusesNewTopicsAndTakesKnownOnes() {
        store.store(message("1", "x"));
        store.store(message("2", "x"));
        store.store(message("3", "x"));

        assertThat(store.store(message("4", "x"))).isFalse();
        assertThat(store.store(message("3", "y"))).isTrue();
        store.store(message("1", ""));
        assertThat(store.store(message("4", "x"))).isTrue();
        assertThat(store.size()).isEqualTo(3);
    }

    @Test
    void storeForNothing_isNotBuilt() {
        assertThatThrownBy(() -> new RetainedStore(0, 1 << 20)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void boundOfOctets_countsWhatIsStoredNow() {
        RetainedStore small = new RetainedStore(100, 10);
        assertThat(small.store(message("a", "12345"))).isTrue();
        assertThat(small.store(message("b", "12345"))).isFalse();
        assertThat(small.store(message("a", "123456789"))).isTrue();
        small.store(message("a", ""));
        assertThat(small.store(message("b", "123456789"))).isTrue();
    }

    @Test
    void cursor_leavesOutWhatIsStoredAfterItWasMade() {
        store.store(message("a/1", "x"));
        store.store(message("a/2", "old"));
        Iterator<ApplicationMessage> cursor = store.cursor(new TopicFilter("a/#"));

        store.store(message("a/2", "new"));
        store.store(message("a/3", "new"));

        assertThat(cursor.next()).isEqualTo(message("a/1", "x"));
        assertThat(cursor.hasNext()).isFalse();
        assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void cursor_outlivesTheRemovalOfWhereItStands() {
        store.store(message("a/b/c", "x"));
        store.store(message("a/b/d", "x"));
        Iterator<ApplicationMessage> cursor = store.cursor(new TopicFilter("#"));
        cursor.next();

        store.removeIf(message -> true);
        cursor.forEachRemaining(message -> assertThat(message.topic()).isEqualTo("a/b/d"));

        assertThat(cursor.hasNext()).isFalse();
    }

    @Test
    void removeIf_leavesTheOthers() {
        store.store(message("a", "1"));
        store.store(message("a/b", "2"));
        store.store(message("a/b/c", "3"));

        assertThat(store.removeIf(message -> message.payload().toUtf8().equals("2")))
                .isEqualTo(1);

        assertThat(matching("#")).containsExactlyInAnyOrder(message("a", "1"), message("a/b/c", "3"));
        assertThat(store.size()).isEqualTo(2);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void randomOperations_matchAsAMapOfAllMessagesDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RetainedStore large = new RetainedStore(1_000, 1 << 20);
        Map<String, ApplicationMessage> model = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            ApplicationMessage message = message(randomLevels(random, ""), random.nextInt(3) == 0 ? "" : "" + i);
            large.store(message);
            if (message.payload().isEmpty()) {
                model.remove(message.topic());
            } else {
                model.put(message.topic(), message);
            }
            TopicFilter filter = new TopicFilter(randomLevels(random, "+") + (random.nextInt(3) == 0 ? "/#" : ""));
            List<ApplicationMessage> found = new ArrayList<>();
            large.match(filter, found::add);
            assertThat(found)
                    .as("%s after %s", filter.value(), i)
                    .containsExactlyInAnyOrderElementsOf(model.values().stream()
                            .filter(each -> TopicModel.matches(filter.value(), each.topic()))
                            .toList());
        }
        assertThat(large.size()).isEqualTo(model.size());
    }

    private static String randomLevels(SplittableRandom random, String wildcard) {
        List<String> choices = wildcard.isEmpty() ? List.of("a", "b", "", "$s") : List.of("a", "b", "", "$s", wildcard);
        StringBuilder text = new StringBuilder(choices.get(random.nextInt(choices.size())));
        for (int more = random.nextInt(4); more > 0; more--) {
            text.append('/').append(choices.get(random.nextInt(choices.size())));
        }
        return text.isEmpty() ? "a" : text.toString();
    }

    private List<ApplicationMessage> matching(String filter) {
        List<ApplicationMessage> found = new ArrayList<>();
        store.match(new TopicFilter(filter), found::add);
        return found;
    }

    private static ApplicationMessage message(String topic, String text) {
        return new ApplicationMessage(topic, Octets.utf8(text), Qos.AT_LEAST_ONCE, true);
    }
}
