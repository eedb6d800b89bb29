package io.causeway.simulator.truth;

import java.util.BitSet;
import java.util.stream.IntStream;

/** Messages of a stream with neighbouring numbers. Indices count from the first of them. Owned by the thread of the run. */
final class Page {
    static final int MESSAGES = 1_024;

    private final BitSet promised = new BitSet();
    private final BitSet arrived = new BitSet();
    private final BitSet overtaken = new BitSet();
    private final BitSet excused = new BitSet();

    boolean isPromised(int index) {
        return promised.get(index);
    }

    boolean hasArrived(int index) {
        return arrived.get(index);
    }

    boolean isOvertaken(int index) {
        return overtaken.get(index);
    }

    boolean isExcused(int index) {
        return excused.get(index);
    }

    void promise(int index) {
        promised.set(index);
    }

    /** @param isLate whether one that was sent later has arrived before */
    void arrive(int index, boolean isLate) {
        arrived.set(index);
        excused.clear(index);
        overtaken.set(index, isLate);
    }

    /** What was promised and is not there, lowest first. */
    IntStream missing() {
        return promised.stream().filter(index -> !arrived.get(index));
    }

    /** Withdraws the promise of one that has not arrived, even if it is yet to be given. */
    void excuse(int index) {
        promised.clear(index);
        excused.set(index);
    }

    /** Whether nothing but repetitions can come: the page need not be kept. */
    boolean isSettled(boolean arePromised) {
        return arrived.cardinality() == MESSAGES && (!arePromised || promised.cardinality() == MESSAGES);
    }
}
