package io.causeway.broker.differential;

import java.util.List;
import java.util.stream.Collectors;

/** What the clients of a script saw, step by step. */
record Transcript(List<Moment> moments) {

    @Override
    public String toString() {
        return moments.stream().map(Moment::toString).collect(Collectors.joining("\n"));
    }
}
