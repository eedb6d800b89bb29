package io.causeway.upstream;

import io.causeway.store.Changes;

/** Outcome of one publish: exactly one of the three is called, once, on any thread. */
public interface PublishCallback {
    /** The upstream has the message: at QoS 1 and 2 it has promised its delivery. */
    void onAccepted();

    /**
     * QoS 2: the upstream has the message as soon as these changes are durable. Who is told adds what is one step with
     * that, and submits them; without this, a repetition after a restart could not be told from a message.
     */
    default void onTaken(Changes together) {
        together.whenDurable(this::onAccepted);
        together.submit();
    }

    /** The upstream does not have the message, or cannot know: the client has to send it again. */
    void onRefused(Refusal refusal);
}
