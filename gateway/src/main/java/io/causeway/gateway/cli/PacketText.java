package io.causeway.gateway.cli;

import io.causeway.codec.MalformedPacketException;
import io.causeway.codec.Octets;
import io.causeway.codec.v12.Encapsulated;
import io.causeway.codec.v12.Leniency;
import io.causeway.codec.v12.MessageType;
import io.causeway.codec.v12.Packet;
import io.causeway.codec.v12.PacketCodec;
import io.causeway.codec.v12.Publish;
import io.causeway.codec.v12.Topic;
import io.causeway.codec.v12.TopicIdType;
import java.lang.reflect.RecordComponent;

/** A datagram in words: its message type, and one line for each field. Used once. */
final class PacketText {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    /** @throws MalformedPacketException if not even what is tolerated from the field makes this a packet */
    String datagram(Octets datagram) throws MalformedPacketException {
        append(datagram, "");
        return text.toString();
    }

    /** The name of the message type, or its number if that is reserved, as far as it could be read. */
    static String typeOf(MalformedPacketException malformed) {
        if (malformed.messageType() == MalformedPacketException.UNKNOWN) {
            return "datagram";
        }
        try {
            return MessageType.of(malformed.messageType()).name();
        } catch (MalformedPacketException reserved) {
            return "datagram";
        }
    }

    private void append(Octets datagram, String indent) throws MalformedPacketException {
        Packet packet = PacketCodec.decode(datagram.asByteBuf(), Leniency.FIELD);
        int octets = PacketCodec.encodedLength(packet);
        text.append(indent).append(packet.type()).append(", ").append(octets).append(" octets\n");
        appendDeviation(datagram, indent + INDENT);
        for (RecordComponent field : packet.getClass().getRecordComponents()) {
            if (packet instanceof Encapsulated envelope && field.getName().equals("packet")) {
                append(envelope.packet(), indent + INDENT);
            } else {
                appendField(field.getName(), describe(packet, field), indent + INDENT);
            }
        }
    }

    private void appendDeviation(Octets datagram, String indent) {
        try {
            PacketCodec.decode(datagram.asByteBuf(), Leniency.STRICT);
        } catch (MalformedPacketException deviation) {
            appendField("note", "tolerated: " + deviation.reason(), indent);
        }
    }

    private void appendField(String name, String value, String indent) {
        text.append(indent).append(String.format("%-16s%s%n", name, value));
    }

    private static String describe(Packet packet, RecordComponent field) {
        Object value = valueOf(packet, field);
        if (packet instanceof Publish publish
                && field.getName().equals("topicId")
                && publish.topicIdType() == TopicIdType.SHORT) {
            return value
                    + Topic.Short.toName(publish.topicId())
                            .map(name -> " " + quoted(name))
                            .orElse("");
        }
        return field.getName().equals("durationSeconds") && value.equals(-1) ? "none" : describe(value);
    }

    private static String describe(Object value) {
        if (value instanceof Octets octets) {
            return describe(octets);
        }
        if (value instanceof Topic.Name name) {
            return "name " + quoted(name.topicName());
        }
        if (value instanceof Topic.Short name) {
            return "short " + quoted(name.name());
        }
        if (value instanceof Topic.Predefined predefined) {
            return "predefined " + predefined.topicId();
        }
        return value instanceof String string ? quoted(string) : value.toString();
    }

    private static String describe(Octets octets) {
        if (octets.isEmpty()) {
            return "empty";
        }
        String utf8 = octets.toUtf8();
        boolean readable = Octets.utf8(utf8).equals(octets) && utf8.chars().noneMatch(Character::isISOControl);
        return (readable ? quoted(utf8) + " " : "") + octets.toHex();
    }

    /** What comes from the network must not reach the terminal as a control sequence. */
    private static String quoted(String string) {
        StringBuilder quoted = new StringBuilder("\"");
        string.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || c == '"' || c == '\\') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    private static Object valueOf(Packet packet, RecordComponent field) {
        try {
            return field.getAccessor().invoke(packet);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a packet is a public record", e);
        }
    }
}
