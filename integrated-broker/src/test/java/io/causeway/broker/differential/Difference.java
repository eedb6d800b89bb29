package io.causeway.broker.differential;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A script that two brokers play differently, and what was seen. */
record Difference(Script script, Transcript expected, Transcript actual) {

    /** Empty if there is none. */
    static Optional<Difference> between(Player expected, Player actual, Script script) {
        Difference difference = new Difference(script, expected.play(script), actual.play(script));
        return difference.expected.equals(difference.actual) ? Optional.empty() : Optional.of(difference);
    }

    /** With as few steps as still show this difference. */
    Difference shrunk(Player expectedPlayer, Player actualPlayer) {
        Difference smallest = this;
        boolean isShrinking = true;
        while (isShrinking) {
            isShrinking = false;
            for (int i = smallest.script.steps().size() - 1; i >= 0; i--) {
                Optional<Difference> smaller = between(expectedPlayer, actualPlayer, smallest.script.without(i));
                if (smaller.filter(this::isSame).isPresent()) {
                    smallest = smaller.get();
                    isShrinking = true;
                }
            }
        }
        return smallest;
    }

    /** Whether the same step was the first to be seen differently, and in the same way. */
    private boolean isSame(Difference other) {
        return expected.moments().get(place()).equals(other.expected.moments().get(other.place()))
                && actual.moments().get(place()).equals(other.actual.moments().get(other.place()));
    }

    /** The first step that was seen differently. */
    private int place() {
        List<Moment> one = expected.moments();
        List<Moment> other = actual.moments();
        return IntStream.range(0, one.size())
                .filter(i -> !one.get(i).equals(other.get(i)))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return "versions " + script.versions() + ", different at\n"
                + expected.moments().get(place()).step() + "\n\n===== expected\n" + expected + "\n\n===== seen\n"
                + actual + "\n";
    }
}
