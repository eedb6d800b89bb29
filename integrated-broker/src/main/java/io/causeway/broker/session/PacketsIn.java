package io.causeway.broker.session;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;

/** Brings each packet of a client to what deals with it (MQTT 5 §3). Owned by the connection's loop. */
final class PacketsIn {
    private final MqttConnection connection;
    private final MqttSession session;
    private final MqttShard shard;
    private final InboundPublishes inbound;
    private final Subscribing subscribing;

    PacketsIn(MqttConnection connection, MqttSession session, MqttShard shard, InboundPublishes inbound) {
        this.connection = connection;
        this.session = session;
        this.shard = shard;
        this.inbound = inbound;
        this.subscribing = new Subscribing(connection, session, shard);
    }

    void handle(MqttMessage packet, long nowNanos) {
        switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> inbound.onPublish((MqttPublishMessage) packet, nowNanos);
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> onAcknowledgement(packet, nowNanos);
            case SUBSCRIBE -> subscribing.onSubscribe((MqttSubscribeMessage) packet, nowNanos);
            case UNSUBSCRIBE -> subscribing.onUnsubscribe((MqttUnsubscribeMessage) packet, nowNanos);
            case PINGREQ -> connection.answerPing();
            case DISCONNECT -> onDisconnect(packet, nowNanos);
            case CONNECT -> connection.onProtocolError("second CONNECT", nowNanos); // [MQTT-3.1.0-2]
            case AUTH -> connection.onProtocolError("AUTH without authentication method", nowNanos); // [MQTT-4.12.0-7]
            case CONNACK, SUBACK, UNSUBACK, PINGRESP ->
                connection.onProtocolError(packet.fixedHeader().messageType() + " from a client", nowNanos);
        }
    }

    private void onAcknowledgement(MqttMessage packet, long nowNanos) {
        int packetId = ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
        int reason = 0;
        if (packet.variableHeader() instanceof MqttPubReplyMessageVariableHeader reply) {
            reason = Byte.toUnsignedInt(reply.reasonCode());
            if (!PropertyRules.ACKNOWLEDGEMENT.allow(reply.properties())) {
                connection.onProtocolError("property that an acknowledgement cannot have", nowNanos);
                return;
            }
        }
        switch (packet.fixedHeader().messageType()) {
            case PUBACK -> session.outbound().onPubAck(packetId, reason, nowNanos);
            case PUBREC -> session.outbound().onPubRec(packetId, reason, connection, nowNanos);
            case PUBCOMP -> session.outbound().onPubComp(packetId, nowNanos);
            default -> inbound.onPubRel(packetId);
        }
    }

    private void onDisconnect(MqttMessage packet, long nowNanos) {
        int reason = 0;
        if (packet.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
                && connection.version().isFive()) {
            reason = Byte.toUnsignedInt(header.reasonCode());
            MqttProperties properties = header.properties();
            long expirySeconds =
                    PropertyReader.number(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, session.expirySeconds());
            boolean awakensExpiry = session.expirySeconds() == 0 && expirySeconds != 0;
            if (awakensExpiry || !PropertyRules.DISCONNECT.allow(properties)) {
                connection.onProtocolError("property that this DISCONNECT cannot have", nowNanos); // §3.14.2.2.2
                return;
            }
            session.changeExpiry(ConnAck.grantedExpirySeconds(
                    expirySeconds, shard.broker().settings().sessionExpiryMax()));
        }
        if (reason == 0) {
            session.will().delete();
        }
        connection.onDisconnected(reason, nowNanos);
    }
}
