package io.causeway.gateway.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DecodeCommandTest {
    private final Shell shell = new Shell();

    @ParameterizedTest
    @ValueSource(strings = {"0B0C62616200010A32311B", "0x0b 0x0c 0x62 0x61 0x62 0x00 0x01 0x0a 0x32 0x31 0x1b"})
    void publish_isShownWithEveryField(String hex) {
        assertThat(shell.execute("decode", hex)).isZero();

        assertThat(shell.outLines())
                .containsExactly(
                        "PUBLISH, 11 octets",
                        "  dup             false",
                        "  qos             MINUS_ONE",
                        "  retain          false",
                        "  topicIdType     SHORT",
                        "  topicId         24930 \"ab\"",
                        "  msgId           1",
                        "  data            0a32311b");
    }

    @Test
    void octetsInSeveralArguments_areOneDatagram() {
        assertThat(shell.execute("decode", "07", "0A:00:07", "12-34", "61")).isZero();

        assertThat(shell.outLines())
                .containsExactly(
                        "REGISTER, 7 octets",
                        "  topicId         7",
                        "  msgId           4660",
                        "  topicName       \"a\"");
    }

    @Test
    void encapsulation_isShownWithTheMessageWithin() {
        assertThat(shell.execute("decode", "05FE010A0B 0516 707536")).isZero();

        assertThat(shell.outLines())
                .containsExactly(
                        "ENCAPSULATED, 10 octets",
                        "  radius          1",
                        "  nodeId          0a0b",
                        "  PINGREQ, 5 octets",
                        "    clientId        \"pu6\"");
    }

    @Test
    void disconnectWithoutDuration_saysSo() {
        assertThat(shell.execute("decode", "0218")).isZero();

        assertThat(shell.outLines()).containsExactly("DISCONNECT, 2 octets", "  durationSeconds none");
    }

    @Test
    void whatTheGatewayTolerates_isDecodedWithANote() {
        assertThat(shell.execute("decode", "0218 0000")).isZero();

        assertThat(shell.outLines())
                .containsExactly(
                        "DISCONNECT, 2 octets",
                        "  note            tolerated: 2 octets behind Length",
                        "  durationSeconds none");
    }

    @Test
    void controlCharacters_doNotReachTheTerminal() {
        assertThat(shell.execute("decode", "0A0A0001 0001 1B5B324A")).isZero();

        assertThat(shell.out()).contains("topicName       \"\\u001b[2J\"").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "03 0D 00 | malformed PUBACK: ",
                "02 03 | malformed datagram: reserved MsgType 3",
                "05 18 | malformed datagram: Length 5 is more than the 2 octets here",
                "00 | malformed datagram: no header in 1 octets",
                "0g | 'g' is no hexadecimal digit",
                "021 | 3 hexadecimal digits are no whole octets",
            })
    void octetsThatAreNoPacket_areRefusedWithTheReason(String hex, String reason) {
        assertThat(shell.execute("decode", hex)).isEqualTo(1);

        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).startsWith("causeway: " + reason);
    }

    @Test
    void standardInput_isDecodedLineByLine() {
        shell.withInput("# a comment\n0217\n\n0203 # reserved\n0x02 0x18\n");

        assertThat(shell.execute("decode", "-")).isEqualTo(1);
        assertThat(shell.outLines())
                .containsExactly("PINGRESP, 2 octets", "DISCONNECT, 2 octets", "  durationSeconds none");
        assertThat(shell.errLines()).containsExactly("causeway: line 4: malformed datagram: reserved MsgType 3");
    }

    @Test
    void nothingToDecode_isWrongUsage() {
        assertThat(shell.execute("decode")).isEqualTo(2);
    }
}
