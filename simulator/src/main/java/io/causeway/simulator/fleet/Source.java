package io.causeway.simulator.fleet;

import io.causeway.client.OutgoingMessage;
import io.causeway.codec.v12.Qos;
import io.causeway.codec.v12.Topic;
import io.causeway.simulator.payload.PayloadWriter;
import io.causeway.simulator.payload.Stamp;
import io.causeway.simulator.truth.MessageStream;

/**
 * One kind of message that a sensor publishes. Owned by the thread of the run.
 *
 * @param isUrgent whether a sleeper wakes for it
 */
record Source(
        Occasions occasions,
        boolean isUrgent,
        Topic topic,
        Qos qos,
        boolean retain,
        MessageStream stream,
        PayloadWriter payloads) {
    boolean isDue(long nowNanos) {
        return nowNanos - occasions.dueNanos() >= 0;
    }

    OutgoingMessage message(int run, int sequence, long nowNanos) {
        Stamp stamp = new Stamp(run, stream.number(), sequence, nowNanos);
        return new OutgoingMessage(topic, payloads.write(stamp), qos, retain);
    }
}
