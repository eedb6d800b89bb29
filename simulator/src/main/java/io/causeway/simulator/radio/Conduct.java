package io.causeway.simulator.radio;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.MessageType;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.radio.xbee.frame.Octets;
import io.causeway.radio.xbee.frame.RadioAddresses;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Watches what a gateway sends to sensors over a radio. Owned by the thread of the run. */
final class Conduct {
    private static final Set<MessageType> OF_GATEWAYS = EnumSet.of(
            MessageType.ADVERTISE,
            MessageType.GWINFO,
            MessageType.CONNACK,
            MessageType.WILLTOPICREQ,
            MessageType.WILLMSGREQ,
            MessageType.REGISTER,
            MessageType.REGACK,
            MessageType.PUBLISH,
            MessageType.PUBACK,
            MessageType.PUBREC,
            MessageType.PUBREL,
            MessageType.PUBCOMP,
            MessageType.SUBACK,
            MessageType.UNSUBACK,
            MessageType.PINGREQ,
            MessageType.PINGRESP,
            MessageType.DISCONNECT,
            MessageType.WILLTOPICRESP,
            MessageType.WILLMSGRESP);

    /** Every router repeats a broadcast, and remembers eight of them for eight seconds; less what clocks and queues take. */
    private static final long BROADCAST_NANOS = Duration.ofMillis(900).toNanos();

    private static final int MOST_HOPS = 30;

    private final Complaints complaints;
    private final int largestPayloadOctets;
    private boolean hasBroadcast;
    private long broadcastNanos;

    Conduct(Complaints complaints, int largestPayloadOctets) {
        this.complaints = complaints;
        this.largestPayloadOctets = largestPayloadOctets;
    }

    /**
     * @param node whom it is for; null if nobody has ever had this address
     * @param isIdInUse whether the radio still owes a status with this id
     */
    void onTransmission(Transmission sent, @Nullable Node node, boolean isIdInUse, long nowNanos) {
        onPayload(sent.payload(), node, nowNanos);
        if (isIdInUse) {
            complaints.add("used a frame id again before its status", "id " + sent.frameId(), nowNanos);
        }
        if (sent.isBroadcast()) {
            onBroadcast(sent, nowNanos);
        } else {
            onUnicast(sent, node, nowNanos);
        }
    }

    private void onBroadcast(Transmission sent, long nowNanos) {
        if (sent.radius() > MOST_HOPS) {
            complaints.add("sent a broadcast too far", sent.radius() + " hops", nowNanos);
        }
        if (hasBroadcast && nowNanos - broadcastNanos < BROADCAST_NANOS) {
            long millis = Duration.ofNanos(nowNanos - broadcastNanos).toMillis();
            complaints.add("sent more than one broadcast per second", millis + " ms after the last", nowNanos);
        }
        hasBroadcast = true;
        broadcastNanos = nowNanos;
    }

    private void onUnicast(Transmission sent, @Nullable Node node, long nowNanos) {
        if (sent.frameId() == 0) {
            complaints.add("asked for no status", "frame id 0", nowNanos);
        }
        if (node == null) {
            complaints.add("sent to a node that has never been there", destination(sent), nowNanos);
            return;
        }
        int address16 = sent.destination16();
        boolean isKnown =
                address16 == RadioAddresses.UNKNOWN_16 || address16 == node.address16() || node.hadAddress(address16);
        if (!isKnown) {
            complaints.add("sent to a 16-bit address that the node has never had", destination(sent), nowNanos);
        }
    }

    private void onPayload(Octets payload, @Nullable Node node, long nowNanos) {
        if (payload.length() > largestPayloadOctets) {
            complaints.add(
                    "sent more than a radio carries",
                    payload.length() + " of " + largestPayloadOctets + " octets",
                    nowNanos);
        }
        Optional<Packet> packet = packet(payload);
        if (packet.isEmpty()) {
            complaints.add("sent something that is not one message of a gateway", payload.toString(), nowNanos);
        } else if (node != null && !node.sleepWatch.maySay(packet.get())) {
            complaints.add("spoke to a sleeping client", packet.get().type() + " to " + node, nowNanos);
        }
    }

    private static Optional<Packet> packet(Octets payload) {
        ByteBuf datagram = Unpooled.buffer(payload.length());
        payload.writeTo(datagram);
        try {
            Packet packet = PacketCodec.decode(datagram, Leniency.STRICT);
            return OF_GATEWAYS.contains(packet.type()) ? Optional.of(packet) : Optional.empty();
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    private static String destination(Transmission sent) {
        return "%016x, %04x".formatted(sent.destination64(), sent.destination16());
    }
}
