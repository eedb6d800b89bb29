package io.causeway.broker.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PacketWriterTest {
    @Test
    void connAck_ofBothVersions() {
        MqttMessage connAck = MqttMessageBuilders.connAck()
                .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                .sessionPresent(true)
                .properties(properties(new IntegerProperty(MqttProperties.TOPIC_ALIAS_MAXIMUM, 16)))
                .build();

        assertThat(written(MqttVersion.MQTT_3_1_1, connAck)).isEqualTo("20020100");
        assertThat(written(MqttVersion.MQTT_5, connAck)).isEqualTo("20060100" + "03" + "220010");
    }

    @Test
    void publish_ofBothVersions() {
        MqttPublishMessage publish = MqttMessageBuilders.publish()
                .topicName("a/\u00e9")
                .qos(MqttQoS.AT_LEAST_ONCE)
                .retained(true)
                .messageId(0x1234)
                .properties(properties(new IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER, 200)))
                .payload(Unpooled.copiedBuffer("hi", StandardCharsets.UTF_8))
                .build();

        assertThat(written(MqttVersion.MQTT_3_1_1, publish)).isEqualTo("330a" + "0004612fc3a9" + "1234" + "6869");
        assertThat(written(MqttVersion.MQTT_5, publish))
                .isEqualTo("330e" + "0004612fc3a9" + "1234" + "030bc801" + "6869");
        assertThat(publish.payload().readableBytes())
                .as("the payload is only looked at")
                .isEqualTo(2);
    }

    @Test
    void everyKindOfProperty() {
        MqttProperties all = properties(
                new IntegerProperty(MqttProperties.PAYLOAD_FORMAT_INDICATOR, 1),
                new IntegerProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, -1),
                new StringProperty(MqttProperties.CONTENT_TYPE, "t"),
                new BinaryProperty(MqttProperties.CORRELATION_DATA, new byte[] {7}),
                new UserProperty("k", "v"),
                new UserProperty("k", "w"));
        MqttMessage publish = MqttMessageBuilders.publish()
                .topicName("a")
                .qos(MqttQoS.AT_MOST_ONCE)
                .properties(all)
                .payload(Unpooled.EMPTY_BUFFER)
                .build();

        assertThat(written(MqttVersion.MQTT_5, publish))
                .startsWith("3021" + "000161" + "1d")
                .contains("0101", "02ffffffff", "03000174", "09000107", "2600016b000176" + "2600016b000177");
    }

    @Test
    void acknowledgements_areAsShortAsTheyCanBe() {
        assertThat(written(MqttVersion.MQTT_5, reply(MqttMessageType.PUBACK, 0, MqttProperties.NO_PROPERTIES)))
                .isEqualTo("40020001");
        assertThat(written(MqttVersion.MQTT_5, reply(MqttMessageType.PUBREC, 0x10, MqttProperties.NO_PROPERTIES)))
                .isEqualTo("5003000110");
        assertThat(written(MqttVersion.MQTT_3_1_1, reply(MqttMessageType.PUBREC, 0x10, MqttProperties.NO_PROPERTIES)))
                .isEqualTo("50020001");
        assertThat(written(MqttVersion.MQTT_5, reply(MqttMessageType.PUBREL, 0, MqttProperties.NO_PROPERTIES)))
                .isEqualTo("62020001");
        MqttProperties why = properties(new StringProperty(MqttProperties.REASON_STRING, "no"));
        assertThat(written(MqttVersion.MQTT_5, reply(MqttMessageType.PUBACK, 0x87, why)))
                .isEqualTo("40090001" + "87" + "05" + "1f00026e6f");
    }

    @Test
    void subAckAndUnsubAck_ofBothVersions() {
        MqttMessageIdAndPropertiesVariableHeader header =
                new MqttMessageIdAndPropertiesVariableHeader(1, MqttProperties.NO_PROPERTIES);
        MqttMessage subAck =
                new MqttSubAckMessage(fixed(MqttMessageType.SUBACK), header, new MqttSubAckPayload(1, 0x80));
        MqttMessage unsubAck = new MqttUnsubAckMessage(
                fixed(MqttMessageType.UNSUBACK), header, new MqttUnsubAckPayload((short) 0, (short) 0x11));

        assertThat(written(MqttVersion.MQTT_3_1_1, subAck)).isEqualTo("90040001" + "0180");
        assertThat(written(MqttVersion.MQTT_5, subAck)).isEqualTo("90050001" + "00" + "0180");
        assertThat(written(MqttVersion.MQTT_3_1_1, unsubAck)).isEqualTo("b0020001");
        assertThat(written(MqttVersion.MQTT_5, unsubAck)).isEqualTo("b0050001" + "00" + "0011");
    }

    @Test
    void disconnectAndPingResponse() {
        MqttMessage disconnect = new MqttMessage(
                fixed(MqttMessageType.DISCONNECT),
                new MqttReasonCodeAndPropertiesVariableHeader((byte) 0x8E, MqttProperties.NO_PROPERTIES));

        assertThat(written(MqttVersion.MQTT_5, disconnect)).isEqualTo("e0018e");
        assertThat(written(MqttVersion.MQTT_3_1_1, MqttMessage.PINGRESP)).isEqualTo("d000");
    }

    private static MqttMessage reply(MqttMessageType type, int reason, MqttProperties properties) {
        return new MqttMessage(fixed(type), new MqttPubReplyMessageVariableHeader(1, (byte) reason, properties));
    }

    private static MqttFixedHeader fixed(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }

    private static MqttProperties properties(MqttProperty<?>... properties) {
        MqttProperties all = new MqttProperties();
        for (MqttProperty<?> each : properties) {
            all.add(each);
        }
        return all;
    }

    private static String written(MqttVersion version, MqttMessage packet) {
        ByteBuf out = Unpooled.buffer();
        new PacketWriter(version).write(packet, out);
        String hex = ByteBufUtil.hexDump(out);
        out.release();
        return hex;
    }
}
