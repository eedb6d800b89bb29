package io.causeway.forwarder;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.MessageType;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.SearchGw;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.LogLimit;
import io.causeway.radio.Transport;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What passes between the links of the devices and the gateway in use, and what becomes of that gateway. Owned by the loop
 * of the forwarder; {@link #trouble} and {@link #note} may be asked from any thread.
 */
final class Relay {
    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);

    /** Asks the gateway whether it is there, in the name of no device. */
    private static final Encapsulated PROBE = new Encapsulated(0, NodeId.OWN, PacketCodec.encode(new SearchGw(1)));

    private final Transport uplink;
    private final List<DeviceLink> links;
    private final GatewayChoice gateways;
    private final Counters counters;
    private final LogLimit tooLargeLines;
    private Optional<LinkAddress> gateway = Optional.empty();
    private Silence silence;
    private volatile String trouble;
    private volatile String note = "";

    /** @param uplink where the gateways are */
    Relay(Transport uplink, List<DeviceLink> links, GatewayChoice gateways, Counters counters, long nowNanos) {
        this.uplink = uplink;
        this.links = List.copyOf(links);
        this.gateways = gateways;
        this.counters = counters;
        this.tooLargeLines = new LogLimit(nowNanos);
        this.silence = new Silence(nowNanos);
        this.trouble = gateways.whyNone();
    }

    /** What keeps devices from being served, in words for the operator; empty if nothing is known to. */
    String trouble() {
        return trouble;
    }

    /** What the operator should know all the same; may be empty. */
    String note() {
        return note;
    }

    void start(long nowNanos) {
        log.info("looking for {}", gateways.name());
        gateways.start(nowNanos);
        follow(nowNanos);
    }

    /** To be called several times a second. */
    void onTick(long nowNanos) {
        gateways.onTick(nowNanos);
        follow(nowNanos);
        if (silence.isSilent(nowNanos)) {
            onSilence(nowNanos);
        }
        gateway.ifPresent(present -> probe(present, nowNanos));
    }

    /**
     * A datagram of a device.
     *
     * @param multicast whether it was sent to everybody
     */
    void onDevice(DeviceLink link, LinkAddress from, ByteBuf datagram, boolean multicast, long nowNanos) {
        Optional<Encapsulated> envelope;
        try {
            envelope = link.envelope(from, datagram, multicast);
        } catch (MalformedPacketException malformed) {
            counters.add(ForwarderCount.DROPPED_DEVICE_MALFORMED);
            log.debug("{}: no message from {}: {}", link.transport().name(), from, malformed.reason());
            return;
        }
        if (envelope.isEmpty()) {
            counters.add(ForwarderCount.DROPPED_NODE_ID);
        } else if (gateway.isEmpty()) {
            counters.add(ForwarderCount.DROPPED_NO_GATEWAY);
        } else {
            counters.add(ForwarderCount.TO_GATEWAY);
            uplink.send(gateway.get(), Datagrams.of(envelope.get()));
            if (Requests.isRequest(envelope.get().packet())) {
                silence.onRequest(nowNanos);
            }
        }
    }

    /** A datagram from the gateways' side. */
    void onUplink(LinkAddress from, ByteBuf datagram, long nowNanos) {
        Packet packet;
        try {
            packet = PacketCodec.decode(datagram, Leniency.FIELD);
        } catch (MalformedPacketException malformed) {
            counters.add(ForwarderCount.DROPPED_GATEWAY_MALFORMED);
            log.debug("{}: no message from {}: {}", uplink.name(), from, malformed.reason());
            return;
        }
        if (packet instanceof Encapsulated envelope) {
            onEnvelope(from, envelope, nowNanos);
        } else if (gateways.onPacket(from, packet, nowNanos)) {
            follow(nowNanos);
            if (packet instanceof Advertise advertise && isInUse(from)) {
                links.forEach(link -> advertise(link, advertise, nowNanos));
            }
        } else {
            counters.add(ForwarderCount.DROPPED_NOT_ENCAPSULATED);
        }
    }

    private boolean isInUse(LinkAddress address) {
        return gateway.isPresent() && gateway.get().equals(address);
    }

    private void onEnvelope(LinkAddress from, Encapsulated envelope, long nowNanos) {
        if (!isInUse(from)) {
            counters.add(ForwarderCount.DROPPED_STRANGER);
        } else if (envelope.nodeId().equals(NodeId.OWN)) {
            silence.onProbeAnswered(nowNanos);
            onHeard(nowNanos);
        } else {
            onHeard(nowNanos);
            deliver(envelope, nowNanos);
        }
    }

    private void deliver(Encapsulated envelope, long nowNanos) {
        NodeId node = NodeId.read(envelope.nodeId()).orElse(null);
        if (node == null || node.link() >= links.size()) {
            counters.add(ForwarderCount.DROPPED_UNKNOWN_NODE);
            return;
        }
        DeviceLink link = links.get(node.link());
        link.transport()
                .at(node.address().toByteArray())
                .ifPresentOrElse(
                        address -> deliver(link, node, address, envelope, nowNanos),
                        () -> counters.add(ForwarderCount.DROPPED_UNKNOWN_NODE));
    }

    private void deliver(DeviceLink link, NodeId node, LinkAddress to, Encapsulated envelope, long nowNanos) {
        Transport transport = link.transport();
        ByteBuf datagram = node.bridged()
                ? Datagrams.of(new Encapsulated(envelope.radius(), node.innerId(), envelope.packet()))
                : Datagrams.of(envelope.packet());
        if (datagram.readableBytes() > transport.largestDatagramOctets(to)) {
            onTooLarge(link, node, to, envelope, nowNanos);
            datagram.release();
        } else if (isForEverybody(node, envelope)) {
            counters.add(ForwarderCount.TO_DEVICES);
            counters.add(ForwarderCount.BROADCASTS);
            transport.broadcast(datagram, envelope.radius());
        } else {
            counters.add(ForwarderCount.TO_DEVICES);
            transport.send(to, datagram);
        }
    }

    /**
     * A GWINFO goes where the question came from: to everybody, or to the one that asked this forwarder alone (1.2 §6.1).
     * What is for a bridge goes to the bridge, which knows what the radius means to its clients.
     */
    private static boolean isForEverybody(NodeId node, Encapsulated envelope) {
        if (node.bridged()) {
            return false;
        }
        int type = Requests.typeOf(envelope.packet());
        if (type == MessageType.GWINFO.wireValue()) {
            return node.searching();
        }
        return envelope.radius() > 0 || type == MessageType.ADVERTISE.wireValue();
    }

    private void onTooLarge(DeviceLink link, NodeId node, LinkAddress to, Encapsulated envelope, long nowNanos) {
        counters.add(ForwarderCount.DROPPED_TOO_LARGE);
        if (tooLargeLines.passes(nowNanos)) {
            log.warn(
                    "{}: {} of {} octets for {} (node {}) dropped: the link carries {}",
                    link.transport().name(),
                    typeText(envelope),
                    envelope.packet().length(),
                    node.bridged() ? to + "/" + node.innerId() : to,
                    envelope.nodeId(),
                    link.transport().largestDatagramOctets(to));
        }
    }

    private static String typeText(Encapsulated envelope) {
        int type = Requests.typeOf(envelope.packet());
        try {
            return MessageType.of(type).name();
        } catch (MalformedPacketException reserved) {
            return "0x" + Integer.toHexString(type);
        }
    }

    private void advertise(DeviceLink link, Advertise heard, long nowNanos) {
        if (link.advertise(heard, nowNanos)) {
            counters.add(ForwarderCount.TO_DEVICES);
            counters.add(ForwarderCount.BROADCASTS);
        }
    }

    private void onHeard(long nowNanos) {
        silence.onAnswer(nowNanos);
        note = "";
        if (!trouble.isEmpty()) {
            trouble = "";
            log.info("gateway {} answers", gateways.name());
        }
    }

    private void onSilence(long nowNanos) {
        String silent = "gateway " + gateways.name() + " does not answer";
        if (trouble.isEmpty()) {
            counters.add(ForwarderCount.GATEWAY_LOSSES);
            log.warn("{}", silent);
        }
        trouble = silent;
        silence.forgive();
        gateways.giveUp(nowNanos);
        follow(nowNanos);
    }

    /** Takes over what the choice of the gateway has come to. */
    private void follow(long nowNanos) {
        Optional<LinkAddress> chosen = gateways.current();
        if (chosen.isEmpty()) {
            onNone();
        } else if (!chosen.equals(gateway)) {
            silence = new Silence(nowNanos);
            note = "gateway " + gateways.name() + " has not been heard yet";
            log.info("forwarding to gateway {}", gateways.name());
            trouble = gateway.isEmpty() ? "" : trouble;
        }
        gateway = chosen;
    }

    private void onNone() {
        String why = gateways.whyNone();
        if (gateway.isPresent() && trouble.isEmpty()) {
            counters.add(ForwarderCount.GATEWAY_LOSSES);
        }
        if (!why.equals(trouble)) {
            log.warn("no gateway: {}", why);
        }
        trouble = why;
        note = "";
    }

    private void probe(LinkAddress present, long nowNanos) {
        if (silence.takeProbe(!trouble.isEmpty(), nowNanos)) {
            counters.add(ForwarderCount.PROBES);
            uplink.send(present, Datagrams.of(PROBE));
        }
    }
}
