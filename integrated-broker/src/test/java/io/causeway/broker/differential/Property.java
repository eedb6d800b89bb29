package io.causeway.broker.differential;

import java.util.stream.Stream;

/** A property of an MQTT 5 packet (MQTT 5 §2.2.2.2). */
enum Property {
    PAYLOAD_FORMAT(0x01, Kind.OCTET),
    MESSAGE_EXPIRY(0x02, Kind.FOUR_OCTETS),
    CONTENT_TYPE(0x03, Kind.TEXT),
    RESPONSE_TOPIC(0x08, Kind.TEXT),
    CORRELATION_DATA(0x09, Kind.TEXT),
    SUBSCRIPTION_ID(0x0B, Kind.VARIABLE),
    SESSION_EXPIRY(0x11, Kind.FOUR_OCTETS),
    ASSIGNED_CLIENT_ID(0x12, Kind.TEXT),
    SERVER_KEEP_ALIVE(0x13, Kind.TWO_OCTETS),
    AUTHENTICATION_METHOD(0x15, Kind.TEXT),
    AUTHENTICATION_DATA(0x16, Kind.TEXT),
    REQUEST_PROBLEM_INFORMATION(0x17, Kind.OCTET),
    WILL_DELAY(0x18, Kind.FOUR_OCTETS),
    REQUEST_RESPONSE_INFORMATION(0x19, Kind.OCTET),
    RESPONSE_INFORMATION(0x1A, Kind.TEXT),
    SERVER_REFERENCE(0x1C, Kind.TEXT),
    REASON_STRING(0x1F, Kind.TEXT),
    RECEIVE_MAXIMUM(0x21, Kind.TWO_OCTETS),
    TOPIC_ALIAS_MAXIMUM(0x22, Kind.TWO_OCTETS),
    TOPIC_ALIAS(0x23, Kind.TWO_OCTETS),
    MAXIMUM_QOS(0x24, Kind.OCTET),
    RETAIN_AVAILABLE(0x25, Kind.OCTET),
    USER_PROPERTY(0x26, Kind.PAIR),
    MAXIMUM_PACKET_SIZE(0x27, Kind.FOUR_OCTETS),
    WILDCARD_AVAILABLE(0x28, Kind.OCTET),
    SUBSCRIPTION_ID_AVAILABLE(0x29, Kind.OCTET),
    SHARED_AVAILABLE(0x2A, Kind.OCTET);

    /** How the value is written. A pair is {@code name=value}; binary data is text in these tests. */
    enum Kind {
        OCTET,
        TWO_OCTETS,
        FOUR_OCTETS,
        VARIABLE,
        TEXT,
        PAIR
    }

    private final int identifier;
    private final Kind kind;

    Property(int identifier, Kind kind) {
        this.identifier = identifier;
        this.kind = kind;
    }

    int identifier() {
        return identifier;
    }

    Kind kind() {
        return kind;
    }

    /** @throws IllegalStateException if there is none with that identifier: the broker has sent nonsense */
    static Property of(int identifier) {
        return Stream.of(values())
                .filter(each -> each.identifier == identifier)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no property 0x" + Integer.toHexString(identifier)));
    }
}
