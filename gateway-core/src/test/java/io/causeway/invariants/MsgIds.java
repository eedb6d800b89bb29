package io.causeway.invariants;

/** The message ids of one client: counted up, never 0. */
final class MsgIds {
    private static final int LAST = 0xFFFF;

    private int last;

    int next() {
        last = last == LAST ? 1 : last + 1;
        return last;
    }
}
