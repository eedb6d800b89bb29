package io.causeway.benchmarks.broker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * How a message says where it comes from and when.
 *
 * <pre>SentNanos(8) Publisher(4) Sequence(4) | zeros</pre>
 */
final class Stamp {
    static final int PAYLOAD_OCTETS = 64;

    private static final int PUBLISHER_AT = Long.BYTES;
    private static final int SEQUENCE_AT = PUBLISHER_AT + Integer.BYTES;

    private Stamp() {}

    /** A payload to be stamped again and again. */
    static ByteBuf newPayload() {
        return Unpooled.buffer(PAYLOAD_OCTETS).writeZero(PAYLOAD_OCTETS);
    }

    static void write(ByteBuf payload, long sentNanos, int publisher, int sequence) {
        payload.setLong(0, sentNanos).setInt(PUBLISHER_AT, publisher).setInt(SEQUENCE_AT, sequence);
    }

    /** Of a payload that begins at the reader index, as for the others. */
    static long sentNanos(ByteBuf payload) {
        return payload.getLong(payload.readerIndex());
    }

    static int publisher(ByteBuf payload) {
        return payload.getInt(payload.readerIndex() + PUBLISHER_AT);
    }

    static int sequence(ByteBuf payload) {
        return payload.getInt(payload.readerIndex() + SEQUENCE_AT);
    }
}
