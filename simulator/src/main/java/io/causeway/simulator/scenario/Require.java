package io.causeway.simulator.scenario;

import java.time.Duration;

/** What the values of a scenario have in common. */
final class Require {
    private Require() {}

    static void that(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    static void positive(Duration duration, String name) {
        that(!duration.isNegative() && !duration.isZero(), name + " must be more than nothing");
    }

    static void notNegative(Duration duration, String name) {
        that(!duration.isNegative(), name + " must not be negative");
    }

    static void share(double share, String name) {
        that(share >= 0 && share <= 1, name + " must be 0 % to 100 %");
    }
}
