package io.causeway.simulator.radio;

import io.causeway.simulator.network.DatagramReceiver;
import io.causeway.simulator.network.SensorSocket;
import io.causeway.testkit.VirtualTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UartTest {
    /** An octet takes one millisecond. */
    private static final int RATE = 10_000;

    private static final Duration MILLI = Duration.ofMillis(1);

    private final VirtualTime time = new VirtualTime();
    private final Agenda agenda = new Agenda();
    private final List<Integer> toGateway = new ArrayList<>();
    private final Counter device = new Counter();

    private Uart uart(boolean hasFlowControl, boolean isSplit) {
        return new Uart(
                new LineConditions(RATE, hasFlowControl, isSplit, 0, 0, 0),
                agenda,
                new SplittableRandom(1),
                octets -> toGateway.add(octets.readableBytes()),
                time.nowNanos());
    }

    private static ByteBuf octets(int count) {
        return Unpooled.wrappedBuffer(new byte[count]);
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            time.advance(MILLI);
            agenda.advance(time.nowNanos());
        }
    }

    @Test
    void octets_takeTheirTimeInBothDirections() {
        Uart uart = uart(true, false);
        uart.send(octets(10), time.nowNanos());
        uart.send(octets(5), time.nowNanos());
        uart.receive(octets(8), device, time.nowNanos());

        pass(7);
        assertThat(device.octets).isZero();
        pass(3);
        assertThat(device.octets).isEqualTo(8);
        assertThat(toGateway).containsExactly(10);
        pass(5);
        assertThat(toGateway).containsExactly(10, 5);
    }

    @Test
    void splitFrames_comeInPiecesAndWhole() {
        uart(true, true).send(octets(50), time.nowNanos());
        pass(500);
        assertThat(toGateway).hasSizeGreaterThan(1);
        assertThat(toGateway.stream().mapToInt(count -> count).sum()).isEqualTo(50);
    }

    @Test
    void withFlowControl_theGatewayWaitsAndNothingIsLost() {
        Uart uart = uart(true, false);
        uart.receive(octets(300), device, time.nowNanos());
        assertThat(uart.isOpen(time.nowNanos())).isFalse();
        pass(150);
        assertThat(uart.isOpen(time.nowNanos())).isTrue();
        pass(150);
        assertThat(device.octets).isEqualTo(300);
        assertThat(uart.overrunOctets()).isZero();
    }

    @Test
    void withoutFlowControl_whatFindsNoRoomIsLost() {
        Uart uart = uart(false, false);
        uart.receive(octets(150), device, time.nowNanos());
        uart.receive(octets(150), device, time.nowNanos());
        pass(400);
        assertThat(device.octets).isEqualTo(200);
        assertThat(uart.overrunOctets()).isEqualTo(100);
    }

    @Test
    void cut_losesWhatIsUnderWay() {
        Uart uart = uart(true, false);
        uart.send(octets(10), time.nowNanos());
        uart.receive(octets(10), device, time.nowNanos());
        uart.cut(time.nowNanos());
        uart.send(octets(3), time.nowNanos());
        pass(20);
        assertThat(toGateway).containsExactly(3);
        assertThat(device.octets).isZero();
    }

    @Test
    void gatewayThatDoesNotKeepUp_leavesNoRoom() {
        Uart uart = uart(true, false);
        uart.send(octets(1_000), time.nowNanos());
        assertThat(uart.hasRoom(time.nowNanos())).isFalse();
        pass(2);
        assertThat(uart.hasRoom(time.nowNanos())).isTrue();
    }

    /** Counts what comes to it. */
    private static final class Counter implements Device {
        private int octets;

        @Override
        public void onOctets(ByteBuf received, long nowNanos) {
            octets += received.readableBytes();
        }

        @Override
        public void onPlugged(long nowNanos) {}

        @Override
        public void onUnplugged() {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public List<String> complaints() {
            return List.of();
        }

        @Override
        public SensorSocket open(DatagramReceiver receiver) {
            throw new UnsupportedOperationException();
        }
    }
}
