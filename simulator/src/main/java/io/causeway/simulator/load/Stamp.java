package io.causeway.simulator.load;

import io.causeway.codec.Octets;
import java.nio.ByteBuffer;

/**
 * What every payload begins with, so that its receiver can tell loss, order, duplicates and latency. Big-endian.
 *
 * <pre>SentNanos(8) Client(4) Sequence(4)</pre>
 *
 * @param sentNanos when it was first sent, {@link System#nanoTime()}, which all processes of a machine share
 * @param client    index of the client, from 0
 * @param sequence  number of the message among those of the client, from 0
 */
record Stamp(long sentNanos, int client, int sequence) {
    static final int OCTETS = 16;

    static Stamp read(ByteBuffer payload) {
        return new Stamp(payload.getLong(), payload.getInt(), payload.getInt());
    }

    /** A payload of that many octets, zero after the stamp. */
    Octets pad(int payloadOctets) {
        ByteBuffer payload = ByteBuffer.allocate(payloadOctets);
        payload.putLong(sentNanos).putInt(client).putInt(sequence);
        return Octets.of(payload.array());
    }
}
