package io.causeway.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Finds the message for which a broker ends the connection each time that it is sent: one too large, of a QoS or to a
 * topic that it does not allow. Sent again for ever, it would cut off everybody.
 *
 * <p>A connection that the broker ended without acknowledging any message of several raises the suspicion; then they are
 * to be sent one at a time, so that the culprit is the one unacknowledged when the next connection ends. Three
 * times is proof. A few may be proven one after the other, each in the way of all behind it; a broker that takes nothing
 * in between and cuts off more than those has a trouble of its own. Owned by the worker.
 */
final class PoisonWatch {
    private static final int PROOF = 3;
    /** Proofs without a message taken in between; after a while there may be others. */
    static final int MOST_IN_A_ROW = 5;

    private boolean careful;
    private int provenInARow;
    private long lastProofNanos;
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
     * @param nowNanos the time
     * @return the message to send no more, if that is proven
     */
    @Nullable
    PendingPublish onLost(ConnectionLoss loss, boolean fruitful, @Nullable PendingPublish oldest, long nowNanos) {
        if (fruitful || nowNanos - lastProofNanos >= KnownPoison.MEMORY.toNanos()) {
            provenInARow = 0;
        }
        if (!loss.byPeer() || oldest == null || provenInARow >= MOST_IN_A_ROW) {
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
        provenInARow++;
        lastProofNanos = nowNanos;
        return oldest;
    }
}
