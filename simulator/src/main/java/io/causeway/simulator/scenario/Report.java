package io.causeway.simulator.scenario;

import io.causeway.codec.v12.Qos;

/**
 * What a sensor publishes in its rhythm.
 *
 * @param pace    when
 * @param qos     0, 1 or 2
 * @param retain  whether the broker keeps the latest
 * @param topic   where to
 * @param payload what
 */
public record Report(Pace pace, Qos qos, boolean retain, TopicPattern topic, PayloadTemplate payload) {
    /** @throws IllegalArgumentException if the QoS is -1, or nothing would tell when the next is due */
    public Report {
        Require.that(qos != Qos.MINUS_ONE, "a report has QoS 0, 1 or 2; QoS -1 is for beacons");
        Require.that(
                qos.isAcknowledged() || pace instanceof Pace.Every, "a report at QoS 0 is not acknowledged: say every");
    }
}
