package io.causeway.broker.differential;

/** The will of a CONNECT; {@link #NONE} is no will. */
record Will(String topic, String payload, int qos, boolean retain, Properties properties) {
    static final Will NONE = new Will("", "", 0, false, Properties.NONE);

    boolean isPresent() {
        return !equals(NONE);
    }

    /** Of the connect flags (MQTT 5 §3.1.2.3). */
    int flags() {
        return isPresent() ? 0x04 | (qos << 3) | (retain ? 0x20 : 0) : 0;
    }
}
