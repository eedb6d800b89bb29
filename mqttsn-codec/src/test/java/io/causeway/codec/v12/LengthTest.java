package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.Requirement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LengthTest {
    private static final int SHORT_HEADER_OCTETS = 2;
    private static final int LONG_HEADER_OCTETS = 4;

    static List<Vector> valid() {
        return Vector.load("v1.2-valid.jsonl");
    }

    @ParameterizedTest(name = "a body of {0} octets")
    @CsvSource({"0, 02", "252, fe", "253, ff", "254, 010102", "255, 010103", "256, 010104", "65531, 01ffff"})
    @Requirement({"W-LEN-01", "W-LEN-05"})
    void packet_hasTheShortestLengthThatCountsAllOfIt(int bodyOctets, String length) throws MalformedPacketException {
        var packet = new WillMsg(octets(bodyOctets));
        Octets datagram = PacketCodec.encode(packet);

        assertThat(datagram.toHex()).startsWith(length + "09");
        assertThat(datagram.length()).isEqualTo(Integer.parseInt(length.replaceFirst("^01", ""), 16));
        assertThat(Wire.decode(datagram, Leniency.STRICT)).isEqualTo(packet);
    }

    @Test
    @Requirement("W-LEN-05")
    void packetBeyondTheLongestLength_isOurOwnBugAndWritesNothing() {
        var packet = new WillMsg(octets(65_532));
        ByteBuf out = Unpooled.buffer();

        assertThatIllegalArgumentException().isThrownBy(() -> PacketCodec.encode(packet, out));
        assertThat(out.isReadable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 254, 255, 256, 257, 258, 65_535})
    @Requirement({"W-LEN-01", "W-LEN-02"})
    void longLength_isUnderstoodAtAnySize(int length) throws MalformedPacketException {
        Octets willMsg = octets(length - LONG_HEADER_OCTETS);

        assertThat(Wire.decodeStrictly("01", "%04x".formatted(length), "09", willMsg.toHex()))
                .isEqualTo(new WillMsg(willMsg));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 254, 255})
    @Requirement("W-LEN-01")
    void shortLength_isUnderstoodUpToTheLargestOctet(int length) throws MalformedPacketException {
        Octets willMsg = octets(length - SHORT_HEADER_OCTETS);

        assertThat(Wire.decodeStrictly("%02x".formatted(length), "09", willMsg.toHex()))
                .isEqualTo(new WillMsg(willMsg));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valid")
    @Requirement("W-LEN-03")
    void datagramShorterThanItsLength_isMalformed(Vector vector) {
        byte[] whole = vector.datagram().toByteArray();
        for (int octets = 0; octets < whole.length; octets++) {
            Octets cut = Octets.of(Arrays.copyOf(whole, octets));

            Wire.refuse(cut, Leniency.STRICT);
            Wire.refuse(cut, Leniency.FIELD);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valid")
    @Requirement("W-LEN-03")
    void octetsBehindLength_areMalformedOrIgnored(Vector vector) throws MalformedPacketException {
        Octets padded = Wire.datagram(vector.datagram().toHex(), "00ff00");

        Wire.refuse(padded, Leniency.STRICT);
        assertThat(Wire.decode(padded, Leniency.FIELD)).isEqualTo(Wire.decode(vector.datagram(), Leniency.STRICT));
        assertThat(PacketCodec.hasTrailingOctets(padded.asByteBuf())).isTrue();
        assertThat(PacketCodec.hasTrailingOctets(vector.datagram().asByteBuf())).isFalse();
    }

    @Test
    @Requirement("W-LEN-04")
    void secondPacketInADatagram_isNotRead() throws MalformedPacketException {
        Octets two = Wire.datagram("04", "10", "0001", /**/ "04", "10", "0002");

        Wire.refuse(two, Leniency.STRICT);
        assertThat(Wire.decode(two, Leniency.FIELD)).isEqualTo(new PubRel(1));
    }

    @Test
    void datagramThatIsNoPacket_hasNoTrailingOctets() {
        assertThat(PacketCodec.hasTrailingOctets(Unpooled.EMPTY_BUFFER)).isFalse();
        assertThat(PacketCodec.hasTrailingOctets(Wire.datagram("09", "16").asByteBuf()))
                .isFalse();
    }

    @Test
    void datagramWithinALargerBuffer_isReadWithoutMovingItsIndices() throws MalformedPacketException {
        ByteBuf buffer = Unpooled.buffer(64)
                .writeBytes(Wire.datagram("ffff", "04", "10", "0001", "ffff").toByteArray());
        buffer.setIndex(2, 6);

        assertThat(PacketCodec.decode(buffer, Leniency.STRICT)).isEqualTo(new PubRel(1));
        assertThat(buffer.readerIndex()).isEqualTo(2);
        assertThat(buffer.writerIndex()).isEqualTo(6);
    }

    private static Octets octets(int octets) {
        return Octets.of(new byte[octets]);
    }
}
