package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class VectorTest {
    /** What can be read although it is not allowed, so that a session can answer it with a return code. */
    private static final Map<String, Packet> FOR_THE_SESSION = Map.of(
            "connect-protocol-0", new Connect(false, true, 0, 60, "c"),
            "connect-protocol-2", new Connect(false, true, 2, 60, "c"),
            "connect-protocol-4", new Connect(false, true, 4, 60, "c"),
            "subscribe-qos-3", new Subscribe(false, Qos.MINUS_ONE, 1, new Topic.Name("a")),
            "subscribe-bad-filter-0", new Subscribe(false, Qos.AT_MOST_ONCE, 1, new Topic.Name("a#")),
            "subscribe-bad-filter-2", new Subscribe(false, Qos.AT_MOST_ONCE, 1, new Topic.Name("a+")),
            "subscribe-bad-filter-3", new Subscribe(false, Qos.AT_MOST_ONCE, 1, new Topic.Name("+a/b")),
            "publish-short-wildcard",
                    new Publish(false, Qos.AT_MOST_ONCE, false, TopicIdType.SHORT, 0x6123, 0, Octets.utf8("x")),
            "willtopic-qos-3", new WillTopic(Qos.MINUS_ONE, false, "w"));

    static List<Vector> valid() {
        return Vector.load("v1.2-valid.jsonl");
    }

    static List<Vector> invalid() {
        return Vector.load("v1.2-invalid.jsonl");
    }

    static List<Vector> longerThanLength() {
        return invalid().stream()
                .filter(vector -> vector.name().startsWith("len-too-small-"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valid")
    @Requirement({"W-FMT-01", "W-TYPE-01", "W-FLAG-01", "W-FWD-01"})
    void validDatagram_decodesToItsFieldsAndEncodesBack(Vector vector) throws MalformedPacketException {
        Packet packet = Wire.decode(vector.datagram(), Leniency.STRICT);

        assertThat(VectorFields.of(packet)).isEqualTo(vector.fields());
        assertThat(Wire.decode(vector.datagram(), Leniency.FIELD)).isEqualTo(packet);
        if (vector.reencodes() && !vector.longLength()) {
            assertThat(PacketCodec.encode(VectorFields.toPacket(vector.fields())))
                    .isEqualTo(vector.datagram());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    @Requirement({"W-LEN-03", "W-TYPE-02", "W-TTYPE-02", "W-FWD-01"})
    void invalidDatagram_isMalformedOrLeftToTheSessionToRefuse(Vector vector) throws MalformedPacketException {
        Packet forTheSession = FOR_THE_SESSION.get(vector.name());
        if (forTheSession == null) {
            Wire.refuse(vector.datagram(), Leniency.STRICT);
            return;
        }
        assertThat(vector.error()).isIn("protocol", "unsupported");
        assertThat(Wire.decode(vector.datagram(), Leniency.STRICT)).isEqualTo(forTheSession);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("longerThanLength")
    @Requirement("W-LEN-03")
    void datagramLongerThanItsLength_isLenientlyWhatLengthCovers(Vector vector) throws MalformedPacketException {
        assertThat(PacketCodec.hasTrailingOctets(vector.datagram().asByteBuf())).isTrue();
        if (vector.name().equals("len-too-small-connack")) {
            assertThat(Wire.decode(vector.datagram(), Leniency.FIELD)).isEqualTo(new ConnAck(ReturnCode.ACCEPTED));
        } else {
            Wire.refuse(vector.datagram(), Leniency.FIELD); // cut short by its Length
        }
    }
}
