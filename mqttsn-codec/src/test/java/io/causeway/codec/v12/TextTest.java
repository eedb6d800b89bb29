package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TextTest {
    /** The first and last of all classes that octets have in UTF-8. */
    private static final int[] EDGES = {
        0x00, 0x01, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    @Test
    void anyTwoOctets_areTextIfTheyAreUtf8WithoutNul() {
        for (int pair = 0; pair <= 0xFFFF; pair++) {
            assertReadAsText((byte) (pair >> Byte.SIZE), (byte) pair);
        }
    }

    @Test
    void threeAndFourOctets_areTextIfTheyAreUtf8WithoutNul() {
        for (int first : EDGES) {
            for (int second : EDGES) {
                for (int third : EDGES) {
                    assertReadAsText((byte) first, (byte) second, (byte) third);
                    for (int fourth : EDGES) {
                        assertReadAsText((byte) first, (byte) second, (byte) third, (byte) fourth);
                    }
                }
            }
        }
    }

    private static void assertReadAsText(byte... octets) {
        Optional<String> read = readClientId(octets);
        Optional<String> expected = asUtf8(octets);
        if (!read.equals(expected)) { // spares half a million assertions
            assertThat(read).as(HexFormat.of().formatHex(octets)).isEqualTo(expected);
        }
    }

    private static Optional<String> readClientId(byte... octets) {
        ByteBuf datagram = Unpooled.buffer(2 + octets.length)
                .writeByte(2 + octets.length)
                .writeByte(MessageType.PINGREQ.wireValue())
                .writeBytes(octets);
        try {
            return Optional.of(((PingReq) PacketCodec.decode(datagram, Leniency.STRICT)).clientId());
        } catch (MalformedPacketException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> asUtf8(byte... octets) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            return Optional.of(text).filter(candidate -> candidate.indexOf('\0') < 0);
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "000000"})
    void nulsAtTheEndOfText_areCutOffLeniently(String nuls) throws MalformedPacketException {
        assertThat(Wire.decodeLeniently(length(8, nuls), "04", "04", "01", "003c", "6162", nuls))
                .isEqualTo(new Connect(false, true, 1, 60, "ab"));
        assertThat(Wire.decodeLeniently(length(4, nuls), "16", "6162", nuls)).isEqualTo(new PingReq("ab"));
        assertThat(Wire.decodeLeniently(length(8, nuls), "0a", "0000", "0001", "6162", nuls))
                .isEqualTo(new Register(0, 1, "ab"));
        assertThat(Wire.decodeLeniently(length(5, nuls), "07", "20", "6162", nuls))
                .isEqualTo(new WillTopic(Qos.AT_LEAST_ONCE, false, "ab"));
        assertThat(Wire.decodeLeniently(length(5, nuls), "1a", "20", "6162", nuls))
                .isEqualTo(new WillTopicUpd(Qos.AT_LEAST_ONCE, false, "ab"));
        assertThat(Wire.decodeLeniently(length(7, nuls), "12", "20", "0001", "6162", nuls))
                .isEqualTo(new Subscribe(false, Qos.AT_LEAST_ONCE, 1, new Topic.Name("ab")));
        assertThat(Wire.decodeLeniently(length(7, nuls), "14", "00", "0001", "6162", nuls))
                .isEqualTo(new Unsubscribe(1, new Topic.Name("ab")));
    }

    private static String length(int octets, String more) {
        return "%02x".formatted(octets + more.length() / 2);
    }

    @Test
    void nulsAtTheEndOfText_areMalformedStrictly() {
        Wire.refuseStrictly("05", "16", "6162", "00");
        Wire.refuseStrictly("09", "0a", "0000", "0001", "6162", "00");
    }

    @Test
    void nulWithinText_isMalformedLenientlyToo() {
        Wire.refuseLeniently("05", "16", "61", "00", "62");
    }

    @Test
    void textOfNothingButNuls_isLenientlyAnEmptyText() throws MalformedPacketException {
        assertThat(Wire.decodeLeniently("04", "16", "0000")).isEqualTo(new PingReq(""));
        Wire.refuseLeniently("08", "0a", "0000", "0001", "0000");
        Wire.refuseLeniently("05", "07", "20", "0000");
    }

    @Test
    void binaryFields_keepTheirNuls() throws MalformedPacketException {
        assertThat(Wire.decodeLeniently("04", "09", "6100")).isEqualTo(new WillMsg(Octets.ofHex("6100")));
        assertThat(Wire.decodeLeniently("05", "02", "01", "6100")).isEqualTo(new GwInfo(1, Octets.ofHex("6100")));
        Wire.refuseLeniently("08", "12", "02", "0001", "6162", "00");
    }

    @Test
    void connectWithoutClientId_isReadForTheSessionToJudge() throws MalformedPacketException {
        assertThat(Wire.decodeStrictly("06", "04", "04", "01", "003c")).isEqualTo(new Connect(false, true, 1, 60, ""));
    }
}
