package io.causeway.forwarder;

import io.causeway.codec.Octets;
import io.causeway.codec.v12.MessageType;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Which messages of devices a gateway has to answer to the one who sent them. */
final class Requests {
    private static final Set<Integer> TYPES = EnumSet.of(
                    MessageType.CONNECT,
                    MessageType.WILLTOPIC,
                    MessageType.WILLMSG,
                    MessageType.REGISTER,
                    MessageType.PUBREL,
                    MessageType.SUBSCRIBE,
                    MessageType.UNSUBSCRIBE,
                    MessageType.PINGREQ,
                    MessageType.DISCONNECT,
                    MessageType.WILLTOPICUPD,
                    MessageType.WILLMSGUPD)
            .stream()
            .map(MessageType::wireValue)
            .collect(Collectors.toUnmodifiableSet());

    private static final int LONG_FORM = 0x01;
    private static final int SHORT_HEADER_OCTETS = 2;
    private static final int LONG_HEADER_OCTETS = 4;
    private static final int QOS_BITS = 0x60;
    private static final int QOS_1 = 0x20;
    private static final int QOS_2 = 0x40;

    private Requests() {}

    /** @param packet one message, its header sound (1.2 §5.2) */
    static boolean isRequest(Octets packet) {
        int type = typeOf(packet);
        if (type != MessageType.PUBLISH.wireValue()) {
            return TYPES.contains(type);
        }
        int header = headerOctets(packet);
        int qos = packet.length() > header ? packet.at(header) & QOS_BITS : 0;
        return qos == QOS_1 || qos == QOS_2;
    }

    /** The MsgType octet, 0 to 255. */
    static int typeOf(Octets packet) {
        return Byte.toUnsignedInt(packet.at(headerOctets(packet) - 1));
    }

    private static int headerOctets(Octets packet) {
        return packet.at(0) == LONG_FORM ? LONG_HEADER_OCTETS : SHORT_HEADER_OCTETS;
    }
}
