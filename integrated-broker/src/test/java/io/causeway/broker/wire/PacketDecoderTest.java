package io.causeway.broker.wire;

import io.causeway.testkit.Requirement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class PacketDecoderTest {
    /** Clean session, keep alive 60 s, client id "a". */
    private static final String CONNECT_31 = "10 0f 0006 4d5149736470 03 02 003c 0001 61";

    private static final String CONNECT_311 = "10 0d 0004 4d515454 04 02 003c 0001 61";
    private static final String CONNECT_5 = "10 0e 0004 4d515454 05 02 003c 00 0001 61";
    private static final int MAX_OCTETS = 1024 * 1024;
    private static final int MAX_CONNECT_OCTETS = 2_048;

    private final PacketDecoder decoder =
            new PacketDecoder(MAX_OCTETS, MAX_CONNECT_OCTETS, new UnfinishedPackets(Long.MAX_VALUE));
    private final EmbeddedChannel channel = new EmbeddedChannel(decoder);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void connect_isReadWhole() {
        feed("10 34 0004 4d515454 05 c6 003c"
                + "12 11 00000e10 21 0014 27 00001000 22 000a 17 01"
                + "0001 61"
                + "05 18 00000005"
                + "0001 77 0002 6279"
                + "0001 75 0002 7077");

        MqttConnectMessage connect = channel.readInbound();
        assertThat(connect.variableHeader().version()).isEqualTo(5);
        assertThat(connect.variableHeader().isCleanSession()).isTrue();
        assertThat(connect.variableHeader().keepAliveTimeSeconds()).isEqualTo(60);
        assertThat(connect.payload().clientIdentifier()).isEqualTo("a");
        assertThat(connect.payload().willTopic()).isEqualTo("w");
        assertThat(connect.payload().willMessageInBytes()).asHexString().isEqualTo("6279");
        assertThat(connect.payload().userName()).isEqualTo("u");
        assertThat(connect.payload().passwordInBytes()).asHexString().isEqualTo("7077");
        assertThat(connect.variableHeader()
                        .properties()
                        .getProperty(MqttProperties.RECEIVE_MAXIMUM)
                        .value())
                .isEqualTo(20);
        assertThat(connect.payload()
                        .willProperties()
                        .getProperty(MqttProperties.WILL_DELAY_INTERVAL)
                        .value())
                .isEqualTo(5);
    }

    @Test
    void clientIdOfMqtt31_mayBeAsLongAsItLikes() {
        feed("10 27 0006 4d5149736470 03 02 003c 0019 " + "61".repeat(25));

        MqttConnectMessage connect = channel.readInbound();
        assertThat(connect.payload().clientIdentifier()).hasSize(25);
    }

    @Test
    void octetByOctet_isTheSameAsAtOnce() {
        for (byte each : octets(CONNECT_5)) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {each}));
        }

        assertThat(channel.<MqttMessage>readInbound().fixedHeader().messageType())
                .isEqualTo(MqttMessageType.CONNECT);
    }

    @Test
    void whatFollowsConnect_waitsUntilTheClientIsLetIn() {
        feed(CONNECT_311 + "c000" + "30 03 0001 61");

        assertThat(channel.<MqttMessage>readInbound().fixedHeader().messageType())
                .isEqualTo(MqttMessageType.CONNECT);
        assertThat(channel.<MqttMessage>readInbound()).isNull();

        channel.pipeline().fireUserEventTriggered(PacketDecoder.RESUME);
        assertThat(channel.<MqttMessage>readInbound()).isSameAs(MqttMessage.PINGREQ);
        assertThat(typeOfNext()).isEqualTo(MqttMessageType.PUBLISH);
    }

    @Test
    @Requirement({"MQTT-3.1.0-1", "MQTT-3.1.0-2"})
    void firstPacketIsNoConnect_orASecondOne_isAProtocolError() {
        assertThat(refusalOf("c000")).isEqualTo(Disconnect.PROTOCOL_ERROR);

        EmbeddedChannel other = connected(CONNECT_5);
        assertThat(refusalOf(other, CONNECT_5)).isEqualTo(Disconnect.PROTOCOL_ERROR);
    }

    @Test
    void afterABadPacket_nothingIsReadAnyMore() {
        assertThat(refusalOf("00")).isEqualTo(Disconnect.MALFORMED_PACKET);

        feed(CONNECT_5);
        assertThat(channel.<MqttMessage>readInbound()).isNull();
    }

    @Test
    void oversizedPacket_isRefusedByItsFirstOctets() {
        assertThat(refusalOf("10 ffffff7f")).isEqualTo(Disconnect.PACKET_TOO_LARGE);
        assertThat(refusalOf(connected(CONNECT_5), "30 ffffff7f")).isEqualTo(Disconnect.PACKET_TOO_LARGE);
    }

    @Test
    void connectOfAStranger_isBoundedMoreTightly() {
        assertThat(refusalOf("10 ff10")).isEqualTo(Disconnect.PACKET_TOO_LARGE);
        assertThat(connected(CONNECT_5).writeInbound(buffer("30 ff10"))).isFalse();
    }

    @Test
    @Requirement("MQTT-3.1.2-2")
    void otherVersions_areToldApart() {
        assertThat(unsupported("10 0d 0004 4d515454 06 02 003c 0001 61").isNewer())
                .isTrue();
        assertThat(unsupported("10 0d 0004 4d515454 02 02 003c 0001 61").isNewer())
                .isFalse();
        assertThat(unsupported("10 0d 0004 4d515454 85 02 003c 0001 61").isNewer()) // a bridge has options for that
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10 0f 0006 4d5149736470 83 02 003c 0001 61",
                "10 0d 0004 4d515454 84 02 003c 0001 61",
            })
    void bridge_isReadLikeAnyOtherClientOfItsVersion(String connect) {
        feed(connect + "30 03 0001 61");

        MqttConnectMessage read = channel.readInbound();
        assertThat(BridgeBit.isIn(read.variableHeader().version())).isTrue();
        channel.pipeline().fireUserEventTriggered(PacketDecoder.RESUME);
        assertThat(typeOfNext()).isEqualTo(MqttMessageType.PUBLISH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    reserved flag           | 10 0d 0004 4d515454 04 03 003c 0001 61
                    other protocol name     | 10 0d 0004 4d515455 04 02 003c 0001 61
                    will QoS 3              | 10 13 0004 4d515454 04 1e 003c 0001 61 0001 61 0001 61
                    will QoS without will   | 10 0d 0004 4d515454 04 0a 003c 0001 61
                    will retain without will| 10 0d 0004 4d515454 04 22 003c 0001 61
                    password without user   | 10 10 0004 4d515454 04 42 003c 0001 61 0001 70
                    octets behind the end   | 10 0e 0004 4d515454 04 02 003c 0001 61 00
                    shorter than its fields | 10 0c 0004 4d515454 04 02 003c 0001
                    client id not UTF-8     | 10 0e 0004 4d515454 04 02 003c 0002 c328
                    flags of CONNECT        | 11
                    packet type 0           | 00
                    length of five octets   | 10 ffffffff 01
                    property of PUBLISH     | 10 11 0004 4d515454 05 02 003c 03 23 0001 0001 61
                    unknown property        | 10 10 0004 4d515454 05 02 003c 02 7f01 0001 61
                    property cut short      | 10 11 0004 4d515454 05 02 003c 02 21 0001 0001 61
                    """)
    @Requirement({"MQTT-3.1.2-1", "MQTT-3.1.2-3", "MQTT-3.1.2-11", "MQTT-3.1.2-12", "MQTT-3.1.2-13", "MQTT-1.5.4-1"})
    void malformedConnect_isRefused(String what, String hex) {
        assertThat(refusalOf(hex)).as(what).isEqualTo(Disconnect.MALFORMED_PACKET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    receive maximum twice        | 10 14 0004 4d515454 05 02 003c 06 21 0001 21 0002 0001 61
                    receive maximum 0            | 10 11 0004 4d515454 05 02 003c 03 21 0000 0001 61
                    maximum packet size 0        | 10 13 0004 4d515454 05 02 003c 05 27 00000000 0001 61
                    problem information 2        | 10 10 0004 4d515454 05 02 003c 02 17 02 0001 61
                    """)
    void propertyThatSaysWhatItMustNot_isAProtocolError(String what, String hex) {
        assertThat(refusalOf(hex)).as(what).isEqualTo(Disconnect.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    QoS 3                         | 36                            | MALFORMED_PACKET
                    DUP at QoS 0                  | 38                            | MALFORMED_PACKET
                    flags of SUBSCRIBE            | 80                            | MALFORMED_PACKET
                    flags of PUBREL               | 6a                            | MALFORMED_PACKET
                    topic not UTF-8               | 30 05 0002 c328 00            | MALFORMED_PACKET
                    topic with surrogates         | 30 06 0003 eda080 00          | MALFORMED_PACKET
                    topic with U+0000             | 30 05 0002 6100 00            | MALFORMED_PACKET
                    topic longer than the packet  | 30 05 00ff 61 00 00           | MALFORMED_PACKET
                    properties longer than packet | 30 04 0001 61 05              | MALFORMED_PACKET
                    properties that end early     | 30 06 0001 61 02 2300          | MALFORMED_PACKET
                    topic alias twice             | 30 0a 0001 61 06 230001 230001| PROTOCOL_ERROR
                    neither topic nor alias       | 30 03 0000 00                 | PROTOCOL_ERROR
                    subscription id of a client   | 30 06 0001 61 02 0b01         | MALFORMED_PACKET
                    payload format 2              | 30 06 0001 61 02 0102         | PROTOCOL_ERROR
                    packet id 0                   | 32 06 0001 61 0000 00         | PROTOCOL_ERROR
                    SUBSCRIBE without filter      | 82 03 0001 00                 | PROTOCOL_ERROR
                    reserved subscription options | 82 07 0001 00 0001 61 c0      | MALFORMED_PACKET
                    subscription QoS 3            | 82 07 0001 00 0001 61 03      | PROTOCOL_ERROR
                    retain handling 3             | 82 07 0001 00 0001 61 30      | PROTOCOL_ERROR
                    subscription id 0             | 82 09 0001 02 0b00 0001 61 00 | PROTOCOL_ERROR
                    UNSUBSCRIBE without filter    | a2 03 0001 00                 | PROTOCOL_ERROR
                    PINGREQ with a body           | c0 01 00                      | MALFORMED_PACKET
                    CONNACK of a client           | 20 03 00 00 00                | PROTOCOL_ERROR
                    SUBACK of a client            | 90 04 0001 00 00              | PROTOCOL_ERROR
                    PUBACK without packet id      | 40 00                         | MALFORMED_PACKET
                    """)
    @Requirement({
        "MQTT-1.5.4-1", "MQTT-1.5.4-2", "MQTT-2.1.3-1", "MQTT-2.2.1-3", "MQTT-3.3.1-2", "MQTT-3.3.1-4",
        "MQTT-3.3.4-6", "MQTT-3.6.1-1", "MQTT-3.8.1-1", "MQTT-3.8.3-2", "MQTT-3.8.3-5", "MQTT-3.10.3-2"
    })
    void badPacketOfAnMqtt5Client_isRefusedWithTheReason(String what, String hex, Disconnect reason) {
        assertThat(refusalOf(connected(CONNECT_5), hex)).as(what).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f000", "82 06 0001 0001 61 04", "30 02 0000"})
    void whatOnlyMqtt5Knows_isMalformedBefore(String hex) {
        assertThat(refusalOf(connected(CONNECT_311), hex)).isIn(Disconnect.MALFORMED_PACKET, Disconnect.PROTOCOL_ERROR);
    }

    @Test
    void mqtt31_mayRepeatMoreThanPublish() {
        EmbeddedChannel old = connected(CONNECT_31);

        old.writeInbound(buffer("6a 02 0001"));

        assertThat(old.<MqttMessage>readInbound().fixedHeader().messageType()).isEqualTo(MqttMessageType.PUBREL);
    }

    @Test
    void replacementCharacterOfTheClientsOwn_isWelcome() {
        EmbeddedChannel client = connected(CONNECT_5);

        client.writeInbound(buffer("30 06 0003 efbfbd 00"));

        MqttPublishMessage publish = client.readInbound();
        assertThat(publish.variableHeader().topicName()).isEqualTo("\uFFFD");
        publish.release();
    }

    @Test
    void aliasInsteadOfATopic_andAPayload_areRead() {
        EmbeddedChannel client = connected(CONNECT_5);

        client.writeInbound(buffer("3b 0a 0000 1234 03 23 0007 6869"));

        MqttPublishMessage publish = client.readInbound();
        assertThat(publish.variableHeader().packetId()).isEqualTo(0x1234);
        assertThat(publish.fixedHeader().isDup()).isTrue();
        assertThat(publish.fixedHeader().isRetain()).isTrue();
        assertThat(publish.payload().toString(StandardCharsets.UTF_8)).isEqualTo("hi");
        publish.release();
    }

    @Test
    void manyPropertiesAndAShortOneLast_areAllRead() {
        EmbeddedChannel client = connected(CONNECT_5);

        client.writeInbound(buffer("30 8a01 0001 61 8401 26 0001 62 007c" + "63".repeat(124) + "0101" + "00"));

        MqttPublishMessage publish = client.readInbound();
        MqttProperties properties = publish.variableHeader().properties();
        assertThat(properties
                        .getProperty(MqttProperties.PAYLOAD_FORMAT_INDICATOR)
                        .value())
                .isEqualTo(1);
        publish.release();
    }

    @Test
    void largeSubscribeSentOctetByOctet_costsLittle() {
        int filters = 20_000;
        ByteBuf subscribe = Unpooled.buffer();
        subscribe.writeByte(0x82);
        VariableByteInteger.write(2 + 4 * filters, subscribe);
        subscribe.writeShort(1);
        for (int i = 0; i < filters; i++) {
            subscribe.writeShort(1).writeByte('a').writeByte(0);
        }
        EmbeddedChannel client = connected(CONNECT_311);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            while (subscribe.isReadable()) {
                client.writeInbound(subscribe.readRetainedSlice(1));
            }
        });

        MqttSubscribeMessage read = client.readInbound();
        assertThat(read.payload().topicSubscriptions()).hasSize(filters);
        subscribe.release();
    }

    private MqttMessageType typeOfNext() {
        MqttMessage next = channel.readInbound();
        ReferenceCountUtil.release(next);
        return next.fixedHeader().messageType();
    }

    private void feed(String hex) {
        channel.writeInbound(buffer(hex));
    }

    private Disconnect refusalOf(String hex) {
        return refusalOf(channel, hex);
    }

    private static Disconnect refusalOf(EmbeddedChannel client, String hex) {
        return catchThrowableOfType(BadPacketException.class, () -> client.writeInbound(buffer(hex)))
                .reason();
    }

    @Test
    void unfinishedPackets_areBoundedOverAllConnections() {
        UnfinishedPackets unfinished = new UnfinishedPackets(50_000);
        EmbeddedChannel first = new EmbeddedChannel(new PacketDecoder(1 << 20, 1 << 20, unfinished));
        EmbeddedChannel second = new EmbeddedChannel(new PacketDecoder(1 << 20, 1 << 20, unfinished));
        ByteBuf begun = Unpooled.buffer().writeBytes(buffer("10 80 80 04")).writeZero(30_000);
        first.writeInbound(begun.copy());

        assertThat(catchThrowableOfType(BadPacketException.class, () -> second.writeInbound(begun.copy()))
                        .reason())
                .isEqualTo(Disconnect.QUOTA_EXCEEDED);
        first.finishAndReleaseAll();
        second.finishAndReleaseAll();
        EmbeddedChannel third = new EmbeddedChannel(new PacketDecoder(1 << 20, 1 << 20, unfinished));
        third.writeInbound(begun);
        third.finishAndReleaseAll();
    }

    private static UnsupportedVersionException unsupported(String hex) {
        EmbeddedChannel stranger = new EmbeddedChannel(
                new PacketDecoder(MAX_OCTETS, MAX_CONNECT_OCTETS, new UnfinishedPackets(Long.MAX_VALUE)));
        return catchThrowableOfType(UnsupportedVersionException.class, () -> stranger.writeInbound(buffer(hex)));
    }

    /** A client that has been let in. */
    private static EmbeddedChannel connected(String connect) {
        EmbeddedChannel client = new EmbeddedChannel(
                new PacketDecoder(MAX_OCTETS, MAX_CONNECT_OCTETS, new UnfinishedPackets(Long.MAX_VALUE)));
        client.writeInbound(buffer(connect));
        client.readInbound();
        client.pipeline().fireUserEventTriggered(PacketDecoder.RESUME);
        return client;
    }

    private static ByteBuf buffer(String hex) {
        return Unpooled.wrappedBuffer(octets(hex));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
