package io.causeway.simulator.scenario;

import io.causeway.codec.v12.Qos;
import java.time.Duration;

/**
 * What a sensor publishes in bursts, at random times (a Poisson process).
 *
 * @param every   the mean time from one burst to the next
 * @param burst   how many messages it has
 * @param gap     between two messages of a burst; zero or more
 * @param qos     0, 1 or 2
 * @param topic   where to
 * @param payload what
 */
public record Alarms(
        Duration every, Span<Integer> burst, Duration gap, Qos qos, TopicPattern topic, PayloadTemplate payload) {
    /** @throws IllegalArgumentException if a value is out of its range */
    public Alarms {
        Require.positive(every, "the time between bursts");
        Require.that(burst.least() >= 1 && burst.most() <= 1_000, "a burst has 1 to 1,000 messages");
        Require.notNegative(gap, "the gap");
        Require.that(qos != Qos.MINUS_ONE, "alarms have QoS 0, 1 or 2");
    }
}
