package io.causeway.simulator.payload;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Binary, big-endian, zero after the value.
 *
 * <pre>Magic(1) Stream(3) Run(8) Sequence(4) SentNanos(8) Check(4) Value(4)</pre>
 */
final class OctetsLayout implements Layout {
    static final OctetsLayout INSTANCE = new OctetsLayout();
    static final byte FIRST_OCTET = (byte) 0xCA;

    private static final int MAGIC = FIRST_OCTET << 24;
    private static final int CHECK_OFFSET = 24;
    private static final int OCTETS = 32;

    private OctetsLayout() {}

    @Override
    public byte[] write(Stamp stamp, double value, int octets) {
        ByteBuffer payload = ByteBuffer.allocate(Math.max(octets, OCTETS));
        payload.putInt(MAGIC | stamp.stream()).putLong(stamp.run()).putInt(stamp.sequence());
        payload.putLong(stamp.sentNanos()).putInt(0).putFloat((float) value);
        return payload.putInt(CHECK_OFFSET, Check.of(payload.array(), CHECK_OFFSET, Check.OCTETS))
                .array();
    }

    @Override
    public Optional<Stamped> read(byte[] payload) {
        ByteBuffer in = ByteBuffer.wrap(payload);
        if (payload.length < OCTETS || in.get(0) != FIRST_OCTET) {
            return Optional.empty();
        }
        int stream = in.getInt() & Stamp.MAX_STREAM;
        long run = in.getLong();
        int sequence = in.getInt();
        if (sequence < 0) {
            return Optional.empty();
        }
        Stamp stamp = new Stamp(run, stream, sequence, in.getLong());
        return Optional.of(new Stamped(stamp, in.getInt() == Check.of(payload, CHECK_OFFSET, Check.OCTETS)));
    }
}
