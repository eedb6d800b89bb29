package io.causeway.broker.differential;

import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What the clients saw in one step.
 *
 * @param seen by client: its packets as text, without what may differ
 */
record Moment(Step step, SortedMap<String, List<String>> seen) {

    @Override
    public String toString() {
        return step
                + seen.entrySet().stream()
                        .flatMap(
                                entry -> entry.getValue().stream().map(line -> "\n    " + entry.getKey() + ": " + line))
                        .collect(Collectors.joining());
    }
}
