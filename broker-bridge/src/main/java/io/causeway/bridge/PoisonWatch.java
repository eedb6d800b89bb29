package io.causeway.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Finds the message for which a broker ends the connection each time that it is sent: one too large, of a QoS or to a
 * topic that it does not allow. Sent again for ever, it would cut off everybody.
 *
 * <p>A connection that the broker ended without acknowledging any message of several raises the suspicion; then they are
 * to be sent one at a time, so that the culprit is the one unacknowledged when the next connection ends. Three
 * times is proof, if the broker has taken other messages since the last proof: one that takes none has a trouble of its
 * own. Owned by the worker.
 */
final class PoisonWatch {
    private static final int PROOF = 3;

    private boolean careful;
    private boolean takesOthers = true;
    private @Nullable PendingPublish suspect;
    private int strikes;

    /** Whether messages are to be sent one at a time, and new ones to wait. */
    boolean isCareful() {
        return careful;
    }

    /** Whether this message may be the culprit: it is kept until that is known, however long that takes. */
    boolean isSuspect(PendingPublish publish) {
        return publish == suspect;
    }

    /** All that was unacknowledged has been acknowledged: nobody is under suspicion any more. */
    void acquit() {
        careful = false;
        suspect = null;
        strikes = 0;
    }

    /**
     * A connection that stood has ended.
     *
     * @param fruitful whether any message was acknowledged over it
     * @param oldest   the first unacknowledged message, if there is any
     * @return the message to send no more, if that is proven
     */
    @Nullable
    PendingPublish onLost(ConnectionLoss loss, boolean fruitful, @Nullable PendingPublish oldest) {
        takesOthers |= fruitful;
        if (!loss.byPeer() || oldest == null || !takesOthers) {
            acquit();
            return null;
        }
        if (!careful) {
            careful = !fruitful;
            suspect = careful ? oldest : null;
            return null;
        }
        strikes = oldest == suspect ? strikes + 1 : 1;
        suspect = oldest;
        if (strikes < PROOF) {
            return null;
        }
        acquit();
        takesOthers = false;
        return oldest;
    }
}
