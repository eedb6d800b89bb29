package io.causeway.simulator.fleet;

import io.causeway.simulator.network.Sockets;
import io.causeway.simulator.network.Transit;
import io.causeway.simulator.truth.Ledger;
import io.causeway.timer.TimerWheel;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all sensors of a run share. Owned by the thread of the run.
 *
 * @param run       the name of the run, in client ids and topics
 * @param clock     {@link System#nanoTime()}, or its like
 * @param lateAfter on its way for longer than this, a message is late
 * @param broker    null in a run without verification
 * @param datagram  room for the one that is being sent
 */
record World(
        String run,
        LongSupplier clock,
        TimerWheel wheel,
        Sockets sockets,
        Transit transit,
        Ledger ledger,
        Duration lateAfter,
        Meter meter,
        @Nullable Broker broker,
        ByteBuf datagram) {
    long nowNanos() {
        return clock.getAsLong();
    }
}
