package io.causeway.broker.differential;

/** A version of MQTT. */
enum Version {
    V3_1_1(4),
    V5(5);

    private final int level;

    Version(int level) {
        this.level = level;
    }

    /** The protocol version of CONNECT. */
    int level() {
        return level;
    }

    boolean hasProperties() {
        return this == V5;
    }
}
