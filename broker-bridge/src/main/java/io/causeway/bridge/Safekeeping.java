package io.causeway.bridge;

import io.causeway.bridge.JournalSettings.Acknowledge;
import io.causeway.routing.Qos;
import io.causeway.upstream.Refusal;

/** Which messages go to the journal, and what their publishers are told then. Owned by the worker. */
final class Safekeeping {
    private final Journal journal;
    private final JournalSettings settings;
    private final FreshLane fresh;
    private final Answers answers;

    Safekeeping(Journal journal, JournalSettings settings, FreshLane fresh, Answers answers) {
        this.journal = journal;
        this.settings = settings;
        this.fresh = fresh;
        this.answers = answers;
    }

    /** While there is a connection. */
    boolean isOnTheWayOf(PendingPublish publish) {
        return switch (publish.qos()) {
            case AT_MOST_ONCE -> settings.qos0() && journal.hasBacklogBefore(publish);
            case AT_LEAST_ONCE -> settings.acknowledge() == Acknowledge.JOURNAL || journal.holdsBefore(publish);
            case EXACTLY_ONCE -> true;
        };
    }

    /** Keeps it before it is sent, and behind what it must not overtake. */
    void keepOnItsWay(PendingPublish publish, long nowNanos) {
        if (!fresh.hasRoom() || journal.hasBacklogBefore(publish)) {
            keep(publish, journal.add(publish, false, nowNanos));
        } else if (keep(publish, journal.addFresh(publish, nowNanos))) {
            fresh.add(publish);
        }
    }

    /** Keeps it until it can be sent, if messages of its QoS are. */
    void keepOrRefuse(PendingPublish publish, boolean brokerAway, long nowNanos) {
        if (publish.qos() != Qos.AT_MOST_ONCE || settings.qos0()) {
            keep(publish, journal.add(publish, brokerAway, nowNanos));
        } else {
            answers.refuse(publish, Refusal.CONGESTION);
        }
    }

    private boolean keep(PendingPublish publish, boolean taken) {
        if (!taken) {
            answers.refuse(publish, Refusal.CONGESTION);
        } else if (publish.qos() == Qos.EXACTLY_ONCE) {
            answers.leaveToPublisher(publish);
        } else if (publish.qos() == Qos.AT_MOST_ONCE) {
            answers.acceptKept(publish);
        }
        return taken;
    }

    /**
     * Takes over the promise for a message that is under way, so that its publisher need not wait for the broker.
     *
     * @return false if it cannot, or nobody waits for that
     */
    boolean takeOver(PendingPublish publish, long nowNanos) {
        boolean waitedFor = publish.qos() == Qos.AT_LEAST_ONCE && !publish.isSettled() && !publish.isInJournal();
        if (!waitedFor || !journal.addFresh(publish, nowNanos)) {
            return false;
        }
        if (publish.isSettled()) {
            journal.onDone(publish); // acknowledged meanwhile, by a thread that did not see it in the journal yet
        }
        return true;
    }
}
