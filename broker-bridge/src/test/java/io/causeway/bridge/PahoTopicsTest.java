package io.causeway.bridge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PahoTopicsTest {
    private static final String SMILE = "t/\uD83D\uDE00";

    private static byte[] hex(String... fields) {
        return HexFormat.of().parseHex(String.join("", fields));
    }

    private static byte[] publish(String topic, int qos, String payload) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        byte[] content = payload.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x30 | qos << 1);
        packet.writeBytes(MqttWireMessage.encodeMBI(2L + name.length + (qos > 0 ? 2 : 0) + content.length));
        packet.write(name.length >> 8);
        packet.write(name.length);
        packet.writeBytes(name);
        if (qos > 0) {
            packet.write(0x12);
            packet.write(0x34);
        }
        packet.writeBytes(content);
        return packet.toByteArray();
    }

    private static byte[] guarded(byte[] packets) throws IOException {
        return PahoTopics.guarding(new ByteArrayInputStream(packets)).readAllBytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "t/\u00E9", "t/\u6E29", "t/\uD83D\uDE00", "t/\uFF54", "t/\u0001", "t/\u007F"})
    void topicsSaidToBeCarried_areThoseThatPahoEncodes(String topic) {
        boolean encodes;
        try {
            MqttWireMessage.encodeUTF8(new DataOutputStream(new ByteArrayOutputStream()), topic);
            encodes = true;
        } catch (Exception e) {
            encodes = false;
        }
        assertThat(PahoTopics.canCarry(topic)).isEqualTo(encodes);
    }

    @Test
    void packetsThatPahoReads_passUnchanged() throws IOException {
        byte[] packets = hex(
                "20020000", // CONNACK
                "d000", // PINGRESP
                "3205" + "0001" + "61" + "0001", // PUBLISH to a, QoS 1, no payload
                "3006" + "0003" + "e6b8a9" + "21", // PUBLISH to a topic of three octets
                "40020001"); // PUBACK
        assertThat(guarded(packets)).isEqualTo(packets);
    }

    @Test
    void longPayload_passesUnchanged() throws IOException {
        byte[] packet = publish("t", 1, "x".repeat(200_000));
        assertThat(guarded(packet)).isEqualTo(packet);
    }

    @Test
    void topicThatPahoDoesNotRead_comesInFrontOfThePayload() throws Exception {
        for (int qos = 0; qos <= 2; qos++) {
            byte[] packet = guarded(publish(SMILE, qos, "content"));
            MqttPublish read = (MqttPublish) MqttWireMessage.createWireMessage(packet);
            assertThat(PahoTopics.isStandIn(read.getTopicName())).isTrue();
            assertThat(read.getMessage().getQos()).isEqualTo(qos);
            assertThat(read.getMessageId()).isEqualTo(qos == 0 ? 0 : 0x1234);
            assertThat(PahoTopics.topicOf(read.getPayload())).isEqualTo(SMILE);
            assertThat(PahoTopics.payloadOf(read.getPayload())).asString().isEqualTo("content");
        }
    }

    @Test
    void topicThatIsNoUtf8_comesInFrontOfThePayloadToo() throws Exception {
        MqttPublish read = (MqttPublish) MqttWireMessage.createWireMessage(guarded(hex("3005", "0002", "74ff", "21")));
        assertThat(PahoTopics.topicOf(read.getPayload())).isEqualTo("t\uFFFD");
    }

    @Test
    void standInItself_isStoodInFor() throws Exception {
        MqttPublish read = (MqttPublish) MqttWireMessage.createWireMessage(guarded(publish("\uE000", 0, "x")));
        assertThat(PahoTopics.topicOf(read.getPayload())).isEqualTo("\uE000");
        assertThat(PahoTopics.payloadOf(read.getPayload())).asString().isEqualTo("x");
    }

    @Test
    void packetAfterAChangedOne_isInItsPlace() throws IOException {
        byte[] changed = guarded(publish(SMILE, 1, "content"));
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(publish(SMILE, 1, "content"));
        both.writeBytes(hex("40020001"));
        assertThat(guarded(both.toByteArray())).startsWith(changed).endsWith(hex("40020001"));
    }

    @Test
    void brokenPackets_areErrorsOfTheStream() {
        assertThatThrownBy(() -> guarded(hex("30ffffffff01"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> guarded(hex("3206", "0004", "f09f9880"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> guarded(hex("30"))).isInstanceOf(IOException.class);
    }
}
