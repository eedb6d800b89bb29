package io.causeway.broker.session;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import java.util.List;

/**
 * The packets with which a server answers, PUBLISH apart. The encoder leaves out of them what the client's version does
 * not have. Lengths in fixed headers are the encoder's matter.
 */
final class Answers {
    private static final MqttFixedHeader CONNACK = header(MqttMessageType.CONNACK, MqttQoS.AT_MOST_ONCE);
    private static final MqttFixedHeader PUBACK = header(MqttMessageType.PUBACK, MqttQoS.AT_MOST_ONCE);
    private static final MqttFixedHeader PUBREC = header(MqttMessageType.PUBREC, MqttQoS.AT_MOST_ONCE);
    private static final MqttFixedHeader PUBREL = header(MqttMessageType.PUBREL, MqttQoS.AT_LEAST_ONCE);
    private static final MqttFixedHeader PUBCOMP = header(MqttMessageType.PUBCOMP, MqttQoS.AT_MOST_ONCE);
    private static final MqttFixedHeader SUBACK = header(MqttMessageType.SUBACK, MqttQoS.AT_MOST_ONCE);
    private static final MqttFixedHeader UNSUBACK = header(MqttMessageType.UNSUBACK, MqttQoS.AT_MOST_ONCE);
    private static final MqttFixedHeader DISCONNECT = header(MqttMessageType.DISCONNECT, MqttQoS.AT_MOST_ONCE);

    private Answers() {}

    static MqttConnAckMessage connAckAccepted(boolean sessionPresent, MqttProperties properties) {
        return new MqttConnAckMessage(
                CONNACK,
                new MqttConnAckVariableHeader(MqttConnectReturnCode.CONNECTION_ACCEPTED, sessionPresent, properties));
    }

    /** @param why a reason string, or empty for none */
    static MqttConnAckMessage connAckRefused(MqttConnectReturnCode reason, String why) {
        return new MqttConnAckMessage(CONNACK, new MqttConnAckVariableHeader(reason, false, reasonString(why)));
    }

    static MqttMessage pubAck(int packetId, Reason reason) {
        return new MqttPubAckMessage(PUBACK, reply(packetId, reason));
    }

    static MqttMessage pubRec(int packetId, Reason reason) {
        return new MqttMessage(PUBREC, reply(packetId, reason));
    }

    static MqttMessage pubRel(int packetId, Reason reason) {
        return new MqttMessage(PUBREL, reply(packetId, reason));
    }

    static MqttMessage pubComp(int packetId, Reason reason) {
        return new MqttMessage(PUBCOMP, reply(packetId, reason));
    }

    /** @param reasons one for each filter, in their order [MQTT-3.8.4-6] */
    static MqttMessage subAck(int packetId, List<Integer> reasons) {
        return new MqttSubAckMessage(SUBACK, idWithoutProperties(packetId), new MqttSubAckPayload(reasons));
    }

    /** @param reasons one for each filter, in their order [MQTT-3.11.3-1] */
    static MqttMessage unsubAck(int packetId, List<Short> reasons) {
        return new MqttUnsubAckMessage(UNSUBACK, idWithoutProperties(packetId), new MqttUnsubAckPayload(reasons));
    }

    /** @param why a reason string, or empty for none */
    static MqttMessage disconnect(byte reason, String why) {
        return new MqttMessage(DISCONNECT, new MqttReasonCodeAndPropertiesVariableHeader(reason, reasonString(why)));
    }

    private static MqttProperties reasonString(String why) {
        if (why.isEmpty()) {
            return MqttProperties.NO_PROPERTIES;
        }
        MqttProperties properties = new MqttProperties();
        properties.add(new StringProperty(MqttProperties.REASON_STRING, why));
        return properties;
    }

    private static MqttPubReplyMessageVariableHeader reply(int packetId, Reason reason) {
        return new MqttPubReplyMessageVariableHeader(packetId, reason.octet(), MqttProperties.NO_PROPERTIES);
    }

    private static MqttMessageIdAndPropertiesVariableHeader idWithoutProperties(int packetId) {
        return new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES);
    }

    private static MqttFixedHeader header(MqttMessageType type, MqttQoS qos) {
        return new MqttFixedHeader(type, false, qos, false, 0);
    }
}
