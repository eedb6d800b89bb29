package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.Requirement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FlagsTest {
    private static final int DUP = 0b1000_0000;
    private static final int QOS = 0b0110_0000;
    private static final int RETAIN = 0b0001_0000;
    private static final int WILL = 0b0000_1000;
    private static final int CLEAN_SESSION = 0b0000_0100;
    private static final int TOPIC_ID_TYPE = 0b0000_0011;
    private static final int RESERVED_TOPIC_ID_TYPE = 0b11;

    @Test
    @Requirement("W-FLAG-01")
    void flagsThatAMessageDoesNotUse_areIgnoredAndSentAsZero() throws MalformedPacketException {
        assertUsed(WILL | CLEAN_SESSION, "07", "04", "01", "003c", "61");
        assertUsed(QOS | RETAIN, "04", "07", "61");
        assertUsed(QOS | RETAIN, "04", "1a", "61");
        assertUsed(DUP | QOS | RETAIN | TOPIC_ID_TYPE, "08", "0c", "6162", "0001", "ff");
        assertUsed(DUP | QOS | TOPIC_ID_TYPE, "07", "12", "0001", "6162");
        assertUsed(QOS, "08", "13", "0001", "0001", "00");
        assertUsed(TOPIC_ID_TYPE, "07", "14", "0001", "6162");
    }

    /** Tries all flags in a packet, which is given without them. */
    private static void assertUsed(int used, String length, String type, String... rest)
            throws MalformedPacketException {
        for (int flags = 0; flags <= 0xFF; flags++) {
            if ((flags & used & TOPIC_ID_TYPE) == RESERVED_TOPIC_ID_TYPE) {
                continue;
            }
            Packet packet = Wire.decode(withFlags(flags, length, type, rest), Leniency.STRICT);
            Packet without = Wire.decode(withFlags(flags & used, length, type, rest), Leniency.STRICT);

            assertThat(packet).as("flags %02x of type %s", flags, type).isEqualTo(without);
            assertThat(PacketCodec.encode(packet).at(2)).isEqualTo((byte) (flags & used));
        }
    }

    private static Octets withFlags(int flags, String length, String type, String... rest) {
        return Wire.datagram(length, type, "%02x".formatted(flags), String.join("", rest));
    }

    @ParameterizedTest
    @CsvSource({
        "00, false, AT_MOST_ONCE,  false, NORMAL",
        "80, true,  AT_MOST_ONCE,  false, NORMAL",
        "20, false, AT_LEAST_ONCE, false, NORMAL",
        "40, false, EXACTLY_ONCE,  false, NORMAL",
        "60, false, MINUS_ONE,     false, NORMAL",
        "10, false, AT_MOST_ONCE,  true,  NORMAL",
        "01, false, AT_MOST_ONCE,  false, PREDEFINED",
        "02, false, AT_MOST_ONCE,  false, SHORT",
    })
    @Requirement({"W-FLAG-02", "W-TTYPE-01"})
    void publish_hasEachFlagInItsPlace(String flags, boolean dup, Qos qos, boolean retain, TopicIdType topicIdType)
            throws MalformedPacketException {
        var publish = new Publish(dup, qos, retain, topicIdType, 0x6162, 0, Octets.EMPTY);
        Octets datagram = Wire.datagram("07", "0c", flags, "6162", "0000");

        assertThat(Wire.decode(datagram, Leniency.STRICT)).isEqualTo(publish);
        assertThat(PacketCodec.encode(publish)).isEqualTo(datagram);
    }

    @ParameterizedTest
    @CsvSource({"00, false, false", "04, false, true", "08, true, false", "0c, true, true"})
    @Requirement("W-FLAG-02")
    void connect_hasEachFlagInItsPlace(String flags, boolean will, boolean cleanSession)
            throws MalformedPacketException {
        var connect = new Connect(will, cleanSession, Connect.PROTOCOL_ID, 60, "a");
        Octets datagram = Wire.datagram("07", "04", flags, "01", "003c", "61");

        assertThat(Wire.decode(datagram, Leniency.STRICT)).isEqualTo(connect);
        assertThat(PacketCodec.encode(connect)).isEqualTo(datagram);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "14"})
    @Requirement("W-TTYPE-01")
    void sameOctets_areNameIdOrShortNameByTopicIdType(String type) throws MalformedPacketException {
        assertThat(topicOf(Wire.decodeStrictly("07", type, "00", "0001", "6162")))
                .isEqualTo(new Topic.Name("ab"));
        assertThat(topicOf(Wire.decodeStrictly("07", type, "01", "0001", "6162")))
                .isEqualTo(new Topic.Predefined(0x6162));
        assertThat(topicOf(Wire.decodeStrictly("07", type, "02", "0001", "6162")))
                .isEqualTo(new Topic.Short("ab"));
    }

    private static Topic topicOf(Packet packet) {
        return packet instanceof Subscribe subscribe ? subscribe.topic() : ((Unsubscribe) packet).topic();
    }

    @Test
    @Requirement("W-TTYPE-02")
    void reservedTopicIdType_isMalformedButCanBeAnswered() {
        MalformedPacketException publish = Wire.refuseLeniently("07", "0c", "23", "0005", "0007");
        assertThat(publish.msgId()).isEqualTo(7);
        assertThat(publish.topicId()).isEqualTo(5);

        assertThat(Wire.refuseLeniently("07", "12", "03", "0007", "0001").msgId())
                .isEqualTo(7);
        assertThat(Wire.refuseLeniently("07", "14", "03", "0007", "0001").msgId())
                .isEqualTo(7);
    }
}
