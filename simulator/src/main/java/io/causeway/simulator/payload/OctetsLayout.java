package io.causeway.simulator.payload;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Binary, big-endian, zero after the value.
 *
 * <pre>Magic(4) Run(4) Stream(4) Sequence(4) SentNanos(8) Value(4)</pre>
 */
final class OctetsLayout implements Layout {
    static final OctetsLayout INSTANCE = new OctetsLayout();
    static final byte FIRST_OCTET = (byte) 0xCA;

    private static final int MAGIC = 0xCA05_E3A1;
    private static final int OCTETS = 28;

    private OctetsLayout() {}

    @Override
    public byte[] write(Stamp stamp, double value, int octets) {
        ByteBuffer payload = ByteBuffer.allocate(Math.max(octets, OCTETS));
        payload.putInt(MAGIC).putInt(stamp.run()).putInt(stamp.stream()).putInt(stamp.sequence());
        payload.putLong(stamp.sentNanos()).putFloat((float) value);
        return payload.array();
    }

    @Override
    public Optional<Stamp> read(byte[] payload) {
        ByteBuffer in = ByteBuffer.wrap(payload);
        if (payload.length < OCTETS || in.getInt() != MAGIC) {
            return Optional.empty();
        }
        int run = in.getInt();
        int stream = in.getInt();
        int sequence = in.getInt();
        return stream < 0 || sequence < 0
                ? Optional.empty()
                : Optional.of(new Stamp(run, stream, sequence, in.getLong()));
    }
}
