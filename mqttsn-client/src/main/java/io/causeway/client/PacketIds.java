package io.causeway.client;

import java.util.Arrays;

/** Packet ids (1.2: MsgId, §5.3.7), each unused while its exchange lasts. Owned by the session. */
final class PacketIds {
    /** For packets without a packet id. */
    static final int NONE = 0;

    private static final int LAST = 0xFFFF;

    /** In no order, and no set: mostly there is one, or none. */
    private int[] inUse = new int[2];

    private int count;
    private int previous = NONE;

    /** An id from 1 to 65535, as long unused as possible, so that a late answer meets no new request. */
    int acquire() {
        if (count == LAST) {
            throw new IllegalStateException("all packet ids are in use: the bounds of the lanes are too high");
        }
        do {
            previous = previous == LAST ? 1 : previous + 1;
        } while (indexOf(previous) >= 0);
        if (count == inUse.length) {
            inUse = Arrays.copyOf(inUse, 2 * count);
        }
        inUse[count++] = previous;
        return previous;
    }

    /** Does nothing for {@link #NONE}. */
    void release(int id) {
        int index = indexOf(id);
        if (index >= 0) {
            inUse[index] = inUse[--count];
        }
    }

    private int indexOf(int id) {
        for (int index = 0; index < count; index++) {
            if (inUse[index] == id) {
                return index;
            }
        }
        return -1;
    }
}
