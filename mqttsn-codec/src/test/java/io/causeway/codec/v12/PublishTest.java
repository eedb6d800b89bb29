package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.Requirement;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PublishTest {

    @ParameterizedTest
    @CsvSource({"AT_MOST_ONCE, 00", "MINUS_ONE, 60"})
    @Requirement("W-FMT-05")
    void msgIdOfAnUnacknowledgedPublish_isToleratedAndSentAsZero(Qos qos, String flags)
            throws MalformedPacketException {
        var publish = new Publish(false, qos, false, TopicIdType.NORMAL, 5, 9, Octets.ofHex("ff"));

        assertThat(Wire.decodeStrictly("08", "0c", flags, "0005", "0009", "ff")).isEqualTo(publish);
        assertThat(PacketCodec.encode(publish)).isEqualTo(Wire.datagram("08", "0c", flags, "0005", "0000", "ff"));
    }

    @ParameterizedTest
    @CsvSource({"AT_LEAST_ONCE, 20", "EXACTLY_ONCE, 40"})
    @Requirement("W-FMT-05")
    void msgIdOfAnAcknowledgedPublish_isSent(Qos qos, String flags) {
        var publish = new Publish(false, qos, false, TopicIdType.NORMAL, 5, 9, Octets.ofHex("ff"));

        assertThat(PacketCodec.encode(publish)).isEqualTo(Wire.datagram("08", "0c", flags, "0005", "0009", "ff"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "ffff"})
    @Requirement("W-TID-01")
    void reservedTopicId_isReadForTheSessionToRefuse(String topicId) throws MalformedPacketException {
        int reserved = Integer.parseInt(topicId, 16);

        assertThat(Wire.decodeStrictly("07", "0c", "20", topicId, "0001"))
                .isEqualTo(new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.NORMAL, reserved, 1, Octets.EMPTY));
        assertThat(Wire.decodeStrictly("07", "12", "01", "0001", topicId))
                .isEqualTo(new Subscribe(false, Qos.AT_MOST_ONCE, 1, new Topic.Predefined(reserved)));
    }

    @Test
    void shortTopicThatIsNoName_isReadForTheSessionToRefuse() throws MalformedPacketException {
        Packet packet = Wire.decodeStrictly("07", "0c", "22", "6100", "0001");

        assertThat(packet)
                .isEqualTo(new Publish(false, Qos.AT_LEAST_ONCE, false, TopicIdType.SHORT, 0x6100, 1, Octets.EMPTY));
        assertThat(Topic.Short.toName(0x6100)).isEmpty();
    }

    @Test
    void payloadOfADecodedPublish_isACopy() throws MalformedPacketException {
        var datagram = Unpooled.copiedBuffer(
                Wire.datagram("08", "0c", "00", "0005", "0000", "aa").toByteArray());
        var publish = (Publish) PacketCodec.decode(datagram, Leniency.STRICT);

        datagram.setByte(7, 0xBB);

        assertThat(publish.data()).isEqualTo(Octets.ofHex("aa"));
    }
}
