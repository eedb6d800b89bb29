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
record Source(Occasions occasions, boolean isUrgent, boolean retain, MessageStream stream, PayloadWriter payloads) {
    boolean isDue(long nowNanos) {
        return nowNanos - occasions.dueNanos() >= 0;
    }

    Qos qos() {
        return stream.channel().qos();
    }

    OutgoingMessage message(long run, int sequence, long nowNanos) {
        Stamp stamp = new Stamp(run, stream.number(), sequence, nowNanos);
        return new OutgoingMessage(new Topic.Name(stream.channel().topic()), payloads.write(stamp), qos(), retain);
    }
}
