package io.causeway.simulator.network;

import io.causeway.simulator.scenario.NetworkConditions;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A sensor's way to the gateway and back: its address, and what the network does in both directions. Owned by the thread of
 * the run.
 */
public final class Link implements DatagramReceiver {
    private final Sockets sockets;
    private final DatagramReceiver sensor;
    private final Outages outages;
    private final NatRebinding natRebinding;

    /** Both are null if the network is ideal: then datagrams go straight through. */
    private final @Nullable Path up;

    private final @Nullable Path down;

    private SensorSocket socket;

    /** Since something was lost, nothing of the sensor has got through. */
    private boolean hasLost;

    /** When something got through first after the last loss. */
    private long clearSinceNanos;

    /**
     * @param outages of the sensor's group
     * @param random  of this link alone
     * @throws IOException if there is no socket left
     */
    public Link(
            Sockets sockets,
            NetworkConditions conditions,
            Outages outages,
            Transit transit,
            SplittableRandom random,
            DatagramReceiver sensor,
            long nowNanos)
            throws IOException {
        this.sockets = sockets;
        this.sensor = sensor;
        this.outages = outages;
        boolean isIdeal = conditions.isIdeal();
        Path.Exit gateway = (datagram, atNanos) -> toGateway(datagram);
        this.up = isIdeal ? null : new Path(conditions, outages, random.split(), transit, gateway, nowNanos);
        this.down =
                isIdeal ? null : new Path(conditions, outages, random.split(), transit, sensor::onDatagram, nowNanos);
        this.natRebinding = new NatRebinding(conditions.natRebinding(), random.split(), nowNanos);
        this.clearSinceNanos = nowNanos;
        this.socket = sockets.open(this);
    }

    /** @param datagram borrowed for the call */
    public void send(ByteBuf datagram, long nowNanos) {
        if (natRebinding.isDue(nowNanos)) {
            natRebinding.next(nowNanos);
            rebind();
        }
        boolean isThrough = true;
        if (up == null) {
            socket.send(datagram);
        } else {
            isThrough = up.enter(datagram, nowNanos);
        }
        if (hasLost && isThrough) {
            clearSinceNanos = nowNanos;
        }
        hasLost = !isThrough;
    }

    /** The sensor gets another address; what the gateway sends to the old one goes nowhere. */
    public void rebind() {
        hasLost = true;
        socket.close();
        try {
            socket = sockets.open(this);
        } catch (IOException e) {
            sensor.onSocketTrouble(String.valueOf(e.getMessage())); // what is sent now goes nowhere either
        }
    }

    /**
     * Since when the network has lost nothing, and what the sensor says gets through; now, if it does not. What is not
     * answered since then is not answered by the gateway.
     */
    public long openSinceNanos(long nowNanos) {
        if (hasLost) {
            return nowNanos;
        }
        long upSinceNanos = Nanos.later(natRebinding.stableSinceNanos(nowNanos), outages.upSinceNanos(nowNanos));
        return Nanos.later(clearSinceNanos, upSinceNanos);
    }

    public void close() {
        socket.close();
    }

    @Override
    public void onDatagram(ByteBuf datagram, long nowNanos) {
        if (natRebinding.isDue(nowNanos)) {
            hasLost = true; // the NAT has forgotten the address that this was sent to
        } else if (down == null) {
            sensor.onDatagram(datagram, nowNanos);
        } else {
            hasLost |= !down.enter(datagram, nowNanos);
        }
    }

    @Override
    public void onSocketTrouble(String cause) {
        sensor.onSocketTrouble(cause);
    }

    private void toGateway(ByteBuf datagram) {
        socket.send(datagram);
    }
}
