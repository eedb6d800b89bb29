package io.causeway.simulator.scenario;

import java.time.Duration;

/** When a sensor publishes its next report. */
public sealed interface Pace {
    /**
     * In a rhythm of its own, whatever the gateway does: an open loop. A sensor that still waits for an acknowledgement
     * publishes late, and its latency counts from when it should have.
     *
     * @param interval from one to the next; the first comes within one interval
     * @param jitter   0 to 1, the share of the interval by which each may be earlier or later
     */
    record Every(Duration interval, double jitter) implements Pace {
        /** @throws IllegalArgumentException if the interval is none, or the jitter no share */
        public Every {
            Require.positive(interval, "the interval");
            Require.share(jitter, "the jitter");
        }
    }

    /**
     * As soon as the one before is acknowledged: a closed loop.
     *
     * @param pause after the acknowledgement; zero or more
     */
    record OnAcknowledgement(Duration pause) implements Pace {
        /** @throws IllegalArgumentException if the pause is negative */
        public OnAcknowledgement {
            Require.notNegative(pause, "the pause");
        }
    }
}
