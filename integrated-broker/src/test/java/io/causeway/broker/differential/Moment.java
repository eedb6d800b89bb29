package io.causeway.broker.differential;

import java.util.List;
import java.util.NavigableMap;

/**
 * What the clients saw in one step.
 *
 * @param seen by client: its packets as text
 */
record Moment(Step step, NavigableMap<String, List<String>> seen) {

    /** {@code "ann: CONNACK 0x00"}. */
    List<String> lines() {
        return seen.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(line -> entry.getKey() + ": " + line))
                .toList();
    }

    @Override
    public String toString() {
        return step + lines().stream().map(line -> "\n    " + line).reduce("", String::concat);
    }
}
