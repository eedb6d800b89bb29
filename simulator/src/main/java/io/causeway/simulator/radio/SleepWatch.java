package io.causeway.simulator.radio;

import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Disconnect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PingResp;

/**
 * Whether a gateway knows that a client does not listen (1.2 §6.14): it has confirmed its sleep, and has heard nothing of it
 * since. Owned by the thread of the run.
 */
final class SleepWatch {
    /** The client's last word on it was that it sleeps. */
    private boolean isSleeper;

    private boolean isAsleep;

    /** The gateway hears this of the client. */
    void onHeard(Packet packet) {
        isAsleep = false;
        if (packet instanceof Connect) {
            isSleeper = false;
        } else if (packet instanceof Disconnect disconnect) {
            isSleeper = disconnect.durationSeconds() > 0;
        }
    }

    /**
     * The gateway says this to the client. What ends its being awake may be repeated.
     *
     * @return whether it may
     */
    boolean maySay(Packet packet) {
        boolean isFarewell = packet instanceof Disconnect || packet instanceof PingResp;
        if (isAsleep && !isFarewell) {
            return false;
        }
        isAsleep = isSleeper && isFarewell;
        return true;
    }
}
