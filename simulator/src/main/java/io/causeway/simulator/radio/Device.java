package io.causeway.simulator.radio;

import io.causeway.simulator.network.Sockets;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** What a gateway finds at the other end of its serial port. Owned by the thread of the run. */
interface Device extends Sockets {
    /** It is plugged in, and gets power. */
    void onPlugged(long nowNanos);

    /** It is pulled, and forgets all that it does not keep without power. */
    void onUnplugged();

    /** @param octets of the gateway, cut anywhere; borrowed for the call */
    void onOctets(ByteBuf octets, long nowNanos);

    /** Whether there is a gateway that has begun to use it. */
    boolean isReady();

    /** What the gateway has done that it must not do, each in words. */
    List<String> complaints();

    /** Makes one, once there is a line to it. */
    @FunctionalInterface
    interface Maker {
        Device make(Uart uart, Agenda agenda, SplittableRandom random, LongSupplier clock);
    }
}
