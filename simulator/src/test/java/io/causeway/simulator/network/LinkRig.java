package io.causeway.simulator.network;

import io.causeway.simulator.scenario.NetworkConditions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A link that carries numbers; the test plays sensor, gateway and time. */
final class LinkRig implements Sockets, SensorSocket, DatagramReceiver {
    static final long START = Long.MAX_VALUE - 5_000_000; // nanoTime about to wrap
    static final long MILLI = 1_000_000;

    final Transit transit = new Transit();
    final List<Integer> atGateway = new ArrayList<>();
    final List<Integer> atSensor = new ArrayList<>();
    final Link link;
    long nowNanos = START;
    int opened;

    LinkRig(NetworkConditions conditions, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Outages outages = new Outages(conditions, random.split(), nowNanos);
        link = new Link(this, conditions, outages, transit, random.split(), this, nowNanos);
    }

    /** As many numbers in each direction, and then time for all to arrive. */
    void exchange(int count, long gapNanos) {
        for (int number = 0; number < count; number++) {
            send(number);
            receive(number);
            pass(gapNanos);
        }
        pass(1_000 * MILLI);
    }

    void send(int number) {
        link.send(Unpooled.copyInt(number), nowNanos);
    }

    void receive(int number) {
        link.onDatagram(Unpooled.copyInt(number), nowNanos);
    }

    void pass(long nanos) {
        nowNanos += nanos;
        transit.advance(nowNanos);
    }

    @Override
    public SensorSocket open(DatagramReceiver receiver) {
        opened++;
        return this;
    }

    @Override
    public void send(ByteBuf datagram) {
        atGateway.add(datagram.getInt(datagram.readerIndex()));
    }

    @Override
    public void onDatagram(ByteBuf datagram, long atNanos) {
        atSensor.add(datagram.getInt(datagram.readerIndex()));
    }

    @Override
    public void onSocketTrouble(String cause) {
        throw new AssertionError(cause);
    }

    @Override
    public void close() {}
}
