package io.causeway.broker.wire;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;

/**
 * Octets that are no packet of MQTT, or a packet that no client may send as it is: the connection cannot go on. Carries
 * no stack trace, because a flood of garbage must stay cheap and its message says all.
 */
public final class BadPacketException extends DecoderException {
    private final Disconnect reason;

    private BadPacketException(Disconnect reason, String what) {
        super(what);
        this.reason = reason;
    }

    /** It cannot be read (MQTT 5 §4.13.1). */
    static BadPacketException malformed(String what) {
        return new BadPacketException(Disconnect.MALFORMED_PACKET, what);
    }

    /** It can be read, but says what it must not (MQTT 5 §4.13.1). */
    static BadPacketException protocolError(String what) {
        return new BadPacketException(Disconnect.PROTOCOL_ERROR, what);
    }

    static BadPacketException tooLarge(long octets, int maxOctets) {
        return new BadPacketException(
                Disconnect.PACKET_TOO_LARGE, "a packet of " + octets + " octets, " + maxOctets + " are allowed");
    }

    /** The packet may be right, but nobody can wait for its end. */
    static BadPacketException tooManyUnfinished() {
        return new BadPacketException(Disconnect.QUOTA_EXCEEDED, "too many octets of unfinished packets");
    }

    /** What an MQTT 5 client is told. */
    public Disconnect reason() {
        return reason;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
