package io.causeway.broker.wire;

import io.netty.handler.codec.DecoderException;

/** A CONNECT of a version of MQTT that is not spoken here; its form is unknown, so nothing more was read of it. */
public final class UnsupportedVersionException extends DecoderException {
    /** Set by brokers that connect as bridges, in a way that is no part of MQTT. */
    private static final int BRIDGE = 0x80;

    private static final int MQTT_5 = 5;

    private final int level;

    UnsupportedVersionException(int level) {
        super("protocol level " + level);
        this.level = level;
    }

    /** Whether the client, being newer than MQTT 5, expects an answer in the form of MQTT 5 rather than 3.1.1. */
    public boolean isNewer() {
        return (level & ~BRIDGE) > MQTT_5;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
