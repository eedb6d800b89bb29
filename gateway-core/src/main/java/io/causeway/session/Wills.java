package io.causeway.session;

import io.causeway.access.Identity;
import io.causeway.routing.ApplicationMessage;
import io.causeway.store.Change;
import io.causeway.store.ChangeLog;
import io.causeway.store.Changes;
import io.causeway.store.StoredWill;
import io.causeway.timer.Timer;
import io.causeway.timer.TimerWheel;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import io.causeway.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Publishes the wills of lost clients (1.2 §6.14). A will that the upstream cannot take now is offered again until it
 * can, also after a restart: nobody else would. Owned by the shard's loop.
 */
final class Wills {
    private static final long RETRY_NANOS = Duration.ofSeconds(5).toNanos();
    /** More than so many at once are not kept: what is lost then is counted. */
    private static final int MAX_WAITING = 100_000;

    private static final long NOT_KEPT = 0;

    private final Upstream upstream;
    private final ChangeLog changes;
    private final Mailbox mailbox;
    private final TimerWheel timers;
    private final Counters<Count> counters;
    private final Map<String, List<Due>> byClient = new HashMap<>();
    private int waiting;

    Wills(Upstream upstream, ChangeLog changes, Mailbox mailbox, TimerWheel timers, Counters<Count> counters) {
        this.upstream = upstream;
        this.changes = changes;
        this.mailbox = mailbox;
        this.timers = timers;
        this.counters = counters;
    }

    void publish(Identity client, ApplicationMessage will) {
        if (waiting >= MAX_WAITING) {
            counters.add(Count.WILLS_DROPPED);
            return;
        }
        if (!changes.isDurable()) {
            offer(new Due(NOT_KEPT, client.clientId(), will));
            return;
        }
        long id = changes.nextId();
        changes.add(new Change.PutWill(new StoredWill(id, client.clientId(), client.user(), will)));
        offer(new Due(id, client.clientId(), will));
    }

    /** Takes up a will that was due in an earlier life of the gateway. */
    void restore(StoredWill stored) {
        offer(new Due(stored.id(), stored.clientId(), stored.message()));
    }

    /** Drops such a will: the client may not publish it any more. */
    void forget(StoredWill stored) {
        counters.add(Count.WILLS_FORBIDDEN);
        changes.add(new Change.RemoveWill(stored.id()));
    }

    private void offer(Due due) {
        waiting++;
        byClient.computeIfAbsent(due.clientId, unused -> new ArrayList<>(1)).add(due);
        due.offer();
    }

    /** The client is back: its wills go up before anything that it says now, or they would undo it. */
    void hurry(String clientId) {
        for (Due due : List.copyOf(byClient.getOrDefault(clientId, List.of()))) {
            if (due.timer.isArmed()) {
                timers.disarm(due.timer);
                due.offer();
            }
        }
    }

    /** Wills that the upstream has not taken yet. */
    int waiting() {
        return waiting;
    }

    private final class Due implements PublishCallback {
        private final long id;
        private final String clientId;
        private final ApplicationMessage will;
        private boolean unrecorded;
        private final Timer timer = new Timer((unused, nowNanos) -> offer());

        private Due(long id, String clientId, ApplicationMessage will) {
            this.id = id;
            this.clientId = clientId;
            this.will = will;
        }

        private void offer() {
            upstream.publish(clientId, will, this);
        }

        @Override
        public void onAccepted() {
            mailbox.post(settled(Count.WILLS_PUBLISHED));
        }

        /** What is kept of the will ends in one step with its publication: it is published exactly once. */
        @Override
        public void onTaken(Changes together) {
            mailbox.post(nowNanos -> {
                unrecord().ifPresent(together::add);
                changes.submit(together);
                together.whenDurable(this::onAccepted);
            });
        }

        @Override
        public void onRefused(Refusal refusal) {
            switch (refusal) {
                case CONGESTION -> mailbox.post(nowNanos -> timers.arm(timer, nowNanos + RETRY_NANOS));
                case NOT_SUPPORTED -> mailbox.post(settled(Count.WILLS_DROPPED));
            }
        }

        private LongConsumer settled(Count outcome) {
            return nowNanos -> {
                unrecord().ifPresent(changes::add);
                waiting--;
                byClient.computeIfPresent(clientId, (unused, due) -> due.remove(this) && due.isEmpty() ? null : due);
                counters.add(outcome);
            };
        }

        private Optional<Change> unrecord() {
            if (id == NOT_KEPT || unrecorded) {
                return Optional.empty();
            }
            unrecorded = true;
            return Optional.of(new Change.RemoveWill(id));
        }
    }
}
