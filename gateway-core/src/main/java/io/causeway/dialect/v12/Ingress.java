package io.causeway.dialect.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Advertise;
import io.causeway.codec.v12.Connect;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.GwInfo;
import io.causeway.codec.v12.MessageType;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.PingReq;
import io.causeway.codec.v12.SearchGw;
import io.causeway.codec.v12.WillMsg;
import io.causeway.codec.v12.WillTopic;
import io.causeway.session.Counters;
import io.causeway.session.Directory;
import io.causeway.session.Mailbox;
import io.causeway.session.NetworkIdentity;
import io.causeway.session.Shard;
import io.causeway.session.TokenBucket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where datagrams come in on one loop: decoded, taken out of a forwarder's envelope, and handed to the shard that owns
 * the client, once. Discovery, which has nothing to do with sessions, is answered here.
 *
 * <p>Owned by its loop; the counts may be read by any thread. Nothing that a datagram holds makes it throw.
 */
public final class Ingress {
    private static final Logger LOGGER = LoggerFactory.getLogger(Ingress.class);
    /** Answers to everybody per second: whoever has searched meanwhile hears them, too. */
    private static final int BROADCASTS_PER_SECOND = 10;

    private final DialectSettings settings;
    private final PacketSink sink;
    private final List<Dialect> dialects;
    private final Dialect home;
    private final Directory directory;
    private final GwInfo gatewayInfo;
    private final TokenBucket broadcasts;
    private final Counters<IngressCount> counters = new Counters<>(IngressCount.class);

    /**
     * @param dialects of all shards; the same list, in the same order, for every ingress
     * @param home     the one whose shard is owned by this ingress's loop
     */
    public Ingress(
            DialectSettings settings,
            PacketSink sink,
            List<Dialect> dialects,
            Dialect home,
            Directory directory,
            long nowNanos) {
        this.settings = settings;
        this.sink = sink;
        this.dialects = List.copyOf(dialects);
        this.home = home;
        this.directory = directory;
        this.gatewayInfo = new GwInfo(settings.gatewayId(), Octets.EMPTY);
        this.broadcasts = new TokenBucket(BROADCASTS_PER_SECOND, nowNanos);
    }

    /**
     * One datagram; the buffer is borrowed for the call.
     *
     * @param multicast it was sent to everybody, and so is the answer to a SEARCHGW
     */
    public void onDatagram(NetworkIdentity from, ByteBuf datagram, boolean multicast, long nowNanos) {
        counters.add(IngressCount.DATAGRAMS);
        if (!datagram.isReadable()) {
            counters.add(IngressCount.EMPTY);
            return;
        }
        if (settings.leniency().trailingOctets() && PacketCodec.hasTrailingOctets(datagram)) {
            counters.add(IngressCount.TRAILING_OCTETS);
        }
        NetworkIdentity sender = from;
        try {
            Packet packet = PacketCodec.decode(datagram, settings.leniency());
            if (packet instanceof Encapsulated envelope) {
                counters.add(IngressCount.FORWARDED);
                sender = new ForwardedIdentity(from, envelope.nodeId());
                packet = PacketCodec.decode(
                        Unpooled.wrappedBuffer(envelope.packet().toByteArray()), settings.leniency());
            }
            onPacket(sender, packet, multicast, nowNanos);
        } catch (MalformedPacketException malformed) {
            onMalformed(sender, malformed, nowNanos);
        }
    }

    public long get(IngressCount count) {
        return counters.get(count);
    }

    private void onPacket(NetworkIdentity from, Packet packet, boolean multicast, long nowNanos) {
        if (packet instanceof SearchGw search) {
            onSearch(from, search, multicast, nowNanos);
        } else if (packet instanceof Advertise || packet instanceof GwInfo) {
            counters.add(IngressCount.OTHER_GATEWAYS);
        } else {
            dispatch(from, packet, nowNanos);
        }
    }

    /** Answered as it was asked: to one, or to everybody, which is what a client behind a forwarder did (1.2 §6.1). */
    private void onSearch(NetworkIdentity from, SearchGw search, boolean multicast, long nowNanos) {
        if (multicast && !broadcasts.tryTake(nowNanos)) {
            counters.add(IngressCount.SEARCHES_UNANSWERED);
            return;
        }
        counters.add(IngressCount.SEARCHES);
        if (multicast || from instanceof ForwardedIdentity) {
            sink.broadcast(from, gatewayInfo, search.radius());
        } else {
            sink.send(from, gatewayInfo);
        }
    }

    private void dispatch(NetworkIdentity from, Packet packet, long nowNanos) {
        Dialect owner = ownerOf(from, packet);
        if (owner == home) {
            home.onPacket(from, packet, nowNanos);
        } else {
            handOver(owner, from, packet);
        }
    }

    /** A datagram may be lost: better here, counted, than in a queue that grows without end. */
    private void handOver(Dialect owner, NetworkIdentity from, Packet packet) {
        Mailbox mailbox = owner.shard().mailbox();
        if (mailbox.isOverloaded()) {
            counters.add(IngressCount.OVERLOADED);
            return;
        }
        mailbox.post(now -> owner.onPacket(from, packet, now));
    }

    private Dialect ownerOf(NetworkIdentity from, Packet packet) {
        if (dialects.size() == 1) {
            return home;
        }
        if (packet instanceof Connect connect) {
            return ownerOf(connect.clientId());
        }
        if (packet instanceof PingReq ping && !ping.clientId().isEmpty()) {
            return ownerOf(ping.clientId());
        }
        return ownerAt(from, packet instanceof WillTopic || packet instanceof WillMsg);
    }

    /**
     * Where the sender is known; strangers are dealt with on this loop.
     *
     * @param will it is an answer to a prompting for a will, if there is one
     */
    private Dialect ownerAt(NetworkIdentity from, boolean will) {
        Shard prompting = will ? directory.handshakeAt(from) : null;
        Shard owner = prompting == null ? directory.ownerOf(from) : prompting;
        if (owner == null || owner == home.shard()) {
            return home;
        }
        for (Dialect dialect : dialects) {
            if (dialect.shard() == owner) {
                return dialect;
            }
        }
        throw new IllegalStateException("an address is owned by a shard of another gateway");
    }

    private Dialect ownerOf(String clientId) {
        return dialects.get(Math.floorMod(clientId.hashCode(), dialects.size()));
    }

    private void onMalformed(NetworkIdentity from, MalformedPacketException malformed, long nowNanos) {
        counters.add(IngressCount.MALFORMED);
        LOGGER.debug("malformed address={} type={} cause={}", from, malformed.messageType(), malformed.reason());
        Dialect owner = ownerAt(from, malformed.messageType() == MessageType.WILLTOPIC.wireValue());
        if (owner == home) {
            home.onMalformed(from, malformed, nowNanos);
        } else {
            owner.shard().mailbox().post(now -> owner.onMalformed(from, malformed, now));
        }
    }
}
