package io.causeway.radio.xbee.frame;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.radio.xbee.frame.Frames.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the fields of each type of frame mean, by one example of each. */
class ApiFrameTest {
    private static final long NODE = 0x0013A20040A1B2C3L;

    private static ApiFrame fromRadio(String... data) {
        return only(new Line(ApiMode.UNESCAPED, true).receive(Frames.onLine(ApiMode.UNESCAPED, hex(data))).frames);
    }

    private static ApiFrame fromHost(String... data) {
        return only(new Line(ApiMode.UNESCAPED, false).receive(Frames.onLine(ApiMode.UNESCAPED, hex(data))).frames);
    }

    private static ApiFrame only(List<ApiFrame> frames) {
        assertThat(frames).hasSize(1);
        return frames.get(0);
    }

    @Test
    void atCommands() {
        assertThat(fromHost("08", "01", "4E50")).isEqualTo(new AtCommand(1, "NP", Octets.EMPTY));
        assertThat(fromHost("08", "0A", "414F", "00")).isEqualTo(new AtCommand(10, "AO", hex("00")));
        assertThat(fromHost("09", "0B", "4244", "07")).isEqualTo(new QueuedAtCommand(11, "BD", hex("07")));
        assertThat(fromRadio("88", "01", "4E50", "00", "0054")).isEqualTo(new AtResponse(1, "NP", 0, hex("0054")));
        assertThat(fromRadio("88", "01", "4E50", "02")).isEqualTo(new AtResponse(1, "NP", 2, Octets.EMPTY));
    }

    @Test
    void remoteAtCommands() {
        assertThat(fromHost("17", "20", "0013A20040A1B2C3", "FFFE", "02", "4E49"))
                .isEqualTo(new RemoteAtCommand(0x20, NODE, 0xFFFE, 2, "NI", Octets.EMPTY));
        assertThat(fromRadio("97", "20", "0013A20040A1B2C3", "7D84", "4E49", "00", "6E6F646531"))
                .isEqualTo(new RemoteAtResponse(0x20, NODE, 0x7D84, "NI", 0, hex("6E6F646531")));
    }

    @Test
    void transmissions() {
        assertThat(fromHost("10", "31", "0013A20040A1B2C3", "7D84", "01", "40", "030500"))
                .isEqualTo(new TransmitRequest(0x31, NODE, 0x7D84, 1, 0x40, hex("030500")));
        assertThat(fromHost("11", "35", "0013A20040A1B2C3", "FFFE", "E8", "E9", "0011", "C105", "01", "40", "030500"))
                .isEqualTo(new ExplicitTransmitRequest(
                        0x35, NODE, 0xFFFE, 0xE8, 0xE9, 0x11, 0xC105, 1, 0x40, hex("030500")));
        assertThat(fromHost("00", "41", "0013A20040A1B2C3", "01", "030500"))
                .isEqualTo(new TransmitRequest64(0x41, NODE, 1, hex("030500")));
        assertThat(fromHost("01", "43", "1234", "01", "030500"))
                .isEqualTo(new TransmitRequest16(0x43, 0x1234, 1, hex("030500")));
    }

    @Test
    void statuses() {
        assertThat(fromRadio("8B", "31", "FFFD", "03", "21", "02"))
                .isEqualTo(new ExtendedTransmitStatus(0x31, 0xFFFD, 3, 0x21, 2));
        assertThat(fromRadio("89", "41", "74")).isEqualTo(new TransmitStatus(0x41, 0x74));
        assertThat(fromRadio("8A", "06")).isEqualTo(new ModemStatus(6));
    }

    @Test
    void receptions() {
        assertThat(fromRadio("90", "0013A20040A1B2C3", "7D84", "41", "030101"))
                .isEqualTo(new ReceivePacket(NODE, 0x7D84, 0x41, hex("030101")));
        assertThat(fromRadio("91", "0013A20040A1B2C3", "7D84", "E8", "E9", "0011", "C105", "02", "030101"))
                .isEqualTo(new ExplicitReceivePacket(NODE, 0x7D84, 0xE8, 0xE9, 0x11, 0xC105, 2, hex("030101")));
        assertThat(fromRadio("80", "0013A20040A1B2C3", "28", "02", "030101"))
                .isEqualTo(new ReceivePacket64(NODE, 40, 2, hex("030101")));
        assertThat(fromRadio("81", "1234", "28", "00", "0216"))
                .isEqualTo(new ReceivePacket16(0x1234, 40, 0, hex("0216")));
    }

    @Test
    void nodeIdentification() {
        String[] frame = {
            "95",
            "0013A20040A1B2C3",
            "7D84",
            "02",
            "7D85",
            "0013A20040A1B2C4",
            "6E6F646531",
            "00",
            "0000",
            "01",
            "02",
            "C105",
            "101E",
            "0001"
        };
        assertThat(fromRadio(frame))
                .isEqualTo(new NodeIdentification(
                        NODE, 0x7D84, 2, 0x7D85, NODE + 1, "node1", 0, 1, 2, 0xC105, 0x101E, hex("0001")));
    }

    @ParameterizedTest
    @EnumSource
    void payloadOfAllOctets_travelsUnaltered(ApiMode mode) {
        byte[] octets = new byte[256];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) i;
        }
        Octets all = Octets.of(octets);
        ReceivePacket packet = new ReceivePacket(NODE, 0x7D84, 1, all);

        assertThat(Line.fromRadio(mode).receive(mode.encode(packet)).frames).containsExactly(packet);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 7, 84, 85, 255, 256})
    void payloadOfAnyLength_travelsUnaltered(int octets) {
        TransmitRequest request = new TransmitRequest(0x7E, NODE, 0x117D, 0x13, 0, hex("7D".repeat(octets)));

        for (ApiMode mode : ApiMode.values()) {
            assertThat(new Line(mode, false).receive(mode.encode(request)).frames)
                    .containsExactly(request);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7E, 0x7D, 0x11, 0x13})
    void checksumThatIsSpecial_isEscapedToo(int checksum) {
        ModemStatus status = new ModemStatus((0xFF - checksum - 0x8A) & 0xFF);

        Octets escaped = Octets.read(ApiMode.ESCAPED.encode(status));
        assertThat(escaped.at(escaped.length() - 2)).isEqualTo(0x7D);
        assertThat(escaped.at(escaped.length() - 1)).isEqualTo(checksum ^ 0x20);
        assertThat(Line.fromRadio(ApiMode.ESCAPED).receive(escaped).frames).containsExactly(status);
    }

    @Test
    void numbers_areOfWhateverLengthTheyCome() {
        assertThat(hex("").number()).isZero();
        assertThat(hex("54").number()).isEqualTo(84);
        assertThat(hex("00FF").number()).isEqualTo(255);
        assertThat(hex("0001C200").number()).isEqualTo(115_200);
        assertThat(Octets.ofNumber(115_200, 4)).isEqualTo(hex("0001C200"));
    }

    @Test
    void valuesThatFitNoField_areBugs() {
        assertThatThrownBy(() -> new TransmitRequest(256, NODE, 0, 0, 0, Octets.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frameId must be 0 to 255: 256");
        assertThatThrownBy(() -> new AtCommand(1, "NPX", Octets.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ApiMode.ESCAPED.encode(new AtCommand(1, "NI", hex("00".repeat(509)))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
