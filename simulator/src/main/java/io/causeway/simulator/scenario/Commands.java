package io.causeway.simulator.scenario;

import io.causeway.codec.v12.Qos;
import java.time.Duration;

/**
 * What each sensor of a group subscribes to, and is sent by way of the broker at random times (a Poisson process), as an
 * application would. Nothing is sent in a run without verification.
 *
 * @param every   the mean time from one to the next, for each sensor
 * @param qos     0, 1 or 2, of the message and of the subscription
 * @param topic   with {@code {client}} or {@code {index}} in it, because it is for one sensor
 * @param payload what
 */
public record Commands(Duration every, Qos qos, TopicPattern topic, PayloadTemplate payload) {
    /** @throws IllegalArgumentException if a value is out of its range */
    public Commands {
        Require.positive(every, "the time between commands");
        Require.that(qos != Qos.MINUS_ONE, "commands have QoS 0, 1 or 2");
        Require.that(topic.isPerSensor(), "the topic of commands needs {client} or {index}");
    }
}
