package io.causeway.broker.session;

import io.causeway.broker.wire.BridgeBit;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;

/** Which MQTT a client speaks. */
enum ProtocolVersion {
    MQTT_3_1("MQTT 3.1"),
    MQTT_3_1_1("MQTT 3.1.1"),
    MQTT_5("MQTT 5");

    private static final int LEVEL_OF_3_1_1 = 4;

    private final String text;

    ProtocolVersion(String text) {
        this.text = text;
    }

    /** Of a CONNECT that the decoder has let pass: others than these three it does not. */
    static ProtocolVersion of(MqttConnectVariableHeader header) {
        int level = BridgeBit.strip(header.version());
        if (level == LEVEL_OF_3_1_1) {
            return MQTT_3_1_1;
        }
        return level < LEVEL_OF_3_1_1 ? MQTT_3_1 : MQTT_5;
    }

    /** With properties and reason codes. */
    boolean isFive() {
        return this == MQTT_5;
    }

    /** As people write it. */
    @Override
    public String toString() {
        return text;
    }
}
