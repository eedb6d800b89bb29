package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.Requirement;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EncapsulatedTest {
    private static final Octets NODE = Octets.ofHex("0a0b");
    private static final Octets PINGRESP = Octets.ofHex("0217");

    @Test
    @Requirement("W-FWD-01")
    void lengthOfAnEnvelope_endsWithTheNodeId() throws MalformedPacketException {
        var envelope = new Encapsulated(1, NODE, PINGRESP);
        Octets datagram = Wire.datagram("05", "fe", "01", "0a0b", /**/ "02", "17");

        assertThat(PacketCodec.encode(envelope)).isEqualTo(datagram);
        assertThat(PacketCodec.encodedLength(envelope)).isEqualTo(datagram.length());
        assertThat(Wire.decode(datagram, Leniency.STRICT)).isEqualTo(envelope);
    }

    @ParameterizedTest
    @ValueSource(ints = {247, 248, 249, 65_526})
    @Requirement("W-FWD-01")
    void messageOfAnySize_keepsItsOwnLength(int dataOctets) throws MalformedPacketException {
        var publish =
                new Publish(false, Qos.AT_MOST_ONCE, false, TopicIdType.NORMAL, 1, 0, Octets.of(new byte[dataOctets]));
        var envelope = new Encapsulated(0, Octets.of(new byte[252]), PacketCodec.encode(publish));

        Octets datagram = PacketCodec.encode(envelope);

        assertThat(datagram.at(0)).isEqualTo((byte) 0xFF);
        assertThat(datagram.length()).isEqualTo(0xFF + PacketCodec.encodedLength(publish));
        assertThat(Wire.decode(datagram, Leniency.STRICT)).isEqualTo(envelope);
        assertThat(PacketCodec.decode(envelope.packet().asByteBuf(), Leniency.STRICT))
                .isEqualTo(publish);
    }

    @ParameterizedTest
    @CsvSource({"00, 0", "01, 1", "02, 2", "03, 3", "fc, 0", "ff, 3"})
    @Requirement("W-FWD-02")
    void ctrl_hasTheRadiusInItsLowestBitsAndIgnoresTheOthers(String ctrl, int radius) throws MalformedPacketException {
        Packet envelope = Wire.decodeStrictly("05", "fe", ctrl, "0a0b", "02", "17");

        assertThat(envelope).isEqualTo(new Encapsulated(radius, NODE, PINGRESP));
        assertThat(PacketCodec.encode(envelope).at(2)).isEqualTo((byte) radius);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "no Ctrl,                   02fe 0217",
        "no message,                05fe 01 0a0b",
        "half a header,             05fe 01 0a0b 02",
        "message longer than here,  05fe 01 0a0b 0417 00",
        "message without a length,  05fe 01 0a0b 0017",
        "Length beyond the node id, 08fe 01 0a0b 0217",
        "an envelope once more,     05fe 01 0a0b 03fe00 0217",
        "one in the long form,      05fe 01 0a0b 010005fe00 0217",
    })
    @Requirement("W-FWD-01")
    void envelopeWithoutOneWholeMessage_isMalformed(String what, String hex) {
        Wire.refuseStrictly(hex.replace(" ", ""));
        Wire.refuseLeniently(hex.replace(" ", ""));
    }

    @Test
    void nodeIdThatOnlyALongLengthCovers_isMalformed() throws MalformedPacketException {
        assertThat(Wire.decodeStrictly("010101", "fe", "00", "33".repeat(252), "0217"))
                .isEqualTo(new Encapsulated(0, Octets.ofHex("33".repeat(252)), PINGRESP));
        Wire.refuseStrictly("010102", "fe", "00", "33".repeat(253), "0217");
    }

    @Test
    void octetsBehindTheMessage_areMalformedOrIgnored() throws MalformedPacketException {
        Octets padded = Wire.datagram("05", "fe", "01", "0a0b", /**/ "02", "17", /**/ "00");

        Wire.refuse(padded, Leniency.STRICT);
        assertThat(Wire.decode(padded, Leniency.FIELD)).isEqualTo(new Encapsulated(1, NODE, PINGRESP));
        assertThat(PacketCodec.hasTrailingOctets(padded.asByteBuf())).isTrue();
    }

    @Test
    void envelopeThatCannotBeSent_cannotBeBuilt() {
        Octets envelope = PacketCodec.encode(new Encapsulated(0, NODE, PINGRESP));

        assertThatIllegalArgumentException().isThrownBy(() -> new Encapsulated(4, NODE, PINGRESP));
        assertThatIllegalArgumentException().isThrownBy(() -> new Encapsulated(0, Octets.of(new byte[253]), PINGRESP));
        assertThatIllegalArgumentException().isThrownBy(() -> new Encapsulated(0, NODE, Octets.EMPTY));
        assertThatIllegalArgumentException().isThrownBy(() -> new Encapsulated(0, NODE, Octets.ofHex("021700")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Encapsulated(0, NODE, Octets.ofHex("0317")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Encapsulated(0, NODE, envelope));
    }

    @Test
    void datagramOfAnyType_isPutIntoAnEnvelopeAsItIs() throws MalformedPacketException {
        ByteBuf reserved = Octets.ofHex("047fabcd" + "0000").asByteBuf();

        assertThat(Encapsulated.around(reserved, NODE)).isEqualTo(new Encapsulated(0, NODE, Octets.ofHex("047fabcd")));
        assertThat(PacketCodec.typeOctet(reserved)).isEqualTo(0x7f);
        assertThat(reserved.readableBytes()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02", "0117", "0317", "010003", "05fe010a0b0217"})
    void datagramThatIsNoMessage_cannotBePutIntoAnEnvelope(String hex) {
        ByteBuf datagram = Octets.ofHex(hex).asByteBuf();

        assertThatThrownBy(() -> Encapsulated.around(datagram, NODE)).isInstanceOf(MalformedPacketException.class);
    }
}
