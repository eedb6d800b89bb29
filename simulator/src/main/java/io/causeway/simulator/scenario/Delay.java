package io.causeway.simulator.scenario;

import java.time.Duration;

/** How long a datagram is on its way. */
public sealed interface Delay {
    Delay NONE = new Fixed(Duration.ZERO);

    /** Always the same. */
    record Fixed(Duration time) implements Delay {
        /** @throws IllegalArgumentException if it is negative */
        public Fixed {
            Require.notNegative(time, "a delay");
        }
    }

    /** Any in a span. */
    record Uniform(Span<Duration> times) implements Delay {
        /** @throws IllegalArgumentException if it is negative */
        public Uniform {
            Require.notNegative(times.least(), "a delay");
        }
    }

    /** Around a mean (normally distributed), never below zero. */
    record Normal(Duration mean, Duration deviation) implements Delay {
        /** @throws IllegalArgumentException if one is negative */
        public Normal {
            Require.notNegative(mean, "a delay");
            Require.notNegative(deviation, "a deviation");
        }
    }

    /** Mostly short with a long tail (exponentially distributed) on top of the least. */
    record LongTail(Duration least, Duration mean) implements Delay {
        /** @throws IllegalArgumentException if the mean is below the least */
        public LongTail {
            Require.notNegative(least, "a delay");
            Require.that(mean.compareTo(least) >= 0, "the mean delay is below the least");
        }
    }
}
