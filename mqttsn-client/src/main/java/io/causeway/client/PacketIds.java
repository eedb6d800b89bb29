package io.causeway.client;

import java.util.HashSet;
import java.util.Set;

/** Packet ids (1.2: MsgId, §5.3.7), each unused while its exchange lasts. Owned by the session. */
final class PacketIds {
    /** For packets without a packet id. */
    static final int NONE = 0;

    private static final int LAST = 0xFFFF;

    private final Set<Integer> inUse = new HashSet<>();
    private int previous = NONE;

    /** An id from 1 to 65535, as long unused as possible, so that a late answer meets no new request. */
    int acquire() {
        if (inUse.size() == LAST) {
            throw new IllegalStateException("all packet ids are in use: the bounds of the lanes are too high");
        }
        do {
            previous = previous == LAST ? 1 : previous + 1;
        } while (!inUse.add(previous));
        return previous;
    }

    void release(int id) {
        inUse.remove(id);
    }
}
