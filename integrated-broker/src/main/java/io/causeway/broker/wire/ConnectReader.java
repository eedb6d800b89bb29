package io.causeway.broker.wire;

import io.causeway.broker.wire.PropertyKind.Place;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttVersion;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CONNECT (MQTT 5 §3.1), and keeps the version that it names even if the rest of it is bad. The level in what was
 * read may have the {@link BridgeBit}.
 */
final class ConnectReader {
    private static final int USER_NAME = 0x80;
    private static final int PASSWORD = 0x40;
    private static final int WILL_RETAIN = 0x20;
    private static final int WILL_QOS_SHIFT = 3;
    private static final int WILL_QOS = 0b11;
    private static final int WILL = 0x04;
    private static final int CLEAN = 0x02;
    private static final int RESERVED = 0x01;

    private @Nullable MqttVersion version;

    /** What the client speaks; null before that was read. */
    @Nullable
    MqttVersion version() {
        return version;
    }

    /** @throws UnsupportedVersionException if it is another version of MQTT */
    MqttConnectMessage read(MqttFixedHeader header, BodyReader body) {
        String name = body.text();
        int level = body.oneOctet();
        MqttVersion read = versionOf(name, level);
        version = read;
        int flags = body.oneOctet();
        requireLegal(flags, read);
        int keepAliveSeconds = body.twoOctets();
        MqttProperties properties =
                read == MqttVersion.MQTT_5 ? PropertyReader.read(body, Place.CONNECT) : MqttProperties.NO_PROPERTIES;
        boolean hasWill = has(flags, WILL);
        MqttConnectVariableHeader variableHeader = new MqttConnectVariableHeader(
                name,
                level,
                has(flags, USER_NAME),
                has(flags, PASSWORD),
                has(flags, WILL_RETAIN),
                willQos(flags),
                hasWill,
                has(flags, CLEAN),
                keepAliveSeconds,
                properties);
        MqttConnectMessage connect =
                new MqttConnectMessage(header, variableHeader, readPayload(body, variableHeader, read));
        body.requireEnd();
        return connect;
    }

    private static MqttVersion versionOf(String name, int level) {
        boolean known = false;
        for (MqttVersion each : MqttVersion.values()) {
            if (each.protocolName().equals(name)) {
                known = true;
                boolean asBridge = BridgeBit.strip(level) == each.protocolLevel() && each != MqttVersion.MQTT_5;
                if (each.protocolLevel() == level || asBridge) {
                    return each;
                }
            }
        }
        if (known) {
            throw new UnsupportedVersionException(level);
        }
        throw BadPacketException.malformed("a protocol name that is not MQTT's"); // [MQTT-3.1.2-1]
    }

    private static void requireLegal(int flags, MqttVersion version) {
        boolean reserved = has(flags, RESERVED) && version != MqttVersion.MQTT_3_1; // it had no word on that bit
        boolean willless = !has(flags, WILL) && (willQos(flags) != 0 || has(flags, WILL_RETAIN));
        if (reserved || willless || willQos(flags) == WILL_QOS) {
            throw BadPacketException.malformed("CONNECT with flags " + Integer.toHexString(flags));
        }
        if (has(flags, PASSWORD) && !has(flags, USER_NAME) && version != MqttVersion.MQTT_5) {
            throw BadPacketException.malformed("CONNECT with a password but no user name"); // 3.1.1 [MQTT-3.1.2-22]
        }
    }

    private static MqttConnectPayload readPayload(
            BodyReader body, MqttConnectVariableHeader header, MqttVersion version) {
        String clientId = body.text();
        MqttProperties willProperties = MqttProperties.NO_PROPERTIES;
        String willTopic = null;
        byte[] willMessage = null;
        if (header.isWillFlag()) {
            if (version == MqttVersion.MQTT_5) {
                willProperties = PropertyReader.read(body, Place.WILL);
            }
            willTopic = body.text();
            willMessage = body.binary();
        }
        String user = header.hasUserName() ? body.text() : null;
        byte[] password = header.hasPassword() ? body.binary() : null;
        return new MqttConnectPayload(clientId, willProperties, willTopic, willMessage, user, password);
    }

    private static int willQos(int flags) {
        return (flags >> WILL_QOS_SHIFT) & WILL_QOS;
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}
