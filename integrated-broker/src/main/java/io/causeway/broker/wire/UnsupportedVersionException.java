package io.causeway.broker.wire;

import io.netty.handler.codec.DecoderException;

/** A CONNECT of a version of MQTT that is not spoken here; its form is unknown, so nothing more was read of it. */
public final class UnsupportedVersionException extends DecoderException {
    private static final int MQTT_5 = 5;

    private final int level;

    UnsupportedVersionException(int level) {
        super("protocol level " + level);
        this.level = level;
    }

    /** Whether the client, being newer than MQTT 5, expects an answer in the form of MQTT 5 rather than 3.1.1. */
    public boolean isNewer() {
        return BridgeBit.strip(level) > MQTT_5;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
