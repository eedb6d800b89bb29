package io.causeway.simulator.fleet;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.Publish;
import io.causeway.simulator.firmware.Habits;
import io.causeway.simulator.firmware.MsgIds;
import io.causeway.simulator.firmware.Sides;
import io.causeway.simulator.network.DatagramReceiver;
import io.causeway.simulator.network.Link;
import io.causeway.simulator.report.Trouble;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.SplittableRandom;

/** Between what a sensor wants to say and its network: the habits of its firmware. Owned by the thread of the run. */
final class Wire implements DatagramReceiver, Sides {
    /** Whom it is for. */
    interface Listener {
        void onPacket(Packet packet, long nowNanos);

        /** As {@link Sides#onRefused}. */
        void onRefused(Publish publish);

        /** As {@link Sides#onDeaf}. */
        void onDeaf();
    }

    private final World world;
    private final Crew crew;
    private final Listener listener;
    private final Link link;
    private Habits habits;
    private MsgIds msgIds = MsgIds.UNCHANGED;
    private boolean isClosed;

    /**
     * @param random of the network
     * @throws IOException if there is no socket left
     */
    Wire(World world, Crew crew, SplittableRandom random, Listener listener) throws IOException {
        this.world = world;
        this.crew = crew;
        this.habits = Habits.of(crew.group().firmware());
        this.listener = listener;
        this.link = new Link(
                world.sockets(),
                crew.group().network(),
                crew.outages(),
                world.transit(),
                random,
                this,
                world.nowNanos());
    }

    void send(Packet packet) {
        habits.send(msgIds.outgoing(packet), this);
    }

    /** From now on: the sensor has just got its power. */
    void use(Habits newHabits, MsgIds newMsgIds) {
        habits = newHabits;
        msgIds = newMsgIds;
    }

    /** Another address, from now on. */
    void rebind() {
        link.rebind();
    }

    /** As {@link Link#openSinceNanos}. */
    long openSinceNanos(long nowNanos) {
        return link.openSinceNanos(nowNanos);
    }

    void close() {
        isClosed = true;
        link.close();
    }

    @Override
    public void onDatagram(ByteBuf datagram, long nowNanos) {
        if (isClosed) {
            return; // was still on its way
        }
        try {
            habits.receive(PacketCodec.decode(datagram, Leniency.FIELD), this);
        } catch (MalformedPacketException e) {
            crew.suffer(Trouble.NONSENSE);
        }
    }

    @Override
    public void onSocketTrouble(String cause) {
        crew.suffer(Trouble.SOCKET);
        world.meter().onSocketTrouble(cause);
    }

    @Override
    public void toGateway(Packet packet) {
        ByteBuf datagram = world.datagram().clear();
        habits.encode(packet, datagram);
        link.send(datagram, world.nowNanos());
    }

    @Override
    public void toSession(Packet packet) {
        listener.onPacket(msgIds.incoming(packet), world.nowNanos());
    }

    @Override
    public void onRefused(Publish publish) {
        listener.onRefused(publish);
    }

    @Override
    public void onDeaf() {
        listener.onDeaf();
    }
}
