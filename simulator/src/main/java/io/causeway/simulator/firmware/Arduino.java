package io.causeway.simulator.firmware;

import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.Register;
import io.causeway.codec.v12.WillTopic;
import io.netty.buffer.ByteBuf;

/**
 * The MQTT-SN client library for Arduino: sends the NUL at the end of a client id, a topic name and a will topic, and its
 * keep-alive with the least significant octet first.
 */
final class Arduino implements Habits {
    /** Of the only form of Length that it knows. */
    private static final int MAX_OCTETS = 0xFF;

    /** Of the Duration in the body of a CONNECT (1.2 §5.4.4). */
    private static final int DURATION_OFFSET = 2;

    @Override
    public void encode(Packet packet, ByteBuf out) {
        int start = out.writerIndex();
        PacketCodec.encode(packet, out);
        if (packet instanceof Connect connect) {
            out.setShortLE(Packets.bodyIndex(out, start) + DURATION_OFFSET, connect.durationSeconds());
        }
        int octets = out.writerIndex() - start + 1;
        boolean endsWithText = packet instanceof Connect || packet instanceof Register || packet instanceof WillTopic;
        if (endsWithText && octets <= MAX_OCTETS) {
            out.writeByte(0);
            out.setByte(start, octets);
        }
    }
}
