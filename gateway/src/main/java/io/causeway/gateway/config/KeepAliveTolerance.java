package io.causeway.gateway.config;

import io.causeway.settings.Bounds;

/** How much longer than announced a client may be silent: {@code keep-alive-tolerance}. */
public sealed interface KeepAliveTolerance {
    /** Half of it more, whatever the duration. */
    KeepAliveTolerance DEFAULT = new Factor(1.5);

    /** {@code spec}: 50 % more up to a minute, 10 % more above (1.2 §7.2). */
    record Specified() implements KeepAliveTolerance {}

    /**
     * A fixed factor.
     *
     * @param factor what the announced duration is multiplied with, 1 to 100
     */
    record Factor(double factor) implements KeepAliveTolerance {
        static final Bounds<Double> FACTORS = new Bounds<>(1.0, 100.0);

        /** @throws IllegalArgumentException if the factor is out of bounds */
        public Factor {
            FACTORS.require("factor", factor);
        }
    }
}
