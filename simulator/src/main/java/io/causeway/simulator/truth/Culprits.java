package io.causeway.simulator.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Messages that something is wrong with: how many, and the numbers of the first of them. */
final class Culprits {
    private static final int MOST_NUMBERS = 5;

    private final List<Integer> first = new ArrayList<>(0);
    private long count;

    void add(int sequence) {
        count++;
        if (first.size() < MOST_NUMBERS) {
            first.add(sequence);
        }
    }

    long count() {
        return count;
    }

    /** As in "7 messages: #3, #5, #6, #9, #12, ...". */
    @Override
    public String toString() {
        String messages = count == 1 ? "1 message: " : count + " messages: ";
        String rest = count > first.size() ? ", ..." : "";
        return messages + first.stream().map(sequence -> "#" + sequence).collect(Collectors.joining(", ")) + rest;
    }
}
