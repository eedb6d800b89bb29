package io.causeway.broker.differential;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes what a client sends, also what it should not send. */
record PacketWriter(Version version) {
    private static final int CLEAN_START = 0x02;
    private static final int DUP = 0x08;

    byte[] connect(String clientId, boolean cleanStart, int keepAliveSeconds, Properties properties, Will will) {
        ByteBuf body = Unpooled.buffer();
        writeText(body, "MQTT");
        body.writeByte(version.level());
        body.writeByte((cleanStart ? CLEAN_START : 0) | will.flags());
        body.writeShort(keepAliveSeconds);
        writeProperties(body, properties);
        writeText(body, clientId);
        if (will.isPresent()) {
            writeProperties(body, will.properties());
            writeText(body, will.topic());
            writeText(body, will.payload());
        }
        return packet(PacketType.CONNECT, 0, body);
    }

    /** @param id of QoS 1 and 2 */
    byte[] publish(String topic, String payload, int qos, boolean retain, boolean dup, int id, Properties properties) {
        ByteBuf body = Unpooled.buffer();
        writeText(body, topic);
        if (qos > 0) {
            body.writeShort(id);
        }
        writeProperties(body, properties);
        body.writeCharSequence(payload, StandardCharsets.UTF_8);
        return packet(PacketType.PUBLISH, (dup ? DUP : 0) | (qos << 1) | (retain ? 1 : 0), body);
    }

    byte[] subscribe(int id, Properties properties, List<Filter> filters) {
        ByteBuf body = Unpooled.buffer();
        body.writeShort(id);
        writeProperties(body, properties);
        for (Filter each : filters) {
            writeText(body, each.filter());
            body.writeByte(each.options(version));
        }
        return packet(PacketType.SUBSCRIBE, 2, body);
    }

    byte[] unsubscribe(int id, List<String> filters) {
        ByteBuf body = Unpooled.buffer();
        body.writeShort(id);
        writeProperties(body, Properties.NONE);
        filters.forEach(each -> writeText(body, each));
        return packet(PacketType.UNSUBSCRIBE, 2, body);
    }

    /** PUBACK, PUBREC, PUBREL or PUBCOMP with the reason "success". */
    byte[] acknowledgement(PacketType type, int id) {
        return packet(type, type == PacketType.PUBREL ? 2 : 0, Unpooled.buffer().writeShort(id));
    }

    byte[] pingReq() {
        return packet(PacketType.PINGREQ, 0, Unpooled.EMPTY_BUFFER);
    }

    /** At 3.1.1 without the reason and the properties. */
    byte[] disconnect(int reason, Properties properties) {
        ByteBuf body = Unpooled.buffer();
        if (version.hasProperties()) {
            body.writeByte(reason);
            writeProperties(body, properties);
        }
        return packet(PacketType.DISCONNECT, 0, body);
    }

    private static byte[] packet(PacketType type, int flags, ByteBuf body) {
        ByteBuf packet = Unpooled.buffer();
        packet.writeByte((type.number() << 4) | flags);
        writeVariable(packet, body.readableBytes());
        return ByteBufUtil.getBytes(packet.writeBytes(body));
    }

    private void writeProperties(ByteBuf out, Properties properties) {
        if (!version.hasProperties()) {
            return;
        }
        ByteBuf body = Unpooled.buffer();
        properties.values().forEach((property, values) -> values.forEach(value -> write(body, property, value)));
        writeVariable(out, body.readableBytes());
        out.writeBytes(body);
    }

    private static void write(ByteBuf out, Property property, String value) {
        writeVariable(out, property.identifier());
        switch (property.kind()) {
            case OCTET -> out.writeByte(Integer.parseInt(value));
            case TWO_OCTETS -> out.writeShort(Integer.parseInt(value));
            case FOUR_OCTETS -> out.writeInt((int) Long.parseLong(value));
            case VARIABLE -> writeVariable(out, Integer.parseInt(value));
            case TEXT -> writeText(out, value);
            case PAIR -> {
                int separator = value.indexOf('=');
                writeText(out, value.substring(0, separator));
                writeText(out, value.substring(separator + 1));
            }
        }
    }

    private static void writeText(ByteBuf out, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(octets.length).writeBytes(octets);
    }

    private static void writeVariable(ByteBuf out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.writeByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
