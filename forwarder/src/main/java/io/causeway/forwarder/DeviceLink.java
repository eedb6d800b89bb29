package io.causeway.forwarder;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.MessageType;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.Transport;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;

/** A link with devices, and its number among all links of a forwarder. Owned by the loop of the forwarder. */
final class DeviceLink {
    private static final int MAX_DURATION_SECONDS = 0xFFFF;

    private final int number;
    private final Transport transport;
    private final Duration advertiseInterval;
    private boolean advertised;
    private long advertisedNanos;

    /** @param advertiseInterval the least time between two ADVERTISE */
    DeviceLink(int number, Transport transport, Duration advertiseInterval) {
        this.number = number;
        this.transport = transport;
        this.advertiseInterval = advertiseInterval;
    }

    Transport transport() {
        return transport;
    }

    /**
     * What the gateway is to get of a datagram. One that is in an envelope already gets another one in its place, whose
     * node id names both, because envelopes do not nest (1.2 §5.5).
     *
     * @param multicast whether it was sent to everybody
     * @return nothing if its node id would be too long
     * @throws MalformedPacketException if the datagram is no message
     */
    Optional<Encapsulated> envelope(LinkAddress from, ByteBuf datagram, boolean multicast)
            throws MalformedPacketException {
        int type = PacketCodec.typeOctet(datagram);
        if (type == MessageType.ENCAPSULATED.wireValue()
                && PacketCodec.decode(datagram, Leniency.FIELD) instanceof Encapsulated inner) {
            return NodeId.bridged(number, from, inner.nodeId())
                    .write()
                    .map(id -> new Encapsulated(0, id, inner.packet()));
        }
        boolean searching = multicast && type == MessageType.SEARCHGW.wireValue();
        Optional<Octets> id = NodeId.of(number, searching, from).write();
        return id.isEmpty() ? Optional.empty() : Optional.of(Encapsulated.around(datagram, id.get()));
    }

    /**
     * Passes an ADVERTISE on, unless one has been passed on shortly before. Its Duration becomes that of this link: a
     * device that believed a shorter one would take the gateway for lost (1.2 §6.1).
     *
     * @return whether it was passed on
     */
    boolean advertise(Advertise heard, long nowNanos) {
        Duration between = Duration.ofSeconds(heard.durationSeconds());
        Duration interval = between.compareTo(advertiseInterval) > 0 ? between : advertiseInterval;
        long slackNanos = between.toNanos() / 2; // rather half an interval too early than a whole one too late
        if (advertised && nowNanos - advertisedNanos + slackNanos < interval.toNanos()) {
            return false;
        }
        advertised = true;
        advertisedNanos = nowNanos;
        int seconds = (int) Math.min(MAX_DURATION_SECONDS, interval.toSeconds());
        transport.broadcast(Datagrams.of(new Advertise(heard.gwId(), seconds)), 0);
        return true;
    }
}
