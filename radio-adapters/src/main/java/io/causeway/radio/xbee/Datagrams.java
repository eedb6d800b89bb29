package io.causeway.radio.xbee;

import io.causeway.radio.xbee.frame.Octets;

/**
 * The little that this link looks at in a datagram: its length, because a radio may join or cut packets, and whether it
 * is one that must not arrive twice.
 */
final class Datagrams {
    private static final int LONG_FORM = 0x01;
    private static final int LONG_FORM_OCTETS = 3;
    private static final int ENCAPSULATION = 0xFE;
    private static final int PUBLISH = 0x0C;
    private static final int QOS_MASK = 0x60;
    private static final int QOS_0 = 0x00;
    private static final int QOS_MINUS_1 = 0x60;

    private Datagrams() {}

    /** Whether its length field says as many octets as it has (1.2 §5.2.1), and those of what it encapsulates (§5.5). */
    static boolean isWhole(Octets datagram) {
        return isWhole(datagram, 0);
    }

    private static boolean isWhole(Octets datagram, int start) {
        int available = datagram.length() - start;
        int type = start + lengthOctets(datagram, start);
        if (type >= datagram.length()) {
            return false;
        }
        int length = length(datagram, start);
        boolean encapsulates = datagram.at(type) == ENCAPSULATION && start == 0 && type - start < length;
        return length == available || (encapsulates && length < available && isWhole(datagram, length));
    }

    /**
     * Whether the link may send it twice. A failed status is no proof that it did not arrive, and a PUBLISH at QoS 0 or
     * -1 has no message id to recognise the second copy by.
     *
     * @param datagram a whole one
     */
    static boolean mayBeRepeated(Octets datagram) {
        int start = 0;
        if (typeAt(datagram, 0) == ENCAPSULATION && length(datagram, 0) < datagram.length()) {
            start = length(datagram, 0);
        }
        int flags = start + lengthOctets(datagram, start) + 1;
        if (typeAt(datagram, start) != PUBLISH || flags >= datagram.length()) {
            return true;
        }
        int qos = datagram.at(flags) & QOS_MASK;
        return qos != QOS_0 && qos != QOS_MINUS_1;
    }

    private static int typeAt(Octets datagram, int start) {
        int index = start + lengthOctets(datagram, start);
        return index < datagram.length() ? datagram.at(index) : -1;
    }

    private static int lengthOctets(Octets datagram, int start) {
        return start < datagram.length() && datagram.at(start) == LONG_FORM ? LONG_FORM_OCTETS : 1;
    }

    private static int length(Octets datagram, int start) {
        boolean isLong = lengthOctets(datagram, start) == LONG_FORM_OCTETS;
        return isLong ? (datagram.at(start + 1) << Byte.SIZE) | datagram.at(start + 2) : datagram.at(start);
    }
}
