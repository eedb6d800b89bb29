package io.causeway.broker.differential;

/** Control packet types in the order of their numbers, from 1 (MQTT 5 §2.1.2). */
enum PacketType {
    CONNECT,
    CONNACK,
    PUBLISH,
    PUBACK,
    PUBREC,
    PUBREL,
    PUBCOMP,
    SUBSCRIBE,
    SUBACK,
    UNSUBSCRIBE,
    UNSUBACK,
    PINGREQ,
    PINGRESP,
    DISCONNECT,
    AUTH;

    @SuppressWarnings("EnumOrdinal") // the order is that of the specification
    int number() {
        return ordinal() + 1;
    }

    static PacketType of(int number) {
        if (number < 1 || number > values().length) {
            throw new IllegalStateException("no packet type " + number);
        }
        return values()[number - 1];
    }
}
