package io.causeway.simulator.truth;

import java.util.BitSet;
import java.util.stream.IntStream;

/** Messages of a stream with neighbouring numbers. Indices count from the first of them. Owned by the thread of the run. */
final class Page {
    static final int MESSAGES = 1_024;

    private final BitSet promised = new BitSet();
    private final BitSet arrived = new BitSet();
    private final BitSet overtaken = new BitSet();

    boolean isPromised(int index) {
        return promised.get(index);
    }

    boolean hasArrived(int index) {
        return arrived.get(index);
    }

    boolean isOvertaken(int index) {
        return overtaken.get(index);
    }

    void promise(int index) {
        promised.set(index);
    }

    /** @param isLate whether one that was sent later has arrived before */
    void arrive(int index, boolean isLate) {
        arrived.set(index);
        overtaken.set(index, isLate);
    }

    /** What was promised and is not there, lowest first. */
    IntStream missing() {
        return promised.stream().filter(index -> !arrived.get(index));
    }

    /** Withdraws the promise of what is missing. */
    void excuse() {
        promised.and(arrived);
    }

    /** Whether nothing but repetitions can come: the page need not be kept. */
    boolean isSettled(boolean arePromised) {
        return arrived.cardinality() == MESSAGES && (!arePromised || promised.cardinality() == MESSAGES);
    }
}
