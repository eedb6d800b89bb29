package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.session.Printable;
import io.causeway.store.Changes;
import io.causeway.store.StoredForward;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A message on its way to the broker and who is to be told of it. Free to use from any thread: of all that settle it,
 * the first one wins and is the only one that the publisher hears of.
 */
final class PendingPublish {
    private static final PublishCallback NOBODY = new PublishCallback() {
        @Override
        public void onAccepted() {
            // The publisher has its answer since an earlier time.
        }

        @Override
        public void onRefused(Refusal refusal) {
            // As above.
        }
    };

    private final String publisher;
    private final ApplicationMessage message;
    private final PublishCallback callback;
    private final long deadlineNanos;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final AtomicBoolean inflight = new AtomicBoolean();
    private volatile boolean received;
    private volatile long sequence;
    private volatile boolean durable;

    /**
     * @param publisher client id
     * @param message   as the broker is to get it
     */
    PendingPublish(String publisher, ApplicationMessage message, PublishCallback callback, long deadlineNanos) {
        this.publisher = publisher;
        this.message = message;
        this.callback = callback;
        this.deadlineNanos = deadlineNanos;
    }

    /** One that has been in the journal for a while: its publisher waits for nothing. */
    static PendingPublish of(StoredForward forward) {
        PendingPublish publish = new PendingPublish(forward.publisher(), forward.message(), NOBODY, 0);
        publish.settled.set(true);
        publish.sequence = forward.sequence();
        publish.durable = true;
        publish.received = forward.released();
        return publish;
    }

    String publisher() {
        return publisher;
    }

    ApplicationMessage message() {
        return message;
    }

    Qos qos() {
        return message.qos();
    }

    /** Tells the publisher, unless it was told something before; true if this call did. */
    boolean accept() {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        callback.onAccepted();
        return true;
    }

    /** Tells the publisher, unless it was told something before; true if this call did. */
    boolean refuse(Refusal refusal) {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        callback.onRefused(refusal);
        return true;
    }

    /** QoS 2: leaves it to the publisher to make the taking durable, unless it was told something before. */
    boolean take(Changes together) {
        if (!settled.compareAndSet(false, true)) {
            return false;
        }
        callback.onTaken(together);
        return true;
    }

    /** It is in the journal from now on. */
    void enterJournal(long newSequence) {
        sequence = newSequence;
    }

    void leaveJournal() {
        sequence = 0;
    }

    boolean isInJournal() {
        return sequence != 0;
    }

    /** It was read back from the journal. */
    boolean isOfBacklog() {
        return callback == NOBODY;
    }

    /** Its place in the journal, or 0. */
    long sequence() {
        return sequence;
    }

    /** What the journal has of it would survive a restart. */
    void becomeDurable() {
        durable = true;
    }

    boolean isDurable() {
        return durable;
    }

    boolean isSettled() {
        return settled.get();
    }

    boolean isOverdue(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** True for the one call that takes it into the connection, or out of it again. */
    boolean changeInflight(boolean to) {
        return inflight.compareAndSet(!to, to);
    }

    boolean isInflight() {
        return inflight.get();
    }

    /** The broker has this QoS 2 message (PUBREC); what is left is to release it (MQTT 3.1.1 §4.3.3). */
    void markReceived() {
        received = true;
    }

    /** The broker lost its session, and the message with it. */
    void markLost() {
        received = false;
    }

    boolean isReceived() {
        return received;
    }

    /** Nobody waits for it or was promised it, and the broker does not have it: not worth to be sent again. */
    boolean isAbandoned() {
        return isSettled() && !received && !isInJournal();
    }

    /** As a log names it. */
    @Override
    public String toString() {
        return "PUBLISH to '" + Printable.of(message.topic()) + "' (QoS " + qos().value()
                + (message.retain() ? ", retain" : "") + ", "
                + message.payload().length() + " octets)";
    }
}
