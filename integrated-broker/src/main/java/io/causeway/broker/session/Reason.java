package io.causeway.broker.session;

/** Reason codes of acknowledgements (MQTT 5 §2.4). */
enum Reason {
    SUCCESS(0x00),
    NO_MATCHING_SUBSCRIBERS(0x10),
    NO_SUBSCRIPTION_EXISTED(0x11),
    NOT_AUTHORIZED(0x87),
    TOPIC_FILTER_INVALID(0x8F),
    TOPIC_NAME_INVALID(0x90),
    PACKET_IDENTIFIER_NOT_FOUND(0x92),
    QUOTA_EXCEEDED(0x97);

    /** Codes from here on say that something failed. */
    private static final int FIRST_FAILURE = 0x80;

    private final int value;

    Reason(int value) {
        this.value = value;
    }

    /** 0 to 255. */
    int value() {
        return value;
    }

    byte octet() {
        return (byte) value;
    }

    boolean isFailure() {
        return isFailure(value);
    }

    /** Whether a code that a client sent, 0 to 255, says that something failed. */
    static boolean isFailure(int code) {
        return code >= FIRST_FAILURE;
    }
}
