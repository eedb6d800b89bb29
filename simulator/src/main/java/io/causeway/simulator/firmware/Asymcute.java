package io.causeway.simulator.firmware;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.Unsubscribe;
import io.causeway.simulator.scenario.Connection;
import io.netty.buffer.ByteBuf;
import java.time.Duration;

/** RIOT's asymcute: pings at three quarters of its keep-alive, begins with any MsgId, and unsubscribes with a QoS. */
final class Asymcute implements Habits {
    private static final Duration PING_INTERVAL = Duration.ofSeconds(270);

    /** QoS 1 in the Flags (1.2 §5.3.4). */
    private static final int QOS_1 = 0x20;

    @Override
    public Connection connection(Connection wanted) {
        return new Connection(
                Riot.KEEP_ALIVE, wanted.cleanSession(), wanted.will(), wanted.retryInterval(), wanted.retryCount());
    }

    @Override
    public Duration pingInterval() {
        return PING_INTERVAL;
    }

    @Override
    public boolean hasRandomMsgIds() {
        return true;
    }

    @Override
    public void send(Packet packet, Sides sides) {
        sides.toGateway(Riot.withKeepAlive(packet));
    }

    @Override
    public void encode(Packet packet, ByteBuf out) {
        int start = out.writerIndex();
        PacketCodec.encode(packet, out);
        if (packet instanceof Unsubscribe) {
            int flags = Packets.bodyIndex(out, start);
            out.setByte(flags, out.getByte(flags) | QOS_1);
        }
    }
}
