package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Requirement;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MessageTypeTest {
    static IntStream reserved() {
        return IntStream.rangeClosed(0, 0xFF)
                .filter(wireValue ->
                        Arrays.stream(MessageType.values()).noneMatch(type -> type.wireValue() == wireValue));
    }

    @ParameterizedTest
    @CsvSource({
        "00, ADVERTISE",
        "01, SEARCHGW",
        "02, GWINFO",
        "04, CONNECT",
        "05, CONNACK",
        "06, WILLTOPICREQ",
        "07, WILLTOPIC",
        "08, WILLMSGREQ",
        "09, WILLMSG",
        "0a, REGISTER",
        "0b, REGACK",
        "0c, PUBLISH",
        "0d, PUBACK",
        "0e, PUBCOMP",
        "0f, PUBREC",
        "10, PUBREL",
        "12, SUBSCRIBE",
        "13, SUBACK",
        "14, UNSUBSCRIBE",
        "15, UNSUBACK",
        "16, PINGREQ",
        "17, PINGRESP",
        "18, DISCONNECT",
        "1a, WILLTOPICUPD",
        "1b, WILLTOPICRESP",
        "1c, WILLMSGUPD",
        "1d, WILLMSGRESP",
        "fe, ENCAPSULATED"
    })
    @Requirement("W-TYPE-01")
    void typeOfTheTable_hasItsWireValue(String hex, MessageType type) throws MalformedPacketException {
        int wireValue = Integer.parseInt(hex, 16);

        assertThat(type.wireValue()).isEqualTo(wireValue);
        assertThat(MessageType.of(wireValue)).isEqualTo(type);
    }

    @Test
    @Requirement("W-TYPE-02")
    void reservedTypes_areTheGapsOfTheTable() {
        assertThat(reserved())
                .startsWith(0x03, 0x11, 0x19, 0x1E)
                .endsWith(0xFC, 0xFD, 0xFF)
                .hasSize(256 - 28);
    }

    @ParameterizedTest
    @MethodSource("reserved")
    @Requirement("W-TYPE-02")
    void packetOfReservedType_isMalformedAndTellsItsType(int wireValue) {
        assertThatExceptionOfType(MalformedPacketException.class).isThrownBy(() -> MessageType.of(wireValue));
        assertThat(Wire.refuseStrictly("04", "%02x".formatted(wireValue), "0001")
                        .messageType())
                .isEqualTo(wireValue);
        assertThat(Wire.refuseLeniently("04", "%02x".formatted(wireValue), "0001")
                        .messageType())
                .isEqualTo(wireValue);
    }
}
