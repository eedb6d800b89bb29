package io.causeway.broker.wire;

import io.causeway.testkit.Requirement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Which fields a packet has, and in which form (MQTT 5 §1.5.5, §2, §3.1.3). */
class PacketFormTest {
    private static final int MAX_OCTETS = 100;

    // ---- written -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, 8001",
        "16383, ff7f",
        "16384, 808001",
        "2097151, ffff7f",
        "2097152, 80808001",
        "268435455, ffffff7f"
    })
    @Requirement("MQTT-1.5.5-1")
    void variableByteInteger_hasAsFewOctetsAsHoldIt(int value, String hex) {
        ByteBuf out = Unpooled.buffer();

        VariableByteInteger.write(value, out);

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(hex);
        assertThat(VariableByteInteger.octets(value)).isEqualTo(hex.length() / 2);
        out.release();
    }

    @Test
    @Requirement({"MQTT-2.2.1-2", "MQTT-2.2.2-1", "MQTT-4.3.1-1"})
    void publishAtQos0_hasNoPacketIdAndSaysThatItHasNoProperties() {
        MqttPublishMessage publish = MqttMessageBuilders.publish()
                .topicName("a")
                .qos(MqttQoS.AT_MOST_ONCE)
                .messageId(7)
                .payload(Unpooled.EMPTY_BUFFER)
                .build();

        assertThat(written(publish)).isEqualTo("30040001" + "61" + "00");
    }

    @ParameterizedTest
    @CsvSource({"false, 00", "true, 01"})
    @Requirement({"MQTT-2.2.2-1", "MQTT-3.2.2-1"})
    void connAck_hasNoOtherFlagThanSessionPresent(boolean sessionPresent, String flags) {
        MqttMessage connAck = MqttMessageBuilders.connAck()
                .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                .sessionPresent(sessionPresent)
                .build();

        assertThat(written(connAck)).isEqualTo("2003" + flags + "00" + "00");
    }

    // ---- read ----------------------------------------------------------------------------------------------------

    @Test
    @Requirement({"MQTT-3.1.3-1", "MQTT-3.1.2-9", "MQTT-3.1.2-17", "MQTT-3.1.2-19"})
    void fieldsOfConnect_areReadInTheirOrder() {
        EmbeddedChannel stranger = stranger();

        stranger.writeInbound(connect("c6", "0001 63 00 0001 77 0001 78 0001 75 0001 70"));

        MqttConnectMessage connect = stranger.readInbound();
        assertThat(connect.payload().clientIdentifier()).isEqualTo("c");
        assertThat(connect.payload().willTopic()).isEqualTo("w");
        assertThat(connect.payload().willMessageInBytes()).asHexString().isEqualTo("78");
        assertThat(connect.payload().userName()).isEqualTo("u");
        assertThat(connect.payload().passwordInBytes()).asHexString().isEqualTo("70");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
                    no client id                    | 02 | nothing
                    will without flag               | 02 | 0001 61 00 0001 77 0001 78
                    flag without will               | 06 | 0001 61
                    will without properties         | 06 | 0001 61 0001 77 0001 78
                    will without topic              | 06 | 0001 61 00
                    will without payload            | 06 | 0001 61 00 0001 77
                    user name without flag          | 02 | 0001 61 0001 75
                    flag without user name          | 82 | 0001 61
                    password without flag           | 82 | 0001 61 0001 75 0001 70
                    flag without password           | c2 | 0001 61 0001 75
                    """)
    @Requirement({
        "MQTT-3.1.2-9",
        "MQTT-3.1.2-16",
        "MQTT-3.1.2-17",
        "MQTT-3.1.2-18",
        "MQTT-3.1.2-19",
        "MQTT-3.1.3-3",
        "MQTT-3.1.4-1"
    })
    void connectWhoseFlagsAndFieldsDisagree_isMalformed(String what, String flags, String payload) {
        assertThat(refusalOf(stranger(), connect(flags, payload == null ? "" : payload)))
                .as(what)
                .isEqualTo(Disconnect.MALFORMED_PACKET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a0 04 0001 00 0000", "a3 04 0001 00 0000", "e1 00", "e2 00", "f1 00", "f8 00"})
    @Requirement({"MQTT-2.1.3-1", "MQTT-3.10.1-1", "MQTT-3.14.1-1", "MQTT-3.15.1-1"})
    void reservedFlags_areMalformed(String hex) {
        assertThat(refusalOf(client(), octets(hex))).isEqualTo(Disconnect.MALFORMED_PACKET);
    }

    @Test
    @Requirement("MQTT-3.2.2-15")
    void packetOfOneOctetTooMany_isTooLarge() {
        String head = "0001 61 00";
        String allowed = "62".repeat(MAX_OCTETS - 2 - 4);
        EmbeddedChannel client = client();

        client.writeInbound(octets("30 62" + head + allowed));
        MqttPublishMessage publish = client.readInbound();
        assertThat(publish.payload().readableBytes()).isEqualTo(allowed.length() / 2);
        publish.release();

        assertThat(refusalOf(client, octets("30 63" + head + allowed + "62"))).isEqualTo(Disconnect.PACKET_TOO_LARGE);
    }

    private static String written(MqttMessage packet) {
        ByteBuf out = Unpooled.buffer();
        new PacketWriter(MqttVersion.MQTT_5).write(packet, out);
        String hex = ByteBufUtil.hexDump(out);
        out.release();
        return hex;
    }

    private static EmbeddedChannel stranger() {
        return new EmbeddedChannel(new PacketDecoder(MAX_OCTETS, MAX_OCTETS, new UnfinishedPackets(Long.MAX_VALUE)));
    }

    /** One that has been let in. */
    private static EmbeddedChannel client() {
        EmbeddedChannel client = stranger();
        client.writeInbound(connect("02", "0001 61"));
        client.readInbound();
        client.pipeline().fireUserEventTriggered(PacketDecoder.RESUME);
        return client;
    }

    private static Disconnect refusalOf(EmbeddedChannel client, ByteBuf packet) {
        return catchThrowableOfType(BadPacketException.class, () -> client.writeInbound(packet))
                .reason();
    }

    private static ByteBuf connect(String flags, String payload) {
        byte[] body = HexFormat.of().parseHex(("0004 4d515454 05" + flags + "003c 00" + payload).replace(" ", ""));
        return Unpooled.buffer().writeByte(0x10).writeByte(body.length).writeBytes(body);
    }

    private static ByteBuf octets(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
