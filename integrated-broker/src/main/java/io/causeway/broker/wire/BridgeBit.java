package io.causeway.broker.wire;

/**
 * How a broker tells another one that it connects as a bridge: by the highest bit of the protocol level in CONNECT. It is
 * no part of MQTT 3.1 and 3.1.1 but what their brokers agree on: nothing of its own is sent back to a bridge, and retain
 * flags stay as they were published. MQTT 5 has options of a subscription for that.
 */
public final class BridgeBit {
    private static final int BIT = 0x80;

    private BridgeBit() {}

    public static boolean isIn(int protocolLevel) {
        return (protocolLevel & BIT) != 0;
    }

    /** The protocol level that is left. */
    public static int strip(int protocolLevel) {
        return protocolLevel & ~BIT;
    }
}
