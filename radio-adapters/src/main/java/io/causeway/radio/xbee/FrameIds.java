package io.causeway.radio.xbee;

import java.util.BitSet;

/** Gives out frame ids: 1 to 255, because 0 asks for no answer, and none that is still waited for. Owned by the loop. */
final class FrameIds {
    private static final int MOST = 0xFF;

    private final BitSet inUse = new BitSet(MOST + 1);
    private int last;

    /** @throws IllegalStateException if all are in use, which no window allows */
    int take() {
        int id = inUse.nextClearBit(last + 1);
        if (id > MOST) {
            id = inUse.nextClearBit(1);
        }
        if (id > MOST) {
            throw new IllegalStateException("all frame ids are in use");
        }
        inUse.set(id);
        last = id;
        return id;
    }

    void free(int id) {
        inUse.clear(id);
    }

    /** Frees all and begins with 1 again, after the radio has forgotten what it was asked. */
    void reset() {
        inUse.clear();
        last = 0;
    }
}
