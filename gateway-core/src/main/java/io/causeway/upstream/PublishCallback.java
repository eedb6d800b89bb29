package io.causeway.upstream;

/** Outcome of one publish: exactly one of the two is called, once, on any thread. */
public interface PublishCallback {
    /** The upstream has the message: at QoS 1 and 2 it has promised its delivery. */
    void onAccepted();

    /** The upstream does not have the message, or cannot know: the client has to send it again. */
    void onRefused(Refusal refusal);
}
