package io.causeway.broker.session;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.util.ReferenceCountUtil;

/**
 * What lives as long as a network connection. Owned by the loop of its {@link MqttShard}: all methods are called there.
 * Once closed, by whichever side, it ignores everything.
 */
public final class MqttConnection {
    MqttConnection() {}

    /** A packet of the client; takes over the reference to its payload. */
    public void onPacket(MqttMessage packet, long nowNanos) {
        ReferenceCountUtil.release(packet);
    }

    /** No more packets for now: what was answered is flushed. */
    public void onReadComplete(long nowNanos) {}

    /** The port is writable again, or is no more. */
    public void onWritable(long nowNanos) {}

    /**
     * Octets that are no packet, or one that is too large.
     *
     * @param reason MALFORMED_PACKET, PACKET_TOO_LARGE, ...: told to an MQTT 5 client
     * @param what   for the log
     */
    public void onMalformed(MqttReasonCodes.Disconnect reason, String what, long nowNanos) {}

    /** The peer has closed, or the connection is broken. The port needs no close any more. */
    public void onClosed(String cause, long nowNanos) {}

    /** False once it is over. */
    public boolean isOpen() {
        return false;
    }
}
