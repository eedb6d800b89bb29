package io.causeway.broker.wire;

import io.netty.handler.codec.mqtt.MqttMessage;

/** How long a packet was that was read. */
public final class WireSize {
    private WireSize() {}

    /** Of the whole packet, as {@link PacketDecoder} has read it. */
    public static int octets(MqttMessage packet) {
        int length = packet.fixedHeader().remainingLength();
        return 1 + VariableByteInteger.octets(length) + length;
    }
}
