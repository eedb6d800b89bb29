package io.causeway.radio.xbee;

import io.causeway.radio.xbee.frame.RadioAddresses;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What is known of a node, and what waits for it, in order. Owned by the loop. */
final class Node {
    private static final int MOST_BACK_OFF_SHIFT = 5;
    private static final long MOST_BACK_OFF_MILLIS = 30_000;
    private static final long LEAST_BACK_OFF_MILLIS = 1_000;

    final XBeeAddress address;
    final Deque<Transmission> queue = new ArrayDeque<>();

    /** Where it is in the network now, as far as is known. */
    int address16 = RadioAddresses.UNKNOWN_16;

    boolean isEndDevice;
    String name = "";
    int signalDbm = XBeeNode.UNKNOWN_SIGNAL;
    boolean wasHeard;
    long lastHeardNanos;

    /** The first of the queue, while the radio has it. */
    @Nullable
    Transmission underWay;

    /** Until when nothing is sent to it; only while {@link #isPaused}. */
    long pausedUntilNanos;

    boolean isPaused;

    /** Whether it is paused because it is away, so that to hear it ends the pause. */
    boolean isHeld;

    boolean isMisconfigured;

    /** Whether something has ever been delivered to it, so that there certainly is such a node. */
    boolean isProven;

    private int absences;

    Node(XBeeAddress address) {
        this.address = address;
    }

    boolean mayBeSentTo() {
        return underWay == null && !isPaused && !queue.isEmpty();
    }

    boolean seemsAway() {
        return absences > 0;
    }

    void onPresent() {
        absences = 0;
    }

    /** Counts one more absence, and tells how long to hold what is for it: 1 s at first, twice as long each time, up to 30. */
    long holdMillis() {
        int shift = Math.min(absences, MOST_BACK_OFF_SHIFT);
        absences++;
        return Math.min(MOST_BACK_OFF_MILLIS, LEAST_BACK_OFF_MILLIS << shift);
    }

    void forgetAddress16() {
        address16 = RadioAddresses.UNKNOWN_16;
    }

    void learnAddress16(int told) {
        if (told < RadioAddresses.FIRST_GROUP_16) {
            address16 = told;
        }
    }
}
