package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.Requirement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Requirement("W-RC-01")
class ReturnCodeTest {

    @ParameterizedTest
    @CsvSource({"00, ACCEPTED", "01, CONGESTION", "02, INVALID_TOPIC_ID", "03, NOT_SUPPORTED"})
    void returnCodeOfTheTable_isReadAndWritten(String code, ReturnCode returnCode) throws MalformedPacketException {
        assertOnWire(new ConnAck(returnCode), "03", "05", code);
        assertOnWire(new RegAck(1, 2, returnCode), "07", "0b", "0001", "0002", code);
        assertOnWire(new PubAck(1, 2, returnCode), "07", "0d", "0001", "0002", code);
        assertOnWire(new SubAck(Qos.AT_LEAST_ONCE, 1, 2, returnCode), "08", "13", "20", "0001", "0002", code);
        assertOnWire(new WillTopicResp(returnCode), "03", "1b", code);
        assertOnWire(new WillMsgResp(returnCode), "03", "1d", code);
    }

    private static void assertOnWire(Packet packet, String... hexFields) throws MalformedPacketException {
        Octets datagram = Wire.datagram(hexFields);
        assertThat(PacketCodec.encode(packet)).isEqualTo(datagram);
        assertThat(Wire.decode(datagram, Leniency.STRICT)).isEqualTo(packet);
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "7f", "80", "ff"})
    void reservedReturnCode_isMalformed(String code) {
        Wire.refuseLeniently("03", "05", code);
        Wire.refuseLeniently("07", "0b", "0001", "0002", code);
        Wire.refuseLeniently("07", "0d", "0001", "0002", code);
        Wire.refuseLeniently("08", "13", "20", "0001", "0002", code);
        Wire.refuseLeniently("03", "1b", code);
        Wire.refuseLeniently("03", "1d", code);
    }
}
