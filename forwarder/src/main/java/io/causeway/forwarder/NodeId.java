package io.causeway.forwarder;

import io.causeway.codec.Octets;
import io.causeway.radio.LinkAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the gateway knows a device by (1.2 §5.5): all that it takes to find the device, so that no table is needed, and
 * nothing is forgotten in a restart. It holds as long as the order of the links in the settings.
 *
 * <pre>Form(1: Bridged(1 bit) Searching(1 bit) Link(6 bits)) AddressLength(1) Address(n) InnerId(m, only if Bridged)</pre>
 *
 * @param link      number of the link, 0 to {@value #MAX_LINK}
 * @param searching the message is a SEARCHGW to everybody on the link, and so is its answer (1.2 §6.1)
 * @param address   of the device on its link, as {@link LinkAddress#octets} has it
 * @param bridged   the device at that address is a forwarder itself, or a bridge to several clients
 * @param innerId   what the bridge knows its client by, possibly nothing; empty if there is none
 */
record NodeId(int link, boolean searching, Octets address, boolean bridged, Octets innerId) {
    static final int MAX_LINK = 0x3E;

    private static final int LINK_MASK = 0x3F;
    private static final int SEARCHING_BIT = 0x40;
    private static final int BRIDGED_BIT = 0x80;
    private static final int HEADER_OCTETS = 2;
    private static final int MAX_OCTETS = 252;

    /** What the forwarder itself is known by; no device has it. */
    static final Octets OWN = Octets.of(new byte[] {LINK_MASK, 0});

    static NodeId of(int link, boolean searching, LinkAddress address) {
        return new NodeId(link, searching, Octets.of(address.octets()), false, Octets.EMPTY);
    }

    /** A client behind a forwarder. */
    static NodeId bridged(int link, LinkAddress bridge, Octets innerId) {
        return new NodeId(link, false, Octets.of(bridge.octets()), true, innerId);
    }

    /** Nothing if that is longer than an envelope can take. */
    Optional<Octets> write() {
        int octets = HEADER_OCTETS + address.length() + innerId.length();
        if (octets > MAX_OCTETS) {
            return Optional.empty();
        }
        int form = link | (searching ? SEARCHING_BIT : 0) | (bridged ? BRIDGED_BIT : 0);
        return Optional.of(Octets.of(ByteBuffer.allocate(octets)
                .put((byte) form)
                .put((byte) address.length())
                .put(address.toByteArray())
                .put(innerId.toByteArray())
                .array()));
    }

    /** Nothing if no forwarder has written this for a device. */
    static Optional<NodeId> read(Octets octets) {
        if (octets.length() < HEADER_OCTETS) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(octets.toByteArray());
        int form = in.get();
        int addressOctets = Byte.toUnsignedInt(in.get());
        int link = form & LINK_MASK;
        boolean bridged = (form & BRIDGED_BIT) != 0;
        if (link > MAX_LINK || addressOctets > in.remaining() || (!bridged && addressOctets < in.remaining())) {
            return Optional.empty();
        }
        Octets address = take(in, addressOctets);
        return Optional.of(new NodeId(link, (form & SEARCHING_BIT) != 0, address, bridged, take(in, in.remaining())));
    }

    private static Octets take(ByteBuffer in, int octets) {
        byte[] taken = new byte[octets];
        in.get(taken);
        return Octets.of(taken);
    }
}
