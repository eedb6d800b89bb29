package io.causeway.bridge;

import io.causeway.upstream.Refusal;

/** What publishers are told, each of them once, and the room that is free again by that. Any thread. */
final class Answers {
    private final Outbox outbox;
    private final UpstreamCounters counters;

    Answers(Outbox outbox, UpstreamCounters counters) {
        this.outbox = outbox;
        this.counters = counters;
    }

    /** The broker has it. */
    void accept(PendingPublish publish) {
        boolean isNews = publish.accept();
        if (isNews) {
            outbox.release(publish);
        }
        if (isNews || publish.isInJournal()) {
            counters.publishedOne(publish.qos());
        }
    }

    /** The journal has it. */
    void acceptKept(PendingPublish publish) {
        if (publish.accept()) {
            outbox.release(publish);
        }
    }

    /** Its publisher knows by itself when it is safe. */
    void leaveToPublisher(PendingPublish publish) {
        outbox.release(publish);
    }

    void refuse(PendingPublish publish, Refusal refusal) {
        if (publish.refuse(refusal)) {
            counters.refusedOne(refusal);
            outbox.release(publish);
        }
    }
}
