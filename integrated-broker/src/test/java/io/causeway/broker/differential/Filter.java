package io.causeway.broker.differential;

/**
 * One topic filter of a SUBSCRIBE with its options (MQTT 5 §3.8.3.1). Only the QoS counts at 3.1.1.
 *
 * @param retainHandling 0 to 2
 */
record Filter(String filter, int qos, boolean noLocal, boolean retainAsPublished, int retainHandling) {
    static Filter of(String filter, int qos) {
        return new Filter(filter, qos, false, false, 0);
    }

    int options(Version version) {
        if (!version.hasProperties()) {
            return qos;
        }
        return qos | (noLocal ? 0x04 : 0) | (retainAsPublished ? 0x08 : 0) | (retainHandling << 4);
    }
}
