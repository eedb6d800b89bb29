package io.causeway.radio.xbee;

import io.causeway.radio.LinkAddress;
import io.causeway.radio.xbee.frame.RadioAddresses;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** Which node is meant. A node cannot choose its address, so it is what a rate limit counts, too. */
public sealed interface XBeeAddress extends LinkAddress {
    /** Where to send to the coordinator, whoever that is; nobody's own address. */
    long COORDINATOR_64 = 0;

    /**
     * A node by its serial number, which it never loses; the 16-bit address that it has in the network right now is
     * only remembered beside.
     */
    record Serial(long address64) implements XBeeAddress {
        @Override
        public byte[] octets() {
            return ByteBuffer.allocate(Long.BYTES).putLong(address64).array();
        }

        @Override
        public String toString() {
            return HexFormat.of().toHexDigits(address64);
        }
    }

    /**
     * A node by its 16-bit address, where the radio tells no other: what a node of an 802.15.4 network sends from when it
     * was given one.
     *
     * @param address16 0 to 0xFFFF
     */
    record Network(int address16) implements XBeeAddress {
        @Override
        public byte[] octets() {
            return ByteBuffer.allocate(Short.BYTES).putShort((short) address16).array();
        }

        @Override
        public String toString() {
            return HexFormat.of().toHexDigits((short) address16);
        }
    }

    /** Reads what {@link #storedForm} has written: 16 or 4 hexadecimal digits; nothing if it is neither. */
    static Optional<XBeeAddress> parse(String text) {
        try {
            return of(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Reads what {@link #octets} has written; nothing if it stands for no single node. */
    static Optional<XBeeAddress> of(byte[] octets) {
        ByteBuffer in = ByteBuffer.wrap(octets);
        XBeeAddress address = switch (octets.length) {
            case Long.BYTES -> new Serial(in.getLong());
            case Short.BYTES -> new Network(Short.toUnsignedInt(in.getShort()));
            default -> new Serial(RadioAddresses.UNKNOWN_64);
        };
        return Optional.of(address).filter(XBeeAddress::isOneNode);
    }

    /** Whether it stands for one node, and not for several, for all, or for none that a sender could be. */
    default boolean isOneNode() {
        if (this instanceof Network network) {
            return network.address16 < RadioAddresses.FIRST_GROUP_16;
        }
        return !equals(new Serial(RadioAddresses.BROADCAST_64))
                && !equals(new Serial(RadioAddresses.UNKNOWN_64))
                && !equals(new Serial(COORDINATOR_64));
    }

    @Override
    default Object admissionKey() {
        return this;
    }

    @Override
    default String storedForm() {
        return toString();
    }
}
