package io.causeway.routing;

import io.causeway.codec.Octets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private List<ApplicationMessage> matching(String filter) {
        List<ApplicationMessage> found = new ArrayList<>();
        store.match(new TopicFilter(filter), found::add);
        return found;
    }

    private static ApplicationMessage message(String topic, String text) {
        return new ApplicationMessage(topic, Octets.utf8(text), Qos.AT_LEAST_ONCE, true);
    }
}
