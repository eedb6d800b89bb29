package io.causeway.forwarder;

import io.causeway.codec.Octets;
import io.causeway.radio.DatagramListener;
import io.causeway.radio.LinkAddress;
import io.causeway.radio.LinkCounters;
import io.causeway.radio.LinkState;
import io.causeway.radio.Transport;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A link without a wire: what is sent is kept, in hex, and the test itself calls the listener. */
final class MemoryTransport implements Transport {
    private final String name;
    private final int addressOctets;
    private final List<String> sent = new ArrayList<>();
    int largestDatagramOctets = 200;
    LinkState state = LinkState.UP;

    record Address(Octets text) implements LinkAddress {
        static Address of(String hex) {
            return new Address(Octets.ofHex(hex));
        }

        @Override
        public Object admissionKey() {
            return text;
        }

        @Override
        public String storedForm() {
            return text.toHex();
        }

        @Override
        public byte[] octets() {
            return text.toByteArray();
        }

        @Override
        public String toString() {
            return text.toHex();
        }
    }

    MemoryTransport(String name, int addressOctets) {
        this.name = name;
        this.addressOctets = addressOctets;
    }

    /** What has been sent since the last time, like {@code 0102: 0217} and {@code all/1: 030107}. */
    List<String> takeSent() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int largestDatagramOctets(LinkAddress to) {
        return largestDatagramOctets;
    }

    @Override
    public LinkState state() {
        return state;
    }

    @Override
    public void open(DatagramListener listener) {}

    @Override
    public Optional<LinkAddress> find(String storedForm) {
        return at(Octets.ofHex(storedForm).toByteArray());
    }

    @Override
    public Optional<LinkAddress> at(byte[] octets) {
        return octets.length == addressOctets ? Optional.of(new Address(Octets.of(octets))) : Optional.empty();
    }

    @Override
    public void send(LinkAddress to, ByteBuf datagram) {
        keep(to.toString(), datagram);
    }

    @Override
    public void broadcast(ByteBuf datagram, int radius) {
        keep("all/" + radius, datagram);
    }

    private void keep(String to, ByteBuf datagram) {
        sent.add(to + ": " + Octets.copyOf(datagram).toHex());
        datagram.release();
    }

    @Override
    public List<String> endpoints() {
        return List.of(name);
    }

    @Override
    public LinkCounters counters() {
        return new LinkCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, LinkCounters.UNKNOWN);
    }

    @Override
    public void close() {}
}
