package io.causeway.testkit;

import java.time.Duration;

/**
 * What a {@link SeededNetwork} does to its messages.
 *
 * @param loss          probability that a message is lost, 0 to 1
 * @param duplication   probability that one which is not lost arrives twice, 0 to 1
 * @param reordering    probability that a copy overtakes or is overtaken, 0 to 1; the others keep their order
 * @param shortestDelay between sending and arriving, not negative
 * @param longestDelay  all delays up to it are equally likely, not shorter than the shortest
 */
public record LinkQuality(
        double loss, double duplication, double reordering, Duration shortestDelay, Duration longestDelay) {

    /** Loses nothing, keeps the order, takes no time. */
    public static final LinkQuality PERFECT = new LinkQuality(0, 0, 0, Duration.ZERO, Duration.ZERO);

    public LinkQuality {
        probability(loss, "loss");
        probability(duplication, "duplication");
        probability(reordering, "reordering");
        if (shortestDelay.isNegative() || longestDelay.compareTo(shortestDelay) < 0) {
            throw new IllegalArgumentException("no range of delays: " + shortestDelay + " to " + longestDelay);
        }
    }

    private static void probability(double value, String name) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is a probability, 0 to 1, not " + value);
        }
    }
}
