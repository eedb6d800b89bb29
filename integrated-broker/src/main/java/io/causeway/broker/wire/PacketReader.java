package io.causeway.broker.wire;

import io.causeway.broker.wire.PropertyKind.Place;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribePayload;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.ArrayList;
import java.util.List;

import static io.causeway.broker.wire.BadPacketException.malformed;
import static io.causeway.broker.wire.BadPacketException.protocolError;

/** Reads the bodies of what a client sends after its CONNECT. What a topic or a filter may be is not looked at. */
final class PacketReader {
    private static final int QOS = 0b11;
    private static final int NO_LOCAL = 0b100;
    private static final int RETAIN_AS_PUBLISHED = 0b1000;
    private static final int RETAIN_HANDLING_SHIFT = 4;
    private static final int RESERVED_OPTIONS = 0b1100_0000;
    private static final int NO_PACKET_ID = -1;

    private final boolean mqtt5;

    PacketReader(MqttVersion version) {
        mqtt5 = version == MqttVersion.MQTT_5;
    }

    MqttMessage read(MqttFixedHeader header, BodyReader body) {
        return switch (header.messageType()) {
            case PUBLISH -> publish(header, body);
            case PUBACK -> new MqttPubAckMessage(header, acknowledgement(header, body));
            case PUBREC, PUBREL, PUBCOMP -> new MqttMessage(header, acknowledgement(header, body));
            case SUBSCRIBE -> subscribe(header, body);
            case UNSUBSCRIBE -> unsubscribe(header, body);
            case PINGREQ -> pingRequest(body);
            case DISCONNECT -> disconnect(header, body);
            case AUTH -> auth(header, body);
            case CONNECT -> throw protocolError("a second CONNECT"); // [MQTT-3.1.0-2]
            case CONNACK, SUBACK, UNSUBACK, PINGRESP -> throw protocolError(header.messageType() + " of a client");
        };
    }

    private MqttPublishMessage publish(MqttFixedHeader header, BodyReader body) {
        String topic = body.text();
        int packetId = header.qosLevel() == MqttQoS.AT_MOST_ONCE ? NO_PACKET_ID : packetId(body);
        MqttProperties properties = properties(header, body);
        if (topic.isEmpty() && properties.getProperty(MqttProperties.TOPIC_ALIAS) == null) {
            throw protocolError("PUBLISH without topic"); // MQTT 5 §3.3.2.1
        }
        return new MqttPublishMessage(header, new MqttPublishVariableHeader(topic, packetId, properties), body.rest());
    }

    private MqttPubReplyMessageVariableHeader acknowledgement(MqttFixedHeader header, BodyReader body) {
        int packetId = packetId(body);
        byte reason = reasonCode(body);
        MqttProperties properties = body.isAtEnd() ? MqttProperties.NO_PROPERTIES : properties(header, body);
        body.requireEnd();
        return new MqttPubReplyMessageVariableHeader(packetId, reason, properties);
    }

    private MqttSubscribeMessage subscribe(MqttFixedHeader header, BodyReader body) {
        int packetId = packetId(body);
        MqttProperties properties = properties(header, body);
        List<MqttTopicSubscription> subscriptions = new ArrayList<>();
        while (!body.isAtEnd()) {
            subscriptions.add(new MqttTopicSubscription(body.text(), subscriptionOptions(body.oneOctet())));
        }
        if (subscriptions.isEmpty()) {
            throw protocolError("SUBSCRIBE without topic filter"); // [MQTT-3.8.3-2]
        }
        return new MqttSubscribeMessage(
                header,
                new MqttMessageIdAndPropertiesVariableHeader(packetId, properties),
                new MqttSubscribePayload(subscriptions));
    }

    private MqttSubscriptionOption subscriptionOptions(int options) {
        int retainHandling = (options >> RETAIN_HANDLING_SHIFT) & QOS;
        boolean reserved = mqtt5 ? (options & RESERVED_OPTIONS) != 0 : (options & ~QOS) != 0;
        if (reserved) {
            throw malformed("SUBSCRIBE with options " + Integer.toHexString(options)); // [MQTT-3.8.3-5]
        }
        if ((options & QOS) == QOS || retainHandling == RetainedHandlingPolicy.values().length) {
            throw protocolError("SUBSCRIBE with options " + Integer.toHexString(options)); // MQTT 5 §3.8.3.1
        }
        return new MqttSubscriptionOption(
                MqttQoS.valueOf(options & QOS),
                (options & NO_LOCAL) != 0,
                (options & RETAIN_AS_PUBLISHED) != 0,
                RetainedHandlingPolicy.valueOf(retainHandling));
    }

    private MqttUnsubscribeMessage unsubscribe(MqttFixedHeader header, BodyReader body) {
        int packetId = packetId(body);
        MqttProperties properties = properties(header, body);
        List<String> filters = new ArrayList<>();
        while (!body.isAtEnd()) {
            filters.add(body.text());
        }
        if (filters.isEmpty()) {
            throw protocolError("UNSUBSCRIBE without topic filter"); // [MQTT-3.10.3-2]
        }
        return new MqttUnsubscribeMessage(
                header,
                new MqttMessageIdAndPropertiesVariableHeader(packetId, properties),
                new MqttUnsubscribePayload(filters));
    }

    private static MqttMessage pingRequest(BodyReader body) {
        body.requireEnd();
        return MqttMessage.PINGREQ;
    }

    private MqttMessage disconnect(MqttFixedHeader header, BodyReader body) {
        byte reason = reasonCode(body);
        MqttProperties properties = body.isAtEnd() ? MqttProperties.NO_PROPERTIES : properties(header, body);
        body.requireEnd();
        return new MqttMessage(header, new MqttReasonCodeAndPropertiesVariableHeader(reason, properties));
    }

    private MqttMessage auth(MqttFixedHeader header, BodyReader body) {
        if (!mqtt5) {
            throw malformed("packet type 15 before MQTT 5");
        }
        return disconnect(header, body); // the same form
    }

    /** That of success, if it is left out (MQTT 5 §3.4.2.1). */
    private byte reasonCode(BodyReader body) {
        return mqtt5 && !body.isAtEnd() ? (byte) body.oneOctet() : 0;
    }

    private MqttProperties properties(MqttFixedHeader header, BodyReader body) {
        return mqtt5 ? PropertyReader.read(body, Place.of(header.messageType())) : MqttProperties.NO_PROPERTIES;
    }

    private static int packetId(BodyReader body) {
        int packetId = body.twoOctets();
        if (packetId == 0) {
            throw protocolError("packet identifier 0"); // [MQTT-2.2.1-3]
        }
        return packetId;
    }
}
