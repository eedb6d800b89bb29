package io.causeway.radio.framing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.causeway.radio.framing.Messages.CONNECT;
import static io.causeway.radio.framing.Messages.FORWARDED;
import static io.causeway.radio.framing.Messages.PUBLISH;
import static org.assertj.core.api.Assertions.assertThat;

class SlipDecoderTest {
    private static final String CONNECT_FRAME = "c0" + CONNECT + "c0";
    private static final String CONNECT_FRAME_WITH_CRC = "c0" + CONNECT + "ccd0" + "c0";

    private final Receiver slip = new Receiver(Framing.SLIP);
    private final Receiver slipCrc = new Receiver(Framing.SLIP_CRC);

    @Test
    void vectors_areWrittenAndRead() {
        assertThat(Receiver.onLine(Framing.SLIP, PUBLISH)).isEqualTo("c00c0c2000010002dbdcdbdd007e11c0");
        assertThat(Receiver.onLine(Framing.SLIP, CONNECT)).isEqualTo(CONNECT_FRAME);
        assertThat(Receiver.onLine(Framing.SLIP, FORWARDED)).isEqualTo("c005fe0012340c0c2000010002dbdcdbdd007e11c0");
        assertThat(Receiver.onLine(Framing.SLIP_CRC, CONNECT)).isEqualTo(CONNECT_FRAME_WITH_CRC);
        assertThat(Receiver.onLine(Framing.SLIP_CRC, PUBLISH)).isEqualTo("c00c0c2000010002dbdcdbdd007e11c9bcc0");

        assertThat(slipCrc.receive(CONNECT_FRAME_WITH_CRC, "c00c0c2000010002dbdcdbdd007e11c9bcc0")
                        .messages())
                .containsExactly(CONNECT, PUBLISH);
    }

    @Test
    void crc_isThatOfXmodem() {
        int crc = Crc16.START;
        for (char each : "123456789".toCharArray()) {
            crc = Crc16.update(crc, each);
        }

        assertThat(crc).isEqualTo(0x31C3);
    }

    @Test
    void frameOfAnAquilaBridge_isReadWithItsOwnKindOfEnvelope() {
        FrameSettings settings =
                new FrameSettings(Sender.CLIENT, Encapsulation.ALWAYS, 2, Receiver.MAX_PACKET_OCTETS, Receiver.TIMEOUT);
        Receiver bridge = new Receiver(Framing.SLIP_CRC, settings).receive("c0 2030 13fe013412" + CONNECT + "893e c0");

        assertThat(bridge.messages()).containsExactly("05fe013412" + CONNECT);
    }

    @Test
    void emptyFrames_areNoFrames() {
        slip.receive("c0c0c0", CONNECT_FRAME, CONNECT_FRAME, "c0c0");

        assertThat(slip.messages()).containsExactly(CONNECT, CONNECT);
        assertThat(slip.meter.discardedOctets()).isZero();
    }

    @Test
    void noiseInFrontOfAFrame_isAFrameOfItsOwn() {
        slip.receive("0102030405", CONNECT_FRAME);

        assertThat(slip.messages()).containsExactly(CONNECT);
        assertThat(slip.meter.discardedOctets()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "c0dbc0, ESCAPE",
        "c00216db00c0, ESCAPE",
        "c00316c0, NO_MESSAGE",
        "c0021600c0, NO_MESSAGE",
        "c002c0, NO_MESSAGE",
        "c00203c0, NO_MESSAGE",
        "c0030500c0, ECHO",
    })
    void badFrame_isCountedByItsCause(String frame, FrameFault cause) {
        slip.receive(frame, CONNECT_FRAME);

        assertThat(slip.faults(cause)).isEqualTo(1);
        assertThat(slip.messages()).containsExactly(CONNECT);
    }

    @Test
    void frameWithoutEnd_isCountedAsOversized() {
        slip.receive("c0" + "11".repeat(100_000), CONNECT_FRAME);

        assertThat(slip.faults(FrameFault.OVERSIZED)).isEqualTo(1);
        assertThat(slip.meter.discardedOctets()).isEqualTo(100_000);
        assertThat(slip.messages()).containsExactly(CONNECT);
    }

    @Test
    void anyChangedBit_isFoundByTheChecksum() {
        byte[] frame = Receiver.octets(CONNECT_FRAME_WITH_CRC);
        for (int bit = 8; bit < 8 * (frame.length - 1); bit++) {
            byte[] changed = frame.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            Receiver receiver = new Receiver(Framing.SLIP_CRC);
            receiver.receive(changed);

            assertThat(receiver.messages()).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void wrongChecksum_isCounted() {
        slipCrc.receive("c0" + CONNECT + "ccd1c0", CONNECT_FRAME_WITH_CRC);

        assertThat(slipCrc.faults(FrameFault.CHECKSUM)).isEqualTo(1);
        assertThat(slipCrc.messages()).containsExactly(CONNECT);
    }
}
