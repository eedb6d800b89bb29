package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.store.Change;
import io.causeway.store.Contents;
import io.causeway.store.KeptSession;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.StoredArrival;
import io.causeway.store.StoredWill;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static io.causeway.routing.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

/** QoS 2 of the broker: what its subscribers keep and that it was delivered are one step, before it is completed. */
class DownlinkStoreTest {
    private final MemorySessionStore store = new MemorySessionStore();
    private final LinkBench bench = LinkBench.connected(LinkBench.settings(), store, null);
    private final TestSubscriber subscriber = new TestSubscriber("s");

    private static List<StoredArrival> arrivals(MemorySessionStore of) {
        List<StoredArrival> arrivals = new ArrayList<>();
        of.load(new Contents() {
            @Override
            public void onSession(KeptSession session) {
                // There is none.
            }

            @Override
            public void onRetained(ApplicationMessage message) {
                // There is none.
            }

            @Override
            public void onWill(StoredWill will) {
                // There is none.
            }

            @Override
            public void onArrival(StoredArrival arrival) {
                arrivals.add(arrival);
            }
        });
        return arrivals;
    }

    private void subscribe(LinkBench at) {
        at.subscribe(subscriber, "down", EXACTLY_ONCE);
        at.connection.answer(1, 2);
        at.turn();
    }

    @Test
    void delivered_isCompletedOnceThatIsDurable() {
        subscribe(bench);
        store.hold();
        bench.connection.deliver("down", "1", EXACTLY_ONCE, false, 11);
        assertThat(subscriber.takeReceived()).containsExactly("down 1 2");
        assertThat(bench.turn()).isEmpty();

        store.commit(1);
        assertThat(bench.turn()).containsExactly("acknowledge 11");
        assertThat(arrivals(store)).extracting(StoredArrival::delivered).containsExactly(true);
    }

    @Test
    void whatTheSubscriberKeeps_isOneStepWithTheDelivery() {
        subscribe(bench);
        subscriber.keep(new Change.RemoveRetained("marks the unit"));
        store.hold();
        bench.connection.deliver("down", "1", EXACTLY_ONCE, false, 11);
        assertThat(subscriber.kept().toList()).hasSize(2);
        assertThat(store.waiting()).isEqualTo(1);
    }

    @Test
    void crashAfterTheDelivery_isOnlyCompleted() {
        LinkBench next = new LinkBench(LinkBench.settings(), store, null);
        StoredArrival delivered = new StoredArrival(
                LinkBench.LINK, 11, new ApplicationMessage("down", Octets.utf8("1"), EXACTLY_ONCE, false), true);
        next.link.restore(delivered);
        assertThat(next.turn()).containsExactly("restore arrival 11", "connect 1000");
        next.connection.accept(true);
        subscribe(next);
        next.connection.deliver("down", "1", EXACTLY_ONCE, false, 11);
        assertThat(next.turn()).containsExactly("acknowledge 11");
        assertThat(subscriber.takeReceived()).isEmpty();
    }

    @Test
    void crashBeforeTheDelivery_isDelivered() {
        LinkBench next = new LinkBench(LinkBench.settings(), store, null);
        next.link.restore(new StoredArrival(
                LinkBench.LINK, 11, new ApplicationMessage("down", Octets.utf8("1"), EXACTLY_ONCE, false), false));
        next.turn();
        next.connection.accept(true);
        subscribe(next);
        next.connection.deliver("down", "1", EXACTLY_ONCE, false, 11);
        assertThat(next.turn()).containsExactly("acknowledge 11");
        assertThat(subscriber.takeReceived()).containsExactly("down 1 2");
    }

    @Test
    void notDurableBeforeTheLoss_isCompletedOnTheNextConnectionAndDeliveredOnce() {
        subscribe(bench);
        store.hold();
        bench.connection.deliver("down", "1", EXACTLY_ONCE, false, 11);
        bench.cutAndRetry();
        bench.connection.accept(true);
        bench.turn();
        bench.connection.deliver("down", "1", EXACTLY_ONCE, false, 11);
        bench.connection.takeCalls();
        store.commit(1);
        assertThat(bench.turn()).contains("acknowledge 11");
        assertThat(subscriber.takeReceived()).containsExactly("down 1 2");
    }
}
