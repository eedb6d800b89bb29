package io.causeway.store;

import io.causeway.codec.Octets;
import io.causeway.harness.KeptContents;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChangeLogTest {
    private static final long NOW = Long.MAX_VALUE - 5; // nanoTime about to wrap

    private final MemorySessionStore store = new MemorySessionStore();
    private final Deque<LongConsumer> posted = new ArrayDeque<>();
    private final ChangeLog changes = new ChangeLog(store, posted::add);
    private final ChangeLog.Snapshot latest = () -> will("latest");

    @Test
    void snapshotThatFails_costsNobodyElseAnything() {
        changes.touch(() -> {
            throw new IllegalStateException("a fault");
        });
        changes.touch(() -> will("first"));
        settle();
        changes.add(will("second"));
        settle();

        assertThat(kept()).containsExactly("first", "second");
    }

    @Test
    void snapshotsWhileTheStoreTakesNothing_waitForWhatItHas() {
        AtomicInteger followers = new AtomicInteger();
        store.hold();
        store.setTaking(false);
        for (int i = 0; i < 100; i++) {
            changes.touch(latest);
            changes.whenDurable(followers::incrementAndGet);
            settle();
        }
        assertThat(store.waiting()).isEqualTo(1);

        store.commit(1);
        assertThat(followers).hasValue(1);
        settle();
        store.commit(1);

        assertThat(followers).hasValue(100);
        assertThat(kept()).containsExactly("latest", "latest");
    }

    @Test
    void changesWhileTheStoreTakesNothing_goAtOnce_andSnapshotsWithThem() {
        store.hold();
        store.setTaking(false);
        changes.touch(latest);
        settle();
        changes.touch(latest);
        settle();
        changes.add(will("change"));
        assertThat(store.waiting()).isEqualTo(1);

        settle();
        assertThat(store.waiting()).isEqualTo(2);
        store.commit(2);
        settle();

        assertThat(kept()).containsExactly("latest", "change", "latest");
        assertThat(store.waiting()).isZero();
    }

    private Change will(String clientId) {
        return new Change.PutWill(new StoredWill(
                store.nextId(), clientId, "", new ApplicationMessage("w", Octets.EMPTY, Qos.AT_MOST_ONCE, false)));
    }

    private List<String> kept() {
        return KeptContents.of(store).wills().stream().map(StoredWill::clientId).toList();
    }

    private void settle() {
        while (!posted.isEmpty()) {
            posted.remove().accept(NOW);
        }
    }
}
