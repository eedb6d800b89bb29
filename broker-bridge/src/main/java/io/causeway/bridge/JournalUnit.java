package io.causeway.bridge;

import io.causeway.routing.Qos;
import io.causeway.store.Change;
import io.causeway.store.Changes;
import io.causeway.store.SessionStore;
import io.causeway.store.StoredForward;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a turn changes in the journal, handed to the store as one unit. Owned by the worker. */
final class JournalUnit {
    private final SessionStore store;
    private final Consumer<List<PendingPublish>> whenDurable;
    private List<PendingPublish> together = new ArrayList<>();
    private @Nullable Changes unit;

    /** @param whenDurable told by the store's thread of messages that would survive a restart now */
    JournalUnit(SessionStore store, Consumer<List<PendingPublish>> whenDurable) {
        this.store = store;
        this.whenDurable = whenDurable;
    }

    /** One at QoS 2 that its publisher waits for has a unit of its own, which the publisher adds to. */
    void put(PendingPublish publish, StoredForward forward) {
        if (publish.qos() == Qos.EXACTLY_ONCE && !publish.isSettled()) {
            Changes own = store.begin();
            own.add(new Change.PutForward(forward));
            own.whenDurable(() -> whenDurable.accept(List.of(publish)));
            publish.take(own);
        } else {
            unit().add(new Change.PutForward(forward));
            together.add(publish);
        }
    }

    void remove(long sequence) {
        unit().add(new Change.RemoveForward(sequence));
    }

    /** Hands to the store what was changed since the last time. */
    void submit() {
        Changes complete = unit;
        if (complete == null) {
            return;
        }
        unit = null;
        if (!together.isEmpty()) {
            List<PendingPublish> kept = together;
            together = new ArrayList<>();
            complete.whenDurable(() -> whenDurable.accept(kept));
        }
        complete.submit();
    }

    private Changes unit() {
        Changes present = unit;
        if (present == null) {
            present = store.begin();
            unit = present;
        }
        return present;
    }
}
