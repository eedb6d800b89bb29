package io.causeway.codec.v12;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;

/** Datagrams in hexadecimal, and what the codec makes of them. */
final class Wire {
    private Wire() {}

    /** A datagram, written as one string per field. */
    static Octets datagram(String... hexFields) {
        return Octets.ofHex(String.join("", hexFields));
    }

    static Packet decode(Octets datagram, Leniency leniency) throws MalformedPacketException {
        return PacketCodec.decode(datagram.asByteBuf(), leniency);
    }

    static Packet decodeStrictly(String... hexFields) throws MalformedPacketException {
        return decode(datagram(hexFields), Leniency.STRICT);
    }

    static Packet decodeLeniently(String... hexFields) throws MalformedPacketException {
        return decode(datagram(hexFields), Leniency.FIELD);
    }

    /** The error of a datagram that must not decode. */
    static MalformedPacketException refuse(Octets datagram, Leniency leniency) {
        Packet packet;
        try {
            packet = decode(datagram, leniency);
        } catch (MalformedPacketException malformed) {
            return malformed;
        }
        throw new AssertionError(datagram + " decoded to " + packet);
    }

    static MalformedPacketException refuseStrictly(String... hexFields) {
        return refuse(datagram(hexFields), Leniency.STRICT);
    }

    static MalformedPacketException refuseLeniently(String... hexFields) {
        return refuse(datagram(hexFields), Leniency.FIELD);
    }
}
