package io.causeway.broker.session;

import io.causeway.codec.Octets;
import io.causeway.routing.ApplicationMessage;
import io.causeway.routing.MessageProperties;
import io.causeway.routing.MessageProperties.UserProperty;
import io.causeway.routing.Qos;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import org.jspecify.annotations.Nullable;

/**
 * Builds the PUBLISH packets of one connection: as its version has them, with topic aliases, and no larger than the
 * client takes. Owned by the connection's loop.
 */
final class PublishPackets {
    private static final int TOPIC_ALIAS_OCTETS = 3;
    private static final MqttFixedHeader[] HEADERS = headers();

    private final boolean withProperties;
    private final int maxPacketOctets;
    private final TopicAliasesOut aliases;

    PublishPackets(ProtocolVersion version, int maxPacketOctets, TopicAliasesOut aliases) {
        this.withProperties = version.isFive();
        this.maxPacketOctets = maxPacketOctets;
        this.aliases = aliases;
    }

    /** The packet, whose payload is shared and not copied; null if it is too large for the client [MQTT-3.1.2-24]. */
    @Nullable
    MqttPublishMessage packet(OutgoingPublish publish, boolean repeated, long nowNanos) {
        ApplicationMessage message = publish.message();
        int alias = withProperties ? aliases.known(message.topic()) : TopicAliasesOut.NONE;
        String topic = alias == TopicAliasesOut.NONE ? message.topic() : "";
        int spareOctets = spareOctets(publish, topic, alias);
        if (spareOctets < 0) {
            return null;
        }
        // At QoS 2 it may come after what is sent later: so nothing must rely on what it tells.
        boolean tells = publish.qos() != Qos.EXACTLY_ONCE && spareOctets > TOPIC_ALIAS_OCTETS;
        if (withProperties && alias == TopicAliasesOut.NONE && tells) {
            alias = aliases.assign(topic);
        }
        MqttProperties properties =
                withProperties ? properties(publish, alias, nowNanos) : MqttProperties.NO_PROPERTIES;
        return new MqttPublishMessage(
                header(publish.qos(), repeated, message.retain()),
                new MqttPublishVariableHeader(topic, publish.packetId(), properties),
                message.payload().asByteBuf());
    }

    /** Octets between the packet's size and the largest that the client takes; negative if it is too large. */
    private int spareOctets(OutgoingPublish publish, String topic, int alias) {
        if (maxPacketOctets == Integer.MAX_VALUE) {
            return Integer.MAX_VALUE;
        }
        ApplicationMessage message = publish.message();
        int properties = propertyOctets(publish) + (alias == TopicAliasesOut.NONE ? 0 : TOPIC_ALIAS_OCTETS);
        int remaining = 2
                + ByteBufUtil.utf8Bytes(topic)
                + (publish.qos() == Qos.AT_MOST_ONCE ? 0 : 2)
                + (withProperties ? variableByteOctets(properties) + properties : 0)
                + message.payload().length();
        return maxPacketOctets - (1 + variableByteOctets(remaining) + remaining);
    }

    private int propertyOctets(OutgoingPublish publish) {
        MessageProperties properties = publish.message().properties();
        int octets = (properties.payloadFormat() < 0 ? 0 : 2)
                + (properties.expirySeconds() == MessageProperties.NEVER ? 0 : 5)
                + textOctets(properties.contentType())
                + textOctets(properties.responseTopic());
        Octets correlation = properties.correlationData();
        octets += correlation == null ? 0 : 3 + correlation.length();
        for (int identifier : publish.subscriptionIds()) {
            octets += 1 + variableByteOctets(identifier);
        }
        for (UserProperty each : properties.userProperties()) {
            octets += 5 + ByteBufUtil.utf8Bytes(each.name()) + ByteBufUtil.utf8Bytes(each.value());
        }
        return octets;
    }

    private static MqttProperties properties(OutgoingPublish publish, int alias, long nowNanos) {
        MessageProperties message = publish.message().properties();
        if (message.isEmpty()
                && alias == TopicAliasesOut.NONE
                && publish.subscriptionIds().isEmpty()) {
            return MqttProperties.NO_PROPERTIES;
        }
        MqttProperties properties = new MqttProperties();
        if (alias != TopicAliasesOut.NONE) {
            properties.add(new IntegerProperty(MqttProperties.TOPIC_ALIAS, alias));
        }
        for (Integer identifier : publish.subscriptionIds()) {
            properties.add(new IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER, identifier));
        }
        addAsPublished(message, properties, nowNanos);
        return properties;
    }

    private static void addAsPublished(MessageProperties message, MqttProperties properties, long nowNanos) {
        if (message.payloadFormat() >= 0) {
            properties.add(new IntegerProperty(MqttProperties.PAYLOAD_FORMAT_INDICATOR, message.payloadFormat()));
        }
        if (message.expirySeconds() != MessageProperties.NEVER) {
            properties.add(new IntegerProperty(
                    MqttProperties.PUBLICATION_EXPIRY_INTERVAL, (int) message.remainingSeconds(nowNanos)));
        }
        String contentType = message.contentType();
        if (contentType != null) {
            properties.add(new StringProperty(MqttProperties.CONTENT_TYPE, contentType));
        }
        String responseTopic = message.responseTopic();
        if (responseTopic != null) {
            properties.add(new StringProperty(MqttProperties.RESPONSE_TOPIC, responseTopic));
        }
        Octets correlation = message.correlationData();
        if (correlation != null) {
            properties.add(new BinaryProperty(MqttProperties.CORRELATION_DATA, correlation.toByteArray()));
        }
        for (UserProperty each : message.userProperties()) {
            properties.add(new MqttProperties.UserProperty(each.name(), each.value()));
        }
    }

    private static int textOctets(@Nullable String text) {
        return text == null ? 0 : 3 + ByteBufUtil.utf8Bytes(text);
    }

    /** Octets of a variable byte integer (MQTT 5 §1.5.5). */
    private static int variableByteOctets(int value) {
        int octets = 1;
        for (int rest = value >>> 7; rest > 0; rest >>>= 7) {
            octets++;
        }
        return octets;
    }

    private static MqttFixedHeader header(Qos qos, boolean repeated, boolean retain) {
        return HEADERS[qos.value() * 4 + (repeated ? 2 : 0) + (retain ? 1 : 0)];
    }

    /** There are only twelve: the length in them is the encoder's matter. */
    private static MqttFixedHeader[] headers() {
        MqttFixedHeader[] all = new MqttFixedHeader[12];
        for (int i = 0; i < all.length; i++) {
            all[i] = new MqttFixedHeader(
                    MqttMessageType.PUBLISH, (i & 2) != 0, MqttQoS.valueOf(i >> 2), (i & 1) != 0, 0);
        }
        return all;
    }
}
