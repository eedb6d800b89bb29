package io.causeway.upstream;

import io.causeway.routing.Qos;

/** Outcome of one subscribe: exactly one of the two is called, once, on any thread. */
public interface SubscribeCallback {
    /** The subscription stands. What it brings may overtake this call: the subscriber holds it back until then. */
    void onSubscribed(Qos granted);

    /** The subscription does not stand; one that the subscriber had to the same filter before is untouched. */
    void onRefused(Refusal refusal);
}
