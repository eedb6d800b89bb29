package io.causeway.radio.xbee;

import io.causeway.radio.xbee.frame.ExplicitReceivePacket;
import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.ReceivePacket;
import io.causeway.radio.xbee.frame.ReceivePacket16;
import io.causeway.radio.xbee.frame.ReceivePacket64;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.causeway.radio.xbee.Bench.NODE;
import static io.causeway.radio.xbee.Bench.hex;
import static org.assertj.core.api.Assertions.assertThat;

class ReceivingTest {
    private static final Octets SEARCHGW = hex("03 01 01");

    private final Bench bench = Bench.running();

    @Test
    void packet_isADatagramOfItsNode() {
        bench.radio.say(new ReceivePacket(NODE, 0x7D84, 0x41, hex("02 16")));
        bench.radio.say(new ReceivePacket(NODE, 0x7D84, 0x42, SEARCHGW));
        bench.radio.say(new ReceivePacket(-1, 0x1234, 0x01, hex("02 16")));
        bench.pass(50);

        assertThat(bench.received)
                .containsExactly("0013a20040a1b2c3 0216", "0013a20040a1b2c3 broadcast 030101", "1234 0216");
    }

    @Test
    void explicitPacket_isOneIfItIsSerialData() {
        bench.radio.say(new ExplicitReceivePacket(NODE, 0x7D84, 0xE8, 0xE8, 0x11, 0xC105, 2, SEARCHGW));
        bench.radio.say(new ExplicitReceivePacket(NODE, 0x7D84, 0, 0, 0x13, 0, 2, SEARCHGW));
        bench.pass(50);

        assertThat(bench.received).containsExactly("0013a20040a1b2c3 broadcast 030101");
        assertThat(bench.counters().foreignPackets()).isEqualTo(1);
    }

    @Test
    void packetOf802154_tellsItsSignal() {
        bench.radio.say(new ReceivePacket64(NODE, 0x28, 2, SEARCHGW));
        bench.radio.say(new ReceivePacket16(0x1234, 0x50, 4, SEARCHGW));
        bench.pass(1_000);

        assertThat(bench.received).containsExactly("0013a20040a1b2c3 broadcast 030101", "1234 broadcast 030101");
        assertThat(bench.core.nodes(bench.schedule.nowNanos()))
                .extracting(XBeeNode::signalDbm)
                .containsExactly(-40, -80);
        assertThat(bench.core.nodes(bench.schedule.nowNanos()))
                .allSatisfy(node -> assertThat(node.sinceHeard().toMillis()).isEqualTo(990));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "02", "03 16", "01 16 02 16", "01", "01 00", "0A FE 00 A1A2A3A4A5A6 01 03 16"})
    void packetWhoseLengthIsNotThatOfItsDatagram_isDroppedAndCounted(String payload) {
        bench.radio.say(new ReceivePacket(NODE, 0x7D84, 1, hex(payload)));
        bench.pass(50);

        assertThat(bench.received).isEmpty();
        assertThat(bench.counters().wrongLengths()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"02 16", "01 0004 16", "0A FE 00 A1A2A3A4A5A6 01 02 16"})
    void packetWithAWholeDatagram_isHandedOn(String payload) {
        bench.radio.say(new ReceivePacket(NODE, 0x7D84, 1, hex(payload)));
        bench.pass(50);

        assertThat(bench.received).containsExactly("0013a20040a1b2c3 " + hex(payload));
    }

    @ParameterizedTest
    @ValueSource(ints = {140, 200, 240, 255})
    void longPacket_isHandedOn(int octets) {
        Octets payload = hex("%02x".formatted(octets), "0C", "7E".repeat(octets - 2));
        bench.radio.say(new ReceivePacket(NODE, 0x7D84, 1, payload));
        bench.pass(50);

        assertThat(bench.received).containsExactly("0013a20040a1b2c3 " + payload);
    }

    @Test
    void moreNodesThanAreRemembered_areAllHeard() {
        for (int i = 0; i < 5_000; i++) {
            bench.radio.say(new ReceivePacket(NODE + i, 1, 1, hex("02 16")));
        }
        bench.pass(50);

        assertThat(bench.received).hasSize(5_000);
        assertThat(bench.counters().nodes()).isEqualTo(NodeTable.MOST_NODES);
    }

    @Test
    void noiseBetweenPackets_costsNone() {
        for (int i = 0; i < 50; i++) {
            bench.radio.say(Unpooled.wrappedBuffer(new byte[] {0x7E, (byte) i, 0x13, 0x55}));
            bench.radio.say(new ReceivePacket(NODE, 0x7D84, 1, hex("02 16")));
        }
        bench.pass(50);

        assertThat(bench.received).hasSize(50);
        assertThat(bench.counters().frameErrors().falseStarts()
                        + bench.counters().frameErrors().impossibleLengths())
                .isEqualTo(50);
    }

    @Test
    void packetFromAGroup_isDroppedAndCounted() {
        bench.radio.say(new ReceivePacket(0xFFFF, 0x1234, 1, SEARCHGW));
        bench.radio.say(new ReceivePacket(0, 0x1234, 1, SEARCHGW));
        bench.radio.say(new ReceivePacket(-1, 0xFFFC, 1, SEARCHGW));
        bench.radio.say(new ReceivePacket64(0xFFFF, 0x28, 2, SEARCHGW));
        bench.radio.say(new ReceivePacket16(0xFFFF, 0x28, 2, SEARCHGW));
        bench.pass(50);

        assertThat(bench.received).isEmpty();
        assertThat(bench.counters().foreignPackets()).isEqualTo(5);
        assertThat(bench.counters().nodes()).isZero();
    }
}
