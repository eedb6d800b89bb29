package io.causeway.gateway.runtime;

import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.gateway.cli.StartException;
import io.causeway.gateway.config.LinkConfig;
import io.causeway.gateway.config.UdpLink;
import io.causeway.gateway.config.XBeeLink;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.LinkState;
import io.causeway.radio.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One configured link: packets on this side, a transport's datagrams on the other. Safe for many threads. */
final class Link {
    private final Transport transport;
    private final LinkConfig config;
    private final String key;

    /** @param key the setting that says where it is, like {@code links[0].bind} */
    Link(Transport transport, LinkConfig config, String key) {
        this.transport = transport;
        this.config = config;
        this.key = key;
    }

    Transport transport() {
        return transport;
    }

    LinkConfig config() {
        return config;
    }

    boolean isUp() {
        return transport.state() instanceof LinkState.Up;
    }

    /** T_retry towards its devices. */
    Duration retryInterval(Duration usual) {
        Duration own = config.retryInterval();
        return own == null ? usual : own;
    }

    /** What is open now, for the operator. */
    List<String> endpoints() {
        return endpoints(config, transport);
    }

    static List<String> endpoints(LinkConfig config, Transport transport) {
        String kind = config instanceof UdpLink ? "UDP " : config instanceof XBeeLink ? "XBee " : "serial ";
        return transport.endpoints().stream().map(each -> kind + each).toList();
    }

    /** @throws StartException if the endpoint cannot be had */
    void open(ShardLoops loops) throws StartException {
        try {
            transport.open((from, datagram, multicast) ->
                    loops.current().onDatagram(new Peer(this, from), datagram, multicast));
        } catch (IOException e) {
            throw StartException.cannotOpen(key, e);
        }
    }

    /** As text from which {@link #find} makes it again: the name, which says kind and place, is what stays of a link. */
    String storedForm(LinkAddress address) {
        return transport.name() + ' ' + address.storedForm();
    }

    /** Nothing if the text is of another link. */
    Optional<Peer> find(String storedForm) {
        String name = transport.name() + ' ';
        if (!storedForm.startsWith(name)) {
            return Optional.empty();
        }
        return transport.find(storedForm.substring(name.length())).map(address -> new Peer(this, address));
    }

    void send(LinkAddress to, Packet packet) {
        transport.send(to, encode(packet));
    }

    void broadcast(Packet packet, int radius) {
        transport.broadcast(encode(packet), radius);
    }

    private static ByteBuf encode(Packet packet) {
        ByteBuf datagram = PooledByteBufAllocator.DEFAULT.directBuffer(PacketCodec.encodedLength(packet));
        PacketCodec.encode(packet, datagram);
        return datagram;
    }
}
