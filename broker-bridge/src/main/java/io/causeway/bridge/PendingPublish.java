package io.causeway.bridge;

import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.Qos;
import io.causeway.session.Printable;
import io.causeway.upstream.PublishCallback;
import io.causeway.upstream.Refusal;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A message on its way to the broker and who is to be told of it. Free to use from any thread: of all that settle it,
 * the first one wins and is the only one that the publisher hears of.
 */
final class PendingPublish {
    private final ApplicationMessage message;
    private final PublishCallback callback;
    private final long deadlineNanos;
    private final AtomicBoolean settled = new AtomicBoolean();
    private final AtomicBoolean inflight = new AtomicBoolean();
    private volatile boolean received;

    /** @param message as the broker is to get it */
    PendingPublish(ApplicationMessage message, PublishCallback callback, long deadlineNanos) {
        this.message = message;
        this.callback = callback;
        this.deadlineNanos = deadlineNanos;
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

    /** Nobody waits for it any more and the broker does not have it: not worth to be sent again. */
    boolean isAbandoned() {
        return isSettled() && !received;
    }

    /** As a log names it. */
    @Override
    public String toString() {
        return "PUBLISH to '" + Printable.of(message.topic()) + "' (QoS " + qos().value()
                + (message.retain() ? ", retain" : "") + ", "
                + message.payload().length() + " octets)";
    }
}
