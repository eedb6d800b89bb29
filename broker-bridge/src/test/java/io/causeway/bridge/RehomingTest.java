package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.StoredForward;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RehomingTest {
    private static final int MESSAGES = 250;

    private final MemorySessionStore store = new MemorySessionStore();

    @Test
    void allOfAFormerConnection_goesToThoseOfItsPublishersInItsOrder() {
        ApplicationMessage message = new ApplicationMessage("t", Octets.EMPTY, Qos.EXACTLY_ONCE, false);
        Changes unit = store.begin();
        for (int i = 0; i < MESSAGES; i++) {
            unit.add(new Change.PutForward(
                    new StoredForward(store.nextId(), "former", i % 2 == 0 ? "even" : "odd", message, 7, true, 0)));
        }
        unit.submit();

        new Rehoming(store, publisher -> "now-" + publisher).moveFrom("former");

        assertThat(store.forwards("former", 0, MESSAGES)).isEmpty();
        assertThat(store.forwards("now-even", 0, MESSAGES))
                .hasSize(MESSAGES / 2)
                .allMatch(each -> each.publisher().equals("even") && each.packetId() == 0 && !each.released())
                .extracting(StoredForward::sequence)
                .isSorted();
        assertThat(store.forwards("now-odd", 0, MESSAGES)).hasSize(MESSAGES / 2);
    }
}
