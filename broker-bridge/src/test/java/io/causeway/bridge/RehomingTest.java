package io.causeway.bridge;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.MemorySessionStore;
import io.causeway.store.StoredForward;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RehomingTest {
    private static final int MESSAGES = 250;

    private final MemorySessionStore store = new MemorySessionStore();

    private Rehoming rehoming(Duration patience) {
        return new Rehoming(store, publisher -> "now-" + publisher, patience);
    }

    private void leave(int messages) {
        ApplicationMessage message = new ApplicationMessage("t", Octets.EMPTY, Qos.EXACTLY_ONCE, false);
        Changes unit = store.begin();
        for (int i = 0; i < messages; i++) {
            unit.add(new Change.PutForward(
                    new StoredForward(store.nextId(), "former", i % 2 == 0 ? "even" : "odd", message, 7, true, 0)));
        }
        unit.submit();
    }

    @Test
    void allOfAFormerConnection_goesToThoseOfItsPublishersInItsOrder() {
        leave(MESSAGES);

        rehoming(Rehoming.PATIENCE).moveFrom("former");

        assertThat(store.forwards("former", 0, MESSAGES)).isEmpty();
        assertThat(store.forwards("now-even", 0, MESSAGES))
                .hasSize(MESSAGES / 2)
                .allMatch(each -> each.publisher().equals("even") && each.packetId() == 0 && !each.released())
                .extracting(StoredForward::sequence)
                .isSorted();
        assertThat(store.forwards("now-odd", 0, MESSAGES)).hasSize(MESSAGES / 2);
    }

    @Test
    void storeThatDoesNotKeepIt_endsTheStartWithItsTroubleAndNothingIsLost() {
        leave(1);
        store.hold();
        store.setTaking(false);

        assertThatExceptionOfType(RehomingException.class)
                .isThrownBy(() -> rehoming(Duration.ofMillis(1)).moveFrom("former"))
                .withMessageContaining("the journal of 'former' cannot be moved")
                .withMessageEndingWith("no room");

        assertThat(store.forwards("former", 0, MESSAGES)).hasSize(1);
    }
}
