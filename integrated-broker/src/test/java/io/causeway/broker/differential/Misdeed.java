package io.causeway.broker.differential;

import io.netty.buffer.ByteBufUtil;
import java.util.List;

/** What a client must not send. Each is at least one whole packet, so that what follows is not taken for its rest. */
enum Misdeed {
    TYPE_ZERO,
    SECOND_CONNECT,
    QOS_3,
    WILDCARD_IN_TOPIC_NAME,
    EMPTY_TOPIC_NAME,
    ZERO_PACKET_ID,
    TOPIC_ALIAS_ZERO,
    TOPIC_ALIAS_TOO_LARGE,
    TOPIC_ALIAS_UNKNOWN,
    SUBSCRIBE_WITHOUT_FILTER,
    SUBSCRIBE_WITH_WRONG_FLAGS,
    SUBSCRIBE_AT_QOS_3,
    SUBSCRIBE_TO_BAD_FILTER,
    SUBSCRIPTION_ID_ZERO,
    SHARED_WITH_NO_LOCAL,
    UNSUBSCRIBE_WITHOUT_FILTER,
    PUBREL_OF_NOTHING,
    PUBACK_OF_NOTHING,
    PUBREC_OF_NOTHING,
    PUBCOMP_OF_NOTHING,
    CONNACK_FROM_CLIENT,
    TOO_SHORT_PUBLISH;

    /** Those that mosquitto answers as Causeway does. */
    static final List<Misdeed> AGREED = List.of(
            QOS_3,
            EMPTY_TOPIC_NAME,
            WILDCARD_IN_TOPIC_NAME,
            ZERO_PACKET_ID,
            TOPIC_ALIAS_TOO_LARGE,
            TOPIC_ALIAS_UNKNOWN,
            SUBSCRIBE_WITH_WRONG_FLAGS,
            TOO_SHORT_PUBLISH);

    /** Those that a broker overlooks. */
    static final List<Misdeed> HARMLESS = List.of(PUBACK_OF_NOTHING, PUBCOMP_OF_NOTHING);

    private static final int ID = 60_000;

    byte[] octets(Version version) {
        PacketWriter writer = new PacketWriter(version);
        return switch (this) {
            case TYPE_ZERO -> hex("0000");
            case SECOND_CONNECT -> writer.connect("again", true, 0, Properties.NONE, Will.NONE);
            case QOS_3 -> writer.publish("a", "bad", 3, false, false, ID, Properties.NONE);
            case WILDCARD_IN_TOPIC_NAME -> publish(writer, "a/#", Properties.NONE);
            case EMPTY_TOPIC_NAME -> publish(writer, "", Properties.NONE);
            case ZERO_PACKET_ID -> writer.publish("a", "bad", 1, false, false, 0, Properties.NONE);
            case TOPIC_ALIAS_ZERO -> publish(writer, "", Properties.NONE.with(Property.TOPIC_ALIAS, 0));
            case TOPIC_ALIAS_TOO_LARGE -> publish(writer, "", Properties.NONE.with(Property.TOPIC_ALIAS, 60_000));
            case TOPIC_ALIAS_UNKNOWN -> publish(writer, "", Properties.NONE.with(Property.TOPIC_ALIAS, 9));
            case SUBSCRIBE_WITHOUT_FILTER -> writer.subscribe(ID, Properties.NONE, List.of());
            case SUBSCRIBE_WITH_WRONG_FLAGS -> withFirst(0x80, subscribe(writer, Filter.of("a", 0), Properties.NONE));
            case SUBSCRIBE_AT_QOS_3 -> subscribe(writer, Filter.of("a", 3), Properties.NONE);
            case SUBSCRIBE_TO_BAD_FILTER -> subscribe(writer, Filter.of("a/#/b", 0), Properties.NONE);
            case SUBSCRIPTION_ID_ZERO ->
                subscribe(writer, Filter.of("a", 0), Properties.NONE.with(Property.SUBSCRIPTION_ID, 0));
            case SHARED_WITH_NO_LOCAL ->
                subscribe(writer, new Filter("$share/g/a", 0, true, false, 0), Properties.NONE);
            case UNSUBSCRIBE_WITHOUT_FILTER -> writer.unsubscribe(ID, List.of());
            case PUBREL_OF_NOTHING -> writer.acknowledgement(PacketType.PUBREL, ID);
            case PUBACK_OF_NOTHING -> writer.acknowledgement(PacketType.PUBACK, ID);
            case PUBREC_OF_NOTHING -> writer.acknowledgement(PacketType.PUBREC, ID);
            case PUBCOMP_OF_NOTHING -> writer.acknowledgement(PacketType.PUBCOMP, ID);
            case CONNACK_FROM_CLIENT -> hex(version.hasProperties() ? "2003000000" : "20020000");
            case TOO_SHORT_PUBLISH -> hex("300100");
        };
    }

    private static byte[] publish(PacketWriter writer, String topic, Properties properties) {
        return writer.publish(topic, "bad", 0, false, false, 0, properties);
    }

    private static byte[] subscribe(PacketWriter writer, Filter filter, Properties properties) {
        return writer.subscribe(ID, properties, List.of(filter));
    }

    private static byte[] withFirst(int first, byte[] packet) {
        packet[0] = (byte) first;
        return packet;
    }

    private static byte[] hex(String digits) {
        return ByteBufUtil.decodeHexDump(digits);
    }
}
