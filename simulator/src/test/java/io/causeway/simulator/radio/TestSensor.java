package io.causeway.simulator.radio;

import io.causeway.simulator.network.DatagramReceiver;
import io.causeway.simulator.network.SensorSocket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;

/** Notes what comes over its radio. */
final class TestSensor implements DatagramReceiver {
    final List<String> received = new ArrayList<>();
    final List<String> troubles = new ArrayList<>();
    long address64;
    int address16;

    SensorSocket socket = new SensorSocket() {
        @Override
        public void send(ByteBuf datagram) {
            throw new IllegalStateException("not open yet");
        }

        @Override
        public void close() {
            throw new IllegalStateException("not open yet");
        }
    };

    @Override
    public void onDatagram(ByteBuf datagram, long nowNanos) {
        received.add(ByteBufUtil.hexDump(datagram));
    }

    @Override
    public void onSocketTrouble(String cause) {
        troubles.add(cause);
    }
}
