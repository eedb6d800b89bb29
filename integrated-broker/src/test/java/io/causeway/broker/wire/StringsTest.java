package io.causeway.broker.wire;

import io.causeway.testkit.Requirement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What strings may hold, wherever they are (MQTT 5 §1.5.4). */
class StringsTest {
    private static final String CONNECT = "0004 4d515454 05 02 003c 00 0001 61";
    private static final int MAX_OCTETS = 1_024;

    /** In the packets, {@code ??} stands for the two octets of the string. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    client id                 | 10 | 0004 4d515454 05 02 003c 00 0002 ??
                    will topic                | 10 | 0004 4d515454 05 06 003c 00 0001 61 00 0002 ?? 0000
                    user name                 | 10 | 0004 4d515454 05 82 003c 00 0001 61 0002 ??
                    topic name                | 30 | 0002 ?? 00
                    response topic            | 30 | 0001 61 05 08 0002 ??
                    content type              | 30 | 0001 61 05 03 0002 ??
                    name of a user property   | 30 | 0001 61 08 26 0002 ?? 0001 61
                    value of a user property  | 30 | 0001 61 08 26 0001 61 0002 ??
                    filter of SUBSCRIBE       | 82 | 0001 00 0002 ?? 00
                    filter of UNSUBSCRIBE     | a2 | 0001 00 0002 ??
                    reason string             | e0 | 00 05 1f 0002 ??
                    """)
    @Requirement({
        "MQTT-1.5.4-1", "MQTT-1.5.4-2", "MQTT-1.5.7-1", "MQTT-3.1.3-4", "MQTT-3.1.3-11", "MQTT-3.1.3-12",
        "MQTT-3.3.2-1", "MQTT-3.3.2-13", "MQTT-3.3.2-19", "MQTT-3.8.3-1", "MQTT-3.10.3-1", "MQTT-4.7.3-2"
    })
    void stringThatIsNotUtf8OrHasAZero_isMalformed(String what, String first, String body) {
        assertThat(isRead(first, body.replace("??", "6162"))).as(what).isTrue();
        assertThat(refusalOf(first, body.replace("??", "c328"))).as(what).isEqualTo(Disconnect.MALFORMED_PACKET);
        assertThat(refusalOf(first, body.replace("??", "6100"))).as(what).isEqualTo(Disconnect.MALFORMED_PACKET);
    }

    @Test
    @Requirement("MQTT-1.5.4-3")
    void byteOrderMark_isACharacterLikeOthers() {
        EmbeddedChannel client = channelFor("30");

        client.writeInbound(packet("30", "0004 efbbbf61 00"));

        MqttPublishMessage publish = client.readInbound();
        assertThat(publish.variableHeader().topicName()).isEqualTo("\uFEFFa");
        ByteBuf out = Unpooled.buffer();
        new PacketWriter(MqttVersion.MQTT_5).write(publish, out);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("30070004efbbbf6100");
        publish.release();
        out.release();
    }

    private static boolean isRead(String first, String body) {
        EmbeddedChannel client = channelFor(first);
        client.writeInbound(packet(first, body));
        Object read = client.readInbound();
        ReferenceCountUtil.release(read);
        return read != null;
    }

    private static Disconnect refusalOf(String first, String body) {
        EmbeddedChannel client = channelFor(first);
        return catchThrowableOfType(BadPacketException.class, () -> client.writeInbound(packet(first, body)))
                .reason();
    }

    /** Of a stranger for CONNECT, else of a client that has been let in. */
    private static EmbeddedChannel channelFor(String first) {
        EmbeddedChannel client =
                new EmbeddedChannel(new PacketDecoder(MAX_OCTETS, MAX_OCTETS, new UnfinishedPackets(Long.MAX_VALUE)));
        if (!first.equals("10")) {
            client.writeInbound(packet("10", CONNECT));
            client.readInbound();
            client.pipeline().fireUserEventTriggered(PacketDecoder.RESUME);
        }
        return client;
    }

    /** With its remaining length, which is below 128. */
    private static ByteBuf packet(String first, String body) {
        byte[] octets = HexFormat.of().parseHex(body.replace(" ", ""));
        return Unpooled.buffer()
                .writeByte(Integer.parseInt(first, 16))
                .writeByte(octets.length)
                .writeBytes(octets);
    }
}
