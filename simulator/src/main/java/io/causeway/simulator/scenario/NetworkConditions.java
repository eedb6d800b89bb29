package io.causeway.simulator.scenario;

import java.time.Duration;

/**
 * What happens to datagrams between a sensor and the gateway, in both directions alike and to each sensor on its own,
 * except for outages, which are those of the whole group.
 *
 * @param loss            0 to 1, of datagrams
 * @param duplication     0 to 1, of datagrams that are not lost; the copy takes its own time
 * @param reordering      0 to 1, of datagrams that are held back for longer, so that later ones overtake them
 * @param delay           on the way
 * @param bitsPerSecond   of the sensor's link in each direction; 0 for no limit
 * @param outageEvery     the mean time from the end of an outage to the next (a Poisson process); zero for none
 * @param outage          how long an outage lasts; nothing passes meanwhile
 * @param natRebinding    the mean time after which the sensor's address changes without its knowing; zero for never
 */
public record NetworkConditions(
        double loss,
        double duplication,
        double reordering,
        Delay delay,
        long bitsPerSecond,
        Duration outageEvery,
        Span<Duration> outage,
        Duration natRebinding) {
    /** Nothing happens. */
    public static final NetworkConditions IDEAL = new NetworkConditions(
            0, 0, 0, Delay.NONE, 0, Duration.ZERO, new Span<>(Duration.ZERO, Duration.ZERO), Duration.ZERO);

    /** @throws IllegalArgumentException if a value is out of its range */
    public NetworkConditions {
        Require.share(loss, "the loss");
        Require.share(duplication, "the duplication");
        Require.share(reordering, "the reordering");
        Require.that(bitsPerSecond >= 0, "the bandwidth must not be negative");
        Require.notNegative(outageEvery, "the time between outages");
        Require.notNegative(outage.least(), "an outage");
        Require.notNegative(natRebinding, "the time between rebindings");
    }

    /** Whether datagrams may go straight through. */
    public boolean isIdeal() {
        return equals(IDEAL);
    }
}
